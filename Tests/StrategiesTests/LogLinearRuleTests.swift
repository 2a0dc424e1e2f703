import Foundation
import GSL
import Strategies
import Testing

/// The posterior of Bayesian log-linear demand.
@Suite struct LogLinearRuleTests {
  private static let prior = LogLinearRule.Prior(
    level: log(20), levelDeviation: 1.5, elasticity: 2, elasticityDeviation: 0.7)

  private static func rule(
    _ grid: [Double] = [8, 9, 10, 11, 12], _ prior: LogLinearRule.Prior = prior, draws: Bool = false,
    curve: LogLinearRule.Curve = .exponential
  ) -> LogLinearRule {
    LogLinearRule(prices: grid, reference: 10, curve: curve, prior: prior, draws: draws)
  }

  @Test func withoutDataItIsThePrior() {
    let rule = Self.rule()
    #expect(rule.mode == (log(20), 2))
    #expect(abs(rule.covariance.level - 1.5 * 1.5) < 1e-12 && rule.covariance.cross == 0)
    #expect(abs(rule.covariance.elasticity - 0.7 * 0.7) < 1e-12)
  }

  /// Of large counts s, ln s is normal around the score with variance 1 / s, to order s^(-1/2): the posterior is that of the
  /// conjugate normal regression of ln s with weights s, in closed form. The prior is as firm as the data, so that both
  /// enter; they disagree by a standard deviation or so, 1e-5, so that the difference of second order is 1e-10 in the mode
  /// and 1e-5 of the covariance. The tolerances are a hundredth of a posterior standard deviation, and 1e-4.
  @Test(arguments: LogLinearRule.Curve.allCases) func manySalesAreTheConjugateRegression(curve: LogLinearRule.Curve) {
    let grid = [8.0, 9.5, 12]
    let prior = LogLinearRule.Prior(
      level: log(1e10) + 1.5e-5, levelDeviation: 1e-5, elasticity: 1.7001, elasticityDeviation: 1e-4)
    let units = zip(grid, [1.1e-5, -0.8e-5, 0.6e-5]).map { price, chance in
      let regressor = curve == .exponential ? 1 - price / 10 : -log(price / 10)
      return (1e10 * exp(1.7 * regressor + chance)).rounded()
    }
    var rule = Self.rule(grid, prior, curve: curve)
    for (price, sold) in units.enumerated() { rule.learn(price: price, units: sold, contribution: 0) }
    // The normal equations (X' W X + P) theta = X' W y + P mean.
    var (first, cross, second) = (1e10, 0.0, 1e8)
    var right = (1e10 * prior.level, 1e8 * prior.elasticity)
    for (price, sold) in zip(grid, units) {
      let regressor = curve == .exponential ? 1 - price / 10 : -log(price / 10)
      first += sold
      cross += sold * regressor
      second += sold * regressor * regressor
      right.0 += sold * log(sold)
      right.1 += sold * regressor * log(sold)
    }
    let determinant = first * second - cross * cross
    let level = (second * right.0 - cross * right.1) / determinant
    let elasticity = (first * right.1 - cross * right.0) / determinant
    print("mode \(rule.mode), conjugate \(level) \(elasticity)")
    #expect(abs(rule.mode.level - level) < 0.01 * (second / determinant).squareRoot())
    #expect(abs(rule.mode.elasticity - elasticity) < 0.01 * (first / determinant).squareRoot())
    #expect(abs(rule.mode.level - prior.level) > 0.2e-5)
    #expect(abs(rule.covariance.level / (second / determinant) - 1) < 1e-4)
    #expect(abs(rule.covariance.elasticity / (first / determinant) - 1) < 1e-4)
  }

  /// A few dozen units: mean and standard deviation of the exact posterior, by a sum over a fine lattice of parameters, lie
  /// within a fifth of a posterior standard deviation of the mode and within 10% of Laplace's deviations; the mode is the
  /// highest point of the lattice, to its mesh.
  @Test func fewSalesAreCloseToTheExactPosterior() {
    let grid = [8.0, 9, 10, 11, 12]
    let sales: [(Int, Double)] = [(0, 14), (2, 9), (4, 5), (1, 12), (3, 0), (2, 8), (0, 17)]
    var rule = Self.rule(grid)
    for (price, units) in sales { rule.learn(price: price, units: units, contribution: 0) }
    var (total, means, squares) = (0.0, (0.0, 0.0), (0.0, 0.0))
    var highest = (-Double.infinity, 0.0, 0.0)
    for row in 0...400 {
      for column in 0...400 {
        let (level, elasticity) = (1 + Double(row) * 0.005, -2 + Double(column) * 0.02)
        var height = -pow((level - log(20)) / 1.5, 2) / 2 - pow((elasticity - 2) / 0.7, 2) / 2
        for (price, units) in sales {
          let score = level + elasticity * (1 - grid[price] / 10)
          height += units * score - exp(score)
        }
        if height > highest.0 { highest = (height, level, elasticity) }
        let weight = exp(height - 110)
        total += weight
        means = (means.0 + weight * level, means.1 + weight * elasticity)
        squares = (squares.0 + weight * level * level, squares.1 + weight * elasticity * elasticity)
      }
    }
    means = (means.0 / total, means.1 / total)
    let deviations = (
      (squares.0 / total - means.0 * means.0).squareRoot(), (squares.1 / total - means.1 * means.1).squareRoot()
    )
    let laplace = (rule.covariance.level.squareRoot(), rule.covariance.elasticity.squareRoot())
    print("exact means \(means), deviations \(deviations); mode \(rule.mode), Laplace's deviations \(laplace)")
    #expect(abs(rule.mode.level - highest.1) < 0.006 && abs(rule.mode.elasticity - highest.2) < 0.025)
    #expect(abs(rule.mode.level - means.0) < 0.2 * deviations.0)
    #expect(abs(rule.mode.elasticity - means.1) < 0.2 * deviations.1)
    #expect(abs(laplace.0 / deviations.0 - 1) < 0.1 && abs(laplace.1 / deviations.1 - 1) < 0.1)
  }

  /// Data that the prior holds for all but impossible, and none at all for long, still lead to the mode: its slopes vanish.
  @Test func extremesConverge() {
    for units in [0.0, 1e6] {
      var rule = Self.rule()
      for period in 0..<500 { rule.learn(price: period % 5, units: units, contribution: 0) }
      let (level, elasticity) = rule.mode
      var slopes = ((log(20) - level) / 2.25, (2 - elasticity) / 0.49)
      for price in [8.0, 9, 10, 11, 12] {
        let regressor = 1 - price / 10
        let missing = 100 * (units - exp(level + elasticity * regressor))
        slopes = (slopes.0 + missing, slopes.1 + regressor * missing)
      }
      #expect(abs(slopes.0) < 1e-6 * max(1, units) && abs(slopes.1) < 1e-6 * max(1, units), "\(units)")
    }
  }

  /// Exponential demand of elasticity 2.5 at 10 and unit cost 4: best price 4 + 10 / 2.5 = 8. By draw, all of 30 runs end at
  /// 8 or next to it for nearly all of the last periods. By mode they begin at the prior's best price, 9, whose sales say
  /// nothing about elasticity, and none gets away from there (incomplete learning).
  @Test func drawsConvergeAndModesCanLockIn() throws {
    let grid = stride(from: 5.0, through: 14, by: 0.5).map { $0 }
    let prior = LogLinearRule.Prior(level: 0, levelDeviation: 3, elasticity: 2, elasticityDeviation: 1)
    func closeRuns(draws: Bool) throws -> (prices: Int, elasticities: Int) {
      var close = (prices: 0, elasticities: 0)
      for run in 0..<30 {
        var random = RandomStream(seed: 4, replication: UInt32(run), purpose: 1, period: 0, index: 0)
        var rule = LogLinearRule(prices: grid, reference: 10, curve: .exponential, prior: prior, draws: draws)
        var last = 0
        for period in 0..<2000 {
          let price = try rule.choose(margins: grid.map { $0 - 4 }, allowance: nil, random: &random) ?? 0
          let mean = 30 * exp(-2.5 * (grid[price] / 10 - 1))
          rule.learn(price: price, units: Double(try random.poisson(mean: mean)), contribution: 0)
          if period >= 1800, abs(grid[price] - 8) <= 0.5 { last += 1 }
        }
        if last > 180 { close.prices += 1 }
        if abs(rule.mode.elasticity - 2.5) < 0.35 { close.elasticities += 1 }
      }
      return close
    }
    let (drawn, modal) = (try closeRuns(draws: true), try closeRuns(draws: false))
    print("log-linear, of 30 runs close in price and elasticity: by draw \(drawn), by mode \(modal)")
    #expect(drawn == (30, 30))
    #expect(modal.prices < 28)
  }

  /// Draws have the posterior's mean and covariance: shares of prices chosen at the prior against the normal distribution
  /// of the elasticity, within 4 standard errors. With margins 1 and 2 at prices 9 and 11, the low price is best where
  /// elasticity exceeds ln 2 / 0.2; the level does not matter, unless its covariance is got wrong.
  @Test func drawsFollowThePosterior() throws {
    var rule = Self.rule([9, 11], draws: true)
    for period in 0..<40 { rule.learn(price: period % 2, units: period % 2 == 0 ? 22 : 14, contribution: 0) }
    let deviation = rule.covariance.elasticity.squareRoot()
    let expected = try Normal(mean: rule.mode.elasticity, standardDeviation: deviation).survival(log(1.6) / 0.2)
    var random = RandomStream(seed: 6, replication: 0, purpose: 1, period: 0, index: 0)
    let draws = 20_000
    var low = 0
    for _ in 0..<draws where try rule.choose(margins: [1, 1.6], allowance: nil, random: &random) == 0 { low += 1 }
    let share = Double(low) / Double(draws)
    #expect((0.05...0.95).contains(expected))
    #expect(
      abs(share - expected) < 4 * (expected * (1 - expected) / Double(draws)).squareRoot(), "\(share) \(expected)")
  }
}
