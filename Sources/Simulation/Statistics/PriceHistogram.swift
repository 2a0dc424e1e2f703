import Foundation

/// Percentiles of prices within 0.1% in memory that does not grow with the number of prices: buckets of constant relative
/// width (Masson, Rim & Lee 2019, DDSketch). Exact while all prices of a bucket are equal. Verified against sorting
/// (`StatisticsTests`).
public struct PriceHistogram: Sendable, Hashable, Codable {
  private struct Bucket: Sendable, Hashable, Codable {
    var count: Int
    var low: Double
    var high: Double
  }

  private var buckets: [Int: Bucket] = [:]
  /// The only price so far, as long as all are the same; most offers never leave it.
  private var only: Double?
  /// How many prices.
  public private(set) var count = 0

  /// No prices yet.
  public init() {}

  private static let logWidth = log(1.001 / 0.999)

  /// The bucket of a price; negative prices mirror positive ones, tiny ones count as 0.
  private static func bucket(of price: Double) -> Int {
    let size = abs(price)
    guard size > 1e-12 else { return 0 }
    let index = Int((log(size) / logWidth).rounded(.down)) + 1_000_000
    return price > 0 ? index : -index
  }

  /// Takes in one more price.
  public mutating func add(_ price: Double) {
    defer { count += 1 }
    if count == 0 { only = price }
    if only == price { return }
    if let first = only {
      only = nil
      buckets[Self.bucket(of: first)] = Bucket(count: count, low: first, high: first)
    }
    let index = Self.bucket(of: price)
    if var bucket = buckets[index] {
      bucket.count += 1
      bucket.low = min(bucket.low, price)
      bucket.high = max(bucket.high, price)
      buckets[index] = bucket
    } else {
      buckets[index] = Bucket(count: 1, low: price, high: price)
    }
  }

  /// The smallest price that at least a share `level` of the prices do not exceed; nil for no prices.
  public func percentile(_ level: Double) -> Double? {
    if let only { return only }
    let rank = max(1, Int((level * Double(count)).rounded(.up)))
    var seen = 0
    for index in buckets.keys.sorted() {
      guard let bucket = buckets[index] else { continue }
      seen += bucket.count
      if seen >= rank { return bucket.low == bucket.high ? bucket.low : (bucket.low + bucket.high) / 2 }
    }
    return nil
  }
}
