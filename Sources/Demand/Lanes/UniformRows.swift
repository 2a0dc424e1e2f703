import CKernels

/// Long rows of uniform numbers in the open unit interval, a block of counters at a time.
///
/// Counter c of row pair s holds what `RandomStream` gives for index c and the slot s (verified so): its low half is the
/// index, its high half the period of the key.
public struct UniformRows: Sendable {
  /// How many counters a block has; blocks begin at multiples of it.
  public static let width = 1024

  /// Row by row the numbers of the block.
  public private(set) var values: [Double]
  private let pairs: Int
  private var counters = [UInt32](repeating: 0, count: width)

  /// Room for so many rows.
  public init(rows: Int) {
    pairs = (max(1, rows) + 1) / 2
    values = [Double](repeating: 0, count: 2 * pairs * Self.width)
  }

  /// Draws the block that begins at a counter.
  public mutating func draw(block: Int, key: DrawKey) {
    let first = block * Self.width
    for lane in 0..<Self.width { counters[lane] = UInt32(truncatingIfNeeded: first + lane) }
    let period = key.period ^ UInt32(truncatingIfNeeded: first >> 32)
    values.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress else { return }
      for pair in 0..<pairs {
        let row = start + 2 * pair * Self.width
        bertrand_uniform_pairs(
          counters, Self.width, UInt32(key.purpose.rawValue) << 24 | UInt32(truncatingIfNeeded: pair), period,
          key.replication, key.seed, row, row + Self.width)
      }
    }
  }
}
