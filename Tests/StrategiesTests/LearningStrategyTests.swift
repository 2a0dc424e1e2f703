import Demand
import Foundation
import GSL
import Selling
import Strategies
import Testing

/// Strategies that learn on a price grid, as sellers in a market.
@Suite struct LearningStrategyTests {
  private static let grid: [String: Arguments.Value] = ["prices": .numbers([1, 1.25])]

  /// The scenario of two prices, 1 and 1.25, bought with probabilities 0.6 and 0.4, unit cost 0: pseudo-regret by the
  /// probabilities, at the prices that were posted. 100,000 runs, within 3 standard errors of the exact values.
  @Test func regretAsASeller() throws {
    let market = LearningMarket.one { $0 == 1 ? 0.6 : 0.4 }
    func check<Strategy: PricingStrategy>(_ type: Strategy.Type, _ exact: Double) throws {
      let strategy = try market.strategy(type, Self.grid)
      let facts = try market.facts()
      let runs = 100_000
      var (sum, squares) = (0.0, 0.0)
      for run in 0..<runs {
        let regret = try market.run(strategy, replication: run, seed: 9, facts: facts).reduce(0.0) {
          $0 + ($1.price == 1 ? 0 : 0.1)
        }
        sum += regret
        squares += regret * regret
      }
      let mean = sum / Double(runs)
      let error = ((squares / Double(runs) - mean * mean) / Double(runs)).squareRoot()
      print("\(type.entry.name) as a seller: \(mean) +- \(error), exact \(exact), \((mean - exact) / error) errors")
      #expect(abs(mean - exact) < 3 * error)
    }
    try check(EpsilonGreedy.self, 3.20515)
    try check(UCB1.self, 4.05775)
    try check(ThompsonSampling.self, 3.57706)
  }

  /// Unit cost counts: at 2 and 3, 100 and 60 units are sold on average. Without cost that is 200 against 180 a period, with
  /// a unit cost of 1.5 it is 50 against 90. In the last quarter most periods are at the better price; UCB1 goes on trying.
  @Test func contributionDecides() throws {
    for (unitCost, best) in [(0.0, 2.0), (1.5, 3.0)] {
      let market = LearningMarket.many(unitCost: unitCost, periods: 400) { $0 == 2 ? 100 : 60 }
      let facts = try market.facts()
      func last<Strategy: PricingStrategy>(_ type: Strategy.Type, _ more: [String: Arguments.Value] = [:]) throws {
        let given = more.merging(["prices": .numbers([2, 3])]) { $1 }
        let found = try market.run(market.strategy(type, given), facts: facts).suffix(100)
        #expect(found.count { $0.price == best } > 60, "\(type.entry.name), \(unitCost)")
      }
      try last(EpsilonGreedy.self)
      try last(ExploreThenCommit.self)
      try last(UCB1.self, ["scale": .number(200)])
      try last(ThompsonSampling.self)
      try last(BayesianLogLinear.self)
      try last(BayesianLogLinear.self, ["by": .choice("mean"), "demand": .choice("isoelastic")])
    }
  }

  /// The opening list is the middle of the grid, and is not learnt from; then each price once, in order.
  @Test func firstPrices() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 1])
    var strategy = try market.strategy(
      EpsilonGreedy.self, ["prices": .numbers([0.5, 1, 2]), "base": prices([10, 4]), "epsilon": .number(0)])
    #expect(try strategy.postPrices(market.view(period: -1)) == PriceList(prices: [10, 4]))
    var sales: [[OfferSales]] = []
    var found: [[Double]] = []
    for period in 0..<6 {
      let list = try strategy.postPrices(market.view(period: period, sales: sales))
      found.append(list.offers.map(\.price))
      // The first product earns most at its highest price, the second at its lowest.
      let units = [list.offers[0].price, 10 - list.offers[1].price]
      sales = [zip(list.offers, units).map { OfferSales(offer: $0, units: $1) }]
    }
    #expect(found == [[5, 2], [10, 4], [20, 8], [20, 4], [20, 4], [20, 4]])
  }

  /// Prices that rules moved count for the nearest of the grid; a product that was not offered, or had sold out, teaches
  /// nothing.
  @Test func whatIsNotLearnt() throws {
    var market = TestMarket(categories: [0], sources: [[0]], unitCosts: [0])
    market.capacities = [Capacity(name: "stock", units: 10, renewal: .never, use: [1])]
    let given: [String: Arguments.Value] = ["prices": .numbers([1, 2]), "epsilon": .number(0)]
    func sold(_ price: Double, _ units: Double) -> [OfferSales] {
      [OfferSales(offer: Offer(product: 0, price: price), units: units)]
    }
    var strategy = try market.strategy(EpsilonGreedy.self, given)
    func post(_ period: Int, _ last: [OfferSales]?, left: Int = 10) throws -> Double? {
      try strategy.postPrices(market.view(period: period, sales: last.map { [$0] } ?? [], capacityLeft: [left]))
        .price(ofProduct: 0)
    }
    // Sales before its first period are not its own.
    #expect(try post(0, sold(1, 9)) == 1)
    #expect(try post(1, sold(0.99, 3)) == 2)
    #expect(try post(2, []) == 2)
    #expect(try post(3, sold(1.99, 1)) == 1)
    // 3 a period at 1 against 2 at 2; it is sold out in period 4, which would be 0 at 1.
    #expect(try post(4, sold(1, 3), left: 0) == 1)
    #expect(try post(5, sold(1, 0)) == 1)
  }

  @Test func refusals() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 1])
    for type in [EpsilonGreedy.self, ExploreThenCommit.self, UCB1.self, ThompsonSampling.self, BayesianLogLinear.self]
      as [any PricingStrategy.Type]
    {
      func refused(_ given: [String: Arguments.Value]) -> String {
        refusal { try market.strategy(type, given) }
      }
      #expect(
        refused(["prices": .numbers([2, 1])]) == "1.0 follows 2.0 in `prices`; they have to rise from each to the next")
      #expect(
        refused(["prices": .numbers([2, 2])]) == "2.0 follows 2.0 in `prices`; they have to rise from each to the next")
      #expect(refused(["prices": .numbers([0, 1])]) == "a price of 0.0 in `prices`; they have to be above 0")
      #expect(refused([:]).hasPrefix("prices is missing: "))
      #expect(
        refused(["prices": .numbers([1, 2]), "base": .prices([Offer(product: 0, price: 3)])])
          == "no base price is given for product 1")
      #expect(
        refused(["prices": .numbers([1, 2]), "base": prices([3, 0])])
          == "`base` has no price above 0 for product 1 alone; each product is priced on its own")
      #expect(refused(["prices": .numbers([5])]) == "(accepted)")
    }
    #expect(
      refusal { try market.strategy(EpsilonGreedy.self, ["prices": .numbers([1]), "epsilon": .number(2)]) }
        == "epsilon is number(2.0); a share from 0% to 100%")
    #expect(
      refusal {
        try market.strategy(ControlledVariance.self, ["lowest": prices([1, 5]), "highest": prices([2, 4])])
      } == "the lowest price of product 1 is 5.0, above its highest, 4.0")
    var shared = market
    shared.capacities = [Capacity(name: "seats", units: 9, renewal: .never, use: [1, 1])]
    let given: [String: Arguments.Value] = ["prices": .numbers([1, 2])]
    #expect(
      refusal { try shared.strategy(ThompsonSampling.self, given) }
        == "several products share seats, and thompson-sampling plans stock for one product at a time; write "
        + "`stock: ignored`, or give each product a stock of its own")
    let ignored = given.merging(["stock": .choice("ignored")]) { $1 }
    #expect(refusal { try shared.strategy(ThompsonSampling.self, ignored) } == "(accepted)")
  }
}
