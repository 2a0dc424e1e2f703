internal import CGSL

/// Minimises a smooth function of several variables by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno
/// (`gsl_multimin_fdfminimizer_vector_bfgs2`).
///
/// To maximise, return negatives. Positive infinity marks a point as infeasible and shortens the step; the minimum
/// itself has to lie where the function is smooth. Start near it: from afar a step may land where the function is flat,
/// such as a price that nobody pays, and count as converged there. GSL remembers one step only, so variables of very
/// different influence can take hundreds of line searches.
///
/// Verified on quadratics and Rosenbrock's valley, with and without a gradient, and on values near 1e6.
///
/// - Parameters:
///   - start: The first point, at least one variable, all finite.
///   - firstStep: The length of the first trial step, in the unit of the variables; by default a tenth of the start's
///     length, or 0.1 at the origin.
///   - tolerance: Converged when every partial derivative times its variable (at least 1), relative to the value (at
///     least 1), is at most this.
///   - maximumIterations: A cap on the line searches.
///   - gradient: The partial derivatives; by default central differences, good to about 1e-10 of the value. Its errors
///     pass through unchanged.
///   - objective: The function. Its errors pass through unchanged.
/// - Returns: The last point, which is the lowest. That rounding leaves no downhill step is no error: the minimum then
///   counts as converged if its derivatives are within the square root of the tolerance.
/// - Throws: `GSLError` for a bad start or option, where the objective is NaN or minus infinity or infeasible at the
///   start, or where the gradient is not finite or has the wrong length.
public func minimiseBFGS(
  from start: [Double], firstStep: Double? = nil, tolerance: Double = 1e-8, maximumIterations: Int = 1_000,
  gradient: (([Double]) throws -> [Double])? = nil, _ objective: ([Double]) throws -> Double
) throws -> Minimum<[Double]> {
  let operation = "gsl_multimin_fdfminimizer_vector_bfgs2"
  let startLength = norm(start)
  let firstStep = firstStep ?? (startLength == 0 ? 0.1 : 0.1 * startLength)
  try require(
    !start.isEmpty && start.allSatisfy(\.isFinite) && firstStep > 0 && firstStep.isFinite, in: operation,
    "start \(start), first step \(firstStep)")
  try require(
    tolerance > 0 && maximumIterations > 0, in: operation,
    "tolerance \(tolerance), maximum iterations \(maximumIterations)")

  let solver = try GSLLibrary.allocate(operation) {
    gsl_multimin_fdfminimizer_alloc(cgsl_multimin_vector_bfgs2(), start.count)
  }
  defer { gsl_multimin_fdfminimizer_free(solver) }

  return try withoutActuallyEscaping(objective) { objective in
    let problem = SmoothProblem(operation, objective, gradient)
    return try withExtendedLifetime(problem) {
      var function = problem.function(variables: start.count)
      return try withUnsafeMutablePointer(to: &function) { function in
        func run(_ step: () -> Int32) throws -> Bool {
          let status = Int(GSLLibrary.quietly(step))
          try problem.callback.rethrow()
          guard status == Int(GSL_SUCCESS) || status == Int(GSL_ENOPROG) else {
            throw GSLError(status, in: operation)
          }
          return status == Int(GSL_SUCCESS)
        }
        func begin(at point: [Double], step: Double) throws {
          _ = try run { withVector(point) { gsl_multimin_fdfminimizer_set(solver, function, $0, step, 0.1) } }
        }
        func scaledGradient() -> Double {
          let scale = max(abs(solver.pointee.f), 1)
          return zip(Array(solver.pointee.x), Array(solver.pointee.gradient))
            .reduce(0) { max($0, abs($1.1) * max(abs($1.0), 1) / scale) }
        }
        try begin(at: start, step: firstStep)
        guard solver.pointee.f < .greatestFiniteMagnitude else {
          throw GSLError(Int(GSL_EBADFUNC), in: operation, "infeasible at the start \(start)")
        }
        var iterations = 0
        var valueAtRestart = Double.infinity
        var hasStalled = false
        while scaledGradient() > tolerance && !hasStalled && iterations < maximumIterations {
          iterations += 1
          let before = solver.pointee.f
          let hasMoved = try run { gsl_multimin_fdfminimizer_iterate(solver) } && solver.pointee.f < before
          // A line search can fail for its direction alone: the steepest one gets a chance, unless it just failed too.
          if !hasMoved {
            hasStalled = solver.pointee.f >= valueAtRestart
            valueAtRestart = solver.pointee.f
            try begin(at: Array(solver.pointee.x), step: 1e-3 * firstStep)
          }
        }
        let limit = hasStalled ? tolerance.squareRoot() : tolerance
        return Minimum(
          point: Array(solver.pointee.x), value: solver.pointee.f, iterations: iterations,
          hasConverged: scaledGradient() <= limit)
      }
    }
  }
}

/// An objective and its gradient in the shape that GSL asks for.
private final class SmoothProblem {
  let callback: Callback<[Double]>
  private let gradient: ([Double]) throws -> [Double]

  init(
    _ operation: String, _ objective: @escaping ([Double]) throws -> Double,
    _ gradient: (([Double]) throws -> [Double])?
  ) {
    callback = Callback(operation) { try feasible(objective($0), at: $0, in: operation) }
    let gradient = gradient ?? { try centralDifferences(at: $0, objective) }
    self.gradient = { x in
      let slopes = try gradient(x)
      guard slopes.count == x.count && slopes.allSatisfy(\.isFinite) else {
        throw GSLError(Int(GSL_EBADFUNC), in: operation, "gradient \(slopes) at \(x)")
      }
      return slopes
    }
  }

  func function(variables: Int) -> gsl_multimin_function_fdf {
    gsl_multimin_function_fdf(
      f: { x, problem in
        SmoothProblem.at(problem, x) { problem, x in problem.callback.value(x) } ?? .nan
      },
      df: { x, problem, slopes in
        SmoothProblem.at(problem, x) { problem, x in problem.fill(slopes, at: x) }
      },
      fdf: { x, problem, value, slopes in
        SmoothProblem.at(problem, x) { problem, x in
          value?.pointee = problem.callback.value(x)
          problem.fill(slopes, at: x)
        }
      },
      n: variables, params: Unmanaged.passUnretained(self).toOpaque())
  }

  private static func at<Result>(
    _ problem: UnsafeMutableRawPointer?, _ x: UnsafePointer<gsl_vector>?,
    _ body: (SmoothProblem, [Double]) -> Result
  ) -> Result? {
    guard let problem, let x else { return nil }
    return body(Unmanaged<SmoothProblem>.fromOpaque(problem).takeUnretainedValue(), Array(x))
  }

  private func fill(_ slopes: UnsafeMutablePointer<gsl_vector>?, at x: [Double]) {
    guard let slopes else { return }
    let values = callback.attempt { try gradient(x) }
    for i in 0..<x.count { gsl_vector_set(slopes, i, values?[i] ?? .nan) }
  }
}

/// The gradient by central differences. A step of the cube root of the rounding unit balances the error of the
/// difference, which grows with the square of the step, and the rounding of the values, which falls with it.
private func centralDifferences(at x: [Double], _ objective: ([Double]) throws -> Double) rethrows -> [Double] {
  var point = x
  return try x.indices.map { i in
    let step = 6e-6 * max(abs(x[i]), 1)
    defer { point[i] = x[i] }
    point[i] = x[i] + step
    let (right, above) = (point[i], try objective(point))
    point[i] = x[i] - step
    let (left, below) = (point[i], try objective(point))
    return (above - below) / (right - left)
  }
}
