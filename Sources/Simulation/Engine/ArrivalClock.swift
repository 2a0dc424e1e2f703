import Demand
import Foundation
import GSL

/// When in a period its customers come: the ordered uniform times of a Poisson process whose number is known, drawn one
/// after the other. Of n customers who are still to come after time t, the first comes at 1 - (1 - t) U^(1/n). Verified by
/// means and variances (`RepricingTests`).
public struct ArrivalClock: Sendable {
  private let key: DrawKey
  private var left: Int
  private var number: UInt32 = 0
  private var time = 0.0

  /// The customers of a period.
  public init(_ key: DrawKey, customers: Int) {
    self.key = key
    left = customers
  }

  /// The times of the next customers, as parts of the period between 0 and 1, in rising order.
  public mutating func next(_ count: Int) -> [Double] {
    // A stream for each call, so that its words never run out; a period has at most one call a block.
    var stream = RandomStream(
      seed: key.seed, replication: key.replication, purpose: DrawKey.Purpose.times.rawValue, period: key.period,
      index: number)
    number += 1
    return (0..<count).map { _ in
      time = 1 - (1 - time) * pow(stream.uniform(), 1 / Double(max(1, left)))
      left -= 1
      return time
    }
  }
}
