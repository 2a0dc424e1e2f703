import Demand
import Selling
import Simulation
import Testing

/// Markets whose demand is stated as a whole: counts around the demand system.
@Suite struct AggregateMarketTests {
  private static func linear() throws -> AggregateDemand {
    .linear(try LinearDemand(intercepts: [10, 12], interaction: [[2, 1], [1, 3]]))
  }

  private static func market(
    _ aggregate: AggregateDemand, costs: [Double] = [1, 2], arrivals: Arrivals = Arrivals(.fixed, mean: 100),
    capacities: [Capacity] = []
  ) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0], [1]])
    let all = try Segment(
      name: "all customers", share: 1, valuations: .distributions([.fixed(0), .fixed(0)], correlation: nil))
    return Market(
      population: try Population(segments: [all], assortment: assortment),
      profiles: costs.enumerated().map {
        SellerProfile(
          name: "seller \($0)", products: [SellerProduct(name: "product \($0)", unitCost: $1)],
          capacities: $0 == 0 ? capacities : [])
      }, periodCount: 4, periodUnit: "week", arrivals: arrivals, aggregate: aggregate)
  }

  /// Units are Poisson around customers x expected units: mean and variance over 4 x 4,000 counts, within five standard
  /// errors (one is less than 0.1% of the mean, so that a bias of 0.5% would show).
  @Test func countsAreSpreadAroundTheSystem() throws {
    let prices = [4.0, 5.5]
    let study = try Small.study(
      Self.market(Self.linear()), [Scripted(prices: [prices[0]])], rivals: [Scripted(prices: [prices[1]])],
      replications: 4000, seed: 3)
    let expected = try Self.linear().system.response(at: prices, hasSlopes: false)
    var counts: [[Double]] = [[], []]
    for replication in 0..<study.replications {
      let outcome = try study.outcomes(replication: replication)[0]
      for seller in 0..<2 { counts[seller].append(outcome.sellers[seller].units) }
    }
    for seller in 0..<2 {
      let mean = 4 * 100 * expected.units[seller]
      let found = summary(counts[seller])
      #expect(abs(found.mean - mean) < 5 * found.error)
      // The variance of a sum of Poisson counts is its mean; that of a variance estimate about 2 / 4,000 of its square.
      let variance = found.error * found.error * Double(counts[seller].count)
      #expect(abs(variance / mean - 1) < 5 * (2.0 / 4000).squareRoot())
    }
  }

  @Test func expectedModeSellsTheExpectedUnits() throws {
    let study = try Small.study(
      Self.market(Self.linear()), [Scripted(prices: [4])], rivals: [Scripted(prices: [5.5])], demand: .expected)
    let outcome = try study.outcomes()[0]
    let expected = try Self.linear().system.response(at: [4, 5.5], hasSlopes: false)
    #expect(abs(outcome.sellers[0].units - 400 * expected.units[0]) < 1e-9)
    #expect(abs(outcome.segments[0].surplus - 400 * expected.surplus) < 1e-9)
    #expect(outcome.segments[0].customers == 400)
  }

  /// Every candidate meets the same uniforms: the same prices sell the same, and a lower price never less.
  @Test func candidatesStayPaired() throws {
    let study = try Small.study(
      Self.market(Self.linear(), arrivals: Arrivals(.poisson, mean: 50)),
      [Scripted(prices: [4]), Scripted(prices: [4]), Scripted(prices: [3.9])], rivals: [Scripted(prices: [5.5])])
    for replication in 0..<50 {
      let outcomes = try study.outcomes(replication: replication)
      #expect(outcomes[0].sellers[0] == outcomes[1].sellers[0])
      #expect(outcomes[2].sellers[0].units >= outcomes[0].sellers[0].units)
    }
  }

  /// Perfect knowledge answers best to the rival: p = (a' + c) / 2 with a' the intercept of residual demand.
  @Test func perfectKnowledgeIsTheBestResponse() throws {
    let study = try Small.study(
      Self.market(Self.linear()), [Scripted(prices: [6])], rivals: [Scripted(prices: [5.5])], demand: .expected)
    let knowledge = try PerfectKnowledge(study)
    // q1 = (b2 (a1 - p1) - d (a2 - p2)) / (b1 b2 - d d): zero at p1 = a1 - d (a2 - p2) / b2.
    let best = (10 - (12 - 5.5) / 3 + 1) / 2
    let outcome = try Engine.outcome(study, knowledge.candidate)
    let margin = best - 1
    let units = (3 * (10 - best) - (12 - 5.5)) / 5
    #expect(knowledge.kind == .exact)
    #expect(abs(outcome.sellers[0].contribution - 400 * margin * units) < 1e-6)
  }

  @Test func refusals() throws {
    let capacity = Capacity(name: "seats", units: 10, renewal: .eachPeriod, use: [1])
    #expect(throws: SimulationError.self) {
      try Small.study(
        Self.market(Self.linear(), capacities: [capacity]), [Scripted(prices: [4])], rivals: [Scripted(prices: [5])])
    }
    #expect(throws: SimulationError.self) {
      try Small.study(
        Self.market(Self.linear()),
        [Scripted(survey: SurveyPlan(respondents: 10)) { _ in PriceList(prices: [4]) }], rivals: [Scripted(prices: [5])]
      )
    }
  }
}

extension Engine {
  /// The first replication of one candidate.
  fileprivate static func outcome(_ study: Study, _ candidate: Candidate) throws -> CandidateOutcome {
    var engine = Engine(study, candidates: [candidate])
    return try engine.run(replication: 0)[0]
  }
}
