import Demand
import Selling

/// A strategy whose prices are a plan by period, whatever it sees.
protocol PlannedStrategy: PricingStrategy {
  /// Whether customers are told the plan; it matters to those who wait and believe announcements.
  var isAnnounced: Bool { get }

  /// The prices of a period, from 0; of -1, those of the opening list.
  func list(period: Int) -> PriceList
}

extension PlannedStrategy {
  /// The prices that the plan has for the period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { list(period: view.period) }

  /// The plan, if customers are told.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    isAnnounced ? (1..<(1 + max(0, periods))).map { list(period: view.period + $0) } : nil
  }
}

extension PriceList {
  /// Every price times a factor.
  func scaled(by factor: Double) -> PriceList {
    var list = self
    for index in offers.indices { list.offers[index].price *= factor }
    return list
  }
}
