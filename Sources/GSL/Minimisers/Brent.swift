internal import CGSL

/// Minimises a function of one variable on an interval, by Brent's method (`gsl_min_fminimizer_brent`).
///
/// A scan of equal steps finds the lowest region; golden section narrows it until three points enclose a minimum, and
/// Brent's parabolas finish. Where the function falls right up to an end of the interval, the end itself is returned.
/// The result is the lowest point seen: the global minimum, provided that no narrower dip hides between scan points.
///
/// To maximise, return the negative. Positive infinity marks a point as infeasible.
///
/// Verified on quadratic, quartic, cosine and monotone functions, minima at either end and at zero, and plateaus.
///
/// - Parameters:
///   - lower: The start of the interval, finite.
///   - upper: The end of the interval, finite and not below the start.
///   - scanSteps: The steps of the scan, at least 2. More find narrower dips.
///   - tolerance: The point's error, relative to its size (and to 1/1000 of the interval near 0). A double's value hardly
///     changes within 1.5e-8 of a minimum, so less than the default is raised to it.
///   - maximumIterations: A cap on the steps after the scan.
///   - objective: The function. Its errors pass through unchanged.
/// - Throws: `GSLError` for a bad interval or option, or where the objective is NaN, minus infinity, or infeasible at
///   every point tried.
public func minimise(
  from lower: Double, to upper: Double, scanSteps: Int = 16, tolerance: Double = 2e-8, maximumIterations: Int = 200,
  _ objective: (Double) throws -> Double
) throws -> Minimum<Double> {
  let operation = "gsl_min_fminimizer_brent"
  try require(
    lower.isFinite && upper.isFinite && lower <= upper && (upper - lower).isFinite, in: operation,
    "interval from \(lower) to \(upper)")
  try require(
    scanSteps >= 2 && tolerance > 0 && maximumIterations > 0, in: operation,
    "scan steps \(scanSteps), tolerance \(tolerance), maximum iterations \(maximumIterations)")

  var best = (point: lower, value: Double.infinity)
  func evaluate(_ x: Double) throws -> Double {
    let value = try feasible(objective(x), at: x, in: operation)
    if value < best.value { best = (x, value) }
    return value
  }

  let width = upper - lower
  let floor = max(tolerance, 2e-8)
  func isNarrow(_ left: Double, _ right: Double) -> Bool {
    right - left <= 2 * floor * max(min(abs(left), abs(right)), 1e-3 * width)
  }

  let grid = (0...scanSteps).map { step in
    step == scanSteps ? upper : lower + width * (Double(step) / Double(scanSteps))
  }
  let values = try grid.map(evaluate)
  let lowest = values.indices.min { values[$0] < values[$1] } ?? 0
  var left = (point: grid[max(lowest - 1, 0)], value: values[max(lowest - 1, 0)])
  var middle = (point: grid[lowest], value: values[lowest])
  var right = (point: grid[min(lowest + 1, scanSteps)], value: values[min(lowest + 1, scanSteps)])

  var iterations = 0
  func result(_ hasConverged: Bool) throws -> Minimum<Double> {
    guard best.value < .greatestFiniteMagnitude else {
      throw GSLError(Int(GSL_EBADFUNC), in: operation, "infeasible at every point tried")
    }
    return Minimum(point: best.point, value: best.value, iterations: iterations, hasConverged: hasConverged)
  }

  // Brent needs a point below both its neighbours, which a minimum at an end, or a tie, does not give.
  while !(middle.value < left.value && middle.value < right.value) {
    guard !isNarrow(left.point, right.point) else { return try result(true) }
    guard iterations < maximumIterations else { return try result(false) }
    iterations += 1
    if left.value <= middle.value {
      right = middle.point > left.point ? middle : right
    } else {
      left = middle.point < right.point ? middle : left
    }
    let x = left.point + 0.381966 * (right.point - left.point)
    middle = (x, try evaluate(x))
  }

  let solver = try GSLLibrary.allocate(operation) { gsl_min_fminimizer_alloc(cgsl_min_brent()) }
  defer { gsl_min_fminimizer_free(solver) }
  return try Callback.lend(operation, evaluate) { function in
    try GSLLibrary.check(operation) {
      gsl_min_fminimizer_set_with_values(
        solver, function, middle.point, middle.value, left.point, left.value, right.point, right.value)
    }
    while !isNarrow(gsl_min_fminimizer_x_lower(solver), gsl_min_fminimizer_x_upper(solver)) {
      guard iterations < maximumIterations else { return try result(false) }
      iterations += 1
      try GSLLibrary.check(operation) { gsl_min_fminimizer_iterate(solver) }
    }
    return try result(true)
  }
}

/// The value of an objective as the minimisers see it: infeasible points become the largest finite number, which GSL
/// accepts and every other point beats.
func feasible(_ value: Double, at point: some Any, in operation: String) throws -> Double {
  guard !value.isNaN && value > -.infinity else {
    throw GSLError(Int(GSL_EBADFUNC), in: operation, "\(value) at \(point)")
  }
  return min(value, .greatestFiniteMagnitude)
}
