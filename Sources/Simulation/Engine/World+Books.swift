import Demand
import Selling

/// What a period comes to.
extension World {
  /// Books the sales of a period and shows them to the sellers; what a seller earns and costs counts as its owner's.
  ///
  /// - Parameter costFactors: the random factor of each seller's unit costs in this period.
  mutating func close(period: Int, costFactors: [Double]) {
    let market = study.market
    let spans = market.spans
    for seller in lists.indices {
      let profile = market.profiles[seller]
      let owner = owners[seller]
      var sold: [OfferSales] = []
      var unitsByProduct = profile.products.map { _ in 0.0 }
      let hasGroupOffers = lists[seller].hasGroupOffers
      for (place, (offer, slot)) in zip(lists[seller].offers, menu.slots[seller]).enumerated() {
        let products = Double(offer.contents.count)
        let kept = profile.pocketPrice(of: offer)
        let index = menu.index(of: slot)
        var units = 0.0
        var rebate = 0.0
        for (segment, definition) in market.population.segments.enumerated() {
          guard !hasGroupOffers || lists[seller].isBest(place, for: definition.group) else { continue }
          let taken = counts[segment][index]
          units += taken
          rebate += rebates[segment][index]
          guard owner == study.studied else { continue }
          let number = market.population.segmentNumbers[segment]
          outcome.segments[number].units += taken * products
          outcome.segments[number].revenue += taken * kept - rebates[segment][index]
        }
        // Under price terms there are no tariffs, and so no rebates for further units.
        let revenue = units * kept - rebate
        sold.append(OfferSales(offer: offer, units: units, revenue: revenue))
        for product in offer.contents.positions { unitsByProduct[product] += units }
        outcome.sellers[owner].units += units * products
        outcome.sellers[owner].revenue += revenue
        if ledgers[seller] == nil { outcome.sellers[owner].unitCost += units * profile.unitCost(of: offer.contents) }
        outcome.offers[
          OfferKey(seller: seller, offer: offer), default: [OfferPeriodOutcome?](repeating: nil, count: spans.count)][
            spans.index(of: period), default: OfferPeriodOutcome()
          ].add(offer, units: units, revenue: revenue)
      }
      sales[seller].append(sold)
      guard profile.isPresent(in: period) else { continue }
      outcome.sellers[owner].standingCost += profile.standingCost
      guard ledgers[seller] != nil else { continue }
      let customers = sharedItems.customers(of: seller, profile, units: unitsByProduct)
      outcome.sellers[owner].unitCost +=
        ledgers[seller]?.close(
          period: period, units: unitsByProduct, customers: customers, factor: costFactors[seller]) ?? 0
      outcome.sellers[owner].stepCost += profile.stepCost(ofUnits: unitsByProduct.reduce(0, +))
    }
    guard !looksAtTodayOnly else { return }
    for segment in outlooks.indices { outlooks[segment]?.close(counted) }
  }

  /// Books what prices cost that differ from those of the period before; an offer that was not there before is new.
  mutating func book(changesFrom before: [PriceList], to posted: [PriceList], period: Int) {
    let owners = study.market.ownership.owners(period: period)
    for seller in posted.indices where posted[seller] != before[seller] {
      let changes = posted[seller].changes(from: before[seller])
      outcome.sellers[seller].priceChanges += changes
      outcome.sellers[owners[seller]].adjustmentCost += Double(changes) * strategies[seller].costOfChange
    }
  }
}

extension [OfferPeriodOutcome?] {
  fileprivate subscript(place: Int, default fallback: OfferPeriodOutcome) -> OfferPeriodOutcome {
    get { self[place] ?? fallback }
    set { self[place] = newValue }
  }
}
