import Foundation
import GSL
import Testing

@Suite struct NegativeBinomialTests {
  /// Mass and both tails from mpmath at 40 digits (mean, spread, count). 1e-13 is some hundred
  /// roundings of the continued fraction.
  @Test func matchesHighPrecision() throws {
    let reference: [(Double, Double, Int, Double, Double, Double)] = [
      (3, 0.5, 1, 0.182780984113762123, 0.289403224846790028, 0.710596775153209972),
      (3, 0.5, 8, 0.0200224614933196053, 0.97481976380239984, 0.0251802361976001599),
      (50, 1, 0, 0.019607843137254902, 0.019607843137254902, 0.980392156862745098),
      (50, 1, 180, 0.000555135379999343538, 0.972243231000032823, 0.0277567689999671769),
      (50, 3, 40, 0.00204815372922203911, 0.801029716881331047, 0.198970283118668953),
      (1000, 0.001, 1031, 0.00772103224577237551, 0.840303668892497766, 0.159696331107502234),
      (1000, 0.2, 700, 0.000703618156870232251, 0.0561059247560254431, 0.943894075243974557),
      (100000, 0.2, 60000, 2.07624533367343765e-6, 0.0111761949996025449, 0.988823805000397455),
      (100000, 0.2, 152000, 1.0400542975379828e-6, 0.98967830085805973, 0.0103216991419402697),
      (100_000_000, 0.2, 65_000_000, 4.05910183811934075e-9, 0.0261384112937471137, 0.973861588706252886),
      (100_000_000, 0.2, 100_000_000, 1.98807353819245899e-8, 0.526601541384018525, 0.473398458615981475),
      (100_000_000, 0.2, 170_000_000, 1.69454668448003417e-10, 0.998528287883598799, 0.00147171211640120055),
      (100_000_000, 3, 200_000_000, 3.97469999312117633e-10, 0.874733856454754209, 0.125266143545245791),
      (10_000, 0.001, 9990, 0.00395197751428113653, 0.463010645800573106, 0.536989354199426894),
      (100_000_000, 0.01, 101_500_000, 1.29037918781339598e-7, 0.932649765952175235, 0.0673502340478247646),
    ]
    var largest = 0.0
    for (mean, spread, count, mass, lower, upper) in reference {
      let distribution = try NegativeBinomial(mean: mean, spread: spread)
      for (found, expected) in [
        (try distribution.probability(count), mass), (try distribution.cdf(count), lower),
        (try distribution.survival(count), upper),
      ] {
        largest = max(largest, abs(found / expected - 1))
        #expect(isClose(found, expected, relative: 1e-13), "mean \(mean), spread \(spread), count \(count)")
      }
    }
    print("negative binomial: largest relative error against 40 digits \(largest)")
  }

  /// The textbook mass, summed from 0, is an independent path; its log-gamma loses 1e-12 at these sizes.
  @Test(arguments: [(0.4, 0.3), (4, 1), (60, 0.05), (60, 3), (400, 0.5)])
  func addsUpFromZero(mean: Double, spread: Double) throws {
    let distribution = try NegativeBinomial(mean: mean, spread: spread)
    let size = 1 / (spread * spread)
    var cumulated = 0.0
    for count in 0...Int(8 * mean + 30) {
      let x = Double(count)
      cumulated += exp(
        lgamma(x + size) - lgamma(size) - lgamma(x + 1) - size * log1p(mean / size) + x * log(mean / (size + mean)))
      #expect(isClose(try distribution.cdf(count), cumulated, relative: 5e-12), "count \(count)")
      #expect(isClose(try distribution.survival(count), 1 - cumulated, absolute: 5e-12), "count \(count)")
    }
  }

  /// The definition: a Poisson at a gamma rate, integrated over quantiles of the rate by the midpoint rule; its error at
  /// 20,000 points of a smooth integrand is below 1e-6.
  @Test func isAMixture() throws {
    let (mean, spread) = (30.0, 0.4)
    let shape = 1 / (spread * spread)
    let distribution = try NegativeBinomial(mean: mean, spread: spread)
    let steps = 20_000
    for count in [5, 20, 30, 60] {
      let mixed = try (0..<steps).reduce(0.0) { total, step in
        let rate = (Double(step) + 0.5) / Double(steps) * 200
        let density = exp((shape - 1) * log(rate) - rate * shape / mean - lgamma(shape) + shape * log(shape / mean))
        return total + density * (try Poisson(mean: rate).probability(count)) * 200 / Double(steps)
      }
      #expect(isClose(mixed, try distribution.probability(count), absolute: 1e-6))
    }
  }

  /// The quantile is the least count that reaches the probability, also where a period of a hundred million customers
  /// would make summation of masses hang.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [(1e-3, 1), (0.4, 0.2), (3, 3), (50, 0.001), (50, 0.5), (1e5, 0.3), (1e8, 0.2), (1e8, 3)])
  func quantilesAreLeast(mean: Double, spread: Double) throws {
    let distribution = try NegativeBinomial(mean: mean, spread: spread)
    var stream = stream(seed: 81)
    for p in [1e-12, 1e-6, 0.001, 0.999, 1 - 1e-12] + (0..<10).map({ _ in stream.uniform() }) {
      let count = try distribution.quantile(p)
      if p < 0.5 {
        #expect(try distribution.cdf(count) >= p && distribution.cdf(count - 1) < p, "p = \(p)")
      } else {
        #expect(try distribution.survival(count) <= 1 - p && distribution.survival(count - 1) > 1 - p, "p = \(p)")
      }
    }
  }

  /// A common uniform keeps counts in order: more demand never draws fewer customers.
  @Test func quantilesRiseWithTheMean() throws {
    var stream = stream(seed: 82)
    for _ in 0..<50 {
      let u = stream.uniform()
      let counts = try stride(from: 90.0, through: 110, by: 0.5).map {
        try NegativeBinomial(mean: $0, spread: 0.3).quantile(u)
      }
      #expect(counts == counts.sorted())
    }
  }

  /// With hardly any spread it is a Poisson: the masses differ by about (spread x (count - mean))^2 / 2, here 1e-8.
  @Test func limits() throws {
    let narrow = try NegativeBinomial(mean: 100, spread: 1e-6)
    for count in [60, 100, 130] {
      #expect(isClose(try narrow.probability(count), try Poisson(mean: 100).probability(count), relative: 1e-8))
    }
    let none = try NegativeBinomial(mean: 0, spread: 0.5)
    #expect(try none.probability(0) == 1 && none.probability(1) == 0 && none.cdf(0) == 1 && none.survival(0) == 0)
    #expect(try none.quantile(0.999) == 0)
    let some = try NegativeBinomial(mean: 5, spread: 1)
    #expect(try some.probability(-1) == 0 && some.cdf(-1) == 0 && some.survival(-1) == 1 && some.quantile(0) == 0)
    #expect(isClose(try NegativeBinomial(mean: 1e-300, spread: 0.2).probability(1), 1e-300, relative: 1e-13))
  }

  @Test func argumentsOutsideTheDomainThrow() throws {
    for bad in [-1, 2e9, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try NegativeBinomial(mean: bad, spread: 0.2) }
    }
    for bad in [-1, 0, 11, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try NegativeBinomial(mean: 5, spread: bad) }
    }
    for bad in [-0.1, 1, 1.1, Double.nan] {
      #expect(throws: GSLError.self) { try NegativeBinomial(mean: 3, spread: 1).quantile(bad) }
    }
  }
}
