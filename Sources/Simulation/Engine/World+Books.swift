import Demand
import Selling

/// What a period comes to.
extension World {
  /// Books the sales of a period and shows them to the sellers; what a seller earns and costs counts as its owner's.
  ///
  /// - Parameter costFactors: the random factor of each seller's unit costs in this period.
  mutating func close(period: Int, costFactors: [Double]) {
    let span = study.market.spans.index(of: period)
    let numbers = study.market.population.segmentNumbers
    for seller in lines.indices {
      let owner = owners[seller]
      let isStudied = owner == study.studied
      var sold: [OfferSales] = []
      sold.reserveCapacity(lines[seller].count)
      for line in lines[seller] {
        var units = 0.0
        var rebate = 0.0
        for segment in line.segments {
          let taken = counts[segment][line.slot]
          units += taken
          rebate += rebates[segment][line.slot]
          guard isStudied else { continue }
          let number = numbers[segment]
          outcome.segments[number].units += taken * line.size
          outcome.segments[number].revenue += taken * line.kept - rebates[segment][line.slot]
        }
        // Under price terms there are no tariffs, and so no rebates for further units.
        let revenue = units * line.kept - rebate
        sold.append(OfferSales(offer: line.offer, units: units, revenue: revenue))
        outcome.sellers[owner].units += units * line.size
        outcome.sellers[owner].revenue += revenue
        if ledgers[seller] == nil { outcome.sellers[owner].unitCost += units * line.unitCost }
        offerRows.add(line, span: span, units: units, revenue: revenue)
      }
      sales[seller].append(sold)
      guard study.market.profiles[seller].presence.contains(period) else { continue }
      outcome.sellers[owner].standingCost += standingCosts[seller]
      if ledgers[seller] != nil { close(ledgerOf: seller, sold, period: period, costFactor: costFactors[seller]) }
    }
    guard !looksAtTodayOnly else { return }
    for segment in outlooks.indices { outlooks[segment]?.close(counted) }
  }

  /// Books the cost of what a seller sold in a period whose costs change.
  private mutating func close(ledgerOf seller: Int, _ sold: [OfferSales], period: Int, costFactor: Double) {
    let profile = study.market.profiles[seller]
    var units = profile.products.map { _ in 0.0 }
    for (line, sales) in zip(lines[seller], sold) {
      for product in line.products { units[product] += sales.units }
    }
    let customers = sharedItems.customers(of: seller, profile, units: units)
    outcome.sellers[owners[seller]].unitCost +=
      ledgers[seller]?.close(period: period, units: units, customers: customers, factor: costFactor) ?? 0
    outcome.sellers[owners[seller]].stepCost += profile.stepCost(ofUnits: units.reduce(0, +))
  }

  /// Books what prices cost that differ from those of the period before; an offer that was not there before is new.
  mutating func book(changesFrom before: [PriceList], to posted: [PriceList], period: Int) {
    guard posted != before else { return }
    let owners = study.market.ownership.owners(period: period)
    for seller in posted.indices where posted[seller] != before[seller] {
      let changes = posted[seller].changes(from: before[seller])
      outcome.sellers[seller].priceChanges += changes
      outcome.sellers[owners[seller]].adjustmentCost += Double(changes) * strategies[seller].costOfChange
    }
  }
}
