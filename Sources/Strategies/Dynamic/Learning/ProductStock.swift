import Demand
import Selling

/// What is left of the stock from which a product is sold, and how much of it a period may use.
///
/// Only capacity for the whole calendar is a stock; capacity that comes anew each period limits what is sold, and so what
/// is learnt of sales, but nothing has to be saved.
struct ProductStock: Sendable {
  /// How stock is shared out among periods (Ferreira, Simchi-Levi & Wang 2018).
  enum Plan: String, Sendable, CaseIterable {
    /// What is left, evenly over the periods left: their TS-update.
    case update
    /// What was there at first, evenly over all periods: their TS-fixed.
    case fixed
    /// No plan: sold as if it never ended.
    case ignored
  }

  private let product: Int
  private let plan: Plan
  private let periods: ClosedRange<Int>

  /// The stock of a product of a seller.
  init(product: Int, plan: Plan, seller: SellerProfile, market: PublicMarket) {
    self.product = product
    self.plan = plan
    periods = Self.periods(of: seller, market)
  }

  /// The periods in which a seller sells, counted from 0.
  static func periods(of seller: SellerProfile, _ market: PublicMarket) -> ClosedRange<Int> {
    let first = max(0, min(seller.presence.lowerBound, market.periodCount - 1))
    return first...max(first, min(seller.presence.upperBound, market.periodCount - 1))
  }

  /// The stocks of a seller's products.
  static func all(_ plan: Plan, _ seller: SellerProfile, _ market: PublicMarket) -> [ProductStock] {
    seller.products.indices.map { ProductStock(product: $0, plan: plan, seller: seller, market: market) }
  }

  /// Whether at least one unit can be sold.
  func hasLeft(_ view: SellerView) -> Bool {
    limits(view).allSatisfy { view.capacityLeft[$0.place] >= $0.use }
  }

  /// Units that a period may sell, on average; nil without a stock or a plan.
  func allowance(_ view: SellerView) -> Double? {
    guard plan != .ignored else { return nil }
    return limits(view).map { place, use in
      plan == .fixed
        ? Double(view.seller.capacities[place].units) / Double(use * periods.count)
        : Double(view.capacityLeft[place]) / Double(use * max(1, periods.upperBound + 1 - view.period))
    }.min()
  }

  private func limits(_ view: SellerView) -> [(place: Int, use: Int)] {
    view.seller.capacities.indices.compactMap { place in
      let capacity = view.seller.capacities[place]
      guard capacity.renewal == .never, view.capacityLeft.indices.contains(place) else { return nil }
      let use = capacity.use[product]
      return use > 0 ? (place, use) : nil
    }
  }
}
