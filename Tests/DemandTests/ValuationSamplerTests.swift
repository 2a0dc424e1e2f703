import Demand
import Foundation
import GSL
import Testing

/// Quantiles without a closed form: against references, and the tables against the distribution functions they invert.
@Suite struct ValuationSamplerTests {
  /// Valuation, probability, quantile by bisection in mpmath at 40 digits.
  static let references: [(Valuation, Double, Double)] = [
    (.gamma(shape: 0.1, scale: 1), 1e-12, 6.073048362407883e-121),
    (.gamma(shape: 0.1, scale: 1), 0.001, 6.073048362407883e-31),
    (.gamma(shape: 0.1, scale: 1), 0.3, 3.5860860184109462e-06),
    (.gamma(shape: 0.1, scale: 1), 0.9, 0.26615455373883773),
    (.gamma(shape: 0.1, scale: 1), 0.999999, 9.457027060483886),
    (.gamma(shape: 0.5, scale: 1), 1e-12, 7.853981633974483e-25),
    (.gamma(shape: 0.5, scale: 1), 0.001, 7.853985746312449e-07),
    (.gamma(shape: 0.5, scale: 1), 0.3, 0.07423593091627273),
    (.gamma(shape: 0.5, scale: 1), 0.9, 1.3527717270477073),
    (.gamma(shape: 0.5, scale: 1), 0.999999, 11.964063488467415),
    (.gamma(shape: 2.5, scale: 1), 1e-12, 2.562321748415268e-05),
    (.gamma(shape: 2.5, scale: 1), 0.001, 0.10510630131460959),
    (.gamma(shape: 2.5, scale: 1), 0.3, 1.499954066379953),
    (.gamma(shape: 2.5, scale: 1), 0.9, 4.618178449890559),
    (.gamma(shape: 2.5, scale: 1), 0.999999, 17.944093439836436),
    (.gamma(shape: 1000.0, scale: 1), 1e-12, 793.4392266170769),
    (.gamma(shape: 1000.0, scale: 1), 0.001, 905.1207909349766),
    (.gamma(shape: 1000.0, scale: 1), 0.3, 983.1784467578987),
    (.gamma(shape: 1000.0, scale: 1), 0.9, 1040.73430801369),
    (.gamma(shape: 1000.0, scale: 1), 0.999999, 1157.5779110089263),
    (.beta(alpha: 0.1, beta: 0.3, low: 0, high: 1), 1e-9, 1.2091193268591452e-89),
    (.beta(alpha: 0.1, beta: 0.3, low: 0, high: 1), 0.01, 1.2091193268591452e-19),
    (.beta(alpha: 0.1, beta: 0.3, low: 0, high: 1), 0.5, 0.011719644944097708),
    (.beta(alpha: 0.1, beta: 0.3, low: 0, high: 1), 0.99, 0.9999807445008723),
    (.beta(alpha: 0.1, beta: 0.3, low: 0, high: 1), 0.999999, 1.0),
    (.beta(alpha: 2.0, beta: 3.0, low: 0, high: 1), 1e-9, 1.2910055600322022e-05),
    (.beta(alpha: 2.0, beta: 3.0, low: 0, high: 1), 0.01, 0.04199863562170071),
    (.beta(alpha: 2.0, beta: 3.0, low: 0, high: 1), 0.5, 0.38572756813238956),
    (.beta(alpha: 2.0, beta: 3.0, low: 0, high: 1), 0.99, 0.8591324573054541),
    (.beta(alpha: 2.0, beta: 3.0, low: 0, high: 1), 0.999999, 0.993690426329855),
    (.beta(alpha: 300.0, beta: 500.0, low: 0, high: 1), 1e-9, 0.27702280903542176),
    (.beta(alpha: 300.0, beta: 500.0, low: 0, high: 1), 0.01, 0.33569619064880085),
    (.beta(alpha: 300.0, beta: 500.0, low: 0, high: 1), 0.5, 0.37489578333571016),
    (.beta(alpha: 300.0, beta: 500.0, low: 0, high: 1), 0.99, 0.4152223640006424),
    (.beta(alpha: 300.0, beta: 500.0, low: 0, high: 1), 0.999999, 0.45805981729507417),
    (.beta(alpha: 0.7, beta: 6.0, low: 0, high: 1), 1e-9, 2.0701013284006173e-14),
    (.beta(alpha: 0.7, beta: 6.0, low: 0, high: 1), 0.01, 0.00020713628086956056),
    (.beta(alpha: 0.7, beta: 6.0, low: 0, high: 1), 0.5, 0.06722542412753287),
    (.beta(alpha: 0.7, beta: 6.0, low: 0, high: 1), 0.99, 0.4837610929159307),
    (.beta(alpha: 0.7, beta: 6.0, low: 0, high: 1), 0.999999, 0.8860260584883346),
  ]

  /// A probability near 1 is itself rounded, hence the absolute part; else GSL's distribution functions set the limit.
  @Test func quantilesMatchReferences() throws {
    var largest = 0.0
    for (valuation, probability, quantile) in Self.references {
      let found = try valuation.quantile(probability)
      #expect(isClose(found, quantile, relative: 3e-11), "\(valuation.words): \(probability)")
      largest = max(largest, abs(found / quantile - 1))
    }
    print("largest relative error of a quantile: \(largest)")
  }

  static let tabulated: [Valuation] = [
    .gamma(shape: 0.1, scale: 3), .gamma(shape: 0.7, scale: 1), .gamma(shape: 1, scale: 1), .gamma(shape: 6, scale: 2),
    .gamma(shape: 120, scale: 0.1), .gamma(shape: 1000, scale: 1), .beta(alpha: 0.1, beta: 0.1, low: 0, high: 1),
    .beta(alpha: 0.5, beta: 4, low: 0, high: 1), .beta(alpha: 1, beta: 1, low: 0, high: 1),
    .beta(alpha: 2, beta: 3, low: 0, high: 40), .beta(alpha: 40, beta: 0.3, low: 0, high: 1),
    .beta(alpha: 1000, beta: 700, low: 0, high: 1),
  ]

  /// Both tails, at scores that fall anywhere in a cell: the distribution function of the tabulated value is the
  /// probability of the score. Values that round to an end of their range are left out: no double lies closer.
  @Test(arguments: tabulated)
  func tablesInvertTheDistribution(_ valuation: Valuation) throws {
    let sampler = try ValuationSampler(valuation, isCorrelated: true)
    var random = SplitMix(state: 5)
    var largest = 0.0
    for _ in 0..<4000 {
      let score = Double.random(in: -8.2...8.2, using: &random)
      let value = try sampler.value(score: score)
      let tail = 0.5 * erfc(abs(score) / 2.0.squareRoot())
      let found: Double
      switch valuation {
      case .gamma(let shape, let scale):
        let gamma = try Gamma(shape: shape, scale: scale)
        found = try score < 0 ? gamma.cdf(value) : gamma.survival(value)
      case .beta(let alpha, let beta, let low, let high):
        let place = (value - low) / (high - low)
        if place > 0.999 { continue }
        let distribution = try Beta(alpha: alpha, beta: beta)
        found = try score < 0 ? distribution.cdf(place) : distribution.survival(place)
      default: continue
      }
      largest = max(largest, abs(found / tail - 1))
    }
    // The rounding of the value itself, times the slope of the logarithm of the tail, up to 1000 x 8.
    #expect(largest < 1e-10)
    print("\(valuation.words): largest relative error of a tail \(largest)")
  }

  /// With a shape of 1 the tables must give what formulas give.
  @Test func tablesMatchClosedForms() throws {
    let gamma = try ValuationSampler(.gamma(shape: 1, scale: 3), isCorrelated: true)
    let power = try ValuationSampler(.beta(alpha: 2.5, beta: 1, low: 0, high: 1), isCorrelated: true)
    for step in -82...82 {
      let score = 0.1 * Double(step) + 0.013
      let (below, above) = (0.5 * erfc(-score / 2.0.squareRoot()), 0.5 * erfc(score / 2.0.squareRoot()))
      let exponential = -3 * (score < 0 ? log1p(-below) : log(above))
      #expect(isClose(try gamma.value(score: score), exponential, relative: 1e-13))
      #expect(isClose(try power.value(score: score), pow(below, 0.4), relative: 1e-13))
    }
  }

  /// Closed forms by both tails against quantiles by one.
  @Test(arguments: everySpreadKind)
  func scoresAndQuantilesAgree(_ valuation: Valuation) throws {
    let sampler = try ValuationSampler(valuation, isCorrelated: true)
    for probability in [1e-9, 1e-4, 0.03, 0.4, 0.5, 0.77, 0.999, 1 - 1e-6] {
      let score = try Normal().quantile(probability)
      #expect(
        isClose(try sampler.value(score: score), try valuation.quantile(probability), relative: 1e-9, absolute: 1e-12),
        "\(probability)")
    }
  }
}
