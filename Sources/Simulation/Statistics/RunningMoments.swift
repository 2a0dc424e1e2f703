/// Mean and variance of a stream of numbers (Welford 1962), exact for constants; verified against two passes
/// (`StatisticsTests`).
public struct RunningMoments: Sendable, Hashable, Codable {
  /// How many numbers.
  public private(set) var count = 0
  /// Their mean; 0 for none.
  public private(set) var mean = 0.0
  private var squares = 0.0

  /// No numbers yet.
  public init() {}

  /// Of these numbers, taken in in this order.
  init(_ numbers: some Sequence<Double>) {
    for number in numbers { add(number) }
  }

  /// Takes in one more number.
  public mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
  }

  /// The unbiased variance; nil for fewer than two numbers.
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// The standard error of the mean; nil for fewer than two numbers.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}
