internal import CGSL

/// The uniform distribution on an interval. As a distribution of valuations it is linear demand.
///
/// Verified by its closed form, by round trips, and by sampling.
public struct Uniform: ContinuousDistribution, Hashable {
  /// The least value.
  public let lower: Double
  /// The greatest value, above the least.
  public let upper: Double

  /// The uniform distribution between these ends.
  ///
  /// - Throws: `GSLError` unless both ends, and their distance, are finite and `lower` lies below `upper`.
  public init(from lower: Double, to upper: Double) throws {
    try require(
      lower < upper && lower.isFinite && (upper - lower).isFinite, in: "Uniform", "from \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
  }

  /// The middle of the interval.
  public var mean: Double { lower + (upper - lower) / 2 }

  /// The standard deviation: the width over the square root of 12.
  public var standardDeviation: Double { (upper - lower) / 12.0.squareRoot() }

  /// The probability density at a point; 0 outside the interval.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_flat_pdf", at: x) { gsl_ran_flat_pdf(x, lower, upper) }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_flat_P", at: x) { gsl_cdf_flat_P(x, lower, upper) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_flat_Q", at: x) { gsl_cdf_flat_Q(x, lower, upper) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_flat_Pinv", of: probability) { gsl_cdf_flat_Pinv(probability, lower, upper) }
  }
}
