import GSL
import Simulation
import Testing

/// The figures that are kept of a stream of numbers, against plain arithmetic on all of them.
struct RunningMomentsTests {
  /// Against two passes. Welford's error is a few units in the last place times the condition number: at an offset of 1e9
  /// and a spread of 1 about 1e-7 of the variance; sums of squares would lose it altogether.
  @Test(arguments: [0, 1e3, -1e9]) func againstTwoPasses(offset: Double) {
    var stream = RandomStream(seed: 2, replication: 0, purpose: 1, period: 0, index: 0)
    let numbers = (0..<5000).map { _ in offset + stream.uniform() }
    var moments = RunningMoments()
    for number in numbers { moments.add(number) }
    let expected = summary(numbers)
    #expect(moments.count == 5000)
    #expect(abs(moments.mean - expected.mean) <= 1e-14 * max(1, abs(offset)))
    #expect(abs((moments.standardError ?? 0) / expected.error - 1) < (offset == -1e9 ? 1e-6 : 1e-9))
  }

  /// A constant has itself as mean and exactly no variance, however odd the number.
  @Test(arguments: [0.1, -1.0 / 3, 1e300, 1e-300, 123_456_789.123]) func constants(value: Double) {
    var moments = RunningMoments()
    for _ in 0..<1000 { moments.add(value) }
    #expect(moments.mean == value)
    #expect(moments.variance == 0)
    #expect(moments.standardError == 0)
  }

  @Test func tooFew() {
    var moments = RunningMoments()
    #expect(moments.mean == 0)
    #expect(moments.variance == nil)
    moments.add(5)
    #expect(moments.mean == 5)
    #expect(moments.standardError == nil)
    moments.add(7)
    #expect(moments.mean == 6)
    #expect(moments.variance == 2)
    #expect(moments.standardError == 1)
  }
}

/// Percentiles of prices, against sorting.
struct PriceHistogramTests {
  /// The smallest price that a share of the prices does not exceed.
  private func sorted(_ prices: [Double], _ level: Double) -> Double {
    let rank = max(1, Int((level * Double(prices.count)).rounded(.up)))
    return prices.sorted()[rank - 1]
  }

  private func histogram(_ prices: [Double]) -> PriceHistogram {
    var histogram = PriceHistogram()
    for price in prices { histogram.add(price) }
    return histogram
  }

  /// Spread over twelve orders of magnitude and both signs; within 0.1% of the sorted price, as promised.
  @Test(arguments: [7, 100, 3001]) func withinAThousandth(count: Int) {
    var stream = RandomStream(seed: 4, replication: 0, purpose: 1, period: 0, index: 0)
    let prices = (0..<count).map { _ -> Double in
      var size = 1e-6
      for _ in 0..<Int(stream.uniform() * 12) { size *= 10 }
      return (stream.uniform() < 0.2 ? -1 : 1) * size * (1 + 9 * stream.uniform())
    }
    let histogram = histogram(prices)
    #expect(histogram.count == count)
    for level in [0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1] {
      let expected = sorted(prices, level)
      let found = histogram.percentile(level) ?? .nan
      #expect(abs(found - expected) <= 0.001_000_1 * abs(expected), "level \(level): \(found), not \(expected)")
    }
  }

  @Test(arguments: [24.9, 0, -3.7, 1e9, 0.01, 1e-300, 1e300]) func constantsAreExact(price: Double) {
    let histogram = histogram([Double](repeating: price, count: 9))
    for level in [0.1, 0.5, 0.9] { #expect(histogram.percentile(level) == price) }
  }

  /// Two prices a tenth of a percent apart or more do not run into each other's percentile.
  @Test func twoPrices() {
    let histogram = histogram([10, 10, 10, 12])
    #expect(histogram.percentile(0.1) == 10)
    #expect(histogram.percentile(0.75) == 10)
    #expect(histogram.percentile(0.9) == 12)
  }

  @Test func negativeZeroAndPositive() {
    let histogram = histogram([5, -5, 0, -20, 20])
    #expect([0.2, 0.4, 0.6, 0.8, 1].map { histogram.percentile($0) } == [-20, -5, 0, 5, 20])
  }

  /// Memory does not grow with the prices, and the order in which they come does not matter.
  @Test func orderDoesNotMatter() {
    let prices = (0..<500).map { 10 + Double($0 * 37 % 500) / 100 }
    #expect(histogram(prices) == histogram(prices.reversed()))
    #expect(PriceHistogram().percentile(0.5) == nil)
  }
}

/// How sure the highest mean is.
struct PoissonBootstrapTests {
  /// Profits of two candidates whose difference is normal with mean `shift` standard errors.
  private func bootstrap(shift: Double, replications: Int, seed: UInt64) throws -> (
    bootstrap: PoissonBootstrap, normal: Double
  ) {
    var stream = RandomStream(seed: seed, replication: 0, purpose: 1, period: 0, index: 0)
    var bootstrap = PoissonBootstrap(candidates: 2)
    var differences: [Double] = []
    for replication in 0..<replications {
      let common = try stream.normal(mean: 5000, standardDeviation: 800)
      let difference = try stream.normal(mean: shift / Double(replications).squareRoot(), standardDeviation: 1)
      differences.append(difference)
      bootstrap.add([common, common + difference], replication: replication, seed: 9)
    }
    let found = summary(differences)
    return (bootstrap, try Normal().cdf(found.mean / found.error))
  }

  /// With 400 paired replications the share of resamples in which the difference is positive is the normal probability
  /// of its observed t, give or take the 2000 resamples (standard error at most 0.011) and the skewness of the weighted
  /// sum (below 0.01): 0.05 is beyond four standard errors. Unpaired resamples would give about 0.5 throughout.
  @Test(arguments: [-2.0, -1, 0, 0.7, 1.5, 3]) func againstTheNormalApproximation(shift: Double) throws {
    for seed in 1...3 {
      let (bootstrap, normal) = try bootstrap(shift: shift, replications: 400, seed: UInt64(seed))
      #expect(abs(bootstrap.probability(1, exceeds: 0) - normal) < 0.05)
      #expect(abs(bootstrap.probabilitiesBest[1] - normal) < 0.05)
    }
  }

  @Test func certainties() {
    var bootstrap = PoissonBootstrap(candidates: 4)
    for replication in 0..<50 {
      let profit = Double(replication % 7)
      bootstrap.add([profit, profit + 1, profit + 1, profit - 2], replication: replication, seed: 1)
    }
    #expect(bootstrap.probability(1, exceeds: 0) == 1)
    #expect(bootstrap.probability(0, exceeds: 1) == 0)
    #expect(bootstrap.probability(1, exceeds: 2) == 0.5, "twins share")
    #expect(bootstrap.isSame(1, 2) && !bootstrap.isSame(0, 1))
    let best = bootstrap.probabilitiesBest
    #expect(abs(best.reduce(0, +) - 1) < 1e-12)
    #expect(best[0] == 0)
    #expect(best[1] == 0.5)
    #expect(best[2] == 0.5)
  }

  /// Rounding does not tell candidates apart, one replication of many does.
  @Test func same() {
    var bootstrap = PoissonBootstrap(candidates: 3)
    for replication in 0..<200 {
      let profit = 1e6 + Double(replication)
      bootstrap.add(
        [profit, profit * (1 + 1e-15), profit + (replication == 77 ? 1 : 0)], replication: replication, seed: 1)
    }
    #expect(bootstrap.isSame(0, 1) && !bootstrap.isSame(0, 2))
  }

  /// The weights depend on seed and replication only, so that a pair is weighed alike wherever it was computed.
  @Test func reproducible() throws {
    let one = try bootstrap(shift: 1, replications: 60, seed: 1).bootstrap
    let other = try bootstrap(shift: 1, replications: 60, seed: 1).bootstrap
    #expect(one == other)
    #expect(try bootstrap(shift: 1, replications: 60, seed: 2).bootstrap != one)
  }

  /// With one replication whose difference is positive and one whose difference is a negative 1.5 times as large, the
  /// share of resamples with a positive sum is P(V > 1.5 W) + P(V = 1.5 W)/2 over Poisson(1) weights that are not both 0.
  /// Forty pairs of 2000 resamples; 4.5 standard errors are 0.008, and drawing with replacement would be off by 0.03.
  @Test func weightsArePoisson() {
    let mass = [
      0.367_879_441, 0.367_879_441, 0.183_939_721, 0.061_313_240, 0.015_328_310, 0.003_065_662, 0.000_510_944,
    ]
    var expected = 0.0
    for (first, one) in mass.enumerated() {
      for (second, other) in mass.enumerated() where first + second > 0 {
        let difference = Double(first) - 1.5 * Double(second)
        expected += one * other * (difference > 0 ? 1 : (difference == 0 ? 0.5 : 0))
      }
    }
    expected /= 1 - mass[0] * mass[0]
    var found = 0.0
    for pair in 0..<40 {
      var bootstrap = PoissonBootstrap(candidates: 2)
      bootstrap.add([1, 0], replication: 2 * pair, seed: 3)
      bootstrap.add([0, 1.5], replication: 2 * pair + 1, seed: 3)
      found += bootstrap.probability(0, exceeds: 1) / 40
    }
    #expect(abs(found - expected) < 4.5 * (expected * (1 - expected) / 69_000).squareRoot())
  }

  /// Few replications leave some resamples without any: these say nothing, and a certainty stays one.
  @Test func fewReplications() {
    var bootstrap = PoissonBootstrap(candidates: 2)
    for replication in 0..<2 { bootstrap.add([1, 2], replication: replication, seed: 1) }
    #expect(bootstrap.probabilitiesBest == [0, 1])
    #expect(bootstrap.probability(1, exceeds: 0) == 1)
  }
}
