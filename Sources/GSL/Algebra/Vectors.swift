import Foundation

internal import CGSL

/// Lends an array to GSL as a vector, for the length of a call. The array must not be empty.
func withVector<Result>(_ values: [Double], _ body: (UnsafePointer<gsl_vector>) throws -> Result) rethrows -> Result {
  var values = values
  return try values.withUnsafeMutableBufferPointer { buffer in
    var view = gsl_vector_view_array(buffer.baseAddress, buffer.count)
    return try body(&view.vector)
  }
}

/// Lends rows to GSL as a matrix of its own, for the length of a call. The rows must have one length, not 0.
func withMatrix<Result>(
  _ rows: [[Double]], _ body: (UnsafeMutablePointer<gsl_matrix>) throws -> Result
) rethrows -> Result {
  var values = rows.flatMap { $0 }
  return try values.withUnsafeMutableBufferPointer { buffer in
    var view = gsl_matrix_view_array(buffer.baseAddress, rows.count, buffer.count / rows.count)
    return try body(&view.matrix)
  }
}

extension [Double] {
  /// Copies a vector of GSL.
  init(_ vector: UnsafePointer<gsl_vector>) {
    self = (0..<vector.pointee.size).map { gsl_vector_get(vector, $0) }
  }
}

extension [[Double]] {
  /// Copies a matrix of GSL, row by row.
  init(_ matrix: UnsafePointer<gsl_matrix>) {
    self = (0..<matrix.pointee.size1).map { i in
      (0..<matrix.pointee.size2).map { j in gsl_matrix_get(matrix, i, j) }
    }
  }
}

/// The Euclidean length.
public func norm(_ values: [Double]) -> Double {
  values.reduce(0) { hypot($0, $1) }
}
