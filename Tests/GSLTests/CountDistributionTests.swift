import Foundation
import GSL
import Testing

@Suite struct CountDistributionTests {
  /// Cumulated mass from mpmath at 30 digits. GSL's own gsl_cdf_poisson_P is off by 5e-12 at a mean of 1000 and by 3e-2
  /// at 1e7; 1e-12 is what the sum of rounded ratios may cost.
  @Test func poissonTailsMatchHighPrecision() throws {
    let reference: [(Double, Int, Double, Double)] = [
      (0.001, 0, 0.999_000_499_833_374_992, 0.000_999_500_166_625_008_353),
      (0.001, 1, 0.999_999_500_333_208_367, 4.996_667_916_333_403e-7),
      (0.5, 2, 0.985_612_322_033_029_313, 0.014_387_677_966_970_686_6),
      (3, 1, 0.199_148_273_471_455_772, 0.800_851_726_528_544_228),
      (50, 36, 0.023_758_908_998_066_228_7, 0.976_241_091_001_933_771),
      (1000, 1031, 0.840_423_287_159_908_69, 0.159_576_712_840_091_31),
      (1e5, 99_367, 0.022_657_046_467_126_943_7, 0.977_342_953_532_873_056),
      (1e7, 9_990_513, 0.001_348_496_082_498_979_16, 0.998_651_503_917_501_021),
      (1e7, 9_996_837, 0.158_638_238_759_313_03, 0.841_361_761_240_686_97),
      (1e7, 10_000_000, 0.500_084_104_416_326_004, 0.499_915_895_583_673_996),
      (1e7, 10_009_486, 0.998_647_765_769_551_657, 0.001_352_234_230_448_342_69),
    ]
    for (mean, count, lower, upper) in reference {
      let poisson = try Poisson(mean: mean)
      #expect(isClose(try poisson.cdf(count), lower, relative: 1e-12), "mean \(mean), count \(count)")
      #expect(isClose(try poisson.survival(count), upper, relative: 1e-12), "mean \(mean), count \(count)")
    }
  }

  /// Mass from mpmath at 30 digits; the saddle-point form costs a few roundings at any size.
  @Test func massesMatchHighPrecision() throws {
    #expect(isClose(try Poisson(mean: 3).probability(8), 0.008_101_511_794_681_431_79, relative: 4e-15))
    #expect(isClose(try Poisson(mean: 1e5).probability(100_948), 0.000_014_239_266_449_306_243_6, relative: 4e-15))
    #expect(isClose(try Poisson(mean: 1e7).probability(10_009_486), 1.403_911_531_032_185_18e-6, relative: 4e-15))
    #expect(isClose(try Poisson(mean: 1e9).probability(999_905_131), 1.401_251_468_205_101_3e-7, relative: 4e-15))
    #expect(isClose(try Poisson(mean: 1e-300).probability(1), 1e-300, relative: 1e-13))
  }

  /// Mass and lower tail from mpmath at 30 digits. The mass rounds n p, which at 1e9 trials costs 1e-13; GSL's own cdf
  /// is NaN at 1e7 trials.
  @Test func binomialMatchesHighPrecision() throws {
    let reference: [(Int, Double, Int, Double, Double)] = [
      (10, 0.5, 3, 0.117_187_5, 0.171_875),
      (1_000, 0.03, 19, 0.008_483_087_236_256_268_58, 0.020_411_853_343_286_713_5),
      (100_000, 0.5, 49_683, 0.000_338_146_964_310_814_477, 0.022_657_062_559_636_766_3),
      (10_000_000, 0.5, 5_000_000, 0.000_252_313_245_894_184_779, 0.500_126_156_622_947_092),
      (10_000_000, 0.5, 4_995_257, 2.805_162_108_505_573_99e-6, 0.001_352_468_252_602_245_19),
      (1_000_000_000, 1e-5, 9_900, 0.002_427_806_585_088_848_36, 0.159_869_968_335_889_085),
    ]
    for (trials, p, count, mass, lower) in reference {
      let binomial = try Binomial(trials: trials, successProbability: p)
      #expect(isClose(try binomial.probability(count), mass, relative: 1e-12), "\(trials) trials")
      #expect(isClose(try binomial.cdf(count), lower, relative: 1e-11), "\(trials) trials")
      #expect(isClose(try binomial.survival(count), 1 - lower, relative: 1e-11), "\(trials) trials")
    }
  }

  /// The textbook mass, summed from 0, is an independent path; its log-gamma loses 1e-12 at these sizes.
  @Test(arguments: [1e-3, 0.3, 1, 3.7, 50, 700]) func poissonAddsUpFromZero(mean: Double) throws {
    let poisson = try Poisson(mean: mean)
    var cumulated = 0.0
    for count in 0...Int(mean + 12 * mean.squareRoot() + 12) {
      cumulated += exp(Double(count) * log(mean) - mean - lgamma(Double(count) + 1))
      #expect(isClose(try poisson.cdf(count), cumulated, relative: 2e-12), "count \(count)")
      #expect(isClose(try poisson.survival(count), 1 - cumulated, absolute: 2e-12), "count \(count)")
    }
  }

  @Test(arguments: [(1, 0.5), (7, 0.2), (40, 0.999), (300, 0.01)])
  func binomialAddsUpFromZeroAndIsSymmetric(trials: Int, p: Double) throws {
    let binomial = try Binomial(trials: trials, successProbability: p)
    let mirrored = try Binomial(trials: trials, successProbability: 1 - p)
    var cumulated = 0.0
    for count in 0...trials {
      let choices = lgamma(Double(trials) + 1) - lgamma(Double(count) + 1) - lgamma(Double(trials - count) + 1)
      cumulated += exp(choices + Double(count) * log(p) + Double(trials - count) * log1p(-p))
      #expect(isClose(try binomial.cdf(count), cumulated, relative: 1e-12), "count \(count)")
      let mirror = try mirrored.probability(trials - count)
      #expect(isClose(try binomial.probability(count), mirror, relative: 1e-12), "count \(count)")
    }
    #expect(isClose(cumulated, 1, relative: 1e-12))
  }

  /// The quantile is the least count that reaches the probability, by the definition, against the cumulated mass.
  /// Where p lies within rounding of a step of the cdf either neighbour would do; random p never does.
  @Test(arguments: [1e-3, 0.4, 1, 3, 29, 50, 1e3, 1e5, 1e7]) func poissonQuantilesAreLeast(mean: Double) throws {
    let poisson = try Poisson(mean: mean)
    var stream = stream(seed: 77)
    let extremes = [1e-300, 1e-12, 1e-6, 0.001, 0.999, 1 - 1e-6, 1 - 1e-12, 1.0.nextDown]
    for p in extremes + (0..<50).map({ _ in stream.uniform() }) {
      let count = try poisson.quantile(p)
      if p < 0.5 {
        #expect(try poisson.cdf(count) >= p && poisson.cdf(count - 1) < p, "p = \(p)")
      } else {
        #expect(try poisson.survival(count) <= 1 - p && poisson.survival(count - 1) > 1 - p, "p = \(p)")
      }
    }
    #expect(try poisson.quantile(0) == 0)
  }

  @Test(arguments: [0.2, 4, 60, 400]) func poissonQuantilesMatchTheCumulatedMass(mean: Double) throws {
    let poisson = try Poisson(mean: mean)
    var stream = stream(seed: 78)
    for _ in 0..<200 {
      let p = stream.uniform()
      var (count, cumulated) = (0, exp(-mean))
      while cumulated < p {
        count += 1
        cumulated += exp(Double(count) * log(mean) - mean - lgamma(Double(count) + 1))
      }
      #expect(try poisson.quantile(p) == count)
    }
  }

  @Test(arguments: [(1, 0.3), (20, 0.5), (1_000, 0.999), (1_000_000, 0.2), (100_000_000, 1e-6)])
  func binomialQuantilesAreLeast(trials: Int, p: Double) throws {
    let binomial = try Binomial(trials: trials, successProbability: p)
    var stream = stream(seed: 79)
    for u in [1e-12, 0.001, 0.999, 1 - 1e-12] + (0..<50).map({ _ in stream.uniform() }) {
      let count = try binomial.quantile(u)
      #expect(count >= 0 && count <= trials)
      if u < 0.5 {
        #expect(try binomial.cdf(count) >= u && binomial.cdf(count - 1) < u, "u = \(u)")
      } else {
        #expect(try binomial.survival(count) <= 1 - u && binomial.survival(count - 1) > 1 - u, "u = \(u)")
      }
    }
    #expect(try binomial.quantile(0) == 0)
    #expect(try binomial.quantile(1) == trials)
  }

  /// A common uniform keeps counts in order: more demand never draws fewer customers.
  @Test func quantilesRiseWithTheMean() throws {
    var stream = stream(seed: 80)
    for _ in 0..<100 {
      let u = stream.uniform()
      let counts = try stride(from: 90.0, through: 110, by: 0.5).map { try Poisson(mean: $0).quantile(u) }
      #expect(counts == counts.sorted())
    }
  }

  @Test func edgesAreExact() throws {
    let none = try Poisson(mean: 0)
    #expect(try none.probability(0) == 1 && none.probability(1) == 0 && none.cdf(0) == 1 && none.survival(0) == 0)
    #expect(try none.quantile(0.999) == 0)
    let some = try Poisson(mean: 5)
    #expect(try some.probability(-1) == 0 && some.cdf(-1) == 0 && some.survival(-1) == 1)
    #expect(try some.cdf(.max) == 1 && some.survival(.max) == 0 && some.cdf(.min) == 0)
    let certain = try Binomial(trials: 4, successProbability: 1)
    #expect(try certain.probability(4) == 1 && certain.cdf(3) == 0 && certain.cdf(4) == 1 && certain.quantile(0.5) == 4)
    let hopeless = try Binomial(trials: 4, successProbability: 0)
    #expect(try hopeless.probability(0) == 1 && hopeless.cdf(0) == 1 && hopeless.quantile(1) == 0)
    let empty = try Binomial(trials: 0, successProbability: 1)
    #expect(try empty.probability(0) == 1 && empty.cdf(0) == 1 && empty.quantile(0.5) == 0)
    #expect(try certain.probability(5) == 0 && certain.probability(-1) == 0 && certain.survival(9) == 0)
  }

  @Test func argumentsOutsideTheDomainThrow() throws {
    for bad in [-1, 2e9, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try Poisson(mean: bad) }
      #expect(throws: GSLError.self) { try Binomial(trials: 5, successProbability: bad) }
    }
    #expect(throws: GSLError.self) { try Binomial(trials: -1, successProbability: 0.5) }
    #expect(throws: GSLError.self) { try Binomial(trials: .max, successProbability: 0.5) }
    for bad in [-0.1, 1.1, Double.nan] {
      #expect(throws: GSLError.self) { try Poisson(mean: 3).quantile(bad) }
      #expect(throws: GSLError.self) { try Binomial(trials: 3, successProbability: 0.5).quantile(bad) }
    }
    #expect(throws: GSLError.self) { try Poisson(mean: 3).quantile(1) }
  }
}
