import Demand
import Selling

/// The prices that the customers of a segment remember, offer by offer. All see all posted prices, whether they buy or
/// not, and whether the offer has sold out; an offer that is not posted is remembered as it was.
struct ReferenceMemory {
  private let rule: ReferencePrice
  private let assortment: Assortment
  private let group: Int?
  private var references: [OfferKey: Double] = [:]

  /// - Parameter group: of the customers; each offer that they could take has a reference of its own.
  init(_ rule: ReferencePrice, _ assortment: Assortment, group: Int?) {
    self.rule = rule
    self.group = group
    self.assortment = assortment
  }

  /// The reference of an offer at a price: what was remembered, else what the scenario states, else the price itself.
  private func reference(_ seller: Int, _ offer: Offer) -> Double {
    if let known = references[OfferKey(seller: seller, offer: offer)] { return known }
    let positions = offer.contents.positions
    guard positions.count == 1 else { return offer.price }
    return rule.start[assortment.alternatives[assortment.alternativesBySource[seller][positions[0]]]] ?? offer.price
  }

  /// What each offer of some lists feels dearer than it is, by place in the menu that was made of them, in money.
  func surcharges(_ lists: [PriceList], on menu: Menu) -> [Double] {
    var surcharges = [Double](repeating: 0, count: menu.slotCount)
    for (seller, list) in lists.enumerated() {
      for (place, (offer, slot)) in zip(list.offers, menu.slots[seller]).enumerated()
      where offer.group == nil && group == nil || list.isBest(place, for: group) {
        surcharges[menu.index(of: slot)] = rule.surcharge(price: offer.price, reference: reference(seller, offer))
      }
    }
    return surcharges
  }

  /// Takes the prices of a period that has passed into memory.
  mutating func learn(_ lists: [PriceList]) {
    for (seller, list) in lists.enumerated() {
      for offer in list.offers {
        references[OfferKey(seller: seller, offer: offer)] =
          rule.next(reference: reference(seller, offer), price: offer.price)
      }
    }
  }
}
