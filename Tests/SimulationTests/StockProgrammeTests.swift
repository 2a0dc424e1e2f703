import Demand
import Foundation
import Selling
import Simulation
import Testing

/// The programme for one product with limited stock, against enumeration and by simulation.
struct StockProgrammeTests {
  private struct Case {
    let valuation: Valuation
    let arrivals: Arrivals
    let stock: Int
    let periods: Int
    let cost: Double

    /// The share of customers who pay this price.
    func share(_ price: Double) -> Double {
      switch valuation {
      case .uniform(let low, let high): min(1, max(0, (high - price) / (high - low)))
      case .exponential(let mean): exp(-max(0, price) / mean)
      case .logNormal(let mean, let deviation):
        logNormalShare(price, mean, deviation)
      case .normal(let mean, let deviation): 0.5 * erfc((price - mean) / deviation / 2.0.squareRoot())
      default: .nan
      }
    }

    private func logNormalShare(_ price: Double, _ mean: Double, _ deviation: Double) -> Double {
      guard price > 0 else { return 1 }
      let variance = log(1 + deviation * deviation / (mean * mean))
      return 0.5 * erfc((log(price) - (log(mean) - variance / 2)) / (2 * variance).squareRoot())
    }

    /// The chance of k buyers, from the definitions.
    func probability(_ k: Int, share: Double, period: Int) -> Double {
      let mean = arrivals.mean(period: period)
      switch arrivals.variation {
      case .poisson:
        let expected = mean * share
        return expected > 0 ? exp(Double(k) * log(expected) - expected - lgamma(Double(k) + 1)) : (k == 0 ? 1 : 0)
      case .fixed:
        let trials = Int(mean.rounded())
        guard k <= trials else { return 0 }
        let ways = exp(lgamma(Double(trials) + 1) - lgamma(Double(k) + 1) - lgamma(Double(trials - k) + 1))
        return ways * pow(share, Double(k)) * pow(1 - share, Double(trials - k))
      case .negativeBinomial:
        let size = 1 / (arrivals.spread * arrivals.spread)
        let expected = mean * share
        guard expected > 0 else { return k == 0 ? 1 : 0 }
        let ways = lgamma(Double(k) + size) - lgamma(size) - lgamma(Double(k) + 1)
        return exp(ways - size * log1p(expected / size) + Double(k) * log(expected / (expected + size)))
      }
    }

    /// What a price earns from here on; the calendar goes on with `future`.
    func value(_ price: Double, left: Int, period: Int, future: [Double]) -> Double {
      let share = share(price)
      return (0...60).reduce(0) { total, buyers in
        let sold = min(buyers, left)
        return total + probability(buyers, share: share, period: period)
          * ((price - cost) * Double(sold) + future[left - sold])
      }
    }
  }

  private static let cases = [
    Case(
      valuation: .uniform(low: 0, high: 10), arrivals: Arrivals(.fixed, mean: 2), stock: 2, periods: 2, cost: 0),
    Case(
      valuation: .uniform(low: 100, high: 110), arrivals: Arrivals(.poisson, mean: 3), stock: 4, periods: 3, cost: 50),
    Case(
      valuation: .exponential(mean: 10), arrivals: Arrivals(.poisson, mean: 4, trend: 0.2), stock: 3, periods: 3,
      cost: 2),
    Case(
      valuation: .logNormal(mean: 10, standardDeviation: 30), arrivals: Arrivals(.poisson, mean: 4), stock: 5,
      periods: 2,
      cost: 1),
    Case(
      valuation: .normal(mean: 1000, standardDeviation: 2), arrivals: Arrivals(.poisson, mean: 4), stock: 3, periods: 2,
      cost: 700),
    Case(
      valuation: .uniform(low: 0, high: 10),
      arrivals: Arrivals(
        .negativeBinomial, mean: 3, spread: 0.8, profile: [1, 0.5], shocks: [DatedChange(1...1, change: 0.6)]),
      stock: 4,
      periods: 3, cost: 1),
    Case(
      valuation: .exponential(mean: 8),
      arrivals: Arrivals(.poisson, diffusion: BassDiffusion(market: 20, innovation: 0.1, imitation: 0.6)), stock: 5,
      periods: 4, cost: 1),
  ]

  private func study(_ tiny: Case, replications: Int = 1) throws -> Study {
    let market = try Small.monopoly(
      tiny.valuation, unitCost: tiny.cost, arrivals: tiny.arrivals, periods: tiny.periods,
      capacities: [Capacity(name: "stock", units: tiny.stock, renewal: .never, use: [1])])
    return try Small.study(market, [Scripted(prices: [5])], replications: replications, seed: 21)
  }

  /// Backward induction over 4000 prices for each state, from the definitions. The programme's own policy, valued the same
  /// way, loses at most 3 parts in 10,000 of it: its grid has 600 prices.
  @Test(arguments: cases.indices) func againstEnumeration(index: Int) throws {
    let tiny = Self.cases[index]
    let study = try study(tiny)
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact)
    #expect(knowledge.policyClass == .dynamic)
    let (lowest, highest) =
      switch tiny.valuation {
      case .uniform(let low, let high): (low, high)
      case .normal(let mean, let deviation): (mean - 6 * deviation, mean + 6 * deviation)
      default: (0.0, 250.0)
      }
    var best = [Double](repeating: 0, count: tiny.stock + 1)
    var own = best
    for period in (0..<tiny.periods).reversed() {
      let (bestFuture, ownFuture) = (best, own)
      for left in 1...tiny.stock {
        best[left] =
          (0...4000).map { step in
            tiny.value(
              lowest + (highest - lowest) * Double(step) / 4000, left: left, period: period, future: bestFuture)
          }.max() ?? 0
        let price = try PerfectKnowledgeTests.prices(knowledge, study, period: period, left: [left])[0]
        own[left] = tiny.value(price, left: left, period: period, future: ownFuture)
      }
    }
    #expect(own[tiny.stock] <= best[tiny.stock] * (1 + 1e-4))
    #expect(own[tiny.stock] >= best[tiny.stock] * (1 - 3e-4), "\(own[tiny.stock]) of \(best[tiny.stock])")
  }

  /// The simulated policy earns what enumeration says, within 4.5 standard errors of 20,000 replications (a false alarm
  /// in 150,000 seeds; the error is 0.5% of the value).
  @Test func bySimulation() throws {
    let tiny = Self.cases[0]
    let study = try study(tiny, replications: 20_000)
    let knowledge = try PerfectKnowledge(study)
    let profits = try study.tallied([knowledge.candidate]).profits[1]
    var value = [Double](repeating: 0, count: tiny.stock + 1)
    for period in (0..<tiny.periods).reversed() {
      let future = value
      for left in 1...tiny.stock {
        let price = try PerfectKnowledgeTests.prices(knowledge, study, period: period, left: [left])[0]
        value[left] = tiny.value(price, left: left, period: period, future: future)
      }
    }
    let found = summary(profits)
    #expect(abs(found.mean - value[tiny.stock]) < 4.5 * found.error)
    #expect(found.error < 0.006 * found.mean)
  }

  /// Rooms that are there anew each night have no future value: every night is priced alone, whatever is sold.
  @Test func renewedCapacity() throws {
    let market = try Small.monopoly(
      .uniform(low: 0, high: 10), arrivals: Arrivals(.poisson, mean: 20), periods: 3,
      capacities: [Capacity(name: "rooms", units: 5, renewal: .eachPeriod, use: [1])])
    let study = try Small.study(market, [Scripted(prices: [5])])
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact)
    let prices = try (0..<3).map { try PerfectKnowledgeTests.prices(knowledge, study, period: $0, left: [5])[0] }
    let one = Case(
      valuation: .uniform(low: 0, high: 10), arrivals: Arrivals(.poisson, mean: 20), stock: 5, periods: 1, cost: 0)
    let none = [Double](repeating: 0, count: 6)
    let best = (0...4000).map { one.value(Double($0) / 400, left: 5, period: 0, future: none) }.max() ?? 0
    for price in prices { #expect(one.value(price, left: 5, period: 0, future: none) > best * (1 - 3e-4)) }
  }

  /// Shocks that last are not in the programme: its policy is run, and nothing more is claimed of it.
  @Test func randomShocks() throws {
    let tiny = Case(
      valuation: .uniform(low: 0, high: 10),
      arrivals: Arrivals(.poisson, mean: 4, randomShocks: RandomFactor(spread: 0.3, persistence: 0.5)), stock: 5,
      periods: 3, cost: 0)
    let knowledge = try PerfectKnowledge(try study(tiny))
    #expect(knowledge.kind == .bestFound)
    #expect(knowledge.policyClass == .dynamic)
  }

  /// Held to single prices, perfect knowledge posts the same price whatever is left, and claims no more than it found.
  @Test func heldToSinglePrices() throws {
    let market = try Small.monopoly(
      .uniform(low: 0, high: 10), arrivals: Arrivals(.poisson, mean: 20), periods: 3,
      capacities: [Capacity(name: "stock", units: 12, renewal: .never, use: [1])])
    let study = try Small.study(market, [Scripted(prices: [5])], clairvoyant: .singlePrices)
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.policyClass == .singlePrices)
    #expect(knowledge.kind == .bestFound)
    let prices = try [(0, 12), (1, 12), (1, 2), (2, 1)].map { period, left in
      try PerfectKnowledgeTests.prices(knowledge, study, period: period, left: [left])
    }
    #expect(Set(prices).count == 1)
  }

  /// More rooms than there is memory for a table of them are no harder than enough rooms.
  @Test(.timeLimit(.minutes(1)), arguments: [1_000_000_000, 1_000_000]) func plentyOfRooms(units: Int) throws {
    let market = try Small.monopoly(
      .uniform(low: 0, high: 10), arrivals: Arrivals(.poisson, mean: 20), periods: 20,
      capacities: [Capacity(name: "rooms", units: units, renewal: .eachPeriod, use: [1])])
    let study = try Small.study(market, [Scripted(prices: [5])])
    let price = try PerfectKnowledgeTests.prices(PerfectKnowledge(study), study, left: [units])[0]
    #expect(abs(price - 5) < 0.02)
  }
}
