internal import CGSL

/// Finds a zero of a continuous function between two points where its signs differ, by Brent's method
/// (`gsl_root_fsolver_brent`).
///
/// The result is good to about 1e-14 of its size where the function's own rounding permits. At a jump of sign it is the
/// place of the jump.
///
/// Verified on cos x - x, on roots at either end, at zero and of order three, and on roots from 1e-9 to 1e6.
///
/// - Parameters:
///   - lower: One end of the bracket, finite.
///   - upper: The other end, finite and above it.
///   - relativeTolerance: The width of the last bracket relative to the root, at least 1e-15.
///   - absoluteTolerance: The width that always suffices. By default only the relative one counts.
///   - maximumIterations: A cap on the steps.
///   - function: The function. Its errors pass through unchanged.
/// - Throws: `GSLError` for a bad bracket or option; where the function has one sign at both ends, with its values; where
///   it is infinite or NaN; and where the cap is reached.
public func findRoot(
  from lower: Double, to upper: Double, relativeTolerance: Double = 1e-14, absoluteTolerance: Double = 0,
  maximumIterations: Int = 500, _ function: (Double) throws -> Double
) throws -> Double {
  let operation = "gsl_root_fsolver_brent"
  try require(
    lower.isFinite && upper.isFinite && lower < upper && (upper - lower).isFinite, in: operation,
    "bracket from \(lower) to \(upper)")
  try require(
    relativeTolerance >= 1e-15 && absoluteTolerance >= 0 && maximumIterations > 0, in: operation,
    "tolerances \(relativeTolerance), \(absoluteTolerance), maximum iterations \(maximumIterations)")

  let (below, above) = (try function(lower), try function(upper))
  if below == 0 { return lower }
  if above == 0 { return upper }
  guard (below < 0 && above > 0) || (below > 0 && above < 0) else {
    throw GSLError(
      Int(GSL_EINVAL), in: operation, "no change of sign: \(below) at \(lower), \(above) at \(upper)")
  }

  let solver = try GSLLibrary.allocate(operation) { gsl_root_fsolver_alloc(cgsl_root_brent()) }
  defer { gsl_root_fsolver_free(solver) }
  // A root at zero has no relative precision; a bracket this narrow is as good as zero.
  let narrow = max(absoluteTolerance, 1e-30 * (upper - lower))
  return try Callback.lend(operation, function) { function in
    try GSLLibrary.check(operation) { gsl_root_fsolver_set(solver, function, lower, upper) }
    for _ in 0..<maximumIterations {
      try GSLLibrary.check(operation) { gsl_root_fsolver_iterate(solver) }
      let left = gsl_root_fsolver_x_lower(solver)
      let right = gsl_root_fsolver_x_upper(solver)
      if right - left <= max(narrow, relativeTolerance * min(abs(left), abs(right))) {
        return gsl_root_fsolver_root(solver)
      }
    }
    throw GSLError(
      Int(GSL_EMAXITER), in: operation,
      "between \(gsl_root_fsolver_x_lower(solver)) and \(gsl_root_fsolver_x_upper(solver))")
  }
}
