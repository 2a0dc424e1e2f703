/// One seller's unit costs as they unfold: what was made so far, what the last period cost, and what the seller
/// therefore knows when it prices the next.
///
/// The cost of a period is, over products, the period's production cost (volume steps and experience) times the period's
/// shocks, plus service items. Verified by brute force over single units (`CostLedgerTests`).
public struct CostLedger: Sendable {
  /// The seller at the costs of its scenario.
  private let profile: SellerProfile
  private var produced: [Double]
  /// The seller as it knows itself now: production costs at the experience reached, at the shocks of the last period
  /// and, with volume costs, at the last period's average. Before period 1 those of the scenario.
  public private(set) var known: SellerProfile

  /// A ledger before period 1.
  public init(_ profile: SellerProfile) {
    self.profile = profile
    produced = profile.products.map { _ in 0 }
    known = profile
  }

  /// Books a period.
  ///
  /// - Parameters:
  ///   - period: the period, from 0.
  ///   - units: units sold of each product, bundles taken apart.
  ///   - customers: customers of each service item; read for those that cost by customer.
  ///   - factor: the random factor of unit costs in this period.
  /// - Returns: what the units of the period cost, in money.
  public mutating func close(period: Int, units: [Double], customers: [Double], factor: Double) -> Double {
    let shock = profile.costShocks.factor(period: period) * factor
    var cost = 0.0
    for (product, sold) in profile.products.enumerated() {
      cost += shock * sold.productionCost(ofUnits: units[product], produced: produced[product])
      produced[product] += units[product]
    }
    for (item, count) in zip(profile.serviceItems, customers) {
      switch item.basis {
      case .unit: cost += item.cost * item.products.positions.reduce(0) { $0 + units[$1] }
      case .customer: cost += item.cost * count
      }
    }
    if !profile.hasConstantUnitCosts {
      known = profile.with(
        productionCosts: profile.products.indices.map { product in
          let sold = profile.products[product]
          return shock * sold.averageVolumeCost(ofUnits: units[product])
            * (sold.experience?.factor(produced: produced[product]) ?? 1)
        })
    }
    return cost
  }
}
