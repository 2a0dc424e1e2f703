import GSL

/// Mostly the price that did best so far, now and then any price (Sutton & Barto 2018, Reinforcement Learning, section
/// 2.2; with exploration that fades, Auer, Cesa-Bianchi & Fischer 2002, Machine Learning 47, figure 3).
///
/// Each price once, in order; then with probability epsilon min(1, after / t) a price drawn uniformly from the whole grid,
/// otherwise the one with the highest mean contribution, ties at random; t counts periods from 1.
///
/// Verified against the exact regret of two prices, by enumeration of all histories (`BanditRegretTests`).
public struct EpsilonGreedyRule: LearningRule {
  private let epsilon: Double
  private let fadesAfter: Double
  private var record: PriceRecord

  /// A rule that knows nothing yet.
  ///
  /// - Parameters:
  ///   - count: the number of prices.
  ///   - epsilon: the probability of a random price, from 0 to 1.
  ///   - fadesAfter: the period from which epsilon falls as 1/t; infinite for never.
  public init(count: Int, epsilon: Double, fadesAfter: Double = .infinity) {
    self.epsilon = epsilon
    self.fadesAfter = fadesAfter
    record = PriceRecord(count: count)
  }

  /// The price of the next period.
  public mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int? {
    if let price = record.firstUntried { return price }
    if random.uniform() < epsilon * min(1, fadesAfter / (record.total + 1)) {
      return try random.integer(below: record.periods.count)
    }
    return try record.best(&random)
  }

  /// Adds what the price brought.
  public mutating func learn(price: Int, units: Double, contribution: Double) {
    record.add(price: price, reward: contribution)
  }
}
