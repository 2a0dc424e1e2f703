import Foundation
import GSL
import Testing

@Suite struct ContinuousDistributionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let distribution: @Sendable () throws -> any ContinuousDistribution
    let isBoundedBelow: Bool
  }

  static let cases: [Case] = [
    Case(
      testDescription: "normal", distribution: { try Normal(mean: 24, standardDeviation: 6) }, isBoundedBelow: false),
    Case(
      testDescription: "logNormal", distribution: { try LogNormal(logMean: 3, logStandardDeviation: 0.5) },
      isBoundedBelow: true),
    Case(testDescription: "uniform", distribution: { try Uniform(from: -2, to: 7) }, isBoundedBelow: true),
    Case(testDescription: "exponential", distribution: { try Exponential(mean: 40) }, isBoundedBelow: true),
    Case(testDescription: "gumbel", distribution: { try Gumbel(location: 5, scale: 2) }, isBoundedBelow: false),
    Case(
      testDescription: "gumbel whose b overflows", distribution: { try Gumbel(location: 5000, scale: 2) },
      isBoundedBelow: false),
    Case(testDescription: "gamma", distribution: { try Gamma(shape: 2.5, scale: 4) }, isBoundedBelow: true),
    Case(testDescription: "gamma below 1", distribution: { try Gamma(shape: 0.3, scale: 4) }, isBoundedBelow: true),
    Case(testDescription: "beta", distribution: { try Beta(alpha: 2, beta: 3) }, isBoundedBelow: true),
    Case(testDescription: "beta below 1", distribution: { try Beta(alpha: 0.5, beta: 0.7) }, isBoundedBelow: true),
    Case(testDescription: "t 3", distribution: { try StudentT(degreesOfFreedom: 3) }, isBoundedBelow: false),
    Case(testDescription: "t 10", distribution: { try StudentT(degreesOfFreedom: 10) }, isBoundedBelow: false),
    Case(testDescription: "t 399", distribution: { try StudentT(degreesOfFreedom: 399) }, isBoundedBelow: false),
  ]

  /// A quantile carries its probability back to 1e-11: rounding of the quantile itself, times the slope of the cdf,
  /// costs up to 1e-12 (Gumbel at 5000), and in the far tails GSL's t quantile has a few digits less.
  @Test(arguments: cases) func quantilesUndoTheCdf(of test: Case) throws {
    let distribution = try test.distribution()
    for p in [1e-6, 1e-3, 0.025, 0.3, 0.5, 0.75, 0.975, 0.999, 1 - 1e-6] {
      let x = try distribution.quantile(p)
      #expect(isClose(try distribution.cdf(x), p, relative: 1e-8, absolute: 1e-11), "p = \(p)")
    }
    for p in [0.01, 0.3, 0.5, 0.9] {
      let x = try distribution.quantile(p)
      #expect(isClose(try distribution.quantile(distribution.cdf(x)), x, relative: 1e-11, absolute: 1e-11))
    }
  }

  @Test(arguments: cases) func tailsAddUpAndEndsAreCertain(of test: Case) throws {
    let distribution = try test.distribution()
    for p in [0.001, 0.2, 0.5, 0.8, 0.999] {
      let x = try distribution.quantile(p)
      #expect(isClose(try distribution.cdf(x) + distribution.survival(x), 1, absolute: 1e-14))
    }
    #expect(try distribution.cdf(-.infinity) == 0)
    #expect(try distribution.cdf(.infinity) == 1)
    #expect(try distribution.survival(-.infinity) == 1)
    #expect(try distribution.survival(.infinity) == 0)
    #expect(try distribution.density(.infinity) == 0)
    #expect(try distribution.density(-.infinity) == 0)
    #expect(try distribution.quantile(0).isFinite == test.isBoundedBelow)
    #expect(try distribution.cdf(distribution.quantile(0)) == 0)
    #expect(try distribution.cdf(distribution.quantile(1)) == 1)
  }

  /// The density integrates to the difference of the cdf; both are good to 1e-9, the integral's tolerance.
  @Test(arguments: cases) func densityIsTheSlopeOfTheCdf(of test: Case) throws {
    let distribution = try test.distribution()
    let (a, b) = (try distribution.quantile(0.1), try distribution.quantile(0.7))
    let mass = try integrate(from: a, to: b, relativeTolerance: 1e-10, distribution.density)
    #expect(isClose(mass.value, 0.6, relative: 1e-9))
  }

  @Test(arguments: cases) func argumentsOutsideTheDomainThrow(of test: Case) throws {
    let distribution = try test.distribution()
    for p in [-0.1, 1.1, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try distribution.quantile(p) }
    }
    #expect(throws: GSLError.self) { try distribution.cdf(.nan) }
    #expect(throws: GSLError.self) { try distribution.survival(.nan) }
    #expect(throws: GSLError.self) { try distribution.density(.nan) }
  }

  /// Reference values to 16 digits, from mpmath at 30 digits; a relative 4e-15 is a few roundings of GSL's.
  @Test func normalQuantilesArePublishedOnes() throws {
    let published = [
      (0.9, 1.281_551_565_544_600_5), (0.95, 1.644_853_626_951_472_7), (0.975, 1.959_963_984_540_054_2),
      (0.99, 2.326_347_874_040_841), (0.995, 2.575_829_303_548_900_8), (0.999, 3.090_232_306_167_813_5),
      (1e-10, -6.361_340_902_404_056),
    ]
    for (p, z) in published {
      #expect(isClose(try Normal().quantile(p), z, relative: 4e-15), "p = \(p)")
    }
    #expect(
      isClose(try Normal(mean: 100, standardDeviation: 10).quantile(0.975), 119.599_639_845_400_54, relative: 4e-15))
  }

  /// Reference values from mpmath at 30 digits. The tolerance, 2e-14, leaves room for the end of GSL's iteration.
  @Test func studentQuantilesArePublishedOnes() throws {
    let published = [
      (1.0, 12.706_204_736_174_704), (2, 4.302_652_729_749_464), (3, 3.182_446_305_283_709_6),
      (10, 2.228_138_851_986_274_7), (29, 2.045_229_642_132_703_6), (30, 2.042_272_456_301_238_3),
      (31, 2.039_513_446_396_408_5), (60, 2.000_297_822_014_260_5), (399, 1.965_927_295_920_882),
      (1000, 1.962_339_080_826_408_5),
    ]
    for (degrees, t) in published {
      #expect(isClose(try StudentT(degreesOfFreedom: degrees).quantile(0.975), t, relative: 2e-14), "nu = \(degrees)")
    }
    #expect(isClose(try StudentT(degreesOfFreedom: 5).cdf(2), 0.949_030_260_585_070_8, relative: 2e-14))
    #expect(isClose(try StudentT(degreesOfFreedom: 2.5).cdf(-3), 0.036_288_047_774_515_92, relative: 2e-14))
    // Above 30 degrees GSL expands around the normal; the error grows in the tail.
    #expect(isClose(try StudentT(degreesOfFreedom: 40).cdf(-4), 0.000_132_956_197_833_348_85, relative: 1e-12))
  }

  /// The closed forms, to a few roundings.
  @Test func closedFormsAgree() throws {
    let x = 7.3
    #expect(isClose(try Uniform(from: 2, to: 12).survival(x), 0.47, relative: 1e-15))
    #expect(isClose(try Uniform(from: 2, to: 12).density(x), 0.1, relative: 1e-15))
    #expect(isClose(try Exponential(mean: 4).survival(x), exp(-x / 4), relative: 1e-15))
    #expect(isClose(try Gumbel(location: 3, scale: 2).cdf(x), exp(-exp(-2.15)), relative: 1e-14))
    #expect(isClose(try Gumbel(location: 3, scale: 2).density(x), exp(-2.15 - exp(-2.15)) / 2, relative: 1e-14))
    #expect(isClose(try Gumbel(location: 3, scale: 2).quantile(0.2), 3 - 2 * log(-log(0.2)), relative: 1e-15))
    #expect(isClose(try LogNormal(logMean: 3, logStandardDeviation: 0.5).quantile(0.5), exp(3), relative: 1e-15))
    let logarithm = try Normal(mean: 3, standardDeviation: 0.5).survival(log(x))
    #expect(isClose(try LogNormal(logMean: 3, logStandardDeviation: 0.5).survival(x), logarithm, relative: 1e-13))
    #expect(try Exponential(mean: 4).density(-1) == 0)
    #expect(isClose(try Gamma(shape: 1, scale: 4).survival(x), exp(-x / 4), relative: 1e-14))
    let erlang = exp(-x / 4) * (1 + x / 4 + x * x / 32)
    #expect(isClose(try Gamma(shape: 3, scale: 4).survival(x), erlang, relative: 1e-14))
    #expect(isClose(try Beta(alpha: 2.5, beta: 1).cdf(0.3), pow(0.3, 2.5), relative: 1e-14))
    #expect(isClose(try Beta(alpha: 1, beta: 2.5).survival(0.3), pow(0.7, 2.5), relative: 1e-14))
    #expect(isClose(try Beta(alpha: 1, beta: 2.5).quantile(0.3), 1 - pow(0.7, 0.4), relative: 1e-13))
    #expect(try LogNormal(logMean: 3, logStandardDeviation: 0.5).cdf(-1) == 0)
    #expect(try LogNormal(logMean: 3, logStandardDeviation: 0.5).survival(-1) == 1)
    #expect(try LogNormal(logMean: 3, logStandardDeviation: 0.5).survival(0) == 1)
    #expect(try LogNormal(logMean: 3, logStandardDeviation: 0.5).density(0) == 0)
  }

  @Test func momentsAreStated() throws {
    let logNormal = try LogNormal(mean: 24, standardDeviation: 6)
    #expect(isClose(logNormal.mean, 24, relative: 1e-14))
    #expect(isClose(logNormal.standardDeviation, 6, relative: 1e-13))
    #expect(try Uniform(from: -2, to: 7).mean == 2.5)
    #expect(isClose(try Uniform(from: 0, to: 12).standardDeviation, 12.0.squareRoot(), relative: 1e-15))
    #expect(isClose(try Gumbel(location: 1, scale: 2).mean, 2.154_431_329_803_065_7, relative: 1e-15))
    #expect(isClose(try Gumbel(scale: 2).standardDeviation, 2.565_099_660_323_728, relative: 1e-15))
  }

  @Test func badParametersThrow() {
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try Normal(mean: 0, standardDeviation: bad) }
      #expect(throws: GSLError.self) { try LogNormal(logMean: 0, logStandardDeviation: bad) }
      #expect(throws: GSLError.self) { try LogNormal(mean: bad, standardDeviation: 1) }
      #expect(throws: GSLError.self) { try LogNormal(mean: 1, standardDeviation: bad) }
      #expect(throws: GSLError.self) { try Exponential(mean: bad) }
      #expect(throws: GSLError.self) { try Gamma(shape: bad) }
      #expect(throws: GSLError.self) { try Gamma(shape: 1, scale: bad) }
      #expect(throws: GSLError.self) { try Beta(alpha: bad, beta: 1) }
      #expect(throws: GSLError.self) { try Beta(alpha: 1, beta: bad) }
      #expect(throws: GSLError.self) { try Gumbel(location: 0, scale: bad) }
      #expect(throws: GSLError.self) { try StudentT(degreesOfFreedom: bad) }
      #expect(throws: GSLError.self) { try Uniform(from: 0, to: bad) }
    }
    #expect(throws: GSLError.self) { try Normal(mean: .nan) }
    #expect(throws: GSLError.self) { try LogNormal(logMean: .infinity, logStandardDeviation: 1) }
    #expect(throws: GSLError.self) { try Gumbel(location: .nan, scale: 1) }
    #expect(throws: GSLError.self) { try Uniform(from: -.infinity, to: 0) }
    #expect(throws: GSLError.self) { try Uniform(from: -1e308, to: 1e308) }
  }
}
