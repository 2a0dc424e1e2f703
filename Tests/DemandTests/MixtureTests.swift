import Demand
import Foundation
import Testing

/// Mixtures and tables of purchase probabilities against their components, and samples against both.
@Suite struct MixtureTests {
  static func mixture(_ parts: [(Double, Valuation)]) -> Valuation {
    .mixture(parts.map { .init(share: $0.0, valuation: $0.1) })
  }

  /// A share that does not want it, one that agrees on a price, a narrow and a wide one.
  static let lumpy = mixture([
    (0.2, .fixed(0)), (0.1, .fixed(12)), (0.3, .normal(mean: 20, standardDeviation: 0.5)),
    (0.4, .gamma(shape: 3, scale: 4)),
  ])

  static func points(_ pairs: [(Double, Double)]) -> [Valuation.PricePoint] {
    pairs.map { .init(price: $0.0, probability: $0.1) }
  }

  static let asked: [(Double, Double)] = [(10, 0.8), (15, 0.55), (20, 0.2)]

  @Test func everythingIsTheWeightedSum() {
    let parts: [(Double, Valuation)] = [
      (0.2, .fixed(0)), (0.1, .fixed(12)), (0.3, .normal(mean: 20, standardDeviation: 0.5)),
      (0.4, .gamma(shape: 3, scale: 4)),
    ]
    for price in [-1, 0, 0.01, 5, 12, 12.01, 19, 20, 22, 40.0] {
      #expect(
        isClose(Self.lumpy.demand(at: price), parts.reduce(0) { $0 + $1.0 * $1.1.demand(at: price) }, absolute: 1e-15))
      #expect(
        isClose(
          Self.lumpy.expectedSurplus(at: price), parts.reduce(0) { $0 + $1.0 * $1.1.expectedSurplus(at: price) },
          absolute: 1e-14))
    }
    #expect(isClose(Self.lumpy.mean, 0.1 * 12 + 0.3 * 20 + 0.4 * 12, relative: 1e-15))
    let second = 0.1 * 144 + 0.3 * 400.25 + 0.4 * (144 + 48)
    #expect(isClose(Self.lumpy.variance, second - 12 * 12, relative: 1e-13))
    #expect(Self.lumpy.support == -Double.infinity...Double.infinity)
  }

  /// The quantile of a distribution with steps: the smallest value with at least the probability up to it.
  @Test func quantilesFindStepsAndGaps() throws {
    #expect(try Self.lumpy.quantile(0.1) == 0)
    #expect(try Self.lumpy.quantile(0.199) == 0)
    let atTwelve = 1 - Self.lumpy.demand(at: 12)
    for share in [0.001, 0.05, 0.0999] { #expect(try Self.lumpy.quantile(atTwelve + share) == 12) }
    #expect(try Self.lumpy.quantile(atTwelve - 1e-6) < 12)
    #expect(try Self.lumpy.quantile(atTwelve + 0.1 + 1e-6) > 12)
    let gap = Self.mixture([(0.5, .uniform(low: 0, high: 1)), (0.5, .uniform(low: 5, high: 6))])
    #expect(isClose(try gap.quantile(0.4999), 0.9998, relative: 1e-12))
    #expect(isClose(try gap.quantile(0.5001), 5.0002, relative: 1e-12))
    #expect(try Self.mixture([(0.5, .fixed(3)), (0.5, .fixed(7))]).quantile(0.3) == 3)
    #expect(try Self.mixture([(0.5, .fixed(3)), (0.5, .fixed(7))]).quantile(0.7) == 7)
  }

  /// A correlated sampler has tabulated brackets; a plain quantile has none.
  @Test func tabulatedQuantilesAgreeWithPlainOnes() throws {
    let table = try Valuation.pricePoints(Self.points(Self.asked))
    let bimodal = Self.mixture([
      (0.5, .normal(mean: 10, standardDeviation: 0.01)), (0.5, .pareto(minimum: 30, elasticity: 1.2)),
    ])
    for valuation in [Self.lumpy, table, bimodal] {
      let sampler = try ValuationSampler(valuation, isCorrelated: true)
      var random = SplitMix(state: 3)
      for _ in 0..<2000 {
        let score = Double.random(in: -6...6, using: &random)
        let probability = 0.5 * erfc(-score / 2.0.squareRoot())
        let (tabulated, plain) = (try sampler.value(score: score), try valuation.quantile(probability))
        let slack = score > 4 ? 1e-4 : 1e-9  // there a probability near 1 has lost its digits
        #expect(isClose(tabulated, plain, relative: slack, absolute: 1e-9), "\(valuation.words) at \(score)")
      }
    }
  }

  @Test func aTableIsWhatItSays() throws {
    let table = try Valuation.pricePoints(Self.points(Self.asked.reversed()))
    for (price, probability) in Self.asked { #expect(isClose(table.demand(at: price), probability, absolute: 1e-15)) }
    #expect(isClose(table.demand(at: 12), 0.7, absolute: 1e-15))
    #expect(isClose(table.demand(at: 19), 0.27, absolute: 1e-15))
    #expect(table.demand(at: 20.000_001) == 0)
    // Below the lowest price asked nobody is added until the product is free.
    #expect(isClose(table.demand(at: 0.01), 0.8, absolute: 1e-15))
    #expect(table.demand(at: 0) == 1)
    #expect(isClose(table.mean, 0.25 * 12.5 + 0.35 * 17.5 + 0.2 * 20, relative: 1e-14))
    let line = try Valuation.pricePoints(Self.points([(0, 1), (10, 0)]))
    #expect(line == .uniform(low: 0, high: 10))
    #expect(try Valuation.pricePoints(Self.points([(7, 1)])) == .fixed(7))
    let half = try Valuation.pricePoints(Self.points([(7, 0.5)]))
    #expect(half.demand(at: 7) == 0.5)
    #expect(try Valuation.pricePoints(Self.points([(5, 0.4), (7, 0)])).demand(at: 7) == 0)
  }

  @Test func impossibleTablesAreRefused() {
    func said(_ pairs: [(Double, Double)]) -> String { refusal { try Valuation.pricePoints(Self.points(pairs)) } }
    #expect(said([]).contains("at least one price"))
    #expect(said([(10, 0.5), (20, 0.6)]).contains("rises from 50.0% at a price of 10.0 to 60.0% at 20.0"))
    #expect(said([(10, 0.5), (10, 0.4)]).contains("given twice"))
    #expect(said([(-1, 0.5)]).contains("0 or more"))
    #expect(said([(.infinity, 0.5)]).contains("0 or more"))
    #expect(said([(1, 1.5)]).contains("between 0 and 1"))
    #expect(said([(1, .nan)]).contains("between 0 and 1"))
    #expect(said([(0, 0.9), (4, 0.1)]).contains("write 100% or leave the price out"))
  }

  @Test func impossibleMixturesAreRefused() {
    #expect(refusal { try Valuation.mixture([]).check() }.contains("at least one"))
    #expect(refusal { try Self.mixture([(0.5, .fixed(1)), (0.4, .fixed(2))]).check() }.contains("sum to 90.0%"))
    #expect(refusal { try Self.mixture([(0, .fixed(1)), (1, .fixed(2))]).check() }.contains("more than 0"))
    #expect(refusal { try Self.mixture([(1, Self.lumpy)]).check() }.contains("part of a mixture"))
    #expect(refusal { try Self.mixture([(1, .exponential(mean: -1))]).check() }.contains("mean must be more than 0"))
  }

  /// Shares of a million customers on every step and between them, drawn by component and, with correlation, by quantile;
  /// bounds of 4.5 standard errors, as in `CustomerBlockDistributionTests`.
  @Test(arguments: [false, true])
  func samplesFollowDemand(_ isCorrelated: Bool) throws {
    let table = try Valuation.pricePoints(Self.points(Self.asked))
    for valuation in [Self.lumpy, table, .mixture([.init(share: 1, valuation: .logistic(location: 15, scale: 3))])] {
      let population = try monopoly(
        [.exponential(mean: 3), valuation], correlation: isCorrelated ? equicorrelation(2, 0.7) : nil)
      let values = sampledValues(population, alternative: 1, count: 1_000_000)
      for price in [0, 0.001, 5, 10, 10.001, 12, 12.001, 15, 18, 20, 20.001, 21.0] {
        let share = Double(values.count { $0 >= price }) / 1e6
        let expected = valuation.demand(at: price)
        #expect(
          abs(share - expected) <= 4.5 * (expected * (1 - expected) / 1e6).squareRoot() + 1e-15,
          "\(valuation.words) at \(price)")
      }
      #expect(abs(moments(values).mean - valuation.mean) < 4.5 * (valuation.variance / 1e6).squareRoot())
    }
  }

  /// Components are drawn apart from where in the component a customer stands, and apart for different products.
  @Test func componentsAreDrawnIndependently() throws {
    let coin = Self.mixture([(0.5, .uniform(low: 0, high: 1)), (0.5, .uniform(low: 1, high: 2))])
    let population = try monopoly([coin, coin, .uniform(low: 0, high: 1)])
    let columns = (0..<3).map { sampledValues(population, alternative: $0, count: 1_000_000) }
    let inside = columns[0].map { $0 - $0.rounded(.down) }
    #expect(abs(correlation(inside, columns[0].map { $0.rounded(.down) })) < 4.5e-3)
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      #expect(abs(correlation(columns[one], columns[other])) < 4.5e-3)
    }
  }

  /// With a copula the order of valuations is that of the normals: the rank correlation of a continuous mixture is
  /// 6/pi asin(r/2).
  @Test func correlatedMixturesKeepTheRankCorrelation() throws {
    let bimodal = Self.mixture([
      (0.3, .normal(mean: 10, standardDeviation: 1)), (0.7, .pareto(minimum: 30, elasticity: 1.2)),
    ])
    let population = try monopoly(
      [.uniform(low: 0, high: 1), bimodal], correlation: equicorrelation(2, 0.6))
    let first = sampledValues(population, alternative: 0, count: 500_000)
    let second = sampledValues(population, alternative: 1, count: 500_000).map { 1 - bimodal.demand(at: $0) }
    #expect(abs(correlation(first, second) - 6 / Double.pi * asin(0.3)) < 4.5 / 500_000.0.squareRoot())
  }
}
