import Selling

/// What a seller can tell apart in the unit costs that it knows: the level of its inputs' prices, its own volume and its
/// experience. The view holds their product (see `CostLedger`).
struct CostHistory {
  /// The seller at the costs of its scenario.
  private let stated: SellerProfile
  private let hasShocks: Bool
  private var producedUnits: [Double]
  private var periodsRead = 0

  init(_ seller: SellerProfile) {
    stated = seller
    producedUnits = seller.products.map { _ in 0 }
    hasShocks = !seller.costShocks.isEmpty || seller.randomCostShocks != nil
  }

  /// The product at the costs of the scenario.
  func stated(_ product: Int) -> SellerProduct { stated.products[product] }

  /// Units of a product made before the period.
  func produced(_ product: Int) -> Double { producedUnits[product] }

  /// Adds the sales of the periods that were not read before.
  mutating func read(_ view: SellerView) {
    for period in periodsRead..<max(periodsRead, view.sales.count) {
      for product in producedUnits.indices {
        producedUnits[product] += view.unitsSold(ofProduct: product, period: period)
      }
    }
    periodsRead = max(periodsRead, view.sales.count)
  }

  /// Units of a product sold in the last period; 0 before the first.
  func lastUnits(_ product: Int, _ view: SellerView) -> Double {
    view.unitsSold(ofProduct: product, period: view.sales.count - 1)
  }

  /// The factor on production cost that shocks came to in the last period; exactly 1 where there are none.
  func shock(_ product: Int, _ view: SellerView) -> Double {
    guard hasShocks else { return 1 }
    let plain =
      stated(product).averageVolumeCost(ofUnits: lastUnits(product, view))
      * (stated(product).experience?.factor(produced: produced(product)) ?? 1)
    return plain > 0 ? view.seller.products[product].productionCost / plain : 1
  }
}
