import Foundation
import GSL

/// Every price for some periods, then the best of them for good (Robbins 1952; Slivkins 2019, Introduction to Multi-Armed
/// Bandits, section 1.2).
///
/// The prices are tried in turn, so that a season or a trend meets all of them alike. After as many rounds as planned, the
/// price with the highest mean contribution stays, ties at random.
///
/// Verified against the exact regret of two prices, from binomial probabilities (`BanditRegretTests`).
public struct ExploreThenCommitRule: LearningRule {
  private let trials: Int
  private var chosen = 0
  private var committed: Int?
  private var record: PriceRecord

  /// A rule that knows nothing yet.
  ///
  /// - Parameters:
  ///   - count: the number of prices.
  ///   - rounds: how often each is tried, at least once.
  public init(count: Int, rounds: Int) {
    trials = max(1, rounds) * count
    record = PriceRecord(count: count)
  }

  /// Rounds for a calendar: (T / K)^(2/3) for T periods and K prices, at least 1 and no more than T / K. Up to constants
  /// and a logarithm this makes the regret smallest where nothing is known of demand (Slivkins 2019, theorem 1.5).
  public static func usualRounds(periods: Int, prices: Int) -> Int {
    let share = Double(max(1, periods)) / Double(max(1, prices))
    return max(1, Int(min(share, cbrt(share * share))))
  }

  /// The price of the next period.
  public mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int? {
    if let committed { return committed }
    if chosen < trials {
      chosen += 1
      return (chosen - 1) % record.periods.count
    }
    // Where prices take effect late, some may not have been seen yet.
    if let untried = record.firstUntried { return untried }
    committed = try record.best(&random)
    return committed
  }

  /// Adds what the price brought.
  public mutating func learn(price: Int, units: Double, contribution: Double) {
    record.add(price: price, reward: contribution)
  }
}
