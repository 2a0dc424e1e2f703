internal import CGSL

/// Sobol's quasi-random points in the unit cube, which fill it more evenly than random ones: the error of a mean over n
/// points of a smooth function falls almost as 1/n instead of 1/sqrt(n).
///
/// The first point is GSL's: one half in every dimension; the origin, Sobol's point 0, is left out. So every coordinate
/// lies strictly between 0 and 1, and sums over 2^k - 1 points are the balanced ones. There are 2^30 - 1 points.
///
/// Verified by the first points, by one-dimensional balance, and by an integral in six dimensions.
public struct SobolSequence: ~Copyable, @unchecked Sendable {
  // Unique ownership makes sending safe: the state is reached through this value alone.
  private let generator: UnsafeMutablePointer<gsl_qrng>

  /// The number of coordinates of a point.
  public let dimensions: Int

  /// Starts the sequence at its first point.
  ///
  /// - Throws: `GSLError` unless there are 1 to 40 dimensions.
  public init(dimensions: Int) throws {
    // Above its limit GSL returns an object that is not null and not usable.
    try require((1...40).contains(dimensions), in: "gsl_qrng_sobol", "dimensions \(dimensions), allowed 1 to 40")
    let generator = try GSLLibrary.allocate("gsl_qrng_alloc") {
      gsl_qrng_alloc(cgsl_qrng_sobol(), UInt32(dimensions))
    }
    self.generator = generator
    self.dimensions = dimensions
  }

  deinit {
    gsl_qrng_free(generator)
  }

  /// The next point.
  ///
  /// - Throws: `GSLError` when the sequence is exhausted.
  public mutating func next() throws -> [Double] {
    var point = [Double](repeating: 0, count: dimensions)
    let generator = generator
    try GSLLibrary.check("gsl_qrng_get", "sequence exhausted") { gsl_qrng_get(generator, &point) }
    return point
  }

  /// The next points, in order.
  ///
  /// - Throws: `GSLError` if the count is negative, or when the sequence is exhausted.
  public mutating func next(_ count: Int) throws -> [[Double]] {
    try require(count >= 0, in: "gsl_qrng_get", "count \(count)")
    var points: [[Double]] = []
    points.reserveCapacity(count)
    for _ in 0..<count { points.append(try next()) }
    return points
  }
}
