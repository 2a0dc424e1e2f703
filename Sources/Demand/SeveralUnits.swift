/// What each alternative is worth to customers who may take several units of it, and how many they would take.
struct SeveralUnits: ~Copyable {
  /// One row an alternative: its worth with what the further units leave, before the price of the first unit.
  let worths: Lanes
  /// One row an alternative: units that whoever takes it takes.
  let units: IndexLanes

  /// - Parameter usage: the curves of the segment that stands in these lanes, by product.
  init(_ block: borrowing CustomerBlock, _ menu: Menu, usage: [UsageCurve?], lanes: Range<Int>) {
    let alternatives = block.population.assortment.alternatives
    worths = Lanes(rows: alternatives.count, width: CustomerBlock.capacity)
    units = IndexLanes(rows: alternatives.count, width: CustomerBlock.capacity)
    for (alternative, product) in alternatives.enumerated() {
      block.values.copy(alternative, to: alternative, of: worths, lanes)
      let price = menu.singlePrices[alternative]
      guard let curve = usage[product], price.isFinite else {
        for lane in lanes { units[alternative, lane] = 1 }
        continue
      }
      let limit = menu.unitLimits[alternative] ?? .max
      let tariff = menu.tariffs[alternative]
      for lane in lanes {
        let further = curve.further(
          valuation: block.valuation(ofProduct: product, lane: lane), price: price, tariff: tariff, limit: limit)
        worths[alternative, lane] += further.surplus
        units[alternative, lane] = 1 + further.units
      }
    }
  }
}
