internal import CGSL

/// The nodes and weights of Gauss-Legendre quadrature on an interval: exact for polynomials of degree up to
/// 2 count - 1, and the cheapest rule for a smooth function that is integrated many times.
///
/// GSL has 1 to 20 nodes and 32, 64, 96, 100, 128, 256, 512, 1024 from tables of full precision, and computes others to
/// nine digits or so. Verified on polynomials up to the exact degree, and on the exponential.
public struct GaussLegendre: Sendable, Hashable {
  /// The points to evaluate, in rising order, all inside the interval.
  public let nodes: [Double]
  /// Their weights, all positive; the sum is the length of the interval.
  public let weights: [Double]

  /// The rule with this many nodes on an interval.
  ///
  /// - Throws: `GSLError` unless there are 1 to 100 000 nodes and the interval is finite and not empty.
  public init(count: Int, from lower: Double, to upper: Double) throws {
    let operation = "gsl_integration_glfixed_table_alloc"
    try require((1...100_000).contains(count), in: operation, "count \(count)")
    try require(
      lower.isFinite && lower < upper && (upper - lower).isFinite, in: operation, "from \(lower) to \(upper)")
    let table = try GSLLibrary.allocate(operation) { gsl_integration_glfixed_table_alloc(count) }
    defer { gsl_integration_glfixed_table_free(table) }
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for i in 0..<count {
      try GSLLibrary.check("gsl_integration_glfixed_point") {
        gsl_integration_glfixed_point(lower, upper, i, &nodes[i], &weights[i], table)
      }
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// The weighted sum of the function's values: its integral over the interval.
  public func integral(of integrand: (Double) throws -> Double) rethrows -> Double {
    try zip(nodes, weights).reduce(0) { try $0 + $1.1 * integrand($1.0) }
  }
}
