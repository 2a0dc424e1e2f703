import Foundation
import GSL

/// Bayesian log-linear demand: Poisson sales whose mean has a logarithm that is linear in the price, or in its logarithm,
/// with normal priors on intercept and elasticity (a Poisson regression; Gelman et al. 2013, Bayesian Data Analysis,
/// section 16.1; for pricing, Talluri & van Ryzin 2004, section 7.3.3.2).
///
/// ln demand = level - elasticity (price / p0 - 1), or level - elasticity ln(price / p0): both have this elasticity at the
/// reference price p0. The posterior has no closed form, so that Laplace's approximation stands for it: the normal
/// distribution around its mode, with the inverse of the negative second derivatives as covariance. The logarithm of the
/// posterior is concave, and Newton's method with halved steps finds the mode from anywhere. Sales enter by periods and
/// units at each price of the grid alone, so that the mode is that of all data though none of it is kept.
///
/// Verified in `LogLinearRuleTests`: without data it is the prior; with many sales it is the conjugate normal regression of
/// ln sales, in closed form; with few it lies close to the exact posterior by numerical integration; prices
/// by draw converge.
public struct LogLinearRule: LearningRule {
  /// What the seller believes before it sells.
  public struct Prior: Sendable, Hashable {
    /// Mean and standard deviation of the logarithm of demand at the reference price, in units a period.
    public let level, levelDeviation: Double
    /// Mean and standard deviation of the elasticity at the reference price; 2 means that demand falls by 2% as the price
    /// rises by 1%.
    public let elasticity, elasticityDeviation: Double

    /// A belief; deviations above 0.
    public init(level: Double, levelDeviation: Double, elasticity: Double, elasticityDeviation: Double) {
      self.level = level
      self.levelDeviation = levelDeviation
      self.elasticity = elasticity
      self.elasticityDeviation = elasticityDeviation
    }
  }

  /// How demand depends on the price.
  public enum Curve: String, Sendable, CaseIterable {
    /// ln demand falls in the price: elasticity rises with it.
    case exponential
    /// ln demand falls in the logarithm of the price: the same elasticity at all prices.
    case isoelastic
  }

  private let prior: Prior
  private let regressors: [Double]
  private let draws: Bool
  private var periods: [Double]
  private var units: [Double]
  /// The posterior's mode, and with Laplace's approximation its mean.
  public private(set) var mode: (level: Double, elasticity: Double)
  private var curvature: Curvature

  /// The negative second derivatives of the logarithm of the posterior.
  private struct Curvature: Sendable {
    var level, cross, elasticity: Double

    var determinant: Double { level * elasticity - cross * cross }
  }

  /// A rule that knows nothing but its prior.
  ///
  /// - Parameters:
  ///   - prices: the grid, rising, above 0.
  ///   - reference: p0, in money.
  ///   - draws: whether a price is best for a draw from the posterior, and not for its mode.
  public init(prices: [Double], reference: Double, curve: Curve, prior: Prior, draws: Bool) {
    self.prior = prior
    self.draws = draws
    regressors = prices.map { curve == .exponential ? 1 - $0 / reference : -log($0 / reference) }
    periods = [Double](repeating: 0, count: prices.count)
    units = periods
    mode = (prior.level, prior.elasticity)
    curvature = Curvature(
      level: 1 / (prior.levelDeviation * prior.levelDeviation), cross: 0,
      elasticity: 1 / (prior.elasticityDeviation * prior.elasticityDeviation))
  }

  /// The posterior's covariance by Laplace's approximation: variance of the level, covariance, variance of the elasticity.
  public var covariance: (level: Double, cross: Double, elasticity: Double) {
    let determinant = curvature.determinant
    return (curvature.elasticity / determinant, -curvature.cross / determinant, curvature.level / determinant)
  }

  /// The price that is best for demand as the posterior has it.
  public mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int? {
    var (level, elasticity) = mode
    if draws {
      // The inverse of the transposed Cholesky factor of the curvature, times standard normal numbers.
      let lower = curvature.level.squareRoot()
      let cross = curvature.cross / lower
      let last = max(curvature.elasticity - cross * cross, .leastNormalMagnitude).squareRoot()
      let second = try random.normal(mean: 0, standardDeviation: 1) / last
      elasticity += second
      level += (try random.normal(mean: 0, standardDeviation: 1) - cross * second) / lower
    }
    return try random.best(of: margins.indices) { margins[$0] * exp(level + elasticity * regressors[$0]) }
  }

  /// Learns what a price sold in a period.
  public mutating func learn(price: Int, units sold: Double, contribution: Double) {
    periods[price] += 1
    units[price] += sold
    findMode()
  }

  private mutating func findMode() {
    for _ in 0..<100 {
      let (slope, curvature) = derivatives()
      self.curvature = curvature
      let determinant = curvature.determinant
      let level = (curvature.elasticity * slope.0 - curvature.cross * slope.1) / determinant
      let elasticity = (curvature.level * slope.1 - curvature.cross * slope.0) / determinant
      // Twice what the step would gain if the logarithm of the posterior were the parabola that touches it here.
      let gain = level * slope.0 + elasticity * slope.1
      // So near to the mode the full step is safe, and its gain is lost in the rounding of the logarithm itself.
      if gain < 1e-6 {
        mode = (mode.level + level, mode.elasticity + elasticity)
        if gain < 1e-14 { return }
        continue
      }
      let height = logPosterior(mode.level, mode.elasticity)
      var share = 1.0
      while share > 1e-9, !(logPosterior(mode.level + share * level, mode.elasticity + share * elasticity) > height) {
        share /= 2
      }
      guard share > 1e-9 else { return }
      mode = (mode.level + share * level, mode.elasticity + share * elasticity)
    }
  }

  private func logPosterior(_ level: Double, _ elasticity: Double) -> Double {
    let (first, second) = deviations(level, elasticity)
    return periods.indices.reduce(-(first * first + second * second) / 2) { sum, place in
      let score = level + elasticity * regressors[place]
      return periods[place] == 0 ? sum : sum + units[place] * score - periods[place] * exp(score)
    }
  }

  /// How far parameters are from the prior's means, in its standard deviations.
  private func deviations(_ level: Double, _ elasticity: Double) -> (Double, Double) {
    ((level - prior.level) / prior.levelDeviation, (elasticity - prior.elasticity) / prior.elasticityDeviation)
  }

  private func derivatives() -> (slope: (Double, Double), curvature: Curvature) {
    let (first, second) = deviations(mode.level, mode.elasticity)
    var slope = (-first / prior.levelDeviation, -second / prior.elasticityDeviation)
    var curvature = Curvature(
      level: 1 / (prior.levelDeviation * prior.levelDeviation), cross: 0,
      elasticity: 1 / (prior.elasticityDeviation * prior.elasticityDeviation))
    for place in periods.indices where periods[place] > 0 {
      let regressor = regressors[place]
      let expected = periods[place] * exp(mode.level + mode.elasticity * regressor)
      slope.0 += units[place] - expected
      slope.1 += regressor * (units[place] - expected)
      curvature.level += expected
      curvature.cross += expected * regressor
      curvature.elasticity += expected * regressor * regressor
    }
    return (slope, curvature)
  }
}
