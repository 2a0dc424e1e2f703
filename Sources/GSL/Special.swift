import Foundation

internal import CGSL

/// Special functions that pricing formulas use.
public enum Special {
  /// Lambert's W on its upper branch: the w >= -1 with w e^w = x.
  ///
  /// It gives the optimal price of a seller who faces logit demand. Verified by the identity w e^w = x.
  ///
  /// - Throws: `GSLError` unless x is finite and at least -1/e.
  public static func lambertW0(_ x: Double) throws -> Double {
    try require(x.isFinite, in: "gsl_sf_lambert_W0_e", "x = \(x)")
    return try evaluate("gsl_sf_lambert_W0_e", at: x, gsl_sf_lambert_W0_e)
  }

  /// Lambert's W on its upper branch at e^z: the w > 0 with w + ln w = z, also where e^z is too large for a double.
  ///
  /// Verified by the identity w + ln w = z.
  ///
  /// - Throws: `GSLError` unless z is finite.
  public static func lambertW0(ofExponentialOf z: Double) throws -> Double {
    try require(z.isFinite, in: "lambertW0(ofExponentialOf:)", "z = \(z)")
    guard z > 500 else { return try lambertW0(exp(z)) }
    // Newton's steps on w + ln w - z; from this start two reach rounding, the third is for luck.
    return (0..<3).reduce(z - log(z)) { w, _ in w * ((1 + z - log(w)) / (1 + w)) }
  }

  /// Lambert's W on its lower branch: the w <= -1 with w e^w = x.
  ///
  /// Verified by the identity w e^w = x.
  ///
  /// - Throws: `GSLError` unless -1/e <= x < 0.
  public static func lambertWMinus1(_ x: Double) throws -> Double {
    // For x > 0 GSL answers with the other branch, and for 0 with 0.
    try require(x < 0, in: "gsl_sf_lambert_Wm1_e", "x = \(x)")
    return try evaluate("gsl_sf_lambert_Wm1_e", at: x, gsl_sf_lambert_Wm1_e)
  }

  /// The exponential integral E1(x) of e^(-t)/t from x to infinity, for x > 0.
  ///
  /// Verified against quadrature of the Gumbel demand curve in the tests of `Demand`.
  ///
  /// - Throws: `GSLError` unless x is finite and more than 0.
  public static func exponentialIntegralE1(_ x: Double) throws -> Double {
    try require(x > 0 && x.isFinite, in: "gsl_sf_expint_E1_e", "x = \(x)")
    return try evaluate("gsl_sf_expint_E1_e", at: x, gsl_sf_expint_E1_e)
  }

  /// The error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.
  ///
  /// Verified by published values.
  ///
  /// - Throws: `GSLError` if x is NaN.
  public static func erf(_ x: Double) throws -> Double {
    try require(!x.isNaN, in: "gsl_sf_erf_e", "x = \(x)")
    return x.isInfinite ? (x > 0 ? 1 : -1) : try evaluate("gsl_sf_erf_e", at: x, gsl_sf_erf_e)
  }

  /// The complementary error function 1 - erf(x), with relative precision where it is small.
  ///
  /// Verified by published values.
  ///
  /// - Throws: `GSLError` if x is NaN.
  public static func erfc(_ x: Double) throws -> Double {
    try require(!x.isNaN, in: "gsl_sf_erfc_e", "x = \(x)")
    return x.isInfinite ? (x > 0 ? 0 : 2) : try evaluate("gsl_sf_erfc_e", at: x, gsl_sf_erfc_e)
  }

  /// The logistic function 1 / (1 + e^-x): the share of buyers at a utility of x above the outside option.
  ///
  /// It never overflows and keeps its relative precision for large negative x.
  ///
  /// - Throws: `GSLError` if x is NaN.
  public static func logistic(_ x: Double) throws -> Double {
    try require(!x.isNaN, in: "logistic", "x = \(x)")
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
  }

  /// The log-odds ln(p / (1 - p)), the inverse of ``logistic(_:)``.
  ///
  /// - Throws: `GSLError` unless the probability lies strictly between 0 and 1.
  public static func logit(_ probability: Double) throws -> Double {
    try require(probability > 0 && probability < 1, in: "logit", "probability \(probability)")
    return log(probability) - log1p(-probability)
  }

  /// The logarithm of the gamma function of a positive number.
  ///
  /// Verified by factorials.
  ///
  /// - Throws: `GSLError` unless x is finite and more than 0.
  public static func logGamma(_ x: Double) throws -> Double {
    try require(x > 0 && x.isFinite, in: "gsl_sf_lngamma_e", "x = \(x)")
    return try evaluate("gsl_sf_lngamma_e", at: x, gsl_sf_lngamma_e)
  }

  /// The regularised upper incomplete gamma function Q(a, x), the integral of t^(a - 1) e^(-t) from x to infinity over
  /// that from 0.
  ///
  /// It is the area under a Weibull demand curve. Verified against quadrature in the tests of `Demand`.
  ///
  /// - Throws: `GSLError` unless a is finite and more than 0, and x finite and at least 0.
  public static func upperGammaShare(_ a: Double, _ x: Double) throws -> Double {
    try require(a > 0 && a.isFinite && x >= 0 && x.isFinite, in: "gsl_sf_gamma_inc_Q_e", "a = \(a), x = \(x)")
    return try evaluate("gsl_sf_gamma_inc_Q_e", at: x) { gsl_sf_gamma_inc_Q_e(a, $0, $1) }
  }

  private static func evaluate(
    _ operation: String, at x: Double, _ function: (Double, UnsafeMutablePointer<gsl_sf_result>) -> Int32
  ) throws -> Double {
    var result = gsl_sf_result()
    let status = Int(GSLLibrary.quietly { function(x, &result) })
    // Underflow is no failure: zero is right to within the smallest double.
    guard status == Int(GSL_SUCCESS) || status == Int(GSL_EUNDRFLW), !result.val.isNaN else {
      throw GSLError(status, in: operation, "x = \(x)")
    }
    return result.val
  }
}
