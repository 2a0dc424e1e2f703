import Foundation
import GSL
import Selling
import Simulation
import Testing

/// Negative binomial arrivals, profiles, dated shocks and diffusion.
struct ArrivalKindsTests {
  /// 40,000 draws at a fixed seed: the mean within 4.5 standard errors, the variance mean + (spread mean)^2 within 4.5 of
  /// the standard errors that the sample's own fourth moment gives.
  @Test(arguments: [(4, 0.5), (40, 0.2), (700, 1), (2e5, 0.1)])
  func negativeBinomialMeanAndVariance(mean: Double, spread: Double) throws {
    let arrivals = Arrivals(.negativeBinomial, mean: mean, spread: spread)
    var stream = RandomStream(seed: 12, replication: 0, purpose: 1, period: 0, index: 0)
    let count = mean > 1e5 ? 2000 : 40_000
    let draws = try (0..<count).map { _ in Double(try arrivals.count(period: 0, uniform: stream.uniform())) }
    let number = Double(count)
    let average = draws.reduce(0, +) / number
    let squares = draws.map { ($0 - average) * ($0 - average) }
    let variance = squares.reduce(0, +) / (number - 1)
    let expected = mean + spread * spread * mean * mean
    let spreadOfSquares = squares.reduce(0) { $0 + ($1 - variance) * ($1 - variance) } / number
    #expect(abs(average - mean) < 4.5 * (expected / number).squareRoot())
    #expect(abs(variance - expected) < 4.5 * (spreadOfSquares / number).squareRoot())
  }

  /// A week's profile repeats, and multiplies with season, trend and shocks; 1e-12 is rounding.
  @Test func profile() {
    let days = [1, 1, 1.2, 1.5, 2, 0.5]
    let arrivals = Arrivals(.fixed, mean: 100, profile: days)
    for period in 0..<30 { #expect(arrivals.mean(period: period) == 100 * days[period % 6]) }
    let all = Arrivals(
      .poisson, mean: 100, seasonLength: 12, seasonSwing: 0.4, seasonPeak: 3, trend: 0.01, profile: days,
      shocks: [DatedChange(9...13, change: -0.3), DatedChange(13...13, change: 1)])
    let season = Arrivals(.poisson, mean: 100, seasonLength: 12, seasonSwing: 0.4, seasonPeak: 3)
    for period in 0..<30 {
      var expected = season.mean(period: period) * pow(1.01, Double(period)) * days[period % 6]
      if (9...13).contains(period) { expected *= 0.7 }
      if period == 13 { expected *= 2 }
      #expect(abs(all.mean(period: period) / expected - 1) < 1e-12)
    }
  }

  /// A fixed number under random shocks keeps its mean: the factor's mean is 1 and rounding is by lot. Two million
  /// draws of 3.3 x factor: standard error 0.0006, tested at 4.5 of them.
  @Test func fixedUnderShocksKeepsItsMean() throws {
    let arrivals = Arrivals(.fixed, mean: 3.3, randomShocks: RandomFactor(spread: 0.25))
    var stream = RandomStream(seed: 13, replication: 0, purpose: 1, period: 0, index: 0)
    let count = 2_000_000
    var total = 0
    for _ in 0..<count {
      let factor = RandomFactor(spread: 0.25).factor(state: try Normal().quantile(stream.uniform()))
      total += try arrivals.count(period: 0, uniform: stream.uniform(), factor: factor)
    }
    let error = (0.25 * 0.25 * 3.3 * 3.3 + 0.25).squareRoot() / Double(count).squareRoot()
    #expect(abs(Double(total) / Double(count) - 3.3) < 4.5 * error)
  }

  /// Every kind, with everything on: the mean number of customers in a run is `mean(period:)`, over 4000 replications
  /// within 4.5 standard errors of the sample. A bias of 2% would be missed with a chance below 1 in 1000.
  @Test(arguments: ["fixed", "poisson", "negative binomial", "bass"]) func meanBySimulation(kind: String) throws {
    let shocks = [DatedChange(2...2, change: 0.5)]
    let random = RandomFactor(spread: 0.2, persistence: 0.7)
    let profile = [1, 0.5, 1.5]
    let arrivals =
      switch kind {
      case "fixed": Arrivals(.fixed, mean: 20.5, profile: profile, shocks: shocks, randomShocks: random)
      case "poisson": Arrivals(.poisson, mean: 20.5, profile: profile, shocks: shocks, randomShocks: random)
      case "bass":
        Arrivals(
          .poisson, profile: profile, shocks: shocks, randomShocks: random,
          diffusion: BassDiffusion(market: 200, innovation: 0.05, imitation: 0.4))
      default:
        Arrivals(.negativeBinomial, mean: 20.5, spread: 0.3, profile: profile, shocks: shocks, randomShocks: random)
      }
    let market = try Small.monopoly(.fixed(10), arrivals: arrivals, periods: 4)
    let study = try Small.study(market, [Scripted(prices: [10])], replications: 4000, seed: 4)
    var engine = Engine(study, candidates: study.candidates)
    var counts = (0..<4).map { _ in [Double]() }
    for replication in 0..<4000 {
      let outcome = try engine.run(replication: replication)[0]
      for (period, sold) in (outcome.offers.values.first ?? []).enumerated() { counts[period].append(sold?.units ?? 0) }
    }
    for period in 0..<4 {
      let found = summary(counts[period])
      #expect(abs(found.mean - arrivals.mean(period: period)) < 4.5 * found.error, "period \(period)")
    }
  }

  /// Spreads that could bring more customers than can be numbered are refused before anything runs.
  @Test func tooManyByChance() throws {
    for arrivals in [
      Arrivals(.negativeBinomial, mean: 9e7, spread: 3),
      Arrivals(.poisson, mean: 1e7, randomShocks: RandomFactor(spread: 3)),
      Arrivals(.negativeBinomial, mean: 10, spread: 0), Arrivals(.poisson, mean: 10, profile: [1, 1e9]),
    ] {
      let market = try Small.monopoly(.fixed(10), arrivals: arrivals, periods: 2)
      #expect(throws: SimulationError.self) { try Small.study(market, [Scripted(prices: [10])]) }
    }
  }
}

struct BassDiffusionTests {
  /// Room air conditioners, Bass (1969): p = 0.010399, q = 0.418600, m = 16,895 thousand; the paper's table gives the peak
  /// after 8.6 years at 1.9 million a year. The periods' sums telescope to m F(T), to rounding.
  @Test func roomAirConditioners() {
    let (m, p, q) = (16_895e3, 0.010399, 0.4186)
    let diffusion = BassDiffusion(market: m, innovation: p, imitation: q)
    #expect(abs(log(q / p) / (p + q) - 8.6) < 0.05)
    let yearly = (0..<60).map { diffusion.adopters(period: $0) }
    #expect(yearly.firstIndex(of: yearly.max() ?? 0) == 8)
    #expect(abs((yearly.max() ?? 0) / 1.9e6 - 1) < 0.03)
    func share(_ t: Double) -> Double { (1 - exp(-(p + q) * t)) / (1 + q / p * exp(-(p + q) * t)) }
    var largest = 0.0
    for end in [1, 5, 12, 60] {
      let error = abs(yearly.prefix(end).reduce(0, +) / (m * share(Double(end))) - 1)
      largest = max(largest, error)
      #expect(error < 1e-13)
    }
    print("Bass: largest relative error against m F(T) \(largest)")
  }

  /// F' = (p + qF)(1 - F) by Runge-Kutta with 1000 steps a period, whose error is far below 1e-10.
  @Test(arguments: [(0.03, 0.38), (0.001, 0.7), (0.2, 0), (0.5, 3)]) func solvesItsEquation(p: Double, q: Double) {
    let diffusion = BassDiffusion(market: 1, innovation: p, imitation: q)
    func slope(_ share: Double) -> Double { (p + q * share) * (1 - share) }
    var share = 0.0
    for period in 0..<20 {
      let before = share
      let step = 1e-3
      for _ in 0..<1000 {
        let one = slope(share)
        let two = slope(share + step / 2 * one)
        let three = slope(share + step / 2 * two)
        let four = slope(share + step * three)
        share += step / 6 * (one + 2 * two + 2 * three + four)
      }
      #expect(abs(diffusion.adopters(period: period) - (share - before)) < 1e-10)
    }
  }

  /// Late in the diffusion of the smallest innovation nothing becomes NaN or negative.
  @Test func extremes() {
    for (p, q) in [(1e-9, 10.0), (1, 10), (1e-9, 0), (1, 0)] {
      for period in [0, 1, 100, 9999] {
        let number = BassDiffusion(market: 1e12, innovation: p, imitation: q).adopters(period: period)
        #expect(number.isFinite && number >= 0)
      }
    }
  }
}

struct RandomFactorTests {
  /// 20,000 stationary paths: in the first and in the tenth period the mean is 1 and the standard deviation the spread,
  /// and logs of neighbours correlate as stated. Tested at 4.5 standard errors (for the standard deviation from the
  /// sample's fourth moment, for the correlation (1 - r^2)/sqrt(n)).
  @Test(arguments: [(0.2, 0), (0.2, 0.8), (0.6, 0.5)]) func moments(spread: Double, persistence: Double) throws {
    let factor = RandomFactor(spread: spread, persistence: persistence)
    let count = 20_000
    var paths: [[Double]] = []
    for number in 0..<count {
      var stream = RandomStream(seed: 15, replication: UInt32(number), purpose: 7, period: 0, index: 0)
      var state: Double?
      paths.append(
        try (0..<10).map { _ in
          let next = try factor.next(after: state, uniform: stream.uniform())
          state = next
          return factor.factor(state: next)
        })
    }
    for period in [0, 9] {
      let values = paths.map { $0[period] }
      let found = summary(values)
      #expect(abs(found.mean - 1) < 4.5 * found.error)
      let squares = values.map { ($0 - 1) * ($0 - 1) }
      let variance = summary(squares)
      #expect(abs(variance.mean - spread * spread) < 4.5 * variance.error)
    }
    let logs = paths.map { (log($0[8]), log($0[9])) }
    let mean = log(1 + spread * spread) / -2
    let product = logs.reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / Double(count)
    let correlation = product / log(1 + spread * spread)
    #expect(
      abs(correlation - persistence) < 4.5 * (1 + persistence * persistence).squareRoot() / Double(count).squareRoot())
  }
}
