import Foundation

/// The negative binomial distribution as a Poisson whose rate itself varies: customers who come independently of each
/// other at a rate that is gamma distributed, with a standard deviation of `spread` times its mean.
///
/// Its variance is mean + (spread x mean)^2: the NB2 form of count regression, whose dispersion is spread^2 and whose
/// size is 1 / spread^2. Tails are regularised incomplete beta functions, by a continued fraction with the mass as
/// prefactor, so that even a hundred million customers take some hundred steps. Probabilities are good to a relative
/// 1e-13 for means up to 1e8. Verified by high-precision values, by the cumulated mass, by the mixture that
/// defines it, and by sampling (`NegativeBinomialTests`).
public struct NegativeBinomial: CountDistribution, Hashable {
  /// The largest mean accepted, 1e9.
  public static let largestMean = 1e9
  /// Spreads that are accepted; below, the distribution is a Poisson to all digits that matter.
  public static let spreads = 1e-6...10.0

  /// The expected count.
  public let mean: Double
  /// The standard deviation of the rate as a share of its mean.
  public let spread: Double
  /// The size, 1 / spread^2: the shape of the gamma distribution of the rate.
  private let size: Double

  /// The negative binomial distribution with this mean, at a rate with this spread.
  ///
  /// - Throws: `GSLError` unless the mean lies between 0 and ``largestMean`` and the spread in ``spreads``.
  public init(mean: Double, spread: Double) throws {
    try require(
      mean >= 0 && mean <= Self.largestMean && Self.spreads.contains(spread), in: "NegativeBinomial",
      "mean \(mean), spread \(spread)")
    self.mean = mean
    self.spread = spread
    size = 1 / (spread * spread)
  }

  /// The variance of the count.
  public var variance: Double { mean + mean * mean * spread * spread }

  /// The probability of exactly this count: Gamma(count + size) / (Gamma(size) count!) p^size (1 - p)^count, where
  /// p = size / (size + mean).
  public func probability(_ count: Int) throws -> Double {
    guard count >= 0 else { return 0 }
    guard count > 0 else { return exp(-size * log1p(mean / size)) }
    guard mean > 0 else { return 0 }
    let x = Double(count)
    // The deviations of both cells from what is expected of count + size trials, written so that nothing cancels.
    let shift = (x - mean) / (size + mean)
    let ratio = (size + x) / (size + mean)
    let exponent =
      try CountMass.logRatio(size, excess: shift, ratio: ratio)
      + CountMass.logRatio(x, excess: -shift * (size / x), ratio: ratio * (mean / x))
    let stirling = try CountMass.stirling(x + size) / (CountMass.stirling(size) * CountMass.stirling(x))
    return exp(exponent) * stirling * (size / (2 * .pi * x * (x + size))).squareRoot()
  }

  /// The probability of at most this count.
  public func cdf(_ count: Int) throws -> Double {
    guard count >= 0 else { return 0 }
    return Double(count) < mean ? try lowerTail(count) : try 1 - upperTail(count)
  }

  /// The probability of more than this count.
  public func survival(_ count: Int) throws -> Double {
    guard count >= 0 else { return 1 }
    return Double(count) < mean ? try 1 - lowerTail(count) : try upperTail(count)
  }

  /// The least count whose ``cdf(_:)`` reaches the probability.
  ///
  /// - Throws: `GSLError` unless the probability is at least 0 and below 1.
  public func quantile(_ probability: Double) throws -> Int {
    try require(probability >= 0 && probability < 1, in: "NegativeBinomial.quantile", "probability \(probability)")
    guard probability > 0, mean > 0 else { return 0 }
    let z = try Normal().quantile(probability)
    let guess: Double
    if size < 10 {
      // Wilson and Hilferty's cube root for the gamma distribution of the rate.
      guess = mean * pow(max(0, 1 - 1 / (9 * size) + z / (3 * size.squareRoot())), 3)
    } else {
      // The first terms of the Cornish-Fisher expansion.
      guess = mean + z * variance.squareRoot() + (1 + 2 * mean / size) * (z * z - 1) / 6
    }
    return try quantile(probability, in: 0...Int.max, from: max(0, guess))
  }

  /// P(K <= count), for a count below the mean: the incomplete beta function of p at (size, count + 1).
  private func lowerTail(_ count: Int) throws -> Double {
    let x = Double(count)
    let (p, rest) = (size / (size + mean), mean / (size + mean))
    let lead = p * (mean - x - 1)
    return try probability(count) * rest * (size + x) / Self.fraction(p, rest: rest, size, x + 1, lead: lead)
  }

  /// P(K > count), for a count not below the mean: the incomplete beta function of 1 - p at (count + 1, size).
  private func upperTail(_ count: Int) throws -> Double {
    guard mean > 0, count < Int.max else { return 0 }
    let x = Double(count) + 1
    let (p, rest) = (size / (size + mean), mean / (size + mean))
    return try probability(count + 1) * x / Self.fraction(rest, rest: p, x, size, lead: p * (x - mean))
  }

  /// The continued fraction of the incomplete beta function of `x` at (a, b), of which x^a (1 - x)^b / B(a, b) is the
  /// numerator: DiDonato & Morris (1992), ACM TOMS 18, equation 9, by the modified Lentz method.
  ///
  /// - Parameters:
  ///   - rest: 1 - x, to all its digits.
  ///   - lead: a (1 - x) - b x, to all its digits; not negative, or by little.
  private static func fraction(_ x: Double, rest: Double, _ a: Double, _ b: Double, lead: Double) throws -> Double {
    let tiny = 1e-300
    var value = a * (lead + 1) / (a + 1)
    if abs(value) < tiny { value = tiny }
    var c = value
    var d = 0.0
    var n = 1.0
    while n < 1e7 {
      let odd = a + 2 * n - 1
      let numerator = (a + n - 1) / odd * ((a + b + n - 1) / odd) * n * (b - n) * x * x
      let denominator = n + n * (b - n) * x / odd + (a + n) * (lead + 1 + n * (1 + rest)) / (odd + 2)
      d = denominator + numerator * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = denominator + numerator / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) <= 4e-16 { return value }
      n += 1
    }
    throw GSLError(11, in: "NegativeBinomial", "x = \(x), a = \(a), b = \(b)")
  }
}
