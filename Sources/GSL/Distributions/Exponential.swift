internal import CGSL

/// The exponential distribution on the positive numbers. As a distribution of valuations it is exponential demand.
///
/// Verified by its closed form, by round trips, and by sampling.
public struct Exponential: ContinuousDistribution, Hashable {
  /// The mean, which is also the standard deviation, above 0.
  public let mean: Double

  /// The exponential distribution with this mean.
  ///
  /// - Throws: `GSLError` unless the mean is finite and above 0.
  public init(mean: Double) throws {
    try require(mean.isFinite && mean > 0, in: "Exponential", "mean \(mean)")
    self.mean = mean
  }

  /// The probability density at a point; 0 below 0.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_exponential_pdf", at: x) { gsl_ran_exponential_pdf(x, mean) }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_exponential_P", at: x) { gsl_cdf_exponential_P(x, mean) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_exponential_Q", at: x) { gsl_cdf_exponential_Q(x, mean) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_exponential_Pinv", of: probability) { gsl_cdf_exponential_Pinv(probability, mean) }
  }
}
