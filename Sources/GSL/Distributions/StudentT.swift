internal import CGSL

/// Student's t distribution, for intervals and tests on a mean with an estimated standard deviation.
///
/// Precision: 1e-14 relative up to 30 degrees of freedom; above, GSL expands around the normal, and 8 standard
/// deviations out the relative error reaches 3e-10. Quantiles keep 1e-12 between 1e-4 and 1 - 1e-4 and lose some digits
/// further out (1e-5 relative for the Cauchy at a probability of 1e-12). Verified by published quantiles, by the closed
/// forms for 1 and 2 degrees of freedom, and by round trips.
public struct StudentT: ContinuousDistribution, Hashable {
  /// The degrees of freedom, above 0; not necessarily whole.
  public let degreesOfFreedom: Double

  /// The t distribution with these degrees of freedom.
  ///
  /// - Throws: `GSLError` unless the degrees of freedom are finite and above 0.
  public init(degreesOfFreedom: Double) throws {
    try require(
      degreesOfFreedom.isFinite && degreesOfFreedom > 0, in: "StudentT", "degrees of freedom \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability density at a point.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_tdist_pdf", at: x) { gsl_ran_tdist_pdf(x, degreesOfFreedom) }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_tdist_P", at: x) { gsl_cdf_tdist_P(x, degreesOfFreedom) }
  }

  /// The probability of a value above `x`: the one-sided p-value of a t statistic.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_tdist_Q", at: x) { gsl_cdf_tdist_Q(x, degreesOfFreedom) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_tdist_Pinv", of: probability) { gsl_cdf_tdist_Pinv(probability, degreesOfFreedom) }
  }
}
