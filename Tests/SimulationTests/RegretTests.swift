import Demand
import Selling
import Testing

import Simulation

/// Posts a price of its script in each period, and is said to learn.
private struct Learner: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "learner", family: .dynamic, idea: "A test's own.", formula: "none", needs: "nothing", belief: "own sales",
    source: "none", parameters: [], learns: true)

  let script: [Double]

  init(_ script: [Double]) { self.script = script }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("made by tests only")
  }

  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: [script[max(0, view.period) % script.count]])
  }
}

@Suite struct RegretTests {
  private static func study(_ script: [Double], capacities: [Capacity] = [], replications: Int) throws -> Study {
    let market = try Small.monopoly(
      .uniform(low: 0, high: 2), arrivals: Arrivals(.poisson, mean: 10), periods: 4, capacities: capacities)
    return try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])],
      candidates: [
        Candidate(label: "learner", strategy: Learner(script)),
        Candidate(label: "fixed", strategy: Scripted(prices: [1])),
      ], baseline: 0, replications: replications, seed: 5)
  }

  /// Values uniform on [0, 2]: a customer brings p (1 - p / 2), at most 0.5 at 1 and 0.375 at 1.5. Expected regret is exact to
  /// the precision of perfect knowledge's price; regret as it came out is the same on average (4.5 standard errors).
  @Test func regretByHand() throws {
    let study = try Self.study([1.5, 1], replications: 2000)
    let knowledge = try PerfectKnowledge(study)
    let tally = try study.tallied([knowledge.candidate]).tally
    #expect(StudyTally.checkpoints(study) == [1, 2, 3, 4])
    let learner = tally.candidates[0]
    for (moments, expected) in zip(learner.pseudoRegret, [1.25, 1.25, 2.5, 2.5]) {
      #expect(abs(moments.mean - expected) < 1e-6)
      #expect((moments.variance ?? 1) < 1e-12)
    }
    for (moments, expected) in zip(learner.regret, [1.25, 1.25, 2.5, 2.5]) {
      let error = try #require(moments.standardError)
      #expect(abs(moments.mean - expected) < 4.5 * error && error < 0.1, "\(moments.mean) ± \(error)")
    }
    #expect(tally.candidates[1].pseudoRegret.allSatisfy { abs($0.mean) < 1e-6 })
    #expect(tally.candidates[2].regret.allSatisfy { $0.mean == 0 })
  }

  /// With stock, what a period's price is expected to earn depends on what is left: only regret as it came out is told.
  @Test func withStockOnlyAsItCameOut() throws {
    let stock = Capacity(name: "stock", units: 5, renewal: .never, use: [1])
    let study = try Self.study([1.5], capacities: [stock], replications: 2)
    let knowledge = try PerfectKnowledge(study)
    let learner = try study.tallied([knowledge.candidate]).tally.candidates[0]
    #expect(learner.regret.count == 4 && learner.pseudoRegret.isEmpty)
  }

  /// A study in which nobody learns keeps none.
  @Test func noneWithoutLearners() throws {
    let study = try Small.study(try Small.monopoly(.fixed(1)), [Scripted(prices: [1])])
    #expect(!study.reportsRegret)
    #expect(try study.tallied().tally.candidates[0].regret.isEmpty)
  }
}
