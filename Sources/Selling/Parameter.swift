import Demand

/// One parameter of a strategy. The scenario's decoder, its schema and `bertrand explain` all read this.
public struct Parameter: Sendable, Hashable {
  /// What a value may be.
  public enum Kind: Sendable, Hashable {
    /// A share, written as a percentage or a fraction, within bounds.
    case share(ClosedRange<Double>)
    /// A number within bounds, with its unit in words.
    case number(ClosedRange<Double>, unit: String)
    /// A whole number within bounds, with its unit in words.
    case count(ClosedRange<Int>, unit: String)
    /// A price for each of the seller's products, and for bundles written as `one + other`, in money.
    case prices
    /// One of several words.
    case choice([String])
    /// The name of another seller.
    case rival
    /// Some of the seller's products, by name.
    case products
    /// A list of 1 to 10,000 numbers within bounds, with their unit in words: a path of prices, say.
    case numbers(ClosedRange<Double>, unit: String)
    /// A number within bounds for each of some names, with its unit in words; shares where the unit is `share`.
    case amounts(of: Names, ClosedRange<Double>, unit: String)
    /// The name of a file with the answers to a survey of the user's own.
    case answers(ResearchFormat)
  }

  /// What the names of amounts stand for.
  public enum Names: Sendable, Hashable {
    /// Names of the user's own; the words say what they name, as in "a driver".
    case anything(String)
    /// The seller's products.
    case products
    /// The other sellers.
    case rivals
  }

  /// Whether it has to be given, and what holds if it is not.
  public enum Default: Sendable, Hashable {
    /// It has to be given.
    case required
    /// It may be left out, and then is simply not there.
    case absent
    /// A number (a share as a fraction).
    case number(Double)
    /// A word.
    case choice(String)
  }

  /// The name as scenarios write it: lower-case words.
  public let name: String
  /// What a value may be.
  public let kind: Kind
  /// What holds if it is left out.
  public let fallback: Default
  /// What it means, in a sentence.
  public let meaning: String
  /// Whether its prices may be for groups of customers, written as `product for group`.
  public let forGroups: Bool
  /// Whether the seller decides on it, so that it may be tuned; the errors and prices of research are not for it to choose.
  public let isLever: Bool
  /// Whether it is money that the seller is to keep, as its costs are, and not money that customers pay: under price terms
  /// it is grossed up as costs are.
  public let isOwnMoney: Bool

  /// A parameter.
  public init(
    _ name: String, _ kind: Kind, default fallback: Default, _ meaning: String, forGroups: Bool = false,
    isLever: Bool = true, isOwnMoney: Bool = false
  ) {
    self.forGroups = forGroups
    self.isLever = isLever
    self.isOwnMoney = isOwnMoney
    self.name = name
    self.kind = kind
    self.fallback = fallback
    self.meaning = meaning
  }
}

/// The values given to a strategy's parameters, complete with defaults and within bounds.
public struct Arguments: Sendable {
  /// A value as written.
  public enum Value: Sendable, Hashable {
    /// A number; a share as a fraction.
    case number(Double)
    /// Prices by product or bundle.
    case prices([Offer])
    /// A word.
    case choice(String)
    /// Another seller, by its index in ``PublicMarket/sellers``.
    case rival(Int)
    /// Products, by their position in the seller's list.
    case products([Int])
    /// Numbers in the order given.
    case numbers([Double])
    /// Numbers by name; shares as fractions.
    case amounts([Amount])
    /// Answers to a survey, from a file.
    case answers(ResearchAnswers)
  }

  /// A number under a name.
  public struct Amount: Sendable, Hashable {
    /// The name as written.
    public let name: String
    /// The product's position or the seller's index, where names stand for those; else the place in the list.
    public let index: Int
    /// The number.
    public let value: Double

    /// An amount.
    public init(name: String, index: Int, value: Double) {
      self.name = name
      self.index = index
      self.value = value
    }
  }

  private let values: [String: Value]

  /// Completes and checks values against a strategy's parameters.
  ///
  /// - Throws: ``StrategyError`` for an unknown name, a missing value, or one that is out of bounds.
  public init(_ given: [String: Value] = [:], for parameters: [Parameter]) throws {
    for name in given.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      throw StrategyError("no parameter is called \(name)", parameter: name)
    }
    var values: [String: Value] = [:]
    for parameter in parameters {
      if let value = given[parameter.name] {
        try Self.check(value, parameter)
        values[parameter.name] = value
        continue
      }
      switch parameter.fallback {
      case .required:
        throw StrategyError("\(parameter.name) is missing: \(parameter.meaning)", parameter: parameter.name)
      case .absent: break
      case .number(let number): values[parameter.name] = .number(number)
      case .choice(let choice): values[parameter.name] = .choice(choice)
      }
    }
    self.values = values
  }

  private static func check(_ value: Value, _ parameter: Parameter) throws {
    if case .prices(let offers) = value, !parameter.forGroups, offers.contains(where: { $0.group != nil }) {
      throw StrategyError("\(parameter.name) takes no prices for groups of customers", parameter: parameter.name)
    }
    let isAllowed =
      switch (parameter.kind, value) {
      case (.share(let range), .number(let number)), (.number(let range, _), .number(let number)):
        range.contains(number)
      case (.count(let range, _), .number(let number)):
        number == number.rounded() && Double(range.lowerBound) <= number && number <= Double(range.upperBound)
      case (.choice(let words), .choice(let word)): words.contains(word)
      case (.prices, .prices(let offers)): offers.allSatisfy(\.price.isFinite)
      case (.rival, .rival), (.products, .products): true
      case (.answers(let format), .answers(let answers)): format.holds(answers)
      case (.numbers(let range, _), .numbers(let numbers)):
        (1...Parameter.longestList).contains(numbers.count) && numbers.allSatisfy(range.contains)
      case (.amounts(_, let range, _), .amounts(let amounts)): amounts.allSatisfy { range.contains($0.value) }
      default: false
      }
    guard isAllowed else {
      throw StrategyError("\(parameter.name) is \(value); \(parameter.allowedWords)", parameter: parameter.name)
    }
  }

  /// The number given or by default.
  ///
  /// - Throws: ``StrategyError`` if the parameter is not one of the strategy's numbers.
  public func number(_ parameter: Parameter) throws -> Double {
    guard case .number(let number)? = values[parameter.name] else { throw Self.undeclared(parameter) }
    return number
  }

  /// The whole number given or by default.
  ///
  /// - Throws: ``StrategyError`` if the parameter is not one of the strategy's numbers.
  public func count(_ parameter: Parameter) throws -> Int { Int(try number(parameter)) }

  /// The word given or by default.
  ///
  /// - Throws: ``StrategyError`` if the parameter is not one of the strategy's choices.
  public func choice(_ parameter: Parameter) throws -> String {
    guard case .choice(let choice)? = values[parameter.name] else { throw Self.undeclared(parameter) }
    return choice
  }

  /// The number, if one was given or stands by default.
  public func optionalNumber(_ parameter: Parameter) -> Double? {
    if case .number(let number)? = values[parameter.name] { number } else { nil }
  }

  /// The offers whose prices were given; none if the parameter was left out.
  public func prices(_ parameter: Parameter) -> [Offer] {
    if case .prices(let offers)? = values[parameter.name] { offers } else { [] }
  }

  /// The other seller that was named, by its index in ``PublicMarket/sellers``; nil if the parameter was left out.
  public func rival(_ parameter: Parameter) -> Int? {
    if case .rival(let seller)? = values[parameter.name] { seller } else { nil }
  }

  /// The products that were named, by position; nil if the parameter was left out.
  public func products(_ parameter: Parameter) -> [Int]? {
    if case .products(let products)? = values[parameter.name] { products } else { nil }
  }

  /// The answers to the user's own survey; nil if the parameter was left out.
  public func answers(_ parameter: Parameter) -> ResearchAnswers? {
    if case .answers(let answers)? = values[parameter.name] { answers } else { nil }
  }

  /// The list of numbers that was given; empty if the parameter was left out.
  public func numbers(_ parameter: Parameter) -> [Double] {
    if case .numbers(let numbers)? = values[parameter.name] { numbers } else { [] }
  }

  /// The numbers given by name; empty if the parameter was left out.
  public func amounts(_ parameter: Parameter) -> [Amount] {
    if case .amounts(let amounts)? = values[parameter.name] { amounts } else { [] }
  }

  private static func undeclared(_ parameter: Parameter) -> StrategyError {
    StrategyError("\(parameter.name) is not in the strategy's table of parameters", parameter: parameter.name)
  }
}

extension Arguments.Value {
  /// Numbers and amounts divided by the share that a seller keeps of what customers pay; anything else as it is.
  public func grossedUp(by kept: Double) -> Arguments.Value {
    switch self {
    case .number(let number): .number(number / kept)
    case .amounts(let amounts):
      .amounts(amounts.map { .init(name: $0.name, index: $0.index, value: $0.value / kept) })
    default: self
    }
  }
}

extension Parameter {
  /// More numbers in a list than this are refused.
  public static let longestList = 10_000

  /// What a value may be, in words.
  public var allowedWords: String {
    switch kind {
    case .share(let range):
      "a share from \(Self.percent(range.lowerBound)) to \(Self.percent(range.upperBound))"
    case .number(let range, let unit):
      "a number from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
        + (unit.isEmpty ? "" : " " + unit)
    case .count(let range, let unit): "a whole number from \(range.lowerBound) to \(range.upperBound) \(unit)"
    case .prices:
      "a price for each product, and for bundles written as `one + other`"
        + (forGroups ? "; for a group of customers as `one for group`" : "")
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .rival: "the name of another seller"
    case .products: "a list of the seller's products"
    case .answers(let format): format.words
    case .numbers(let range, let unit): "a list of numbers, each \(Self.bounds(range, unit: unit))"
    case .amounts(let names, let range, let unit):
      "\(names.words) with a value, once or more, each value \(Self.bounds(range, unit: unit))"
    }
  }

  private static func bounds(_ range: ClosedRange<Double>, unit: String) -> String {
    let words = unit == "share" ? percent : plain
    return "from \(words(range.lowerBound)) to \(words(range.upperBound))"
      + (unit.isEmpty || unit == "share" ? "" : " " + unit)
  }

  /// What holds if it is left out, in words.
  public var defaultWords: String {
    switch (kind, fallback) {
    case (_, .required): "has to be given"
    case (_, .absent): "none"
    case (.share, .number(let number)): Self.percent(number)
    case (.count, .number(let number)): "\(Int(number))"
    case (_, .number(let number)): Self.plain(number)
    case (_, .choice(let word)): word
    }
  }

  /// A number without needless decimals.
  static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private static func percent(_ share: Double) -> String {
    let percent = (share * 100 * 1e6).rounded() / 1e6
    return percent == percent.rounded() && abs(percent) < 1e15 ? "\(Int(percent))%" : "\(percent)%"
  }
}

extension Parameter.Names {
  /// What a name stands for, in words.
  public var words: String {
    switch self {
    case .anything(let words): words
    case .products: "a product of the seller"
    case .rivals: "another seller"
    }
  }
}
