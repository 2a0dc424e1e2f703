import Foundation

internal import CGSL

/// The beta distribution on the unit interval, with density proportional to x^(alpha - 1) (1 - x)^(beta - 1).
///
/// Verified by round trips, against the uniform and the power distributions (one parameter 1), and by reference values.
public struct Beta: ContinuousDistribution, Hashable {
  /// The shape at 0, above 0.
  public let alpha: Double
  /// The shape at 1, above 0.
  public let beta: Double

  /// The beta distribution with these shapes.
  ///
  /// - Throws: `GSLError` unless both are finite and above 0.
  public init(alpha: Double, beta: Double) throws {
    try require(
      alpha.isFinite && alpha > 0 && beta.isFinite && beta > 0, in: "Beta", "alpha \(alpha), beta \(beta)")
    self.alpha = alpha
    self.beta = beta
  }

  /// The mean: alpha / (alpha + beta).
  public var mean: Double { alpha / (alpha + beta) }

  /// The variance.
  public var variance: Double {
    let total = alpha + beta
    return (alpha / total) * (beta / total) / (total + 1)
  }

  /// The probability density at a point; 0 outside of the unit interval, infinite at an end whose shape is below 1.
  public func density(_ x: Double) throws -> Double {
    try Edge.density("gsl_ran_beta_pdf", at: x) {
      if x == 0 && alpha < 1 || x == 1 && beta < 1 { return .infinity }
      return gsl_ran_beta_pdf(x, alpha, beta)
    }
  }

  /// The probability of a value of at most `x`.
  public func cdf(_ x: Double) throws -> Double {
    try Edge.cdf("gsl_cdf_beta_P", at: x) { gsl_cdf_beta_P(x, alpha, beta) }
  }

  /// The probability of a value above `x`.
  public func survival(_ x: Double) throws -> Double {
    try Edge.survival("gsl_cdf_beta_Q", at: x) { gsl_cdf_beta_Q(x, alpha, beta) }
  }

  /// The value that a share `probability` lies below.
  public func quantile(_ probability: Double) throws -> Double {
    try require(probability >= 0 && probability <= 1, in: "Beta.quantile", "probability \(probability)")
    if probability == 0 || probability == 1 { return probability }
    return try Special.logistic(logOdds(below: probability, above: 1 - probability))
  }

  /// The log-odds ln(x / (1 - x)) of the quantile with a share of `below` under it and of `above` over it: both are
  /// asked for, and log-odds given, so that neither end loses precision.
  ///
  /// The log-odds of a beta variable have a log-concave density, and with it log-concave tails; Newton's method on the
  /// logarithm of the smaller tail therefore runs to the root from one side, without a bracket.
  ///
  /// - Throws: `GSLError` unless both shares are above 0 and at most 1 (which a share close to 1 may round to).
  public func logOdds(below: Double, above: Double) throws -> Double {
    try require(
      below > 0 && below <= 1 && above > 0 && above <= 1, in: "Beta.logOdds", "shares \(below) and \(above)")
    guard below <= above else { return try -Beta(alpha: beta, beta: alpha).logOdds(below: above, above: below) }
    func tail(_ odds: Double) throws -> Double {
      let x = try Special.logistic(odds)
      return try GSLLibrary.value("gsl_cdf_beta_P", "x = \(x)") { gsl_cdf_beta_P(x, alpha, beta) }
    }
    var point = log(alpha / beta)
    var stride = 0.25
    // Beyond, x is below the smallest double.
    while point > -700, try tail(point) > below {
      point -= stride
      stride *= 2
    }
    point = max(point, -700)
    let logBeta = try Special.logGamma(alpha) + Special.logGamma(beta) - Special.logGamma(alpha + beta)
    for _ in 0..<200 {
      let probability = try tail(point)
      guard probability > 0 else { return point }
      let logX = point < 0 ? point - log1p(exp(point)) : -log1p(exp(-point))
      let slope = exp(alpha * logX + beta * (logX - point) - logBeta) / probability
      let step = log(below / probability) / slope
      guard step.isFinite, abs(step) > 1e-16 * max(1, abs(point)) else { return point }
      point += step
      if abs(step) < 1e-9 * min(1, 1 / (alpha + beta).squareRoot()) { return point }
    }
    return point
  }
}
