import Foundation
import GSL

/// How many customers come in each period.
public struct Arrivals: Sendable, Hashable {
  /// How the number of a period varies around its mean.
  public enum Variation: String, Sendable, Hashable {
    /// Not at all: the mean, rounded.
    case fixed
    /// Poisson: many independent customers.
    case poisson
  }

  /// How the number varies.
  public let variation: Variation
  /// The mean number in a period before season and trend.
  public let mean: Double
  /// The length of the seasonal cycle in periods; nil for no season.
  public let seasonLength: Double?
  /// How far the season swings up and down, as a share of the mean.
  public let seasonSwing: Double
  /// The period, from 1, in which the season peaks.
  public let seasonPeak: Double
  /// Growth from one period to the next, as a share.
  public let trend: Double

  /// More customers than this in one period are refused.
  public static let largestMean = 1e8

  /// Arrivals of customers.
  public init(
    _ variation: Variation, mean: Double, seasonLength: Double? = nil, seasonSwing: Double = 0, seasonPeak: Double = 1,
    trend: Double = 0
  ) {
    self.variation = variation
    self.mean = mean
    self.seasonLength = seasonLength
    self.seasonSwing = seasonSwing
    self.seasonPeak = seasonPeak
    self.trend = trend
  }

  /// The mean number of customers in a period, counted from 0.
  public func mean(period: Int) -> Double {
    var rate = mean * pow(1 + trend, Double(period))
    if let seasonLength {
      rate *= 1 + seasonSwing * cos(2 * .pi * (Double(period + 1) - seasonPeak) / seasonLength)
    }
    return max(0, rate)
  }

  /// The number of customers in a period, by the inverse of the distribution function, so that a common uniform keeps
  /// studies paired. Verified against the Poisson mean and variance (`ArrivalsTests`).
  ///
  /// - Throws: `GSLError` for a mean that is not finite.
  public func count(period: Int, uniform: Double) throws -> Int {
    let rate = mean(period: period)
    switch variation {
    case .fixed: return Int(rate.rounded())
    case .poisson: return rate > 0 ? try Poisson(mean: rate).quantile(uniform) : 0
    }
  }
}
