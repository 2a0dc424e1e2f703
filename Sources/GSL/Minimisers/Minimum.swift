/// What a minimiser found.
public struct Minimum<Point> {
  /// The lowest point.
  public let point: Point
  /// The objective there.
  public let value: Double
  /// The number of steps of the method; each may evaluate the objective several times.
  public let iterations: Int
  /// Whether the method met its own tolerance, rather than a cap on iterations or a lack of progress. Even then a
  /// minimum is a local one.
  public let hasConverged: Bool
}

extension Minimum: Sendable where Point: Sendable {}
extension Minimum: Equatable where Point: Equatable {}
