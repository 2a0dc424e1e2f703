import Demand
import Selling

/// Sellers set prices again within a period, after each of their sales.
extension World {
  /// Books what was paid for what one customer took beside the prices of the period's start, as a rebate on those.
  mutating func book(pricesOf wanted: [Int], segment: Int) {
    for slot in wanted {
      for seller in shown.indices where strategies[seller].repricesAfterEachSale {
        guard let place = menu.slots[seller].firstIndex(where: { menu.index(of: $0) == slot }) else { continue }
        let profile = study.market.profiles[seller]
        rebates[segment][slot] +=
          profile.pocketPrice(of: lists[seller].offers[place]) - profile.pocketPrice(of: shown[seller].offers[place])
      }
    }
  }

  /// Lets every seller who wants to set prices again of whom something was taken, and lays the menus out anew.
  ///
  /// - Returns: whether any price or protection level changed.
  /// - Throws: ``SimulationError`` where a strategy posts other offers than at the period's start; what a strategy throws.
  mutating func reprice(after wanted: [Int], elapsed: Double) throws -> Bool {
    var hasChanged = false
    for seller in shown.indices where strategies[seller].repricesAfterEachSale {
      let own = menu.slots[seller].map { menu.index(of: $0) }
      guard wanted.contains(where: own.contains) else { continue }
      let view = view(of: seller, survey: surveys[seller], period: period, elapsed: elapsed)
      let list = try ask(&strategies[seller], view)
      guard list.offers.map(\.name) == lists[seller].offers.map(\.name), !list.hasGroupOffers,
        list.offers.allSatisfy({ $0.tariff == nil })
      else {
        throw SimulationError(
          "\(view.seller.name) sets prices again after a sale, and then posts other offers, group prices or tariffs; only "
            + "single prices and protection levels may change within a period")
      }
      hasChanged = hasChanged || list != shown[seller]
      shown[seller] = list
    }
    guard hasChanged else { return false }
    try arrangeMenus()
    stock.arrange(&menus, lists: shown)
    return true
  }
}
