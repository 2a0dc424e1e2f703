internal import CGSL

/// An ordinary least squares fit (`gsl_multifit_linear`).
///
/// Verified on Longley's data set, NIST's hard case for least squares, against its certified coefficients, standard
/// errors and residuals.
public struct LinearFit: Sendable, Hashable {
  /// The coefficient of each predictor, in order.
  public let coefficients: [Double]
  /// The estimated covariance matrix of the coefficients: residual variance times the inverse of X^T X.
  public let covariance: [[Double]]
  /// The sum of squared residuals, in the square of the response's unit.
  public let residualSumOfSquares: Double
  /// Observations less coefficients.
  public let degreesOfFreedom: Int

  /// The standard error of each coefficient.
  public var standardErrors: [Double] {
    covariance.indices.map { covariance[$0][$0].squareRoot() }
  }

  /// Fits responses as sums of predictors times coefficients.
  ///
  /// - Parameters:
  ///   - predictors: One row for each observation. There is no hidden intercept: begin each row with 1 for one.
  ///   - responses: One number for each observation.
  /// - Throws: `GSLError` unless all numbers are finite, lengths agree, there are more observations than coefficients, and
  ///   no predictor is a combination of the others (GSL itself would drop it in silence).
  public init(predictors: [[Double]], responses: [Double]) throws {
    let operation = "gsl_multifit_linear"
    let count = predictors.count
    let width = predictors.first?.count ?? 0
    guard count == responses.count && predictors.allSatisfy({ $0.count == width }) && width > 0 && count > width else {
      throw GSLError(
        Int(GSL_EBADLEN), in: operation,
        "\(count) rows of \(Set(predictors.map(\.count)).sorted()) predictors, \(responses.count) responses")
    }
    try require(
      responses.allSatisfy(\.isFinite) && predictors.allSatisfy { $0.allSatisfy(\.isFinite) }, in: operation,
      "all numbers have to be finite")

    let workspace = try GSLLibrary.allocate("gsl_multifit_linear_alloc") { gsl_multifit_linear_alloc(count, width) }
    defer { gsl_multifit_linear_free(workspace) }
    let coefficients = try GSLLibrary.allocate("gsl_vector_alloc") { gsl_vector_alloc(width) }
    defer { gsl_vector_free(coefficients) }
    let covariance = try GSLLibrary.allocate("gsl_matrix_alloc") { gsl_matrix_alloc(width, width) }
    defer { gsl_matrix_free(covariance) }
    var residual = 0.0
    try withMatrix(predictors) { x in
      try withVector(responses) { y in
        try GSLLibrary.check(operation) { gsl_multifit_linear(x, y, coefficients, covariance, &residual, workspace) }
      }
    }
    let rank = gsl_multifit_linear_rank(Double(count) * Double.ulpOfOne, workspace)
    guard rank == width else {
      throw GSLError(Int(GSL_ESING), in: operation, "predictors are collinear: rank \(rank) of \(width)")
    }
    self.coefficients = Array(coefficients)
    self.covariance = Array(covariance)
    residualSumOfSquares = residual
    degreesOfFreedom = count - width
    try require(
      residual.isFinite && self.coefficients.allSatisfy(\.isFinite)
        && self.covariance.allSatisfy { $0.allSatisfy(\.isFinite) },
      in: operation, "the fit is not finite")
  }
}
