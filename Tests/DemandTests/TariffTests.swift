import Demand
import Testing

/// Tariffs for several units: payments by formula, choice against customers who try every number of units, expected demand
/// against areas and against sampled choice.
@Suite struct TariffTests {
  @Test func paymentsByFormula() throws {
    let fee = Offer(product: 0, fee: 20, unitPrice: 3)
    #expect((1...4).map(fee.payment) == [23, 26, 29, 32])
    let steps = [Tariff.QuantityStep(from: 3, unitPrice: 4), .init(from: 5, unitPrice: 2)]
    let added = Offer(product: 0, price: 5, tariff: .quantitySteps(steps, .addedUnits))
    #expect((1...6).map(added.payment) == [5, 10, 14, 18, 20, 22])
    let all = Offer(product: 0, price: 5, tariff: .quantitySteps(steps, .allUnits))
    #expect((1...6).map(all.payment) == [5, 10, 12, 16, 10, 12])
  }

  @Test func whatCannotBePosted() throws {
    let step = Tariff.quantitySteps([.init(from: 1, unitPrice: 2)], .addedUnits)
    #expect(refusal { try PriceList([Offer(product: 0, price: 5, tariff: step)]).check() }.contains("second unit"))
    let bundle = Offer(ProductSet([0, 1]), price: 5, tariff: .twoPart(unitPrice: 1))
    #expect(refusal { try PriceList([bundle]).check() }.contains("bundle"))
    let fenced = [Offer(product: 0, fee: 1, unitPrice: 2), Offer(product: 0, price: 2, group: 0)]
    #expect(refusal { try PriceList(fenced).check() }.contains("groups"))
  }

  /// A random market with random curves and tariffs on half of what is sold on its own.
  private static func market(
    isCoarse: Bool, using random: inout SplitMix
  ) throws -> (population: Population, menu: Menu) {
    let market = try RandomMarket(isCoarse: isCoarse, using: &random)
    let population = try market.population.with { segment in
      try segment.with(usage: try market.population.randomUsage(isCoarse: isCoarse, using: &random))
    }
    func price(_ highest: Double) -> Double {
      isCoarse
        ? Double(Int.random(in: 0...Int(4 * highest), using: &random)) / 4
        : Double.random(in: 0...highest, using: &random)
    }
    let lists = market.lists.map { list in
      PriceList(
        list.offers.map { offer in
          guard offer.contents.count == 1, Bool.random(using: &random) else { return offer }
          var offer = offer
          if Bool.random(using: &random) {
            offer.tariff = .twoPart(unitPrice: price(2))
          } else {
            let steps = [2, 4].map { Tariff.QuantityStep(from: $0, unitPrice: price(3)) }
            offer.tariff = .quantitySteps(steps, Bool.random(using: &random) ? .addedUnits : .allUnits)
          }
          return offer
        })
    }
    return (population, try Menu(lists, in: population.assortment))
  }

  /// Coarse markets are exact and full of ties; in the others sums differ in the last bits.
  @Test(arguments: [(true, 0.0), (false, 1e-12)]) func sameAsTryingEveryNumber(isCoarse: Bool, tolerance: Double) throws
  {
    var random = SplitMix(state: isCoarse ? 31 : 32)
    let key = DrawKey(seed: 6, replication: 0, purpose: .customers)
    var rebated = 0
    for _ in 0..<120 {
      let (population, menu) = try Self.market(isCoarse: isCoarse, using: &random)
      var block = CustomerBlock(population)
      let choice = BlockChoice(population.assortment)
      block.draw(key, first: 0, count: 60)
      choice.choose(block, from: menu)
      let slots = menu.singlePrices.count + menu.bundles.count
      var (units, rebates) = ([Double](repeating: 0, count: slots), [Double](repeating: 0, count: slots))
      var expected = rebates
      for (arrival, person) in SampledValuations.customers(of: population, count: 60, key: key).enumerated() {
        let lane = block.lane(ofArrival: arrival)
        let plain = PlainCustomer(
          values: person.values, valuations: person.valuations, segment: population.segments[person.segment],
          menu: menu, assortment: population.assortment)
        var places: [Int] = []
        choice.purchases(menu, lane: lane, into: &places)
        #expect(isClose(choice.surplus(lane: lane), plain.surplus, relative: tolerance, absolute: tolerance))
        if isCoarse { #expect(plain.baskets.contains { $0.places.sorted() == places.sorted() }) }
        for place in Set(places) { expected[place] += menu.rebate(at: place, units: places.count { $0 == place }) }
      }
      choice.tally(menu, lanes: 0..<60, into: &units)
      choice.addRebates(menu, lanes: 0..<60, into: &rebates)
      for (own, other) in zip(rebates, expected) { #expect(isClose(own, other, absolute: 1e-9)) }
      rebated += rebates.count { $0 != 0 }
    }
    #expect(rebated > 40)
  }

  /// U[0, 1], a second unit worth half of the first, T(1) = 0.4 and T(2) = 0.5: whoever buys takes both, from v = 1/3 on.
  @Test func areasByHand() throws {
    let assortment = try DemandTests.assortment(categories: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 0, high: 1)], correlation: nil),
      usage: [0: UsageCurve(upTo: 2, satiation: 0.5)])
    var demand = ExpectedDemand(try Population(segments: [segment], assortment: assortment))
    let offer = Offer(product: 0, price: 0.4, tariff: .twoPart(unitPrice: 0.1))
    let choice = try demand.choice(from: try Menu([PriceList([offer])], in: assortment))
    let revenue = choice.units[0] * 0.4 - (choice.rebates[0] ?? 0)
    print(
      "tariff by hand: largest error", abs(choice.units[0] - 4 / 3), abs(revenue - 1 / 3), abs(choice.surplus - 1 / 3))
    #expect(isClose(choice.units[0], 4.0 / 3, absolute: 1e-14))
    #expect(isClose(choice.takers[0], 2.0 / 3, absolute: 1e-14))
    #expect(isClose(revenue, 1.0 / 3, absolute: 1e-14))
    #expect(isClose(choice.surplus, 1.0 / 3, absolute: 1e-14))
  }

  /// Expected units, rebates and surplus of random markets against 12,000 sampled customers; each within 4.5 standard
  /// errors and the integration error, about 1 false alarm in 100,000 comparisons.
  @Test func expectedAgainstSampled() throws {
    var random = SplitMix(state: 77)
    var compared = 0
    var largest = 0.0
    while compared < 12 {
      let (population, menu) = try Self.market(isCoarse: false, using: &random)
      guard !menu.tariffs.isEmpty, population.assortment.categories.count < 3 else { continue }
      compared += 1
      var demand = ExpectedDemand(population, pointCount: 2048)
      let choice = try demand.choice(from: menu)
      let count = 12_000
      let sampled = SampledMeans(population, menu, count: count, seed: 9)
      for place in choice.units.indices {
        let gap = max(0, abs(choice.units[place] - sampled.means[place]) - 4.5 * choice.error)
        if sampled.errors[place] > 0 { largest = max(largest, gap / sampled.errors[place]) }
        #expect(gap <= 4.5 * sampled.errors[place] + 1e-9)
      }
      #expect(
        abs(choice.surplus - sampled.surplus.mean) <= 4.5 * sampled.surplus.error + 0.01 * abs(choice.surplus) + 1e-9)
      let rebates = Self.rebates(population, menu, count: count)
      for place in menu.tariffs.keys {
        let gap = abs((choice.rebates[place] ?? 0) - rebates.means[place])
        #expect(gap <= 4.5 * rebates.errors[place] + 20 * choice.error + 1e-9, "rebate \(place)")
      }
    }
    print("tariffs, expected against sampled: largest gap in standard errors", largest)
  }

  private static func rebates(
    _ population: Population, _ menu: Menu, count: Int
  ) -> (means: [Double], errors: [Double]) {
    var block = CustomerBlock(population)
    let choice = BlockChoice(population.assortment)
    let slots = menu.singlePrices.count + menu.bundles.count
    var sums = [Double](repeating: 0, count: slots)
    var squares = sums
    for first in stride(from: 0, to: count, by: CustomerBlock.capacity) {
      block.draw(DrawKey(seed: 9, replication: 0, purpose: .customers), first: first, count: min(512, count - first))
      choice.choose(block, from: menu)
      for lane in 0..<block.count {
        var own = [Double](repeating: 0, count: slots)
        choice.addRebates(menu, lanes: lane..<(lane + 1), into: &own)
        for place in own.indices {
          sums[place] += own[place]
          squares[place] += own[place] * own[place]
        }
      }
    }
    let means = sums.map { $0 / Double(count) }
    return (
      means,
      zip(means, squares).map { (max(0, $1 / Double(count) - $0 * $0) / Double(count)).squareRoot() }
    )
  }
}
