import Foundation
import GSL

/// A change that is known to come in some periods and to go again, such as a strike or a tax: a factor on the number of
/// customers or on unit costs.
public struct DatedChange: Sendable, Hashable {
  /// The periods, counted from 0, in which it holds.
  public let periods: ClosedRange<Int>
  /// The change as a share: -0.3 is 30% less.
  public let change: Double

  /// A change that holds in these periods.
  public init(_ periods: ClosedRange<Int>, change: Double) {
    self.periods = periods
    self.change = change
  }
}

extension [DatedChange] {
  /// The product of the factors that hold in a period, counted from 0; 1 where there is none.
  public func factor(period: Int) -> Double {
    reduce(1) { $1.periods.contains(period) ? $0 * (1 + $1.change) : $0 }
  }
}

/// A factor that chance moves around 1 from period to period: log-normal, in each period of the same distribution, with
/// mean exactly 1.
///
/// Its logarithm is a stationary first-order autoregression: z(t) = persistence z(t-1) + sqrt(1 - persistence^2) e(t),
/// z(0) = e(0), e standard normal, and the factor is exp(s z - s^2/2) with s^2 = log(1 + spread^2). Verified by mean,
/// standard deviation and autocorrelation of simulated paths (`RandomFactorTests`).
public struct RandomFactor: Sendable, Hashable {
  /// Standard deviation of the factor itself: 0.2 for 20% around 1.
  public let spread: Double
  /// Correlation of the factor's logarithm with that of the period before; 0 for none.
  public let persistence: Double

  /// A factor.
  public init(spread: Double, persistence: Double = 0) {
    self.spread = spread
    self.persistence = persistence
  }

  /// The standard deviation of the factor's logarithm.
  public var logSpread: Double { log1p(spread * spread).squareRoot() }

  /// The factor at a state z, a standard normal number.
  public func factor(state: Double) -> Double { exp(logSpread * state - logSpread * logSpread / 2) }

  /// The state of the next period.
  ///
  /// - Parameters:
  ///   - last: the state of the period before; nil for the first period.
  ///   - uniform: a uniform number between 0 and 1.
  /// - Throws: `GSLError` unless the uniform lies between 0 and 1.
  public func next(after last: Double?, uniform: Double) throws -> Double {
    let news = try Normal().quantile(uniform)
    guard let last else { return news }
    return persistence * last + (1 - persistence * persistence).squareRoot() * news
  }
}
