import Demand
import Selling

extension PricingStrategy {
  /// What it announces for each of the next periods; where it announces nothing, today's list stays.
  ///
  /// - Throws: ``SimulationError`` for a list that could not be posted.
  func announcements(_ view: SellerView, today: PriceList, count: Int) throws -> [PriceList] {
    guard count > 0 else { return [] }
    var lists = Array((announcedPrices(view, periods: count) ?? []).prefix(count))
    for list in lists {
      do {
        try list.check()
      } catch {
        throw SimulationError("\(view.seller.name), announced in period \(view.period + 1): \(error)")
      }
    }
    while lists.count < count { lists.append(lists.last ?? today) }
    return lists
  }
}
