internal import CGSL

/// The solution of linear equations A x = b by LU factors with partial pivoting (`gsl_linalg_LU_decomp`).
///
/// Verified by A times the solution, and by a singular matrix (`AlgebraTests`).
///
/// - Parameters:
///   - matrix: A, row by row; as many rows as columns.
///   - right: b.
/// - Throws: `GSLError` where the sizes do not fit, a number is not finite, or the matrix is singular.
public func solveLinearSystem(_ matrix: [Double], right: [Double]) throws -> [Double] {
  let operation = "gsl_linalg_LU_solve"
  let size = right.count
  guard size > 0, matrix.count == size * size else {
    throw GSLError(Int(GSL_EBADLEN), in: operation, "\(matrix.count) entries for \(size) equations")
  }
  try require(matrix.allSatisfy(\.isFinite) && right.allSatisfy(\.isFinite), in: operation, "an entry is not finite")
  let permutation = try GSLLibrary.allocate(operation) { gsl_permutation_alloc(size) }
  defer { gsl_permutation_free(permutation) }
  var factors = matrix
  var solution = [Double](repeating: 0, count: size)
  try factors.withUnsafeMutableBufferPointer { factors in
    var a = gsl_matrix_view_array(factors.baseAddress, size, size)
    var sign: Int32 = 0
    try GSLLibrary.check(operation) { gsl_linalg_LU_decomp(&a.matrix, permutation, &sign) }
    for i in 0..<size where gsl_matrix_get(&a.matrix, i, i) == 0 {
      throw GSLError(Int(GSL_ESING), in: operation, "the matrix is singular")
    }
    try solution.withUnsafeMutableBufferPointer { solution in
      var x = gsl_vector_view_array(solution.baseAddress, size)
      try withVector(right) { b in
        try GSLLibrary.check(operation) { gsl_linalg_LU_solve(&a.matrix, permutation, b, &x.vector) }
      }
    }
  }
  try require(solution.allSatisfy(\.isFinite), in: operation, "the matrix is singular to working precision")
  return solution
}
