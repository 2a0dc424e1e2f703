import Foundation

internal import CGSL

/// The distribution of a positive number whose natural logarithm is normal.
///
/// Verified by round trips, by the median exp(logMean), and by sampling.
public struct LogNormal: ContinuousDistribution, Hashable {
  /// The mean of the natural logarithm.
  public let logMean: Double
  /// The standard deviation of the natural logarithm, above 0.
  public let logStandardDeviation: Double

  /// The log-normal with the given mean and standard deviation of its logarithm.
  ///
  /// - Throws: `GSLError` unless the mean is finite and the standard deviation finite and above 0.
  public init(logMean: Double, logStandardDeviation: Double) throws {
    try require(
      logMean.isFinite && logStandardDeviation.isFinite && logStandardDeviation > 0, in: "LogNormal",
      "mean \(logMean), standard deviation \(logStandardDeviation) of the logarithm")
    self.logMean = logMean
    self.logStandardDeviation = logStandardDeviation
  }

  /// The log-normal with the given mean and standard deviation of the variable itself, not of its logarithm.
  ///
  /// - Throws: `GSLError` unless both are finite and above 0.
  public init(mean: Double, standardDeviation: Double) throws {
    try require(
      mean.isFinite && mean > 0 && standardDeviation.isFinite && standardDeviation > 0, in: "LogNormal",
      "mean \(mean), standard deviation \(standardDeviation)")
    let ratio = standardDeviation / mean
    let logVariance = log1p(ratio * ratio)
    try self.init(logMean: log(mean) - logVariance / 2, logStandardDeviation: logVariance.squareRoot())
  }

  /// The mean of the variable, in its unit.
  public var mean: Double { exp(logMean + logStandardDeviation * logStandardDeviation / 2) }

  /// The standard deviation of the variable, in its unit.
  public var standardDeviation: Double { mean * expm1(logStandardDeviation * logStandardDeviation).squareRoot() }

  /// The probability density at a point; 0 where it is not positive.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_lognormal_pdf", at: x) { gsl_ran_lognormal_pdf(x, logMean, logStandardDeviation) }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    // GSL takes the logarithm of whatever comes.
    try Edge.cdf("gsl_cdf_lognormal_P", at: x) {
      x > 0 ? gsl_cdf_lognormal_P(x, logMean, logStandardDeviation) : 0
    }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_lognormal_Q", at: x) {
      x > 0 ? gsl_cdf_lognormal_Q(x, logMean, logStandardDeviation) : 1
    }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_lognormal_Pinv", of: probability) {
      gsl_cdf_lognormal_Pinv(probability, logMean, logStandardDeviation)
    }
  }
}
