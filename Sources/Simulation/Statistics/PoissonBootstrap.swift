import Demand
import GSL

/// How sure it is which candidate's *mean* profit is highest, by the bootstrap over replications.
///
/// Each resample weighs each replication by a Poisson(1) number instead of drawing replications with replacement (Hanley
/// & MacGibbon 2006), so that replications can be taken in one by one and forgotten. Verified against the normal
/// approximation of the paired difference (`StatisticsTests`).
public struct PoissonBootstrap: Sendable, Hashable, Codable {
  /// Number of resamples.
  public static let resamples = 2000

  private var sums: [[Double]]
  /// Whether any replication has a weight yet; a resample without one says nothing.
  private var isDrawn = [Bool](repeating: false, count: resamples)

  /// A bootstrap over candidates.
  public init(candidates: Int) {
    sums = [[Double]](repeating: [Double](repeating: 0, count: Self.resamples), count: candidates)
  }

  /// Chances of 0, 1, 2, ... under Poisson(1), cumulated.
  private static let cumulated: [Double] = {
    var term = 0.367_879_441_171_442_33
    var total = term
    var levels = [total]
    for count in 1...18 {
      term /= Double(count)
      total += term
      levels.append(total)
    }
    return levels
  }()

  /// Takes in one replication: the profit of each candidate, in money.
  public mutating func add(_ profits: [Double], replication: Int, seed: UInt64) {
    var stream = RandomStream(
      seed: seed, replication: UInt32(truncatingIfNeeded: replication), purpose: DrawKey.Purpose.bootstrap.rawValue,
      period: 0, index: 0)
    for resample in 0..<Self.resamples {
      let uniform = stream.uniform()
      var weight = 0
      while weight < Self.cumulated.count, uniform >= Self.cumulated[weight] { weight += 1 }
      guard weight > 0 else { continue }
      isDrawn[resample] = true
      for candidate in profits.indices { sums[candidate][resample] += Double(weight) * profits[candidate] }
    }
  }

  private var drawn: [Int] { isDrawn.indices.filter { isDrawn[$0] } }

  /// The share of resamples in which each candidate's mean is the highest; equals share.
  public var probabilitiesBest: [Double] {
    let drawn = drawn
    var wins = [Double](repeating: 0, count: sums.count)
    for resample in drawn {
      let best = sums.map { $0[resample] }.max() ?? 0
      let winners = sums.indices.filter { sums[$0][resample] == best }
      for winner in winners { wins[winner] += 1 / Double(winners.count) }
    }
    return wins.map { $0 / Double(max(1, drawn.count)) }
  }

  /// Whether two candidates earn the same in every replication, up to rounding: all their resamples agree to a part in 10^12
  /// of the larger. Verified by candidates that differ in one replication (`StatisticsTests`).
  public func isSame(_ one: Int, _ other: Int) -> Bool {
    drawn.allSatisfy { resample in
      let (left, right) = (sums[one][resample], sums[other][resample])
      return abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    }
  }

  /// The share of resamples in which the mean of one candidate exceeds another's; equality counts half.
  public func probability(_ candidate: Int, exceeds other: Int) -> Double {
    let drawn = drawn
    var wins = 0.0
    for resample in drawn {
      let difference = sums[candidate][resample] - sums[other][resample]
      wins += difference > 0 ? 1 : (difference == 0 ? 0.5 : 0)
    }
    return wins / Double(max(1, drawn.count))
  }
}
