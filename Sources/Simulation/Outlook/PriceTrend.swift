import Demand
import Foundation
import Selling

/// How customers with adaptive beliefs expect each offer's price to go on; see `Patience.Belief.adaptive`.
struct PriceTrend {
  private struct Course {
    var price: Double
    /// The expected relative change from one period to the next; at least -1.
    var change = 0.0
  }

  private let memory: Double
  private var courses: [OfferKey: Course] = [:]

  init(memory: Double) { self.memory = memory }

  /// Sees the prices of a new period.
  mutating func see(_ lists: [PriceList]) {
    for (seller, list) in lists.enumerated() {
      for offer in list.offers {
        let key = OfferKey(seller: seller, offer: offer)
        guard var course = courses[key] else {
          courses[key] = Course(price: offer.price)
          continue
        }
        let step = course.price > 0 && offer.price >= 0 ? offer.price / course.price - 1 : 0
        course.change = memory * course.change + (1 - memory) * step
        course.price = offer.price
        courses[key] = course
      }
    }
  }

  /// The lists expected some periods later; an offer that would cost more than any number is left out.
  func expected(_ lists: [PriceList], after periods: Int) -> [PriceList] {
    lists.enumerated().map { seller, list in
      PriceList(
        list.offers.compactMap { offer in
          let change = courses[OfferKey(seller: seller, offer: offer)]?.change ?? 0
          let price = change == 0 ? offer.price : offer.price * pow(1 + change, Double(periods))
          return price.isFinite ? Offer(offer.contents, price: price, group: offer.group) : nil
        })
    }
  }
}
