import Foundation

/// How customers weigh buying now against buying later: strategic customers (Coase 1972, Journal of Law and Economics 15;
/// Besanko & Winston 1990, Management Science 36; Su 2007, Management Science 53; Cachon & Swinney 2009, Management
/// Science 55).
///
/// A customer makes one purchase, of whatever set of offers is best. Who came in period s and has not bought compares in
/// period t the surplus of buying now, or 0, with the largest of d^k x (surplus at the prices believed for t + k), over
/// all k >= 1 with t + k <= s + periods within the calendar. If later is better by anything the customer waits and decides
/// again in the next period; otherwise he buys, or leaves. Valuations and taste stay what they are.
/// Verified against a closed form and customer by customer (`PatienceTests`, `OutlookByCustomerTests`).
public struct Patience: Sendable, Hashable {
  /// Where customers take later prices from.
  public enum Belief: Sendable, Hashable {
    /// From what the sellers announce; where a seller announces nothing, today's prices stay.
    case announced
    /// From past changes of the same offer: with p the price, g its expected relative change from period to period
    /// becomes memory x g + (1 - memory) x (p / last p - 1), starting from g = 0, and the price expected k periods
    /// later is p (1 + g)^k. A price that is not positive changes by 0.
    case adaptive(memory: Double)
  }

  /// What a surplus is worth one period before it is had, as a share of it: more than 0, at most 1.
  public let discountFactor: Double
  /// How many periods after that of arrival a customer may still buy.
  public let periods: Int
  /// Where customers take later prices from.
  public let belief: Belief

  /// The longest wait, in periods.
  public static let longestWait = 100

  /// Patience; checked by ``Segment``.
  public init(discountFactor: Double, periods: Int, belief: Belief) {
    self.discountFactor = discountFactor
    self.periods = periods
    self.belief = belief
  }

  /// What a surplus is worth some periods before it is had, as a share of it; exactly 1 for none.
  public func discount(after periods: Int) -> Double { periods == 0 ? 1 : pow(discountFactor, Double(periods)) }

  /// - Throws: ``DemandError`` for a discount factor, a wait or a memory that cannot be.
  func check(segment: String) throws {
    guard discountFactor > 0, discountFactor <= 1 else {
      throw DemandError("segment \(segment): a discount factor of \(discountFactor); it is more than 0 and at most 1")
    }
    guard (1...Self.longestWait).contains(periods) else {
      throw DemandError("segment \(segment): a wait of \(periods) periods; from 1 to \(Self.longestWait) are allowed")
    }
    if case .adaptive(let memory) = belief {
      guard (0...1).contains(memory) else {
        throw DemandError("segment \(segment): a memory for price changes of \(memory); it lies between 0 and 1")
      }
    }
  }
}
