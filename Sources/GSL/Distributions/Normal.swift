internal import CGSL

/// The normal distribution.
///
/// Verified by published quantiles, by round trips from 1e-12 to 1 - 1e-12, and by sampling.
public struct Normal: ContinuousDistribution, Hashable {
  /// The mean, in the unit of the variable.
  public let mean: Double
  /// The standard deviation, in the unit of the variable, above 0.
  public let standardDeviation: Double

  /// The normal distribution with this mean and standard deviation.
  ///
  /// - Throws: `GSLError` unless the mean is finite and the standard deviation finite and above 0.
  public init(mean: Double = 0, standardDeviation: Double = 1) throws {
    try require(
      mean.isFinite && standardDeviation.isFinite && standardDeviation > 0, in: "Normal",
      "mean \(mean), standard deviation \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The probability density at a point.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_gaussian_pdf", at: x) { gsl_ran_gaussian_pdf(x - mean, standardDeviation) }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_gaussian_P", at: x) { gsl_cdf_gaussian_P(x - mean, standardDeviation) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_gaussian_Q", at: x) { gsl_cdf_gaussian_Q(x - mean, standardDeviation) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_gaussian_Pinv", of: probability) {
      mean + gsl_cdf_gaussian_Pinv(probability, standardDeviation)
    }
  }
}
