import Foundation

/// The prices that a seller puts on a label: a last figure that repeats, such as .99 on every unit of money or 4.99 and
/// 9.99 on every five.
///
/// The permitted prices are `at` + m `every` for whole m, as far as they are more than 0. Verified by enumeration and as a
/// property of random prices (`PriceRulesTests`).
public struct PriceEnding: Sendable, Hashable {
  /// Which of the permitted prices stands for one between them.
  public enum Rounding: String, Sendable, Hashable, CaseIterable {
    /// The nearer one; of two equally near the lower.
    case nearest
    /// The next higher one.
    case up
    /// The next lower one.
    case down
  }

  /// The distance from one permitted price to the next, in money.
  public let every: Double
  /// The lowest of them, in money; less than `every`.
  public let at: Double

  /// An ending.
  ///
  /// - Throws: ``StrategyError`` unless 0 <= at < every.
  public init(every: Double, at: Double) throws {
    guard every > 0, every <= 1e12, at >= 0, at < every else {
      throw StrategyError(
        "an ending of \(at) on every \(every) does not exist: it is at least 0 and less than the step")
    }
    self.every = every
    self.at = at
  }

  /// The permitted price for a price, both within limits; nil where none lies within them.
  ///
  /// Where the wanted side of the price has none within the limits, the other side is taken. Prices are decimals: a part
  /// in 10^12 of the limits is forgiven.
  func price(near price: Double, within limits: ClosedRange<Double>, rounding: Rounding) -> Double? {
    let place = (price - at) / every
    let below = permitted((place + 1e-9).rounded(.down), within: limits)
    let above = permitted((place - 1e-9).rounded(.up), within: limits)
    switch rounding {
    case .up: return above ?? below
    case .down: return below ?? above
    case .nearest:
      guard let below, let above else { return below ?? above }
      return above - price < price - below ? above : below
    }
  }

  private func permitted(_ step: Double, within limits: ClosedRange<Double>) -> Double? {
    let price = (at + step * every).asDecimal
    let slack = 1e-12 * max(1, abs(price))
    guard price > 0, price >= limits.lowerBound - slack, price <= limits.upperBound + slack else { return nil }
    return price
  }
}

extension Double {
  /// The double nearest to the number's first twelve significant decimal digits: what a person would write.
  var asDecimal: Double {
    guard isFinite, self != 0 else { return self }
    let digits = 11 - log10(abs(self)).rounded(.down)
    guard digits > 0 else { return self }
    let scale = pow(10, min(digits, 22))
    return (self * scale).rounded() / scale
  }
}
