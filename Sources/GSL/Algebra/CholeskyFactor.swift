internal import CGSL

/// The lower triangle L of a symmetric positive definite matrix A = L L^T (`gsl_linalg_cholesky_decomp1`).
///
/// Times independent standard normal numbers it gives normal numbers whose covariance matrix is A.
///
/// Verified by a published factor and by the product L L^T.
public struct CholeskyFactor: Sendable, Hashable {
  /// The rows of L, zero above the diagonal, which is positive.
  public let lower: [[Double]]

  /// Factorises a matrix, given as rows.
  ///
  /// - Throws: `GSLError` unless the matrix is square, finite, symmetric (to 1e-12 of its entries) and positive
  ///   definite.
  public init(of matrix: [[Double]]) throws {
    let operation = "gsl_linalg_cholesky_decomp1"
    let size = matrix.count
    guard size > 0 && matrix.allSatisfy({ $0.count == size }) else {
      throw GSLError(Int(GSL_ENOTSQR), in: operation, "row lengths \(matrix.map(\.count))")
    }
    for i in 0..<size {
      for j in 0...i {
        let (a, b) = (matrix[i][j], matrix[j][i])
        try require(a.isFinite && b.isFinite, in: operation, "entry \(i + 1), \(j + 1) is \(a)")
        try require(
          abs(a - b) <= 1e-12 * max(abs(a), abs(b)), in: operation,
          "not symmetric: \(a) at \(i + 1), \(j + 1), \(b) at \(j + 1), \(i + 1)")
      }
    }
    lower = try withMatrix(matrix) { a in
      try GSLLibrary.check(operation, "the matrix is not positive definite") { gsl_linalg_cholesky_decomp1(a) }
      return (0..<size).map { i in (0..<size).map { j in j <= i ? gsl_matrix_get(a, i, j) : 0 } }
    }
    // GSL lets an overflow pass as infinity or NaN.
    try require(lower.allSatisfy { $0.allSatisfy(\.isFinite) }, in: operation, "the factor is not finite")
  }

  /// L times a vector.
  ///
  /// - Throws: `GSLError` unless the vector has as many entries as the matrix has rows.
  public func times(_ vector: [Double]) throws -> [Double] {
    guard vector.count == lower.count else {
      throw GSLError(Int(GSL_EBADLEN), in: "CholeskyFactor.times", "\(vector.count) entries for \(lower.count) rows")
    }
    return lower.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }
}
