import Demand
import Foundation
import GSL
import Testing

/// Pure bundles of n independent U[0,1] goods without cost: the sum has the Irwin-Hall distribution.
@Suite struct PureBundleTests {
  /// P(sum of n uniforms <= x) = 1/n! sum over k <= x of (-1)^k C(n, k) (x - k)^n; for n <= 10 no digit that counts is
  /// lost in the alternating sum.
  static func irwinHall(_ n: Int, below x: Double) -> Double {
    var sum = 0.0
    var binomial = 1.0
    for k in 0...n where Double(k) <= x {
      sum += (k % 2 == 0 ? 1 : -1) * binomial * pow(x - Double(k), Double(n))
      binomial *= Double(n - k) / Double(k + 1)
    }
    return sum / tgamma(Double(n + 1))
  }

  /// The convolution is off by 3e-6 at most, and what its price really earns by less; the points are of no use here.
  @Test(arguments: 1...10) func uniformGoods(_ n: Int) throws {
    var exact = (price: 0.0, profit: 0.0)
    for step in 1..<(n * 20_000) {
      let price = Double(step) / 20_000
      let profit = price * (1 - Self.irwinHall(n, below: price))
      if profit > exact.profit { exact = (price, profit) }
    }
    if n == 5 { #expect(isClose(exact.profit, 1.555280, absolute: 1e-6)) }
    let contents = [ProductSet(Array(0..<n))]
    for points in [1024] {
      let population = try monopoly((0..<n).map { _ in .uniform(low: 0, high: 1) })
      var problem = PricingProblem(
        ExpectedDemand(population, pointCount: points), source: 0, contents: contents,
        unitCosts: [Double](repeating: 0, count: n), others: [PriceList([])])
      let clock = ContinuousClock()
      var best: PriceOptimum?
      let time = try clock.measure { best = try problem.maximise() }
      let found = try #require(best)
      print(
        "n = \(n), \(points) points: price \(found.prices[0]), profit \(found.contribution), exact \(exact.profit), "
          + "off by \(found.contribution - exact.profit), \(time)")
      // The prices of the reference are steps of 1/20,000; what the program's price really earns counts as well.
      let earned = found.prices[0] * (1 - Self.irwinHall(n, below: found.prices[0]))
      #expect(isClose(found.contribution, exact.profit, absolute: 1e-5))
      #expect(isClose(earned, exact.profit, absolute: 1e-5))
      // What the optimum says of its own error holds: 1e-6 more for the steps of the reference.
      #expect(abs(found.contribution - earned) <= (try #require(found.error)) + 1e-6)
    }
  }

  /// Other kinds: the share of buyers and the surplus against 400,000 customers, within four standard errors of the
  /// share, and the error that is said.
  @Test func otherKinds() throws {
    let kinds: [[Valuation]] = [
      [.normal(mean: 10, standardDeviation: 3), .exponential(mean: 8), .uniform(low: 2, high: 9), .fixed(3)],
      [
        .logNormal(mean: 10, standardDeviation: 4), .gumbel(location: 5, scale: 2),
        .normal(mean: 4, standardDeviation: 1),
      ],
      [
        .mixture([
          .init(share: 0.5, valuation: .normal(mean: 5, standardDeviation: 1)),
          .init(share: 0.5, valuation: .normal(mean: 20, standardDeviation: 2)),
        ]), .uniform(low: 0, high: 5), .uniform(low: 1, high: 2), .normal(mean: 3, standardDeviation: 1),
      ],
    ]
    for valuations in kinds {
      let population = try monopoly(valuations)
      let contents = ProductSet(Array(valuations.indices))
      let middle = valuations.reduce(0) { $0 + $1.mean }
      for price in [0.7 * middle, middle, 1.3 * middle] {
        var demand = ExpectedDemand(population)
        let menu = try Menu([PriceList([Offer(contents, price: price)])], in: population.assortment)
        let choice = try demand.choice(from: menu)
        let sampled = SampledMarket(population, menu, count: 400_000, seed: 3)
        let share = sampled.units[valuations.count] / 400_000
        let error = (share * (1 - share) / 400_000).squareRoot()
        #expect(abs(choice.units[valuations.count] - share) < 4 * error)
        #expect(choice.error < 1e-5)
        #expect(isClose(choice.surplus, sampled.surplus / 400_000, relative: 0.02))
      }
    }
  }

  /// Two kinds of customers, so that the sum has two peaks, and two peaks in a mixture: against a scan of prices.
  @Test(arguments: [0.05, 0.12, 0.2, 0.4]) func twoPeaksDoNotTrapTheBundle(_ share: Double) throws {
    func two(_ low: Double, _ high: Double) -> Valuation {
      .mixture([
        .init(share: 1 - share, valuation: .normal(mean: low, standardDeviation: 0.5)),
        .init(share: share, valuation: .normal(mean: high, standardDeviation: 2)),
      ])
    }
    let population = try monopoly([two(5, 40), .normal(mean: 5, standardDeviation: 0.5), .uniform(low: 0, high: 1)])
    var pure = PricingProblem(
      ExpectedDemand(population), source: 0, contents: [ProductSet([0, 1, 2])], unitCosts: [1, 0, 0],
      others: [PriceList([])])
    let best = try pure.maximise()
    var top = 0.0
    for step in 0..<1200 { top = max(top, try pure.outcome(at: [0.05 * Double(step)]).contribution) }
    #expect(best.contribution >= top)
    // Mixed: never below the pure bundle or separate prices.
    let pair = try monopoly([two(5, 40), .normal(mean: 5, standardDeviation: 0.5)])
    func earned(_ contents: [ProductSet]) throws -> Double {
      var problem = PricingProblem(
        ExpectedDemand(pair), source: 0, contents: contents, unitCosts: [1, 0], others: [PriceList([])])
      return try problem.maximise().contribution
    }
    let singles = [ProductSet([0]), ProductSet([1])]
    let (apart, together) = (try earned(singles), try earned([ProductSet([0, 1])]))
    #expect(try earned(singles + [ProductSet([0, 1])]) >= max(apart, together) * (1 - 1e-9))
  }
}
