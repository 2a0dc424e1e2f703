import Demand
import Foundation
import GSL
import Selling

/// How many customers come in each period: a level, constant or spreading as a new product does, times growth, season,
/// profile and shocks, and how the number varies around that mean.
public struct Arrivals: Sendable, Hashable {
  /// How the number of a period varies around its mean.
  public enum Variation: String, Sendable, Hashable {
    /// Not at all: the mean, rounded.
    case fixed
    /// Poisson: many independent customers.
    case poisson
    /// Negative binomial: independent customers at a rate that itself varies, see ``Arrivals/spread``.
    case negativeBinomial = "negative binomial"
  }

  /// How the number varies.
  public let variation: Variation
  /// The mean number in a period before season and the rest; with diffusion, in the first period.
  public let mean: Double
  /// For the negative binomial: the standard deviation of a period's rate as a share of its mean, so that the variance
  /// of the number is mean + (spread x mean)^2. Periods vary independently of each other.
  public let spread: Double
  /// The length of the seasonal cycle in periods; nil for no season.
  public let seasonLength: Double?
  /// How far the season swings up and down, as a share of the mean.
  public let seasonSwing: Double
  /// The period, from 1, in which the season peaks.
  public let seasonPeak: Double
  /// Growth from one period to the next, as a share.
  public let trend: Double
  /// Factors on the mean, from the first period on and again and again; empty for none.
  public let profile: [Double]
  /// Changes in some periods.
  public let shocks: [DatedChange]
  /// A factor that chance gives to all customers of a period alike; nil for none.
  public let randomShocks: RandomFactor?
  /// A product that spreads, in place of a constant level; nil for none.
  public let diffusion: BassDiffusion?
  /// Factors by period, where segments come at times of their own; empty for none.
  private(set) var volumes: [Double] = []

  /// More customers than this in one period are refused.
  public static let largestMean = 1e8
  /// The most customers that one period can bring, whatever chance does: their numbers have 32 bits.
  public static let largestCount = 4_000_000_000

  /// Arrivals of customers.
  ///
  /// - Parameters:
  ///   - mean: ignored where there is a diffusion.
  ///   - spread: for the negative binomial only.
  public init(
    _ variation: Variation, mean: Double = 0, spread: Double = 0, seasonLength: Double? = nil,
    seasonSwing: Double = 0, seasonPeak: Double = 1, trend: Double = 0, profile: [Double] = [],
    shocks: [DatedChange] = [], randomShocks: RandomFactor? = nil, diffusion: BassDiffusion? = nil
  ) {
    self.variation = variation
    self.mean = diffusion?.adopters(period: 0) ?? mean
    self.spread = spread
    self.seasonLength = seasonLength
    self.seasonSwing = seasonSwing
    self.seasonPeak = seasonPeak
    self.trend = trend
    self.profile = profile
    self.shocks = shocks
    self.randomShocks = randomShocks
    self.diffusion = diffusion
  }

  /// The expected number of customers in a period, counted from 0; of a fixed number without random shocks, before it is
  /// rounded. Verified by simulation (`ArrivalsTests`).
  public func mean(period: Int) -> Double {
    var rate = (diffusion?.adopters(period: period) ?? mean) * pow(1 + trend, Double(period))
    if let seasonLength {
      rate *= 1 + seasonSwing * cos(2 * .pi * (Double(period + 1) - seasonPeak) / seasonLength)
    }
    if !profile.isEmpty { rate *= profile[period % profile.count] }
    if !volumes.isEmpty { rate *= volumes[period % volumes.count] }
    return max(0, rate * shocks.factor(period: period))
  }

  /// The arrivals of a population whose segments come at times of their own.
  func following(_ population: Population, periodCount: Int) -> Arrivals {
    guard population.hasProfiles else { return self }
    var arrivals = self
    arrivals.volumes = (0..<periodCount).map { population.weights(period: $0).reduce(0, +) }
    return arrivals
  }

  /// The number of customers in a period, by the inverse of the distribution function, so that a common uniform keeps
  /// studies paired. Verified against means and variances (`ArrivalsTests`).
  ///
  /// With random shocks a fixed number is the mean times the factor, rounded up or down by lot so that its mean is exact.
  ///
  /// - Parameter factor: the random factor of the period.
  /// - Throws: `GSLError` for a mean that is not finite.
  public func count(period: Int, uniform: Double, factor: Double = 1) throws -> Int {
    let rate = min(mean(period: period) * factor, Poisson.largestMean)
    guard rate > 0 else { return 0 }
    let count =
      switch variation {
      case .fixed: Int((randomShocks == nil ? rate.rounded() : (rate + uniform).rounded(.down)))
      case .poisson: try Poisson(mean: rate).quantile(uniform)
      case .negativeBinomial: try NegativeBinomial(mean: rate, spread: spread).quantile(uniform)
      }
    return min(count, Self.largestCount)
  }

  /// About the most customers that chance can bring in a period: once in 1e12 periods there are more.
  ///
  /// - Throws: `GSLError` for a mean that is not finite.
  func likelyLargestCount(period: Int) throws -> Double {
    let rate = mean(period: period) * (randomShocks.map { $0.factor(state: 7) } ?? 1)
    guard rate <= Poisson.largestMean else { return rate }
    return Double(try Arrivals(variation, mean: rate, spread: spread).count(period: 0, uniform: 1 - 1e-12))
  }
}
