import Demand
import Selling

/// Counts the customers of service items that cost by customer and come with products of several categories or in several
/// units, so that units do not tell how many customers took them.
struct SharedItems {
  private struct Item {
    let seller: Int
    let index: Int
    let products: ProductSet
    /// Marks the slots of the menu that include it.
    var slots: [Bool] = []
    var customers = 0.0
  }

  private var items: [Item]

  init(_ market: Market) {
    items = market.profiles.enumerated().flatMap { seller, profile in
      profile.serviceItems.indices.filter { market.spansCategories(item: $0, of: profile) }
        .map { Item(seller: seller, index: $0, products: profile.serviceItems[$0].products) }
    }
  }

  var isEmpty: Bool { items.isEmpty }

  /// Begins a period.
  mutating func open(_ menu: Menu, lists: [PriceList]) {
    let count = menu.singlePrices.count + menu.bundles.count
    for index in items.indices {
      items[index].customers = 0
      items[index].slots = [Bool](repeating: false, count: count)
      let seller = items[index].seller
      for (offer, slot) in zip(lists[seller].offers, menu.slots[seller])
      where offer.contents.bits & items[index].products.bits != 0 {
        items[index].slots[menu.index(of: slot)] = true
      }
    }
  }

  /// Counts the customers of a block.
  mutating func count(_ menu: Menu, _ choice: borrowing BlockChoice, lanes: Range<Int>) {
    for index in items.indices {
      items[index].customers += Double(choice.buyers(menu, lanes: lanes, of: items[index].slots))
    }
  }

  /// Counts one customer by what they took.
  mutating func count(_ taken: [Int]) {
    for index in items.indices where taken.contains(where: { items[index].slots[$0] }) { items[index].customers += 1 }
  }

  /// Customers of each of a seller's service items in this period; for items of one category their units.
  func customers(of seller: Int, _ profile: SellerProfile, units: [Double]) -> [Double] {
    profile.serviceItems.enumerated().map { index, item in
      items.first { $0.seller == seller && $0.index == index }?.customers
        ?? item.products.positions.reduce(0) { $0 + units[$1] }
    }
  }
}
