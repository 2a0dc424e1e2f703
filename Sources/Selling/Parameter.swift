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

  /// A parameter.
  public init(
    _ name: String, _ kind: Kind, default fallback: Default, _ meaning: String, forGroups: Bool = false
  ) {
    self.forGroups = forGroups
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

  private static func undeclared(_ parameter: Parameter) -> StrategyError {
    StrategyError("\(parameter.name) is not in the strategy's table of parameters", parameter: parameter.name)
  }
}

extension Parameter {
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
    }
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

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private static func percent(_ share: Double) -> String {
    let percent = (share * 100 * 1e6).rounded() / 1e6
    return percent == percent.rounded() && abs(percent) < 1e15 ? "\(Int(percent))%" : "\(percent)%"
  }
}
