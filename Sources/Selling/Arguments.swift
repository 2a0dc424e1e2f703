import Demand

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
