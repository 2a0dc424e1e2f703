import Demand
import Foundation
import Selling
import Testing

import Simulation

@Suite struct RepricingTests {
  /// One period, customers at a rate of 20 with exponential valuations, and a price for each unit left. The sales are then
  /// a pure death process: its expected revenue, from small steps of its Kolmogorov equations (Euler steps of 1e-5: error
  /// below 1e-4), is what the engine earns on average. 40,000 replications; 4.5 standard errors (chance of a false alarm 1e-5).
  @Test func pricesByUnitsLeft() throws {
    let prices = [0, 2.4, 1.6, 1.2]
    var chances = [0.0, 0, 0, 1]
    var earned = 0.0
    let step = 1e-5
    for _ in 0..<100_000 {
      for left in 1...3 {
        let sold = chances[left] * 20 * exp(-prices[left]) * step
        earned += sold * prices[left]
        chances[left] -= sold
        chances[left - 1] += sold
      }
    }
    let capacity = Capacity(name: "seats", units: 3, renewal: .never, use: [1])
    let market = try Small.monopoly(
      .exponential(mean: 1), arrivals: Arrivals(.poisson, mean: 20), capacities: [capacity])
    let byStock = Scripted(repricesContinuously: true) { PriceList(prices: [prices[max(1, $0.capacityLeft[0])]]) }
    let study = try Small.study(market, [byStock], replications: 40_000)
    let (mean, error) = summary(try study.tallied().profits[0])
    #expect(error < 0.01)
    #expect(abs(mean - earned) < 4.5 * error, "\(mean) ± \(error), exactly \(earned)")
  }

  /// What is booked: three units at 2.4, 1.6 and so on, whatever the price at the period's start.
  @Test func revenueIsWhatWasPaid() throws {
    let capacity = Capacity(name: "seats", units: 3, renewal: .never, use: [1])
    let market = try Small.monopoly(.fixed(10), arrivals: Arrivals(.fixed, mean: 5), capacities: [capacity])
    let rising = Scripted(repricesContinuously: true) { PriceList(prices: [6 - Double($0.capacityLeft[0])]) }
    let outcome = try Small.study(market, [rising]).outcomes()[0]
    #expect(outcome.sellers[0].revenue == 3 + 4 + 5)
    #expect(outcome.surplus == 7 + 6 + 5)
    #expect(outcome.segments[0].revenue == 12)
  }

  /// The time that a strategy sees grows from sale to sale; of n customers the first comes at 1 / (n + 1) on average.
  @Test func timesOfArrival() throws {
    let key = DrawKey(seed: 3, replication: 0, purpose: .customers)
    var sums = [0.0, 0, 0, 0]
    let runs = 20_000
    for run in 0..<runs {
      var key = key
      key.replication = UInt32(run)
      var clock = ArrivalClock(key, customers: 4)
      let times = clock.next(2) + clock.next(2)
      #expect(times == times.sorted() && times[0] > 0 && times[3] < 1)
      for (index, time) in times.enumerated() { sums[index] += time }
    }
    // Deviations of the order statistics are below 0.21: 4.5 standard errors.
    for index in 0..<4 { #expect(abs(sums[index] / Double(runs) - Double(index + 1) / 5) < 4.5 * 0.21 / 141) }
  }

  @Test func otherOffersAreRefused() throws {
    let market = try Small.monopoly(.fixed(10), arrivals: Arrivals(.fixed, mean: 5))
    let strange = Scripted(repricesContinuously: true) {
      $0.elapsed > 0 ? PriceList([]) : PriceList(prices: [1])
    }
    #expect(throws: SimulationError.self) { try Small.study(market, [strange]).outcomes() }
  }
}

@Suite struct ProtectionTests {
  private static func market(arrivals: Double, units: Int = 10) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0, 1]])
    let segments = try [("early", [1.0, 0], [10.0, 0]), ("late", [0, 1], [10, 50])].map { name, profile, values in
      try Segment(
        name: name, share: 0.5, valuations: .distributions(values.map { .fixed($0) }, correlation: nil),
        profile: profile)
    }
    let seats = Capacity(name: "seats", units: units, renewal: .never, use: [1, 1])
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: [SellerProduct(name: "saver", unitCost: 0), SellerProduct(name: "flex", unitCost: 0)],
          capacities: [seats])
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: arrivals))
  }

  /// Savers come first and want all ten seats; four are protected for those who pay more. Fixed numbers, by hand.
  @Test(arguments: [(16.0, 6.0, 4.0), (8.0, 4.0, 4.0), (1000, 6, 4)])
  func seatsStayForOthers(arrivals: Double, savers: Double, flexible: Double) throws {
    let list = [Offer(product: 0, price: 5, protection: 4), Offer(product: 1, price: 40)]
    let outcome = try Small.study(try Self.market(arrivals: arrivals), [Scripted(list)]).outcomes()[0]
    #expect(outcome.segments[0].units == savers)
    // The late ones also like a saver seat better, as long as one may be sold.
    #expect(outcome.segments[0].units + outcome.segments[1].units == min(10, savers + flexible))
    #expect(outcome.sellers[0].revenue == 5 * savers + (outcome.sellers[0].units - savers) * 40)
  }

  /// Segments with a profile come in their periods only, in the numbers that share and factors say.
  @Test func segmentsHaveTheirTimes() throws {
    let market = try Self.market(arrivals: 1000, units: 100_000)
    #expect(market.arrivals.mean(period: 0) == 500)
    let outcome = try Small.study(market, [Scripted([Offer(product: 0, price: 5), Offer(product: 1, price: 40)])])
      .outcomes()[0]
    #expect(outcome.segments.map(\.customers) == [500, 500])
    let offers = outcome.offers.sorted { $0.key < $1.key }.map { $0.value.map { $0?.units ?? 0 } }
    #expect(offers == [[500, 0], [0, 500]])
  }

  /// Shares that change: half of one segment in odd periods, a quarter in even ones; sampled 4.5 standard errors, expected
  /// demand to rounding.
  @Test func mixesByPeriod() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segments = try [("poor", [1.0, 1], 3.0), ("rich", [1, 3], 9)].map { name, profile, value in
      try Segment(
        name: name, share: 0.5, valuations: .distributions([.fixed(value)], correlation: nil), profile: profile)
    }
    let population = try Population(segments: segments, assortment: assortment)
    #expect(population.shares(period: 0) == [0.5, 0.5])
    #expect(population.shares(period: 3) == [0.25, 0.75])
    let market = Market(
      population: population,
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "p", unitCost: 0)])], periodCount: 2,
      periodUnit: "week", arrivals: Arrivals(.fixed, mean: 10_000))
    for (demand, tolerance) in [(DemandMode.sampled, 4.5 * 65), (.expected, 1e-9)] {
      let outcome = try Small.study(market, [Scripted(prices: [5])], demand: demand).outcomes()[0]
      let sold = outcome.offers.values.first?.map { $0?.units ?? 0 } ?? []
      #expect(abs(sold[0] - 5000) < tolerance && abs(sold[1] - 15_000) < tolerance, "\(sold)")
      #expect(outcome.customers == 30_000)
    }
    // Perfect knowledge: 3 sells to all of the first period for 30,000, 9 to half for 45,000; 9 is best in both.
    let changing = Scripted { PriceList(prices: [$0.period == 0 ? 8 : 9]) }
    let knowledge = try PerfectKnowledge(try Small.study(market, [changing], demand: .expected))
    #expect(knowledge.kind == .exact)
  }

  /// The best prices of two mixes are those of the mixes apart.
  @Test func eachMixHasItsPrice() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segments = try [("night", [1.0, 0], 4.0), ("day", [0, 1], 10)].map { name, profile, top in
      try Segment(
        name: name, share: 0.5, valuations: .distributions([.uniform(low: 0, high: top)], correlation: nil),
        profile: profile)
    }
    let market = Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "p", unitCost: 0)])], periodCount: 4,
      periodUnit: "hour", arrivals: Arrivals(.fixed, mean: 200))
    let changing = Scripted { PriceList(prices: [$0.period == 0 ? 8 : 9]) }
    let study = try Small.study(market, [changing], demand: .expected)
    let knowledge = try PerfectKnowledge(study)
    var engine = Engine(study, candidates: [knowledge.candidate])
    let outcome = try engine.run(replication: 0)[0]
    // Uniform on [0, top]: half the top, half of 100 customers a period.
    let (night, day) = (100 * 0.5 * 2.0, 100 * 0.5 * 5.0)
    #expect(abs(outcome.sellers[0].profit - 2 * (night + day)) < 1e-6)
  }
}
