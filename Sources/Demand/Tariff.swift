/// What several units of one product cost together: T(q), with T(1) the price of the offer.
///
/// Whoever takes several units pays T(q) for all of them and takes the number of units q that leaves most. Any T will do,
/// also one that falls somewhere, as where a discount on all units makes one unit more cheaper in all; who finds two
/// numbers of units equally good takes more. Verified against customers who try every number (`TariffTests`).
public enum Tariff: Sendable, Hashable {
  /// Two parts (Oi 1971, Quarterly Journal of Economics 85): an access fee F, paid once, and a price p for each unit, so that
  /// T(q) = F + p q. The offer's price is F + p; here stands p, what each further unit costs.
  case twoPart(unitPrice: Double)
  /// Another unit price from some quantity on.
  case quantitySteps([QuantityStep], Basis)

  /// A unit price that holds from a quantity on.
  public struct QuantityStep: Sendable, Hashable {
    /// The first unit to which it applies; at least 2.
    public let from: Int
    /// In money per unit.
    public let unitPrice: Double

    /// A step.
    public init(from: Int, unitPrice: Double) {
      self.from = from
      self.unitPrice = unitPrice
    }
  }

  /// What a step's price holds for.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// For the units from the step on.
    case addedUnits = "added units"
    /// For all units, once that many are taken.
    case allUnits = "all units"
  }

  /// T(q), in money.
  ///
  /// - Parameters:
  ///   - units: q, at least 1.
  ///   - price: T(1).
  public func payment(for units: Int, price: Double) -> Double {
    switch self {
    case .twoPart(let unitPrice):
      return price + Double(units - 1) * unitPrice
    case .quantitySteps(let steps, .allUnits):
      return Double(units) * (steps.last { $0.from <= units }?.unitPrice ?? price)
    case .quantitySteps(let steps, .addedUnits):
      var (total, from, unitPrice) = (0.0, 1, price)
      for step in steps where step.from <= units {
        total += Double(step.from - from) * unitPrice
        (from, unitPrice) = (step.from, step.unitPrice)
      }
      return total + Double(units + 1 - from) * unitPrice
    }
  }

  /// Where another unit price begins: of a two-part tariff with the second unit, the first of which bears the fee.
  public var firstStep: QuantityStep? {
    switch self {
    case .twoPart(let unitPrice): QuantityStep(from: 2, unitPrice: unitPrice)
    case .quantitySteps(let steps, _): steps.first
    }
  }

  /// - Throws: ``DemandError`` for a price that is not finite, or steps that do not rise from the second unit on.
  func check() throws {
    let prices: [Double]
    switch self {
    case .twoPart(let unitPrice): prices = [unitPrice]
    case .quantitySteps(let steps, _):
      prices = steps.map(\.unitPrice)
      let first = steps.first?.from ?? 0
      guard first >= 2, zip(steps, steps.dropFirst()).allSatisfy({ $0.from < $1.from }) else {
        throw DemandError("the steps of a tariff begin with the second unit or later, and rise")
      }
    }
    guard prices.allSatisfy(\.isFinite) else { throw DemandError("a tariff's prices must be finite") }
  }
}

extension UsageCurve {
  /// Some further units that are taken together once the first is worth enough.
  struct Step: Sendable, Hashable {
    /// The valuation of the first unit from which they are taken.
    let at: Double
    /// What they are worth, as a share of the first unit's worth.
    let slope: Double
    /// Further units up to and with these.
    let units: Int
    /// What those cost together, in money.
    let payment: Double
  }

  /// The further units that are taken as the valuation v of the first rises: what they leave is piecewise linear and
  /// convex in v, the sum over steps of slope x max(0, v - at), whatever the tariff, for it is the highest of one line for
  /// each number of units.
  func steps(price: Double, tariff: Tariff?) -> [Step] {
    guard let tariff else {
      return weights.indices.dropFirst().map { unit in
        Step(at: price / weights[unit], slope: weights[unit], units: unit, payment: price * Double(unit))
      }
    }
    var totals = [0.0]
    for weight in weights.dropFirst() { totals.append(totals[totals.count - 1] + weight) }
    let payments = weights.indices.map { tariff.payment(for: $0 + 1, price: price) - price }
    var steps: [Step] = []
    var units = 0
    while units < weights.count - 1 {
      // The next line of the upper envelope: the one met first; of several through one point, the steepest.
      var next = (at: Double.infinity, units: units)
      for more in (units + 1)..<weights.count {
        let at = (payments[more] - payments[units]) / (totals[more] - totals[units])
        if at <= next.at { next = (at, more) }
      }
      steps.append(
        Step(
          at: next.at, slope: totals[next.units] - totals[units], units: next.units, payment: payments[next.units]))
      units = next.units
    }
    return steps
  }

  /// What the units after the first leave a customer on a tariff, and how many of them are taken: the best of all
  /// numbers of units.
  ///
  /// - Parameters:
  ///   - valuation: the worth of the first unit, in money.
  ///   - price: of the first unit; of each unit where there is no tariff.
  ///   - limit: the most units that can be had, the first one among them.
  public func further(
    valuation: Double, price: Double, tariff: Tariff?, limit: Int = .max
  ) -> (surplus: Double, units: Int) {
    guard let tariff else { return further(valuation: valuation, price: price, limit: limit) }
    var best = (surplus: 0.0, units: 0)
    var worth = 0.0
    for unit in weights.indices.dropFirst() where unit < limit {
      worth += weights[unit] * valuation
      let surplus = worth - (tariff.payment(for: unit + 1, price: price) - price)
      if surplus >= best.surplus { best = (surplus, unit) }
    }
    return best
  }
}
