import Demand
import Selling

/// Sellers whose prices move within a period: they are asked for each customer who comes.
extension World {
  /// Books what was paid for what one customer took beside the prices of the period's start, as a rebate on those.
  mutating func book(pricesOf wanted: [Int], segment: Int) {
    for slot in wanted {
      for seller in shown.indices where strategies[seller].repricesContinuously {
        guard let place = menu.slots[seller].firstIndex(where: { menu.index(of: $0) == slot }) else { continue }
        let profile = study.market.profiles[seller]
        rebates[segment][slot] +=
          profile.pocketPrice(of: lists[seller].offers[place]) - profile.pocketPrice(of: shown[seller].offers[place])
      }
    }
  }

  /// Lets the sellers whose prices move within periods set them again, and lays the menus out anew where any did.
  ///
  /// - Throws: ``SimulationError`` where a strategy posts other offers than at the period's start; what a strategy throws.
  mutating func reprice(elapsed: Double) throws {
    var hasChanged = false
    for seller in shown.indices
    where strategies[seller].repricesContinuously && study.market.profiles[seller].isPresent(in: period) {
      let view = view(of: seller, survey: surveys[seller], period: period, elapsed: elapsed)
      let list = try Self.ask(&strategies[seller], view, study.market.population)
      guard list.offers.map(\.name) == lists[seller].offers.map(\.name), !list.hasGroupOffers,
        list.offers.allSatisfy({ $0.tariff == nil })
      else {
        throw SimulationError(
          "\(view.seller.name) sets prices again within a period, and then posts other offers, group prices or tariffs; "
            + "only single prices and protection levels may change there")
      }
      hasChanged = hasChanged || list != shown[seller]
      shown[seller] = list
    }
    guard hasChanged else { return }
    try arrangeMenus()
    stock.arrange(&menus, lists: shown)
  }
}
