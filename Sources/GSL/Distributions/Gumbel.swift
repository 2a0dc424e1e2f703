internal import CGSL

/// The Gumbel distribution for maxima, F(x) = exp(-exp(-(x - location) / scale)): the taste noise of logit demand.
///
/// Verified by its closed form, by round trips at locations where GSL's own parameters overflow, and by sampling.
public struct Gumbel: ContinuousDistribution, Hashable {
  /// The mode, in the unit of the variable. The mean lies 0.5772 scales above it.
  public let location: Double
  /// The scale, in the unit of the variable, above 0. The standard deviation is 1.2825 scales.
  public let scale: Double

  /// The Gumbel distribution with this location and scale.
  ///
  /// - Throws: `GSLError` unless the location is finite and the scale finite and above 0.
  public init(location: Double = 0, scale: Double = 1) throws {
    try require(
      location.isFinite && scale.isFinite && scale > 0, in: "Gumbel", "location \(location), scale \(scale)")
    self.location = location
    self.scale = scale
  }

  /// The mean: location + 0.5772 (Euler's constant) scales.
  public var mean: Double { location + 0.577_215_664_901_532_9 * scale }

  /// The standard deviation: pi over the square root of 6 scales.
  public var standardDeviation: Double { .pi / 6.0.squareRoot() * scale }

  /// The probability density at a point.
  public func density(_ x: Double) throws -> Double {
    let z = standardised(x)
    return try Edge.density("gsl_ran_gumbel1_pdf", at: z) { gsl_ran_gumbel1_pdf(z, 1, 1) / scale }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    let z = standardised(x)
    return try Edge.cdf("gsl_cdf_gumbel1_P", at: z) { gsl_cdf_gumbel1_P(z, 1, 1) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    let z = standardised(x)
    return try Edge.survival("gsl_cdf_gumbel1_Q", at: z) { gsl_cdf_gumbel1_Q(z, 1, 1) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try Edge.quantile("gsl_cdf_gumbel1_Pinv", of: probability) {
      location + scale * gsl_cdf_gumbel1_Pinv(probability, 1, 1)
    }
  }

  /// GSL's parameters are a = 1/scale and b = exp(location/scale), which overflows: shift and stretch here instead.
  private func standardised(_ x: Double) -> Double {
    (x - location) / scale
  }
}
