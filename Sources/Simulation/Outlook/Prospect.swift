import Demand
import Selling

/// What a segment expects to find some periods later.
struct Prospect {
  /// How many periods later.
  let periods: Int
  /// What a surplus had then is worth now, as a share of it.
  let discount: Double
  /// The offers at the prices expected, as they would feel today; what has sold out by now is withdrawn.
  private(set) var menu: Menu
  /// For each offer that is posted today: its place on this menu and on today's.
  private let counterparts: [(later: Int, today: Int)]

  /// - Parameters:
  ///   - memory: how prices feel; later prices are compared with what is remembered today, for nobody foresees getting
  ///     used to a price.
  ///   - group: of the customers.
  ///   - today: today's menu as it feels, made of the lists of `todayLists`.
  /// - Returns: nil where nothing would be cheaper than today, so that waiting for it is never better.
  /// - Throws: what a menu throws.
  init?(
    _ lists: [PriceList], after periods: Int, discount: Double, memory: ReferenceMemory?, assortment: Assortment,
    group: Int?, today: Menu, todayLists: [PriceList]
  ) throws {
    guard lists != todayLists else { return nil }
    let posted = try Menu(lists, in: assortment, for: group)
    let menu = memory.map { posted.adding(surcharges: $0.surcharges(lists, on: posted)) } ?? posted
    var places: [OfferKey: Int] = [:]
    for (seller, list) in todayLists.enumerated() {
      for (offer, slot) in zip(list.offers, today.slots[seller]) {
        places[OfferKey(seller: seller, offer: offer)] = today.index(of: slot)
      }
    }
    var counterparts: [(later: Int, today: Int)] = []
    var isTempting = false
    for (seller, list) in lists.enumerated() {
      for (offer, slot) in zip(list.offers, menu.slots[seller]) {
        let later = menu.index(of: slot)
        if let place = places[OfferKey(seller: seller, offer: offer)] {
          counterparts.append((later, place))
          if menu.price(at: later) < today.price(at: place) { isTempting = true }
        } else if offer.group == nil || offer.group == group {
          isTempting = true
        }
      }
    }
    guard isTempting else { return nil }
    self.periods = periods
    self.discount = discount
    self.menu = menu
    self.counterparts = counterparts
  }

  /// Withdraws what is sold out on today's menu: customers who wait hope for a lower price, not for new stock.
  mutating func withdrawSoldOut(asOn today: Menu) {
    for place in counterparts where !today.price(at: place.today).isFinite { menu.withdraw(at: place.later) }
  }
}
