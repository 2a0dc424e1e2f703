import Demand
import Selling
import Simulation
import Testing

/// What a replication comes to depends on the study and its number alone, and every candidate meets the same customers.
struct EngineTests {
  /// Two sellers, substitutes and a category of its own, two segments, taste, capacity, and candidates that react.
  static func study(replications: Int = 40) throws -> Study {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1], sources: [[0, 1, 2], [0, 2]])
    let segments = [
      try Segment(
        name: "one", share: 0.3,
        valuations: .distributions(
          [.normal(mean: 20, standardDeviation: 5), .uniform(low: 10, high: 40), .exponential(mean: 6)],
          correlation: [[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]]), taste: 1.5),
      try Segment(
        name: "two", share: 0.7, valuations: .respondents([[15, 20, 4], [22, 24, 9], [30, 42, 1], [8, 6, 3]]),
        taste: 0.5),
    ]
    let capacity = Capacity(name: "seats", units: 70, renewal: .eachPeriod, use: [1, 1, 0])
    let market = Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b", "c"].map { SellerProduct(name: $0, unitCost: 3) }, fixedCost: 10,
          capacities: [capacity]),
        SellerProfile(name: "they", products: ["a", "c"].map { SellerProduct(name: $0, unitCost: 2) }),
      ], periodCount: 5, periodUnit: "week", arrivals: Arrivals(.poisson, mean: 250))
    let candidates = [
      Scripted(prices: [18, 24, 6]),
      Scripted { view in
        let sold = view.sales.last?.reduce(0) { $0 + $1.units } ?? 0
        return PriceList(prices: [15 + sold / 40, 22 + sold / 30, 5])
      },
      Scripted(survey: SurveyPlan(respondents: 30, bias: 0.1, noise: 0.2, costPerRespondent: 1)) { view in
        let answers = view.survey?.willingnessToPay ?? []
        let mean = answers.reduce(0) { $0 + $1[0] } / Double(max(1, answers.count))
        return PriceList([
          Offer(product: 0, price: mean), Offer(product: 1, price: 25), Offer(ProductSet([1, 2]), price: 28),
        ])
      },
      Scripted(prices: [18, 24, 6]),
    ]
    return try Small.study(
      market, candidates,
      rivals: [
        Scripted { view in PriceList(prices: [(view.rivalPrice(seller: 0, product: 0) ?? 19) - 1, 5.5]) }
      ], replications: replications, seed: 5)
  }

  private struct Fingerprint: Equatable {
    let sellers: [SellerOutcome]
    let segments: [SegmentOutcome]
    let offers: [OfferKey: [OfferPeriodOutcome?]]

    init(_ outcome: CandidateOutcome) {
      (sellers, segments, offers) = (outcome.sellers, outcome.segments, outcome.offers)
    }
  }

  private func fingerprints(_ study: Study, threads: Int) throws -> [[Fingerprint]] {
    var all: [[Fingerprint]] = []
    var tally = StudyTally(study, candidateCount: study.candidates.count)
    try StudyRunner(study, candidates: study.candidates, threads: threads).run(into: &tally) { number, outcomes in
      #expect(number == all.count)
      all.append(outcomes.map(Fingerprint.init))
    } pause: { _ in
      true
    }
    return all
  }

  /// To the last bit.
  @Test func sameForAnyNumberOfThreads() throws {
    let study = try Self.study()
    let one = try fingerprints(study, threads: 1)
    #expect(one.count == 40)
    #expect(try fingerprints(study, threads: 2) == one)
    #expect(try fingerprints(study, threads: 5) == one)
    #expect(Set(one.map { $0[1].sellers[0].profit }).count > 30, "replications differ")
  }

  /// Engines that compute replications in another order, or only some of them.
  @Test func sameForAnyOrder() throws {
    let study = try Self.study(replications: 8)
    let inOrder = try fingerprints(study, threads: 1)
    var engine = Engine(study, candidates: study.candidates)
    for number in [7, 0, 3, 3, 1] {
      #expect(try engine.run(replication: number).map(Fingerprint.init) == inOrder[number])
    }
  }

  /// Stopped after each wave and taken up again by another runner: the same tally.
  @Test func sameAfterStops() throws {
    let study = try Self.study(replications: 40)
    let whole = try study.tallied(threads: 2).tally
    var parts = StudyTally(study, candidateCount: study.candidates.count)
    var stops = 0
    while parts.replications < study.replications {
      try StudyRunner(study, candidates: study.candidates, threads: 1 + stops % 2)
        .run(into: &parts) { _, _ in
        } pause: { _ in
          false
        }
      stops += 1
    }
    #expect(stops >= 2)
    for (part, all) in zip(parts.candidates, whole.candidates) {
      #expect(part.profit == all.profit)
      #expect(part.difference == all.difference)
      #expect(part.surplus == all.surplus)
    }
    #expect(parts.bootstrap == whole.bootstrap)
  }

  /// However they price, and wherever they stand in the list.
  @Test func candidatesMeetTheSameCustomers() throws {
    let study = try Self.study(replications: 6)
    for number in 0..<6 {
      let outcomes = try study.outcomes(replication: number)
      for outcome in outcomes {
        #expect(outcome.segments.map(\.customers) == outcomes[0].segments.map(\.customers))
      }
      #expect(Fingerprint(outcomes[3]) == Fingerprint(outcomes[0]), "the twin candidate")
      #expect(Fingerprint(outcomes[1]) != Fingerprint(outcomes[0]))
      var alone = Engine(study, candidates: [study.candidates[2]])
      #expect(try alone.run(replication: number).map(Fingerprint.init) == [Fingerprint(outcomes[2])])
    }
  }

  /// A benchmark tunes itself on other customers.
  @Test func tuningMeetsOthers() throws {
    let study = try Self.study(replications: 1)
    var engine = Engine(study, candidates: study.candidates)
    let results = try engine.run(replication: 0)
    let tuning = try engine.run(replication: 0, purpose: .tuning)
    #expect(Fingerprint(results[0]) != Fingerprint(tuning[0]))
  }

  /// The candidate and what went wrong are named, whatever the thread; of several replications the first.
  @Test func failingStrategy() throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 1), periods: 3)
    let study = try Small.study(
      market,
      [
        Scripted(prices: [0.5]),
        Scripted { view in
          if view.period == 1 { throw StrategyError("no price found") }
          return PriceList(prices: [0.4])
        },
      ], replications: 20)
    for threads in [1, 3] {
      let error = #expect(throws: SimulationError.self) { try study.tallied(threads: threads) }
      #expect(error?.description == "candidate 1: no price found")
    }
  }

  /// A price that is no number is refused before anybody buys.
  @Test(arguments: [Double.nan, .infinity, -.infinity]) func impossiblePrice(price: Double) throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 1))
    #expect(throws: SimulationError.self) { try Small.study(market, [Scripted(prices: [price])]).outcomes() }
  }
}
