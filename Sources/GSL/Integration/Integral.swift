internal import CGSL

/// The value of an integral and an estimate of its error.
public struct Integral: Sendable, Hashable {
  /// The integral.
  public let value: Double
  /// GSL's estimate of the absolute error, usually far above the true one.
  public let absoluteError: Double
}

/// Integrates a function of one variable by adaptive Gauss-Kronrod quadrature (`gsl_integration_qags`, `_qagp`, and
/// `_qagi` and its relatives for infinite ends).
///
/// Ends may be infinite, and in falling order, which changes the sign. Kinks and jumps cost many evaluations unless they
/// are named as breakpoints.
///
/// Verified on polynomials, an integrable singularity, kinks and jumps, and the normal density on infinite ranges.
///
/// - Parameters:
///   - lower: The start of the range.
///   - upper: The end of the range.
///   - breakpoints: Where the function or its slope jumps, in any order; those outside the range are ignored.
///   - absoluteTolerance: An error estimate that suffices.
///   - relativeTolerance: An error estimate, relative to the integral, that suffices; at least 1e-14.
///   - integrand: The function. Its errors pass through unchanged.
/// - Throws: `GSLError` for NaN in the arguments, from the function, or where the tolerances are not reached: the error
///   then says how far it came.
public func integrate(
  from lower: Double, to upper: Double, breakpoints: [Double] = [], absoluteTolerance: Double = 1e-12,
  relativeTolerance: Double = 1e-9, _ integrand: (Double) throws -> Double
) throws -> Integral {
  try require(
    !lower.isNaN && !upper.isNaN && breakpoints.allSatisfy { !$0.isNaN }, in: "gsl_integration",
    "from \(lower) to \(upper), breakpoints \(breakpoints)")
  try require(
    absoluteTolerance >= 0 && relativeTolerance >= 1e-14, in: "gsl_integration",
    "tolerances \(absoluteTolerance), \(relativeTolerance)")
  guard lower != upper else { return Integral(value: 0, absoluteError: 0) }
  guard lower < upper else {
    let reversed = try integrate(
      from: upper, to: lower, breakpoints: breakpoints, absoluteTolerance: absoluteTolerance,
      relativeTolerance: relativeTolerance, integrand)
    return Integral(value: -reversed.value, absoluteError: reversed.absoluteError)
  }

  let inner = Set(breakpoints).filter { lower < $0 && $0 < upper }.sorted()
  let intervals = 1_000
  let workspace = try GSLLibrary.allocate("gsl_integration_workspace_alloc") {
    gsl_integration_workspace_alloc(intervals)
  }
  defer { gsl_integration_workspace_free(workspace) }

  return try Callback.lend("gsl_integration", integrand) { function in
    var total = (value: 0.0, error: 0.0)
    /// Adds one stretch of the range; each of up to three may err by its share.
    func add(
      _ operation: String,
      _ quadrature: (Double, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Int32
    ) throws {
      var (value, error) = (0.0, 0.0)
      let status = Int(GSLLibrary.quietly { quadrature(absoluteTolerance / 3, &value, &error) })
      guard status == Int(GSL_SUCCESS) && value.isFinite else {
        throw GSLError(
          status == Int(GSL_SUCCESS) ? Int(GSL_EDOM) : status, in: operation,
          "from \(lower) to \(upper): reached \(value) with error \(error)")
      }
      total = (total.value + value, total.error + error)
    }

    var points = [lower] + inner + [upper]
    if inner.isEmpty && lower.isInfinite && upper.isInfinite {
      try add("gsl_integration_qagi") {
        gsl_integration_qagi(function, $0, relativeTolerance, intervals, workspace, $1, $2)
      }
      return Integral(value: total.value, absoluteError: total.error)
    }
    if lower.isInfinite {
      points.removeFirst()
      let end = points[0]
      try add("gsl_integration_qagil") {
        gsl_integration_qagil(function, end, $0, relativeTolerance, intervals, workspace, $1, $2)
      }
    }
    if upper.isInfinite {
      points.removeLast()
      let start = points[points.count - 1]
      try add("gsl_integration_qagiu") {
        gsl_integration_qagiu(function, start, $0, relativeTolerance, intervals, workspace, $1, $2)
      }
    }
    if points.count == 2 {
      try add("gsl_integration_qags") {
        gsl_integration_qags(function, points[0], points[1], $0, relativeTolerance, intervals, workspace, $1, $2)
      }
    } else if points.count > 2 {
      try add("gsl_integration_qagp") {
        gsl_integration_qagp(function, &points, points.count, $0, relativeTolerance, intervals, workspace, $1, $2)
      }
    }
    return Integral(value: total.value, absoluteError: total.error)
  }
}
