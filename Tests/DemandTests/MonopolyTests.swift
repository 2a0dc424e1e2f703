import Demand
import Foundation
import GSL
import Testing

/// A monopolist's best price for one product against closed forms, to 1e-8 of the price.
@Suite struct MonopolyTests {
  static func best(_ valuation: Valuation, cost: Double, taste: Double = 0) throws -> PriceOptimum {
    var problem = PriceOptimumTests.problem(try monopoly([valuation], taste: taste), costs: [cost])
    return try problem.maximise()
  }

  static func check(_ valuation: Valuation, cost: Double, price: Double, taste: Double = 0) throws -> Double {
    let found = try best(valuation, cost: cost, taste: taste)
    let error = abs(found.prices[0] - price) / price
    #expect(error < 1e-8, "\(valuation.words), cost \(cost): \(found.prices[0]) instead of \(price)")
    return error
  }

  /// Isoelastic demand: c e/(e - 1), or the floor where that is higher. With an elasticity near 1 the best price is
  /// hundreds of times the cost, and hardly a hundredth of the customers are left.
  @Test func pareto() throws {
    var largest = 0.0
    for elasticity in [1.01, 1.05, 1.3, 2, 3.5, 12] {
      for (minimum, cost) in [(10.0, 0.0), (10, 4), (10, 9), (10, 30), (0.02, 5), (4e6, 1e5)] {
        let price = max(minimum, cost * elasticity / (elasticity - 1))
        let valuation = Valuation.pareto(minimum: minimum, elasticity: elasticity)
        largest = max(largest, try Self.check(valuation, cost: cost, price: price))
        let best = try Self.best(valuation, cost: cost)
        #expect(isClose(best.contribution, (price - cost) * valuation.demand(at: price), relative: 1e-13))
        #expect(best.isGlobal)
      }
    }
    print("Pareto: largest relative error of a price \(largest)")
  }

  @Test func exponentialAndUniform() throws {
    var largest = 0.0
    for cost in [0, 0.3, 4, 17.0] {
      largest = max(largest, try Self.check(.exponential(mean: 3), cost: cost, price: cost + 3))
      largest = max(
        largest, try Self.check(.uniform(low: 2, high: 20), cost: cost, price: max(2, (20 + cost) / 2)))
      largest = max(largest, try Self.check(.uniform(low: 18, high: 20), cost: cost, price: max(18, (20 + cost) / 2)))
    }
    print("exponential and uniform: largest relative error of a price \(largest)")
  }

  /// The first-order condition (p - c) k p^(k-1) = s^k: p = s k^(-1/k) without cost; with shape 2 and cost a quadratic.
  @Test func weibull() throws {
    var largest = 0.0
    for shape in [0.4, 0.8, 1, 1.7, 3, 25] {
      largest = max(
        largest,
        try Self.check(.weibull(shape: shape, scale: 7), cost: 0, price: 7 * pow(shape, -1 / shape)))
    }
    for cost in [0, 1, 5, 20.0] {
      let price = (cost + (cost * cost + 2 * 49).squareRoot()) / 2
      largest = max(largest, try Self.check(.weibull(shape: 2, scale: 7), cost: cost, price: price))
    }
    print("Weibull: largest relative error of a price \(largest)")
  }

  /// 1 = (p - c)(1 - D)/s with 1 - D = 1/(1 + e^((m - p)/s)) makes p - c = s(1 + e^((m - p)/s)); with w = (p - c)/s - 1
  /// that is w e^w = e^((m - c)/s - 1). A logit with one product and no other spread is the same demand.
  @Test(arguments: [0.2, 1, 6.0])
  func logistic(_ scale: Double) throws {
    var largest = 0.0
    for cost in [0, 3, 10, 25.0] {
      let w = try Special.lambertW0(ofExponentialOf: (12 - cost) / scale - 1)
      let price = cost + scale * (1 + w)
      largest = max(largest, try Self.check(.logistic(location: 12, scale: scale), cost: cost, price: price))
      largest = max(largest, try Self.check(.fixed(12), cost: cost, price: price, taste: scale))
    }
    print("logistic with scale \(scale): largest relative error of a price \(largest)")
  }

  /// Triangular with its peak at the lower end: D = (h - p)^2/h^2, p = (h + 2c)/3. With it at the upper end and no cost,
  /// D = 1 - (p/h)^2: p = h/sqrt(3). Beta(1, b) on [0, h] is D = (1 - p/h)^b: p = (h + b c)/(1 + b).
  @Test func boundedKinds() throws {
    var largest = 0.0
    for cost in [0, 1, 5.0] {
      largest = max(
        largest, try Self.check(.triangular(low: 0, mode: 0, high: 9), cost: cost, price: (9 + 2 * cost) / 3))
      for beta in [0.5, 1, 2.5, 9] {
        largest = max(
          largest,
          try Self.check(
            .beta(alpha: 1, beta: beta, low: 0, high: 9), cost: cost, price: (9 + beta * cost) / (1 + beta)))
      }
    }
    largest = max(
      largest, try Self.check(.triangular(low: 0, mode: 9, high: 9), cost: 0, price: 9 / 3.0.squareRoot()))
    print("bounded kinds: largest relative error of a price \(largest)")
  }

  /// Without a closed form: the first-order condition D = (p - c) f holds to 1e-9, and no other price earns more.
  @Test(arguments: [
    Valuation.gamma(shape: 2.5, scale: 4), .gamma(shape: 0.3, scale: 20),
    .truncatedNormal(mean: 5, standardDeviation: 4),
    .truncatedNormal(mean: -15, standardDeviation: 4), .beta(alpha: 2, beta: 3, low: 10, high: 50),
    .logNormal(mean: 10, standardDeviation: 8), .normal(mean: 20, standardDeviation: 4), .gumbel(location: 9, scale: 3),
    .triangular(low: 2, mode: 5, high: 11),
  ])
  func firstOrderCondition(_ valuation: Valuation) throws {
    for cost in [0, 2, 8.0] {
      let best = try Self.best(valuation, cost: cost)
      let price = best.prices[0]
      let (demand, slope) = (valuation.demand(at: price), (price - cost) * valuation.density(at: price))
      #expect(isClose(demand, slope, relative: 1e-8), "\(valuation.words), cost \(cost), price \(price)")
      for step in 0...4000 {
        let other = 0.02 * Double(step)
        #expect((other - cost) * valuation.demand(at: other) <= best.contribution * (1 + 1e-13))
      }
    }
  }

  /// A table of purchase probabilities has its best price at a point or, between two, where (p - c) D(p) peaks:
  /// D = a - b p gives p = (a/b + c)/2.
  @Test func tableOfDemand() throws {
    let table = try Valuation.pricePoints(MixtureTests.points(MixtureTests.asked))
    // Between 10 and 15: D = 1.3 - 0.05 p; p = (26 + c)/2. Between 15 and 20: D = 1.6 - 0.07 p; p = (160/7 + c)/2.
    for (cost, price) in [(0.0, 13.0), (2, 14), (11, (160.0 / 7 + 11) / 2), (18.9, 20)] {
      let best = try Self.best(table, cost: cost)
      #expect(isClose(best.prices[0], price, relative: 1e-8), "cost \(cost): \(best.prices[0])")
      #expect(best.isGlobal)
    }
    // Everybody who wants it at all would pay 12: the atom is the best price, to the last digit.
    let step = MixtureTests.mixture([(0.6, .fixed(12)), (0.4, .uniform(low: 0, high: 8))])
    #expect(try Self.best(step, cost: 1).prices == [12])
  }

  /// A mixture with two peaks of profit, one of them narrow and easily stepped over: 30% value it at 400 +- 0.02.
  @Test func narrowPeaksAreFound() throws {
    let valuation = MixtureTests.mixture([
      (0.3, .normal(mean: 400, standardDeviation: 0.02)), (0.7, .exponential(mean: 60)),
    ])
    let best = try Self.best(valuation, cost: 0)
    #expect(best.contribution > 0.3 * 399)
    #expect(
      isClose(
        valuation.demand(at: best.prices[0]), best.prices[0] * valuation.density(at: best.prices[0]), relative: 1e-6))
  }

  /// With taste noise there is no closed form: central differences of the contribution vanish, and a grid finds nothing
  /// better.
  @Test(arguments: [
    Valuation.pareto(minimum: 5, elasticity: 3), .gamma(shape: 3, scale: 4), .logistic(location: 12, scale: 2),
    .weibull(shape: 1.5, scale: 12), .beta(alpha: 2, beta: 3, low: 5, high: 30),
    .truncatedNormal(mean: 10, standardDeviation: 6),
  ])
  func withTaste(_ valuation: Valuation) throws {
    var problem = PriceOptimumTests.problem(try monopoly([valuation], taste: 1.5), costs: [3])
    let best = try problem.maximise()
    func earned(_ price: Double) throws -> Double { try problem.outcome(at: [price]).contribution }
    let step = 1e-3 * best.prices[0]
    let slope = (try earned(best.prices[0] + step) - earned(best.prices[0] - step)) / (2 * step)
    #expect(abs(slope) < 1e-6)
    for trial in 0...300 { #expect(try earned(0.2 * Double(trial)) <= best.contribution * (1 + 1e-12)) }
  }
}
