import Demand
import Selling

/// What booking an offer needs to know beside its sales, found once for as long as its seller's list stays.
struct OfferLine {
  let offer: Offer
  /// Its place in counts of units.
  let slot: Int
  /// How many products it holds, and which.
  let size: Double
  let products: [Int]
  /// What the seller keeps of a unit's price, in money.
  let kept: Double
  /// What a unit costs where unit costs do not change, in money.
  let unitCost: Double
  /// The segments whose customers can take it.
  let segments: [Int]
  /// Its row among the sales by offer.
  let row: Int
}

/// Sales by offer and span of periods.
struct OfferRows {
  private var keys: [OfferKey: Int] = [:]
  private var rows: [[OfferPeriodOutcome?]] = []
  private let spanCount: Int

  init(spanCount: Int) { self.spanCount = spanCount }

  /// The row of an offer; a new one is empty.
  mutating func row(of key: OfferKey) -> Int {
    if let known = keys[key] { return known }
    keys[key] = rows.count
    rows.append([OfferPeriodOutcome?](repeating: nil, count: spanCount))
    return rows.count - 1
  }

  /// Adds what an offer sold in a period.
  mutating func add(_ line: OfferLine, span: Int, units: Double, revenue: Double) {
    if rows[line.row][span] == nil { rows[line.row][span] = OfferPeriodOutcome() }
    rows[line.row][span]?.add(line.offer, units: units, revenue: revenue)
  }

  /// All of them by offer, as far as anything was posted.
  var byKey: [OfferKey: [OfferPeriodOutcome?]] {
    keys.mapValues { rows[$0] }.filter { $0.value.contains { $0 != nil } }
  }
}

extension World {
  /// The outcome at the end of the calendar.
  var finished: CandidateOutcome {
    var outcome = outcome
    outcome.offers = offerRows.byKey
    return outcome
  }

  /// Lays out the lists of this period for booking.
  mutating func arrangeLines() {
    let segments = study.market.population.segments
    lines = lists.indices.map { seller in
      let profile = study.market.profiles[seller]
      let (list, slots) = (lists[seller], menu.slots[seller])
      let hasGroupOffers = list.hasGroupOffers
      return list.offers.indices.map { place in
        let offer = list.offers[place]
        return OfferLine(
          offer: offer, slot: menu.index(of: slots[place]), size: Double(offer.contents.count),
          products: offer.contents.positions, kept: profile.pocketPrice(of: offer),
          unitCost: ledgers[seller] == nil ? profile.unitCost(of: offer.contents) : 0,
          segments: segments.indices.filter { !hasGroupOffers || list.isBest(place, for: segments[$0].group) },
          row: offerRows.row(of: OfferKey(seller: seller, offer: offer)))
      }
    }
  }
}
