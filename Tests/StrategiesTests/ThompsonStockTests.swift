import Demand
import GSL
import Selling
import Strategies
import Testing

/// Thompson sampling with a limited stock, and its linear programme.
@Suite struct ThompsonStockTests {
  /// The optimum of the programme, by trying every pair of prices and the origin: a vertex has at most two prices.
  private static func best(_ demands: [Double], _ margins: [Double], _ allowance: Double) -> Double {
    let points = [(0.0, 0.0)] + zip(demands, margins).map { ($0, $0 * $1) }
    var best = 0.0
    for (demand, earned) in points {
      if demand <= allowance { best = max(best, earned) }
      for (other, more) in points where demand <= allowance && other > allowance {
        let share = (allowance - demand) / (other - demand)
        best = max(best, earned + share * (more - earned))
      }
    }
    return best
  }

  /// Random programmes: never above the allowance, and as good as the best pair, to rounding.
  @Test func mixture() {
    var random = RandomStream(seed: 3, replication: 0, purpose: 1, period: 0, index: 0)
    var mixed = 0
    for _ in 0..<2000 {
      let count = 1 + Int(random.uniform() * 8)
      let demands = (0..<count).map { _ in random.uniform() < 0.1 ? 0 : random.uniform() * 10 }
      let margins = (0..<count).map { _ in random.uniform() * 10 - 2 }
      let allowance = random.uniform() < 0.05 ? 0 : random.uniform() * 8
      let found = PriceMixture(demands: demands, margins: margins, allowance: allowance)
      func value(_ place: Int?) -> (demand: Double, earned: Double) {
        place.map { (demands[$0], demands[$0] * margins[$0]) } ?? (0, 0)
      }
      let (low, high) = (value(found.low), value(found.high))
      if found.high != nil, found.share > 0 { mixed += 1 }
      #expect((0...1).contains(found.share))
      #expect((1 - found.share) * low.demand + found.share * high.demand <= allowance + 1e-12)
      let earned = (1 - found.share) * low.earned + found.share * high.earned
      #expect(abs(earned - Self.best(demands, margins, allowance)) < 1e-9)
      #expect(found.price(found.share / 2) == (found.share > 0 ? found.high : found.low))
      #expect(found.price(1) == found.low)
    }
    #expect(mixed > 500)
  }

  /// The single-product example of Ferreira, Simchi-Levi & Wang (2018), section 4: prices 29.90, 34.90, 39.90 and 44.90 are
  /// bought with probabilities 0.8, 0.6, 0.3 and 0.1, one customer a period, stock for a quarter of the periods. Knowing
  /// demand, the programme earns at most 10.10 a period. Re-planned with what is left, the policy earns more and more of
  /// that as the calendar grows, and more than when it ignores its stock; revenue over 40 runs has a standard error of
  /// about 0.3% of the bound at 4000 periods. No run sells more than the stock.
  @Test func shareOfTheBoundGrows() throws {
    let chances: [Double: Double] = [29.9: 0.8, 34.9: 0.6, 39.9: 0.3, 44.9: 0.1]
    let grid = chances.keys.sorted()
    let bound = Self.best(grid.map { chances[$0] ?? 0 }, grid, 0.25)
    #expect(abs(bound - (0.75 * 0.3 * 39.9 + 0.25 * 0.1 * 44.9)) < 1e-9)
    func share(_ plan: String, periods: Int, runs: Int) throws -> Double {
      var market = LearningMarket.one(periods: periods) { chances[$0] ?? 0 }
      market.capacities = [Capacity(name: "stock", units: periods / 4, renewal: .never, use: [1])]
      let strategy = try market.strategy(ThompsonSampling.self, ["prices": .numbers(grid), "stock": .choice(plan)])
      let facts = try market.facts()
      var revenue = 0.0
      for run in 0..<runs {
        let found = try market.run(strategy, replication: run, seed: 4, facts: facts)
        #expect(found.reduce(0) { $0 + $1.units } <= Double(periods / 4))
        revenue += found.reduce(0) { $0 + ($1.price ?? 0) * $1.units }
      }
      return revenue / Double(runs * periods) / bound
    }
    let shares = try [(100, 400), (1000, 100), (4000, 40)].map { try share("update", periods: $0, runs: $1) }
    let fixed = try [(100, 400), (1000, 100), (4000, 40)].map { try share("fixed", periods: $0, runs: $1) }
    let ignored = try share("ignored", periods: 4000, runs: 40)
    print("share of the bound: update \(shares), fixed \(fixed), ignored \(ignored)")
    #expect(shares[0] < shares[1] && shares[1] < shares[2] && shares[2] > 0.97)
    #expect(fixed[0] < fixed[1] && fixed[1] < fixed[2] && fixed[2] > 0.95)
    #expect(ignored < 0.9)
  }
}
