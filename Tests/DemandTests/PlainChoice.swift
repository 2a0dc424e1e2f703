import Demand
import Testing

/// One customer's choice by definition: every feasible set of offers is listed and valued.
struct PlainChoice {
  /// A set of offers with what it leaves the customer.
  struct Basket {
    /// Places in counts of units, rising.
    var places: [Int]
    var surplus: Double
    /// How many alternatives come in bundles.
    var bundled: Int
  }

  /// The largest surplus.
  let surplus: Double
  /// All baskets that leave it and that the customer may end up with.
  let baskets: [Basket]

  /// - Parameter values: what the customer would pay for each alternative.
  init(values: [Double], menu: Menu, assortment: Assortment) {
    let offers = Self.offers(menu)
    var feasible: [Basket] = []
    func extend(_ basket: Basket, from next: Int, covered: Set<Int>) {
      if assortment.hasOutsideOption || covered.count == assortment.categories.count { feasible.append(basket) }
      for index in next..<max(next, offers.count) {
        let categories = offers[index].alternatives.map(assortment.category(ofAlternative:))
        guard covered.isDisjoint(with: categories) else { continue }
        var larger = basket
        larger.places.append(offers[index].place)
        larger.surplus += offers[index].alternatives.reduce(-offers[index].price) { $0 + values[$1] }
        larger.bundled += offers[index].alternatives.count > 1 ? offers[index].alternatives.count : 0
        extend(larger, from: index + 1, covered: covered.union(categories))
      }
    }
    extend(Basket(places: [], surplus: 0, bundled: 0), from: 0, covered: [])
    let best = feasible.map(\.surplus).max() ?? -.infinity
    surplus = best
    // Among equally good baskets the customer wants as many bundled goods as possible, and with the same bundles as
    // many goods as possible.
    let equal = feasible.filter { $0.surplus == best }
    let bundled = equal.map(\.bundled).max() ?? 0
    let candidates = equal.filter { $0.bundled == bundled }
    func bundles(_ basket: Basket) -> [Int] { basket.places.filter { $0 >= menu.singlePrices.count } }
    baskets = candidates.filter { basket in
      !candidates.contains { bundles($0) == bundles(basket) && $0.places.count > basket.places.count }
    }
  }

  private static func offers(_ menu: Menu) -> [(place: Int, alternatives: [Int], price: Double)] {
    var offers: [(place: Int, alternatives: [Int], price: Double)] = []
    for (alternative, price) in menu.singlePrices.enumerated() where price.isFinite {
      offers.append((alternative, [alternative], price))
    }
    for (index, bundle) in menu.bundles.enumerated() where bundle.price.isFinite {
      offers.append((menu.singlePrices.count + index, bundle.alternatives, bundle.price))
    }
    return offers
  }
}
