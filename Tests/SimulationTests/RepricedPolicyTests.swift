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
}
