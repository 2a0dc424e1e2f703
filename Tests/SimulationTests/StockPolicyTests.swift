import Demand
import Foundation
import Selling
import Strategies
import Testing

import Simulation

/// What the policies of limited stock earn in the simulation is what their mathematics says.
@Suite struct StockPolicyTests {
  private func candidate(
    _ type: any PricingStrategy.Type, _ given: [String: Arguments.Value], _ market: Market, _ label: String
  ) throws -> Candidate {
    let strategy = try type.init(
      Arguments(given, for: type.entry.parameters), seller: market.profiles[0], market: market.publicFacts(for: 0))
    return Candidate(label: label, strategy: strategy)
  }

  private func study(_ market: Market, _ candidates: [Candidate], replications: Int) throws -> Study {
    try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0, rivalStrategies: [Scripted(prices: [])],
      candidates: candidates, baseline: 0, replications: replications, seed: 94, demand: .sampled)
  }

  /// Five units and customers at 20 e^-p over 50 periods. Repriced at each period's start and after each sale the optimal
  /// policy is worth between what 100 prices a season are (5.9968, less 0.004 for half as many) and what a price at every
  /// moment is (6.000400); the best fixed price 5.794273; a list of four prices what its own programme says, less as
  /// little. 5,000 replications: 4.5 standard errors are 0.13, and a policy that kept its first price would be 0.18 short.
  @Test func workedExample() throws {
    let market = try Small.monopoly(
      .exponential(mean: 1), arrivals: Arrivals(.poisson, mean: 0.4), periods: 50,
      capacities: [Capacity(name: "seats", units: 5, renewal: .never, use: [1])])
    let list = [1, 1.5, 2, 3.0]
    let known = try StockValue(StockDemand(rate: 20, length: 1) { exp(-$0) }, units: 5, prices: list)
    let study = try study(
      market,
      [
        candidate(GallegoVanRyzin.self, ["policy": .choice("best-fixed-price")], market, "fixed"),
        candidate(GallegoVanRyzin.self, [:], market, "optimal"),
        candidate(GallegoVanRyzin.self, ["prices": .numbers(list)], market, "list"),
      ], replications: 5000)
    let profits = try study.tallied().profits
    let values = [5.794273, 6.0004, try known.value(units: 5, timeLeft: 1)]
    for (profit, value) in zip(profits, values) {
      let (mean, error) = summary(profit)
      #expect(error < 0.035)
      #expect(abs(mean - value) < 4.5 * error + 0.008, "\(mean) ± \(error), exactly \(value)")
    }
    #expect(summary(profits[1]).mean > summary(profits[0]).mean + 0.1)
  }

  /// Two classes of one flight, low fares first: limits earn what the exact programme says. Poisson demand of means 30 and
  /// 12, 25 seats, fares 100 and 250; all of a class would pay its fare. 4.5 standard errors over 4,000 replications.
  @Test func bookingLimits() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0, 1]])
    let segments = try [("low", [1.0, 0], [120.0, 0]), ("high", [0, 1], [0, 300])].map { name, profile, values in
      try Segment(
        name: name, share: name == "low" ? 30 / 42.0 : 12 / 42.0,
        valuations: .distributions(values.map { .fixed($0) }, correlation: nil), profile: profile)
    }
    let market = Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: [SellerProduct(name: "low", unitCost: 0), SellerProduct(name: "high", unitCost: 0)],
          capacities: [Capacity(name: "seats", units: 25, renewal: .never, use: [1, 1])])
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.poisson, mean: 42))
    let counted = try CountedClasses(
      FareClasses(fares: [250, 100], demands: [.poisson(mean: 12), .poisson(mean: 30)]), capacity: 25)
    let prices = Arguments.Value.prices(PriceList(prices: [100, 250]).offers)
    let demand = Arguments.Value.amounts([
      .init(name: "low", index: 0, value: 30), .init(name: "high", index: 1, value: 12),
    ])
    let study = try study(
      market,
      [
        candidate(BookingLimits.self, ["prices": prices, "demand": demand], market, "stated"),
        candidate(BookingLimits.self, ["prices": prices, "method": .choice("optimal")], market, "believed"),
        candidate(FixedPrice.self, ["prices": prices], market, "first come"),
      ], replications: 4000)
    let best = try counted.revenue(protecting: counted.optimalLevels)
    let values = [best, best, try counted.revenue(protecting: [0])]
    for (profit, value) in zip(try study.tallied().profits, values) {
      let (mean, error) = summary(profit)
      #expect(abs(mean - value) < 4.5 * error, "\(mean) ± \(error), exactly \(value)")
    }
    #expect(values[0] > values[2] * 1.2)
  }
}
