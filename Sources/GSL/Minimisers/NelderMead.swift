internal import CGSL

/// Minimises a function of several variables without derivatives, by the simplex method of Nelder and Mead
/// (`gsl_multimin_fminimizer_nmsimplex2`).
///
/// It suits few variables (up to about five) and functions with kinks. It can stop short of a minimum, or where the
/// function is flat, such as at a price that nobody pays; where that matters start it again from its result, or from
/// elsewhere. To maximise, return the negative. Positive infinity marks a point as infeasible, which serves for bounds.
///
/// Verified on quadratics, Rosenbrock's valley, and a quadratic whose minimum lies on a bound.
///
/// - Parameters:
///   - start: The first corner of the simplex, at least one variable, all finite.
///   - steps: The distance to the other corner along each variable, not 0. By default a tenth of the variable, or 0.1
///     where it is 0.
///   - tolerance: The size of the last simplex relative to the point, or to the first simplex near the origin.
///   - maximumIterations: A cap on the steps.
///   - objective: The function. Its errors pass through unchanged.
/// - Returns: The lowest corner. That its value stops changing while the simplex is still larger than the tolerance is no
///   error: the minimum then counts as converged if the size is within the square root of the tolerance.
/// - Throws: `GSLError` for a bad start or option, or where the objective is NaN, minus infinity, or infeasible at every
///   point tried.
public func minimiseNelderMead(
  from start: [Double], steps: [Double]? = nil, tolerance: Double = 1e-8, maximumIterations: Int = 10_000,
  _ objective: ([Double]) throws -> Double
) throws -> Minimum<[Double]> {
  let operation = "gsl_multimin_fminimizer_nmsimplex2"
  let steps = steps ?? start.map { $0 == 0 ? 0.1 : 0.1 * $0 }
  try require(
    !start.isEmpty && start.allSatisfy(\.isFinite) && steps.count == start.count
      && steps.allSatisfy { $0.isFinite && $0 != 0 },
    in: operation, "start \(start), steps \(steps)")
  try require(
    tolerance > 0 && maximumIterations > 0, in: operation,
    "tolerance \(tolerance), maximum iterations \(maximumIterations)")

  let count = start.count
  let firstSize = norm(steps)
  let solver = try GSLLibrary.allocate(operation) {
    gsl_multimin_fminimizer_alloc(cgsl_multimin_nmsimplex2(), count)
  }
  defer { gsl_multimin_fminimizer_free(solver) }

  return try withoutActuallyEscaping(objective) { objective in
    let callback = Callback<[Double]>(operation) { try feasible(objective($0), at: $0, in: operation) }
    return try withExtendedLifetime(callback) {
      var function = gsl_multimin_function(
        f: { x, callback in
          guard let x, let callback else { return .nan }
          return Unmanaged<Callback<[Double]>>.fromOpaque(callback).takeUnretainedValue().value(Array(x))
        },
        n: count, params: Unmanaged.passUnretained(callback).toOpaque())
      return try withUnsafeMutablePointer(to: &function) { function in
        func run(_ step: () -> Int32) throws {
          let status = Int(GSLLibrary.quietly(step))
          try callback.rethrow()
          guard status == Int(GSL_SUCCESS) else { throw GSLError(status, in: operation) }
        }
        try run {
          withVector(start) { start in
            withVector(steps) { steps in gsl_multimin_fminimizer_set(solver, function, start, steps) }
          }
        }
        func relativeSize() -> Double {
          gsl_multimin_fminimizer_size(solver) / max(norm(Array(solver.pointee.x)), firstSize)
        }
        var iterations = 0
        // Where rounding makes the corners equal, GSL reflects the simplex for ever without shrinking it.
        let patience = 20 * (count + 1)
        var progress = (iteration: 0, value: Double.infinity, size: Double.infinity)
        var hasStalled: Bool { iterations - progress.iteration > patience }
        while relativeSize() > tolerance && !hasStalled && iterations < maximumIterations {
          iterations += 1
          try run { gsl_multimin_fminimizer_iterate(solver) }
          if solver.pointee.fval < progress.value || solver.pointee.size < 0.9 * progress.size {
            progress = (iterations, solver.pointee.fval, solver.pointee.size)
          }
        }
        let limit = hasStalled ? tolerance.squareRoot() : tolerance
        guard solver.pointee.fval < .greatestFiniteMagnitude else {
          throw GSLError(Int(GSL_EBADFUNC), in: operation, "infeasible at every point tried")
        }
        return Minimum(
          point: Array(solver.pointee.x), value: solver.pointee.fval, iterations: iterations,
          hasConverged: relativeSize() <= limit)
      }
    }
  }
}
