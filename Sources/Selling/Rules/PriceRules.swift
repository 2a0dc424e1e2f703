import Demand

/// What a company asks of its price lists, whatever strategy makes them: endings, limits, steps, notice. What is nil is
/// not asked.
///
/// Rules hold offer by offer, in this order: the price is held, or moved by the largest step at most; then it is brought
/// within its limits, which go before the step; then it gets its ending, if one lies within limits and step, and else
/// none; then it waits for its notice. A floor goes before a ceiling. Verified by hand-made cases and as properties of
/// random rules (`PriceRulesTests`).
public struct PriceRules: Sendable, Hashable {
  /// A limit in money: one for every offer, or one for some.
  public enum Limit: Sendable, Hashable {
    /// The same for every offer.
    case all(Double)
    /// By contents; offers that are not named have none.
    case some([ProductSet: Double])

    func amount(_ contents: ProductSet) -> Double? {
      switch self {
      case .all(let amount): amount
      case .some(let amounts): amounts[contents]
      }
    }
  }

  /// The permitted prices.
  public var ending: PriceEnding?
  /// Which of them stands for a price between them; nil for the nearest.
  public var rounding: PriceEnding.Rounding?
  /// The lowest posted price, in money.
  public var floor: Limit?
  /// The highest posted price, in money.
  public var ceiling: Limit?
  /// The least markup on unit cost, as a share: what the seller keeps of a unit is at least unit cost x (1 + markup).
  public var leastMarkup: Double?
  /// The largest markup on unit cost, as a share.
  public var largestMarkup: Double?
  /// By what share of the last price a price moves at most from one period to the next.
  public var largestStep: Double?
  /// How many periods pass from one change of a price to the next at least; 1 allows one in every period.
  public var fewestPeriods: Int?
  /// How many periods after its decision a price holds.
  public var notice: Int?
  /// What changing one price costs, in money.
  public var costOfChange: Double?

  /// No rules.
  public init() {}

  /// Whether nothing is asked.
  public var isEmpty: Bool { self == PriceRules() }

  /// These rules where they say something, else those of another set.
  public func over(_ other: PriceRules) -> PriceRules {
    var rules = PriceRules()
    rules.ending = ending ?? other.ending
    rules.rounding = rounding ?? other.rounding
    rules.floor = floor ?? other.floor
    rules.ceiling = ceiling ?? other.ceiling
    rules.leastMarkup = leastMarkup ?? other.leastMarkup
    rules.largestMarkup = largestMarkup ?? other.largestMarkup
    rules.largestStep = largestStep ?? other.largestStep
    rules.fewestPeriods = fewestPeriods ?? other.fewestPeriods
    rules.notice = notice ?? other.notice
    rules.costOfChange = costOfChange ?? other.costOfChange
    return rules
  }

  /// The lowest and highest posted price of an offer, at the unit costs that the seller knows. Where a floor is above a
  /// ceiling, the floor is both.
  public func limits(of contents: ProductSet, _ seller: SellerProfile) -> ClosedRange<Double> {
    let low = [floor?.amount(contents), leastMarkup.map { seller.markedUp(contents, by: $0) }].compactMap(\.self).max()
    let high = [ceiling?.amount(contents), largestMarkup.map { seller.markedUp(contents, by: $0) }].compactMap(\.self)
      .min()
    let floor = low ?? -.infinity
    return floor...max(floor, high ?? .infinity)
  }

  /// The price to post where a strategy wants another.
  ///
  /// - Parameters:
  ///   - wanted: the strategy's price, in money.
  ///   - last: the price of the last period; nil for an offer that was not on the list.
  ///   - isHeld: whether it is too early for another change.
  package func price(
    _ wanted: Double, of contents: ProductSet, last: Double?, isHeld: Bool, _ seller: SellerProfile
  ) -> Double {
    let limits = limits(of: contents, seller)
    var permitted = limits
    if let last, let step = isHeld ? 0 : largestStep {
      let reach = step * abs(last)
      let low = min(max(last - reach, limits.lowerBound), limits.upperBound)
      let high = min(max(last + reach, limits.lowerBound), limits.upperBound)
      permitted = low...high
    }
    let price = min(max(wanted, permitted.lowerBound), permitted.upperBound)
    return ending?.price(near: price, within: permitted, rounding: rounding ?? .nearest) ?? price
  }

  /// - Throws: ``StrategyError`` that names the rule where a floor is above a ceiling at the seller's stated costs.
  public func check(_ seller: SellerProfile) throws {
    if let leastMarkup, let largestMarkup, leastMarkup > largestMarkup {
      throw StrategyError("the largest markup is below the least markup", parameter: "largest markup")
    }
    var offers = seller.products.indices.map { ProductSet([$0]) }
    for case .some(let amounts)? in [floor, ceiling] { offers += amounts.keys.sorted() }
    for contents in offers {
      let name = contents.positions.map { seller.products[$0].name }.joined(separator: " + ")
      let low = floor?.amount(contents)
      if let low, let high = ceiling?.amount(contents), low > high {
        throw StrategyError(
          "the ceiling of \(name), \(Parameter.plain(high)), is below its floor, \(Parameter.plain(low))",
          parameter: "ceiling")
      }
      if let low, let largestMarkup, low > seller.markedUp(contents, by: largestMarkup) {
        throw StrategyError(
          "the largest markup of \(name) allows less than its floor, \(Parameter.plain(low))",
          parameter: "largest markup")
      }
      if let high = ceiling?.amount(contents), let leastMarkup, seller.markedUp(contents, by: leastMarkup) > high {
        throw StrategyError(
          "the least markup of \(name) asks for more than its ceiling, \(Parameter.plain(high))", parameter: "ceiling")
      }
    }
  }
}

extension SellerProfile {
  /// The posted price of which the seller keeps unit cost x (1 + markup), in money.
  func markedUp(_ contents: ProductSet, by markup: Double) -> Double {
    let kept = unitCost(of: contents) * (1 + markup)
    return terms?.listPrice(pocket: kept, of: contents) ?? kept
  }
}
