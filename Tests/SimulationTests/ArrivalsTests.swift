import GSL
import Simulation
import Testing

/// How many customers come: its distribution, and that a common uniform keeps studies paired.
struct ArrivalsTests {
  /// 40,000 draws at a fixed seed. The mean has a standard error of sqrt(m/n), the variance of about
  /// sqrt((2 m^2 + m)/n); at 4.5 of them a false alarm has a chance of 7e-6, and a mean that is off by 3% at m = 40 (or a
  /// variance off by 4%) would be missed with a chance below 1 in 1000.
  @Test(arguments: [0.3, 4, 40, 700]) func poissonMeanAndVariance(mean: Double) throws {
    let arrivals = Arrivals(.poisson, mean: mean)
    var stream = RandomStream(seed: 11, replication: 0, purpose: 1, period: 0, index: 0)
    let count = 40_000
    let draws = try (0..<count).map { _ in Double(try arrivals.count(period: 0, uniform: stream.uniform())) }
    let average = draws.reduce(0, +) / Double(count)
    let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count - 1)
    #expect(abs(average - mean) < 4.5 * (mean / Double(count)).squareRoot())
    #expect(abs(variance - mean) < 4.5 * ((2 * mean * mean + mean) / Double(count)).squareRoot())
  }

  @Test func fixedIsTheRoundedMean() throws {
    let arrivals = Arrivals(.fixed, mean: 10.5, trend: 0.1)
    for uniform in [0.001, 0.5, 0.999] {
      #expect(try arrivals.count(period: 0, uniform: uniform) == 11)
      #expect(try arrivals.count(period: 1, uniform: uniform) == 12)
    }
  }

  @Test func nobodyComes() throws {
    for variation in [Arrivals.Variation.fixed, .poisson] {
      #expect(try Arrivals(variation, mean: 0).count(period: 3, uniform: 0.999) == 0)
    }
  }

  /// Growth is compound, from the first period on; 1e-12 is rounding.
  @Test func trend() {
    let arrivals = Arrivals(.poisson, mean: 200, trend: 0.02)
    #expect(arrivals.mean(period: 0) == 200)
    #expect(abs(arrivals.mean(period: 10) - 200 * 1.2189944199947573) < 1e-10)
    #expect(abs(Arrivals(.poisson, mean: 200, trend: -0.5).mean(period: 3) - 25) < 1e-12)
  }

  /// A season of 12 periods that peaks in the third: the peak, the trough half a cycle later, the mean a quarter later,
  /// and the same again a cycle later. 1e-10 is rounding.
  @Test func season() {
    let arrivals = Arrivals(.poisson, mean: 100, seasonLength: 12, seasonSwing: 0.4, seasonPeak: 3)
    for (period, expected) in [(2, 140.0), (8, 60), (5, 100), (11, 100), (14, 140), (4, 120)] {
      #expect(abs(arrivals.mean(period: period) - expected) < 1e-10, "period \(period)")
    }
    let total = (0..<12).reduce(0) { $0 + arrivals.mean(period: $1) }
    #expect(abs(total - 1200) < 1e-9)
  }

  /// A swing beyond 100% cannot make a mean negative.
  @Test func neverNegative() {
    let arrivals = Arrivals(.poisson, mean: 100, seasonLength: 4, seasonSwing: 3, seasonPeak: 1)
    #expect(arrivals.mean(period: 2) == 0)
  }

  /// With the same uniform a larger mean never brings fewer customers: in a fine grid of both.
  @Test func commonUniformsKeepPairs() throws {
    let means = sequence(first: 0.1) { $0 * 1.08 }.prefix(120)
    for step in 1..<200 {
      let uniform = Double(step) / 200
      let counts = try means.map { try Arrivals(.poisson, mean: $0).count(period: 0, uniform: uniform) }
      #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 }, "uniform \(uniform)")
    }
  }

  /// Too many customers to count are refused by the study, not met in the run.
  @Test(arguments: [Arrivals.Variation.fixed, .poisson]) func endlessGrowth(variation: Arrivals.Variation) throws {
    for (mean, trend, periods) in [(1e3, 0.5, 2000), (1e8, 0.01, 2), (.infinity, 0, 1), (.nan, 0, 1), (-5, 0, 1)] {
      let market = try Small.monopoly(
        .uniform(low: 0, high: 1), arrivals: Arrivals(variation, mean: mean, trend: trend), periods: periods)
      #expect(throws: SimulationError.self) { try Small.study(market, [Scripted(prices: [1])]) }
    }
  }
}
