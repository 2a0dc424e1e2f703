import Foundation

internal import CGSL

/// The gamma distribution of a positive number, with density proportional to x^(shape - 1) e^(-x/scale).
///
/// Verified by round trips, against the exponential (shape 1) and Erlang's closed form, and by reference values.
public struct Gamma: ContinuousDistribution, Hashable {
  /// The shape k, above 0; 1 is the exponential distribution.
  public let shape: Double
  /// The scale, in the unit of the variable, above 0.
  public let scale: Double

  /// The gamma distribution with this shape and scale.
  ///
  /// - Throws: `GSLError` unless both are finite and above 0.
  public init(shape: Double, scale: Double = 1) throws {
    try require(
      shape.isFinite && shape > 0 && scale.isFinite && scale > 0, in: "Gamma", "shape \(shape), scale \(scale)")
    self.shape = shape
    self.scale = scale
  }

  /// The mean: shape times scale.
  public var mean: Double { shape * scale }

  /// The standard deviation: scale times the square root of the shape.
  public var standardDeviation: Double { scale * shape.squareRoot() }

  /// The probability density at a point; 0 below 0, and infinite at 0 itself where the shape is below 1.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_gamma_pdf", at: x) {
      if x == 0 && shape < 1 { return .infinity }
      return gsl_ran_gamma_pdf(x, shape, scale)
    }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_gamma_P", at: x) { gsl_cdf_gamma_P(x, shape, scale) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_gamma_Q", at: x) { gsl_cdf_gamma_Q(x, shape, scale) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try require(probability >= 0 && probability <= 1, in: "Gamma.quantile", "probability \(probability)")
    if probability == 0 { return 0 }
    if probability == 1 { return .infinity }
    return scale * exp(try logQuantile(below: probability, above: 1 - probability))
  }

  /// The logarithm of the quantile in units of the scale, for a share of `below` under it and of `above` over it: both
  /// are asked for so that neither tail loses precision.
  ///
  /// The logarithm of a gamma variable has a log-concave density, and with it log-concave tails; Newton's method on the
  /// logarithm of the smaller tail therefore runs to the root from one side, without a bracket.
  ///
  /// - Throws: `GSLError` unless both shares are above 0 and at most 1 (which a share close to 1 may round to).
  public func logQuantile(below: Double, above: Double) throws -> Double {
    try require(
      below > 0 && below <= 1 && above > 0 && above <= 1, in: "Gamma.logQuantile", "shares \(below) and \(above)")
    let logGamma = try Special.logGamma(shape)
    /// Steps towards the point where a tail has its share; a concave function's tangent never falls short.
    func newton(from start: Double, target: Double, sign: Double, _ tail: (Double) -> Double) throws -> Double {
      var point = start
      for _ in 0..<200 {
        let x = exp(point)
        let probability = try GSLLibrary.value("gsl_cdf_gamma", "x = \(x)") { tail(x) }
        guard probability > 0 else { return point }
        let slope = exp(shape * point - x - logGamma) / probability
        let step = sign * log(target / probability) / slope
        guard step.isFinite, abs(step) > 1e-16 * max(1, abs(point)) else { return point }
        point += step
        if abs(step) < 1e-9 * min(1, 1 / shape.squareRoot()) { return point }
      }
      return point
    }
    guard below > above else {
      // e^(-t) <= 1 bounds the lower tail by x^k / Gamma(k + 1), and so the quantile from below.
      let bound = try (log(below) + Special.logGamma(shape + 1)) / shape
      return try newton(from: bound, target: below, sign: 1) { gsl_cdf_gamma_P($0, shape, 1) }
    }
    var start = log(max(shape, 1))
    var stride = 0.25
    while try GSLLibrary.value("gsl_cdf_gamma_Q", "", { gsl_cdf_gamma_Q(exp(start), shape, 1) }) > above {
      start += stride
      stride *= 1.5
    }
    return try newton(from: start, target: above, sign: -1) { gsl_cdf_gamma_Q($0, shape, 1) }
  }
}
