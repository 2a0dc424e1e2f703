import Demand
import Foundation
import GSL
import Testing

/// Optimal prices against closed forms, and against first-order conditions and a grid where there are none.
@Suite struct PriceOptimumTests {
  static func problem(
    _ population: Population, contents: [ProductSet]? = nil, costs: [Double], rivals: [PriceList] = []
  ) -> PricingProblem {
    PricingProblem(
      ExpectedDemand(population), source: 0, contents: contents ?? costs.indices.map { ProductSet([$0]) },
      unitCosts: costs, others: [PriceList([])] + rivals)
  }

  /// Uniform on [a, b]: the best price is (b + c)/2, or a where everybody buys anyway. A double's profit is flat within
  /// 1e-8 of its peak, hence 1e-7 for prices and 1e-13 for profit.
  @Test func linearDemand() throws {
    for (low, high, cost) in [(0.0, 1.0, 0.0), (0, 1, 0.3), (0, 250, 40), (-5, 9, 2), (6, 8, 1), (6, 8, 7.5)] {
      var problem = Self.problem(try monopoly([.uniform(low: low, high: high)]), costs: [cost])
      let best = try problem.maximise()
      let price = max(low, (high + cost) / 2)
      let profit = (price - cost) * (high - price) / (high - low)
      #expect(isClose(best.prices[0], price, relative: 1e-7), "\(low), \(high), \(cost)")
      #expect(isClose(best.contribution, profit, relative: 1e-7))
      #expect(best.isGlobal)
    }
  }

  /// Exponential: the best price is cost plus the mean, also where hardly anybody buys at cost.
  @Test(arguments: [0.5, 3, 120.0], [0, 0.2, 1, 4, 11.0])
  func exponentialDemand(_ mean: Double, _ multiple: Double) throws {
    let cost = multiple * mean
    var problem = Self.problem(try monopoly([.exponential(mean: mean)]), costs: [cost])
    let best = try problem.maximise()
    #expect(isClose(best.prices[0], cost + mean, relative: 1e-7))
    #expect(isClose(best.contribution, mean * exp(-(cost + mean) / mean), relative: 1e-12))
  }

  /// A logit monopolist asks c + mu (1 + W(e^((v - c)/mu - 1))) and earns mu W.
  @Test(arguments: [0.1, 0.5, 3], [0, 1, 2.5])
  func logitDemand(_ taste: Double, _ cost: Double) throws {
    for value in [1, 4, 9.0] {
      var problem = Self.problem(try monopoly([.fixed(value)], taste: taste), costs: [cost])
      let best = try problem.maximise()
      let w = try Special.lambertW0(ofExponentialOf: (value - cost) / taste - 1)
      #expect(isClose(best.prices[0], cost + taste * (1 + w), relative: 1e-7), "value \(value)")
      #expect(isClose(best.contribution, taste * w, relative: 1e-10))
    }
  }

  /// Several products of one logit category carry one markup: mu (1 + W(sum of e^((v - c)/mu - 1))).
  @Test func logitWithThreeProducts() throws {
    let (values, costs, taste) = ([5.0, 4, 6.5], [1.0, 0.2, 3], 0.8)
    var problem = Self.problem(
      try monopoly(values.map { .fixed($0) }, categories: [0, 0, 0], taste: taste), costs: costs)
    let best = try problem.maximise()
    let w = try Special.lambertW0(zip(values, costs).reduce(0) { $0 + exp(($1.0 - $1.1) / taste - 1) })
    #expect(isClose(best.contribution, taste * w, relative: 1e-8))
    for (price, cost) in zip(best.prices, costs) { #expect(isClose(price - cost, taste * (1 + w), relative: 1e-3)) }
  }

  static let single = [ProductSet([0]), ProductSet([1])]
  static let pure = [ProductSet([0, 1])]
  static let mixed = single + pure

  static func uniformGoods(_ contents: [ProductSet], cost: Double) throws -> PriceOptimum {
    var problem = problem(
      try monopoly([.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)]), contents: contents, costs: [cost, cost])
    return try problem.maximise()
  }

  /// Two U[0,1] goods without cost: 1/2, 1/2; sqrt(2/3); 2/3, 2/3, (4 - sqrt 2)/3 (the textbook case of bundling).
  @Test func twoUniformGoodsWithoutCost() throws {
    let separate = try Self.uniformGoods(Self.single, cost: 0)
    #expect(separate.prices.allSatisfy { isClose($0, 0.5, relative: 1e-7) })
    #expect(isClose(separate.contribution, 0.5, relative: 1e-12))

    let pure = try Self.uniformGoods(Self.pure, cost: 0)
    #expect(isClose(pure.prices[0], (2.0 / 3).squareRoot(), relative: 1e-6))
    #expect(isClose(pure.contribution, 2 * (2.0 / 3).squareRoot() / 3, relative: 1e-10))

    let mixed = try Self.uniformGoods(Self.mixed, cost: 0)
    #expect(isClose(mixed.prices[0], 2.0 / 3, absolute: 1e-4))
    #expect(isClose(mixed.prices[1], 2.0 / 3, absolute: 1e-4))
    #expect(isClose(mixed.prices[2], (4 - 2.0.squareRoot()) / 3, absolute: 1e-4))
    #expect(isClose(mixed.contribution, 0.549201, absolute: 1e-6))
  }

  @Test func twoUniformGoodsWithCost() throws {
    #expect(isClose(try Self.uniformGoods(Self.mixed, cost: 0.1).contribution, 0.4374978, absolute: 1e-6))
    #expect(isClose(try Self.uniformGoods(Self.mixed, cost: 0.3).contribution, 0.2580996, absolute: 1e-6))
  }

  static func twoPeaks(_ share: Double) throws -> Population {
    try Population(
      segments: [
        Segment(
          name: "many", share: 1 - share,
          valuations: .distributions([.normal(mean: 10, standardDeviation: 0.5)], correlation: nil)),
        Segment(
          name: "few", share: share,
          valuations: .distributions([.normal(mean: 60, standardDeviation: 2)], correlation: nil)),
      ],
      assortment: assortment(categories: [0], sources: [[0]]))
  }

  /// Many who would pay 10 and few who would pay 60: below a share of about 1/6 the lower peak is the higher one.
  @Test(arguments: [0.05, 0.14, 0.17, 0.25])
  func twoPeaksDoNotTrap(_ share: Double) throws {
    var problem = Self.problem(try Self.twoPeaks(share), costs: [1])
    let best = try problem.maximise()
    var grid = (price: 0.0, earned: -Double.infinity)
    for step in 0...7000 {
      let price = Double(step) * 0.01
      let earned = try problem.outcome(at: [price]).contribution
      if earned > grid.earned { grid = (price, earned) }
    }
    #expect(best.contribution >= grid.earned)
    #expect(isClose(best.prices[0], grid.price, absolute: 0.02))
    #expect((best.prices[0] > 30) == (share > 0.16))
  }

  /// Three uniform goods one by one and in every bundle rest on quasi-random points. What 1024 points earn at their optimum
  /// lies within the stated error of what 65,536 do at the same prices; and two goods, by quadrature, are exact to 1e-9.
  @Test func statesItsIntegrationError() throws {
    let population = try monopoly((0..<3).map { _ in .uniform(low: 0, high: 1) })
    let contents = BundleSets.all(of: [0, 1, 2])
    func problem(_ points: Int) -> PricingProblem {
      PricingProblem(
        ExpectedDemand(population, pointCount: points), source: 0, contents: contents, unitCosts: [0, 0, 0],
        others: [PriceList([])])
    }
    var rough = problem(1024)
    var fine = problem(65_536)
    let best = try rough.maximise()
    let error = try #require(best.error)
    let off = abs(best.contribution - (try fine.outcome(at: best.prices).contribution))
    print("three uniform goods in every bundle: stated integration error \(error), true \(off) of \(best.contribution)")
    #expect(off <= error)
    #expect(error < 0.1 * best.contribution, "a bound that says something")
    #expect(try #require(Self.uniformGoods(Self.mixed, cost: 0).error) < 1e-9)
  }

  /// With rivals there is no closed form: slopes vanish (central differences), and no point of a grid earns more.
  @Test func rivalsAndThreeProducts() throws {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 10, standardDeviation: 3), .fixed(8), .fixed(5)], correlation: nil), taste: 1.2)
    let population = try Population(
      segments: [segment], assortment: assortment(categories: [0, 0, 1], sources: [[0, 1, 2], [0], [1]]))
    var problem = Self.problem(
      population, costs: [3, 2, 1], rivals: [PriceList(prices: [7]), PriceList(prices: [6.5])])
    let best = try problem.maximise()
    func earned(_ prices: [Double]) throws -> Double { try problem.outcome(at: prices).contribution }
    for offer in 0..<3 {
      var (up, down) = (best.prices, best.prices)
      up[offer] += 1e-4
      down[offer] -= 1e-4
      // A price that is off by 1e-3 would give a slope of about 1e-4.
      #expect(abs(try earned(up) - earned(down)) / 2e-4 < 1e-5)
    }
    #expect(isClose(try earned(best.prices), best.contribution, relative: 1e-14))
    for first in stride(from: 3.0, to: 14, by: 0.5) {
      for second in stride(from: 2.0, to: 12, by: 0.5) {
        #expect(try earned([first, second, best.prices[2]]) <= best.contribution)
      }
    }
    for third in stride(from: 1.0, to: 12, by: 0.1) {
      #expect(try earned([best.prices[0], best.prices[1], third]) <= best.contribution)
    }
  }

  /// A mixed bundle against a rival in one of its categories, correlated normals: first-order conditions and a grid.
  @Test func mixedBundleWithARival() throws {
    var matrix = equicorrelation(3, 0)
    (matrix[0][1], matrix[1][0]) = (-0.4, -0.4)
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 10, standardDeviation: 3), .normal(mean: 8, standardDeviation: 4), .fixed(8)],
        correlation: matrix))
    let population = try Population(
      segments: [segment], assortment: assortment(categories: [0, 1, 1], sources: [[0, 1], [2]]))
    var problem = Self.problem(
      population, contents: Self.mixed, costs: [2, 1], rivals: [PriceList(prices: [5])])
    let best = try problem.maximise()
    for first in stride(from: 6.0, to: 14, by: 1) {
      for second in stride(from: 4.0, to: 10, by: 1) {
        for both in stride(from: 10.0, to: 20, by: 0.5) {
          #expect(try problem.outcome(at: [first, second, both]).contribution <= best.contribution)
        }
      }
    }
    for offer in 0..<3 {
      var (up, down) = (best.prices, best.prices)
      up[offer] += 1e-3
      down[offer] -= 1e-3
      let slope = try problem.outcome(at: up).contribution - problem.outcome(at: down).contribution
      #expect(abs(slope) / 2e-3 < 1e-4, "offer \(offer) of \(best.prices)")
    }
  }

  /// Surveyed people: prices are thresholds, and the optimum for one product is exact.
  @Test func respondentsAreAnsweredExactly() throws {
    let population = try Population(
      segments: [
        Segment(name: "all", share: 1, valuations: .respondents([[10], [9], [4], [4], [3], [1]]))
      ],
      assortment: assortment(categories: [0], sources: [[0]]))
    var free = Self.problem(population, costs: [0])
    // A hair of a part in 1e9 of the margin, so that nobody is indifferent.
    #expect(isClose(try free.maximise().prices[0], 9, relative: 1.001e-9))
    var costly = Self.problem(population, costs: [2.5])
    let best = try costly.maximise()
    #expect(isClose(best.prices[0], 9, relative: 1.001e-9))
    #expect(isClose(best.contribution, 13.0 / 6, relative: 1.001e-9))
  }

  /// A bundle with a good that is worth nothing and costs nothing is a case of its own: no price has a range.
  @Test func worthlessGoodsDoNotBreakTheSearch() throws {
    var one = Self.problem(
      try monopoly([.fixed(0), .uniform(low: 0, high: 1)]), contents: Self.mixed, costs: [0, 0])
    #expect(isClose(try one.maximise().contribution, 0.25, absolute: 1e-6))
    var none = Self.problem(try monopoly([.fixed(0), .fixed(0)]), contents: Self.mixed, costs: [0, 0])
    #expect(try none.maximise().contribution == 0)
  }

  @Test func outcomeCountsUnitsAndSurplus() throws {
    var problem = Self.problem(try monopoly([.uniform(low: 0, high: 10), .uniform(low: 0, high: 4)]), costs: [1, 2])
    let outcome = try problem.outcome(at: [6, 3])
    #expect(isClose(outcome.units[0], 0.4, relative: 1e-14))
    #expect(isClose(outcome.units[1], 0.25, relative: 1e-14))
    #expect(isClose(outcome.contribution, 0.4 * 5 + 0.25 * 1, relative: 1e-14))
    #expect(isClose(outcome.surplus, 16.0 / 20 + 1.0 / 8, relative: 1e-14))
  }
}
