import Demand
import GSL
import Selling
import Simulation
import Testing

/// Expected demand is what sampled demand tends to.
struct ExpectedModeTests {
  private func market(periods: Int) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1], sources: [[0, 1, 2], [0]])
    let segments = [
      try Segment(
        name: "one", share: 0.35,
        valuations: .distributions(
          [.normal(mean: 20, standardDeviation: 5), .fixed(24), .exponential(mean: 6)], correlation: nil), taste: 3),
      try Segment(
        name: "two", share: 0.65,
        valuations: .distributions(
          [.uniform(low: 5, high: 30), .fixed(18), .uniform(low: 0, high: 9)], correlation: nil)),
    ]
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b", "c"].map { SellerProduct(name: $0, unitCost: 3) }, fixedCost: 10),
        SellerProfile(name: "they", products: [SellerProduct(name: "a", unitCost: 2)]),
      ], periodCount: periods, periodUnit: "week",
      arrivals: Arrivals(.poisson, mean: 300, seasonLength: 4, seasonSwing: 0.3, trend: 0.01))
  }

  /// 400 replications of four periods with 300 customers each; every mean lies within 4.5 standard errors of its
  /// expectation (about 20 comparisons, so that a false alarm has a chance of about 1e-4 over seeds; the seed is fixed).
  /// The standard error of revenue is 0.1%, so that an error of 0.5% in expected demand would show.
  @Test func agreesWithSampledDemand() throws {
    let candidates = [
      Scripted(prices: [17, 19, 5]),
      Scripted([
        Offer(product: 0, price: 15), Offer(product: 1, price: 21), Offer(product: 2, price: 6),
        Offer(ProductSet([0, 2]), price: 18),
      ]),
    ]
    let market = try market(periods: 4)
    let sampled = try Small.study(market, candidates, rivals: [Scripted(prices: [16])], replications: 400, seed: 31)
    let expected = try Small.study(market, candidates, rivals: [Scripted(prices: [16])], demand: .expected)
    let tally = try sampled.tallied().tally
    for (candidate, outcome) in zip(tally.candidates, try expected.outcomes()) {
      func agrees(_ moments: RunningMoments, _ value: Double, _ what: String) {
        let error = moments.standardError ?? 0
        #expect(abs(moments.mean - value) < 4.5 * error, "\(what): sampled \(moments.mean), expected \(value)")
      }
      agrees(candidate.profit, outcome.sellers[0].profit, "profit")
      agrees(candidate.revenue, outcome.sellers[0].revenue, "revenue")
      agrees(candidate.units, outcome.sellers[0].units, "units")
      agrees(candidate.customers, outcome.customers, "customers")
      agrees(candidate.surplus, outcome.surplus, "surplus")
      agrees(candidate.sellers[1].revenue, outcome.sellers[1].revenue, "the rival's revenue")
      for (segment, outcome) in zip(candidate.segments, outcome.segments) {
        agrees(segment.units, outcome.units, "units of a segment")
        agrees(segment.surplus, outcome.surplus, "surplus of a segment")
      }
    }
  }

  /// Linear demand in closed form: 1000 x (1 - 6/10) buyers, who leave half of what they value above price. 1e-9 relative:
  /// the integral is exact.
  @Test func linearDemand() throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 10), unitCost: 1, periods: 2)
    let study = try Small.study(market, [Scripted(prices: [6])], demand: .expected)
    let outcome = try study.outcomes()[0]
    #expect(abs(outcome.sellers[0].units - 800) < 1e-6)
    #expect(abs(outcome.sellers[0].profit - 4000) < 1e-5)
    #expect(abs(outcome.surplus - 2 * 1000 * 16 / 20) < 1e-5)
    #expect(abs(outcome.segments[0].buyers - 800) < 1e-6)
  }

  /// No noise: every replication is the same, unless research differs.
  @Test func everyReplicationIsTheSame() throws {
    let study = try Small.study(
      try market(periods: 2), [Scripted(prices: [17, 19, 5])], rivals: [Scripted(prices: [16])], replications: 5,
      demand: .expected)
    #expect(Set(try study.tallied().profits[0]).count == 1)
  }

  @Test func capacityIsRefused() throws {
    let market = try Small.monopoly(
      .uniform(low: 0, high: 10), capacities: [Capacity(name: "x", units: 5, renewal: .never, use: [1])])
    let error = #expect(throws: SimulationError.self) {
      try Small.study(market, [Scripted(prices: [6])], demand: .expected)
    }
    #expect(error?.description.contains("capacity") ?? false)
  }
}
