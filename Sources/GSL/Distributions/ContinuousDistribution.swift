internal import CGSL

/// A probability distribution of a real number, such as a valuation in money.
///
/// Arguments may be infinite but not NaN. Lower and upper tails are computed separately, so a small probability keeps
/// its relative precision in both.
public protocol ContinuousDistribution: Sendable {
  /// The probability density at a point.
  ///
  /// - Throws: `GSLError` if the point is NaN.
  func density(_ x: Double) throws -> Double
  /// The probability of a value of at most `x`.
  ///
  /// - Throws: `GSLError` if the point is NaN.
  func cdf(_ x: Double) throws -> Double
  /// The probability of a value above `x`: the share of customers who would pay more than a price.
  ///
  /// - Throws: `GSLError` if the point is NaN.
  func survival(_ x: Double) throws -> Double
  /// The value that a share `probability` of the distribution lies below; an end of the support, maybe infinite, for 0
  /// and 1.
  ///
  /// - Throws: `GSLError` unless the probability lies between 0 and 1.
  func quantile(_ probability: Double) throws -> Double
}

/// GSL's functions with their edges filed down: what they make of infinities and NaN differs from one to the next, and
/// `gsl_cdf_tdist_P` of minus infinity is 1.
enum Edge {
  static func density(_ operation: String, at x: Double, _ body: () -> Double) throws -> Double {
    try require(!x.isNaN, in: operation, "x = \(x)")
    return x.isInfinite ? 0 : try GSLLibrary.value(operation, "x = \(x)", body)
  }

  static func cdf(_ operation: String, at x: Double, _ body: () -> Double) throws -> Double {
    try require(!x.isNaN, in: operation, "x = \(x)")
    return x.isInfinite ? (x > 0 ? 1 : 0) : try GSLLibrary.value(operation, "x = \(x)", body)
  }

  static func survival(_ operation: String, at x: Double, _ body: () -> Double) throws -> Double {
    try require(!x.isNaN, in: operation, "x = \(x)")
    return x.isInfinite ? (x > 0 ? 0 : 1) : try GSLLibrary.value(operation, "x = \(x)", body)
  }

  static func quantile(_ operation: String, of probability: Double, _ body: () -> Double) throws -> Double {
    try require(probability >= 0 && probability <= 1, in: operation, "probability \(probability)")
    return try GSLLibrary.value(operation, "probability \(probability)", body)
  }
}
