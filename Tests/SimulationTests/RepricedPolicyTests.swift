import Demand
import Selling
import Strategies
import Testing

import Simulation

/// Customers at a rate of 20 with exponential valuations, in one period or several.
@Suite struct RepricedPolicyTests {
  /// What 1, 5 and 10 units are worth by the closed form for exponential demand (Gallego & van Ryzin 1994), 2.123170,
  /// 6.000400 and 7.223107, and what the best fixed price earns of them. Simulated with prices
  /// for each customer; 4.5 standard errors (a false alarm once in 1e5), which are below 0.5% of the value: a policy 2.5% off is seen
  /// with certainty.
  @Test(arguments: [
    (1, 1, 2.123170, 2.015932), (5, 1, 6.000400, 5.794273), (5, 10, 6.000400, 5.794273), (10, 4, 7.223107, 7.161071),
  ])
  func earnsWhatTheoryHas(units: Int, periods: Int, value: Double, fixed: Double) throws {
    let stock = Capacity(name: "seats", units: units, renewal: .never, use: [1])
    let market = try Small.monopoly(
      .exponential(mean: 1), arrivals: Arrivals(.poisson, mean: 20 / Double(periods)), periods: periods,
      capacities: [stock])
    func strategy(_ policy: String) throws -> GallegoVanRyzin {
      try GallegoVanRyzin(
        Arguments(["policy": .choice(policy)], for: GallegoVanRyzin.entry.parameters), seller: market.profiles[0],
        market: market.publicFacts(for: 0))
    }
    let study = try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])],
      candidates: [
        Candidate(label: "optimal", strategy: try strategy("optimal")),
        Candidate(label: "fixed", strategy: try strategy("best-fixed-price")),
      ], baseline: 0, replications: 12_000, seed: 11)
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact && knowledge.policyClass == .dynamic)
    let profits = try study.tallied([knowledge.candidate]).profits.map(summary)
    for (found, expected) in zip(profits, [value, fixed, value]) {
      #expect(found.error < 0.005 * expected * (units == 1 ? 2 : 1))
      #expect(abs(found.mean - expected) < 4.5 * found.error, "\(found.mean) ± \(found.error), exactly \(expected)")
    }
    // The strategy that believes the truth posts what perfect knowledge posts, up to how demand is interpolated.
    #expect(abs(profits[0].mean - profits[2].mean) < 1e-3)
  }

  /// Two mixes of customers that take turns, with capacity that is there anew: at unit cost, and at half as much more, both
  /// would buy alike, and still each period has the price of its own mix.
  @Test func mixesTakeTurns() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segments = try [("thrifty", [1.0, 0], 50.0), ("rich", [0, 1], 300)].map { name, profile, low in
      try Segment(
        name: name, share: 0.5,
        valuations: .distributions([.uniform(low: low, high: low + 100)], correlation: nil), profile: profile)
    }
    let rooms = Capacity(name: "rooms", units: 8, renewal: .eachPeriod, use: [1])
    let market = Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(name: "we", products: [SellerProduct(name: "room", unitCost: 10)], capacities: [rooms])
      ], periodCount: 4, periodUnit: "night", arrivals: Arrivals(.poisson, mean: 40))
    let facts = market.publicFacts(for: 0)
    let strategies: [any PricingStrategy] = try [
      GallegoVanRyzin(
        Arguments([:], for: GallegoVanRyzin.entry.parameters), seller: market.profiles[0], market: facts),
      PeakLoad(Arguments([:], for: PeakLoad.entry.parameters), seller: market.profiles[0], market: facts),
    ]
    let study = try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])],
      candidates: strategies.enumerated().map { Candidate(label: "\($0)", strategy: $1) }, baseline: 0,
      replications: 2, seed: 3)
    let knowledge = try PerfectKnowledge(study)
    var engine = Engine(study, candidates: study.candidates + [knowledge.candidate])
    for outcome in try engine.run(replication: 0) {
      let prices = outcome.offers.values.first?.map { $0?.price ?? 0 } ?? []
      #expect((90..<150).contains(prices[0]) && (330..<400).contains(prices[1]), "\(prices)")
      // The rule for stock looks at how many customers come, not at who: both mixes lie 250 apart.
      #expect(abs(prices[0] - prices[2]) < 1e-6 && abs(prices[1] - prices[3]) < 1e-6)
    }
  }

  /// Customers who take several units are no Poisson process of units: nothing exact is claimed.
  @Test func severalUnitsAreNotExact() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 0, high: 10)], correlation: nil),
      usage: [0: UsageCurve(upTo: 4, satiation: 0.3)])
    let stock = Capacity(name: "stock", units: 10, renewal: .never, use: [1])
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "p", unitCost: 0)], capacities: [stock])],
      periodCount: 2, periodUnit: "day", arrivals: Arrivals(.poisson, mean: 5))
    let moving = Scripted(repricesContinuously: true) { PriceList(prices: [4 + $0.elapsed]) }
    #expect(try PerfectKnowledge(try Small.study(market, [moving])).kind == .bestFound)
  }
}
