import Demand
import GSL

/// One period of a seller whose products use one capacity: its best prices if a unit of capacity is charged for, and the
/// charge at which expected use is just what there is.
///
/// The charge is the shadow price of capacity, the multiplier of "expected use is at most capacity" in the seller's
/// problem. Expected use never rises with it, whatever demand: for profit and for welfare by comparing the optima of two
/// charges with each other's (revealed preference). Verified against closed forms for linear demand (`PeakLoadTests`).
struct CapacityCharge {
  /// What the prices serve.
  enum Goal: String, Sendable {
    /// Surplus of customers and seller together: prices at marginal cost.
    case welfare
    /// What the seller earns.
    case profit
  }

  /// Demand per customer.
  let demand: any DemandSystem
  /// Customers who are expected.
  let customers: Double
  /// Prices by alternative; infinite where not on sale. The seller's own do not matter.
  let prices: [Double]
  /// The seller's alternatives.
  let own: [Int]
  /// Unit cost of each, in money.
  let unitCosts: [Double]
  /// Units of capacity that one unit of each uses.
  let use: [Double]
  /// What the prices serve.
  let goal: Goal

  /// The best own prices where a unit of capacity costs so much more, in money.
  ///
  /// - Throws: what demand throws; ``DemandError`` where any price could be charged.
  func bestPrices(charge: Double) throws -> [Double] {
    let costs = zip(unitCosts, use).map { $0 + charge * $1 }
    guard goal == .profit else { return costs }
    var whole = prices
    for (place, alternative) in own.enumerated() { whole[alternative] = costs[place] }
    let onSale = whole.indices.filter { whole[$0].isFinite }
    let market = Submarket(demand, alternatives: onSale)
    // Rivals' costs do not matter to their prices, which stay.
    let game = try PricingGame(
      market, unitCosts: onSale.map { whole[$0] }, owners: onSale.map { own.contains($0) ? 0 : 1 })
    let best = market.wholePrices(try game.bestResponse(of: 0, to: onSale.map { whole[$0] }).prices)
    return own.map { best[$0] }
  }

  /// Expected use of capacity in the period at these own prices.
  func expectedUse(at ownPrices: [Double]) throws -> Double {
    var whole = prices
    for (place, alternative) in own.enumerated() { whole[alternative] = ownPrices[place] }
    let units = try demand.response(at: whole, hasSlopes: false).units
    return customers * zip(own, use).reduce(0) { $0 + units[$1.0] * $1.1 }
  }

  func expectedUse(charge: Double) throws -> Double { try expectedUse(at: bestPrices(charge: charge)) }

  /// The charge at which expected use is the capacity: 0 where it is less without a charge. Where use jumps over capacity,
  /// the charge from which on it is less.
  ///
  /// - Throws: what demand throws; nil where no charge brings use down to the capacity.
  func charge(filling capacity: Double) throws -> Double? {
    guard try expectedUse(charge: 0) > capacity else { return 0 }
    var high = max(1e-6, unitCosts.reduce(0) { max($0, abs($1)) })
    var low = 0.0
    while try expectedUse(charge: high) > capacity {
      guard high < 1e15 else { return nil }
      (low, high) = (high, 2 * high)
    }
    let root = try findRoot(from: low, to: high, relativeTolerance: 1e-13) { try expectedUse(charge: $0) - capacity }
    // At a jump the root may lie on its lower side.
    var charge = root
    var step = 1e-12 * high
    while charge < high, try expectedUse(charge: charge) > capacity * (1 + 1e-9) {
      charge = min(high, root + step)
      step *= 2
    }
    return charge
  }
}

extension CapacityCharge {
  /// The capacity that pays for itself: the charges of all periods, each the one that fills it, add up to its cost
  /// (Boiteux 1960; Steiner 1957). Where one phase alone is charged it is the firm peak; where several are, the peak shifts.
  ///
  /// - Parameters:
  ///   - periods: different periods, with how often each comes.
  ///   - cost: what a unit of capacity costs over all of them, in money.
  /// - Returns: nil where no capacity pays for itself.
  /// - Throws: what demand throws.
  static func selfFinancingCapacity(_ periods: [(period: CapacityCharge, count: Double)], cost: Double) throws
    -> Double?
  {
    let most = try periods.reduce(0) { max($0, try $1.period.expectedUse(charge: 0)) }
    guard cost > 0, most > 0 else { return cost > 0 ? nil : most }
    func excess(_ capacity: Double) throws -> Double {
      try periods.reduce(-cost) { sum, one in
        // A charge that cannot be found is larger than any.
        sum + one.count * (try one.period.charge(filling: capacity) ?? 1e15)
      }
    }
    var low = most
    repeat {
      low /= 2
      guard low > 1e-9 * most else { return nil }
    } while try excess(low) < 0
    return try findRoot(from: low, to: min(most, 2 * low), relativeTolerance: 1e-12, excess)
  }
}
