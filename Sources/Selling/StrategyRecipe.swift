import Demand

/// A strategy with the values that a scenario gives to its parameters, ready to be made again with some of them changed.
public struct StrategyRecipe: Sendable {
  /// One number of a recipe that may be turned: a share, a number, a price, or a named amount.
  public struct Dial: Sendable, Hashable {
    /// Its name: the parameter's, or the offer's or amount's where the parameter holds several, as scenarios write it; with
    /// the parameter in front where two parameters hold the same: `fees visit`.
    public let name: String
    /// The parameter.
    public let parameter: Parameter
    /// Which of the parameter's prices or amounts; nil where it is a single number.
    public let position: Int?
    /// The value given, or by default.
    public let value: Double
    /// What is allowed.
    public let allowed: ClosedRange<Double>
    /// Where a search looks at first, if the user does not say: wide around the value, and within what is allowed.
    public let usual: ClosedRange<Double>
    /// Whether it is a share, shown in percent.
    public let isShare: Bool
  }

  /// The strategy's entry in the catalogue.
  public let entry: CatalogueEntry
  /// The values given, without defaults.
  public let values: [String: Arguments.Value]
  /// The numbers that may be turned, in the order of the strategy's table of parameters.
  public let dials: [Dial]
  private let build: @Sendable ([String: Arguments.Value]) throws -> any PricingStrategy

  /// A recipe.
  ///
  /// - Parameters:
  ///   - offerName: what a scenario calls an offer.
  ///   - build: makes the strategy from values, which it checks.
  public init(
    entry: CatalogueEntry, values: [String: Arguments.Value], offerName: (Offer) -> String,
    build: @escaping @Sendable ([String: Arguments.Value]) throws -> any PricingStrategy
  ) {
    self.entry = entry
    self.values = values
    self.build = build
    let dials = entry.parameters.filter(\.isLever).flatMap { Self.dials($0, values[$0.name], offerName) }
    self.dials = dials.map { dial in
      guard dials.count(where: { $0.name == dial.name }) > 1 else { return dial }
      return Dial(
        name: "\(dial.parameter.name) \(dial.name)", parameter: dial.parameter, position: dial.position,
        value: dial.value, allowed: dial.allowed, usual: dial.usual, isShare: dial.isShare)
    }
  }

  private static func dials(
    _ parameter: Parameter, _ given: Arguments.Value?, _ offerName: (Offer) -> String
  ) -> [Dial] {
    var value = given
    if value == nil, case .number(let number) = parameter.fallback { value = .number(number) }
    switch (parameter.kind, value) {
    case (.share(let range), .number(let number)?):
      let low = max(range.lowerBound, min(0, number) - (range.lowerBound < 0 ? 0.5 : 0))
      return [
        Dial(
          name: parameter.name, parameter: parameter, position: nil, value: number, allowed: range,
          usual: low...max(low, min(range.upperBound, max(1, 2 * number))), isShare: true)
      ]
    case (.number(let range, _), .number(let number)?):
      return [
        Dial(
          name: parameter.name, parameter: parameter, position: nil, value: number, allowed: range,
          usual: around(number, within: range), isShare: false)
      ]
    case (.prices, .prices(let offers)?):
      return offers.enumerated().map { place, offer in
        Dial(
          name: offerName(offer), parameter: parameter, position: place, value: offer.price, allowed: -1e15...1e15,
          usual: 0...max(1e-3, 3 * abs(offer.price)), isShare: false)
      }
    case (.amounts(_, let range, let unit), .amounts(let amounts)?):
      return amounts.enumerated().map { place, amount in
        Dial(
          name: amount.name, parameter: parameter, position: place, value: amount.value, allowed: range,
          usual: around(amount.value, within: range), isShare: unit == "share")
      }
    default: return []
    }
  }

  /// From 0 to three times the value, or as near to it as is allowed.
  private static func around(_ number: Double, within range: ClosedRange<Double>) -> ClosedRange<Double> {
    let wide = number == 0 ? -1.0...1.0 : min(0, 3 * number)...max(0, 3 * number)
    return wide.clamped(to: range)
  }

  /// The strategy with some of its dials turned.
  ///
  /// - Throws: ``StrategyError`` for values that are not allowed, or do not go together.
  public func strategy(_ settings: [(dial: Dial, value: Double)] = []) throws -> any PricingStrategy {
    var values = values
    for (dial, value) in settings {
      let name = dial.parameter.name
      switch (values[name], dial.position) {
      case (.prices(var offers)?, let place?) where offers.indices.contains(place):
        offers[place].price = value
        values[name] = .prices(offers)
      case (.amounts(var amounts)?, let place?) where amounts.indices.contains(place):
        amounts[place] = .init(name: amounts[place].name, index: amounts[place].index, value: value)
        values[name] = .amounts(amounts)
      default: values[name] = .number(value)
      }
    }
    return try build(values)
  }
}
