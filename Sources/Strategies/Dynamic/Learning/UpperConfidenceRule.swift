import Foundation
import GSL

/// The price that could still be the best: mean reward and a bonus for what has rarely been tried (UCB1 of Auer,
/// Cesa-Bianchi & Fischer 2002, Machine Learning 47, figure 1).
///
/// Each price once, in order; then that with the highest mean contribution / scale + sqrt(2 ln t / n), with n periods at
/// this price of t so far, ties at random.
///
/// Verified against the exact regret of two prices, by enumeration of all histories (`BanditRegretTests`).
public struct UpperConfidenceRule: LearningRule {
  private let scale: Double
  private var record: PriceRecord

  /// A rule that knows nothing yet.
  ///
  /// - Parameters:
  ///   - count: the number of prices.
  ///   - scale: the largest contribution of a period, in money, above 0; the rule is made for rewards from 0 to 1.
  public init(count: Int, scale: Double) {
    self.scale = scale
    record = PriceRecord(count: count)
  }

  /// The price of the next period.
  public mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int? {
    if let price = record.firstUntried { return price }
    let width = 2 * log(record.total)
    return try random.best(of: record.periods.indices) {
      record.mean($0) / scale + (width / record.periods[$0]).squareRoot()
    }
  }

  /// Adds what the price brought.
  public mutating func learn(price: Int, units: Double, contribution: Double) {
    record.add(price: price, reward: contribution)
  }
}
