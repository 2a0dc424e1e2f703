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
