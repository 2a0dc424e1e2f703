import Demand
import Selling

extension SellerView {
  /// Units of a capacity that the sales of the last period used; 0 before the seller's first period.
  func lastUse(of capacity: Capacity) -> Double {
    (sales.last ?? []).reduce(0) { $0 + $1.units * Double(capacity.use(of: $1.offer.contents)) }
  }

  /// The share that is left of a stock for the whole calendar; of several that an offer uses, of the scarcest. Nil for an
  /// offer that uses none.
  func shareOfStockLeft(for contents: ProductSet) -> Double? {
    seller.capacities.indices.compactMap { index -> Double? in
      let capacity = seller.capacities[index]
      guard capacity.isStock, capacity.use(of: contents) > 0 else { return nil }
      return Double(capacityLeft[index]) / Double(capacity.units)
    }.min()
  }
}

extension Capacity {
  /// Whether it is a stock for the whole calendar that there is something of.
  var isStock: Bool { renewal == .never && units > 0 }
}

extension SellerProfile {
  /// - Throws: ``StrategyError`` unless some product is sold from a stock for the whole calendar.
  func requireStock(for rule: String) throws {
    guard capacities.contains(where: { $0.isStock && $0.use.contains { $0 > 0 } }) else {
      throw StrategyError(
        "\(rule) looks at what is left of a stock; \(name) has no `capacity` with `per: calendar` that its products use"
      )
    }
  }

  /// Its last period in a calendar, from 0.
  func lastPeriod(of calendar: PublicMarket) -> Int { min(calendar.periodCount - 1, presence.upperBound) }
}
