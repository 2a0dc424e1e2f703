import Foundation
import GSL
import Strategies

/// Two prices that sell one unit or none a period, and what a rule loses on them, by simulation and by enumeration.
struct TwoPrices {
  /// The probability of a sale at each price.
  let chances: [Double]
  /// What a sale brings at each price.
  let margins: [Double]

  static let arms = TwoPrices(chances: [0.6, 0.5], margins: [1, 1])
  static let prices = TwoPrices(chances: [0.6, 0.4], margins: [1, 1.25])

  /// What a period at each price loses in expectation against the better one.
  var gaps: [Double] {
    let means = zip(chances, margins).map(*)
    return means.map { (means.max() ?? 0) - $0 }
  }

  /// Mean pseudo-regret over independent runs, with its standard error.
  func simulated<Rule: LearningRule>(
    _ rule: Rule, periods: Int, runs: Int, seed: UInt64
  ) throws -> (mean: Double, error: Double) {
    var (sum, squares) = (0.0, 0.0)
    for run in 0..<runs {
      var rule = rule
      var random = RandomStream(seed: seed, replication: UInt32(run), purpose: 1, period: 0, index: 0)
      var customers = RandomStream(seed: seed, replication: UInt32(run), purpose: 2, period: 0, index: 0)
      var regret = 0.0
      for _ in 0..<periods {
        let price = try rule.choose(margins: margins, allowance: nil, random: &random) ?? 0
        let units = customers.uniform() < chances[price] ? 1.0 : 0
        rule.learn(price: price, units: units, contribution: units * margins[price])
        regret += gaps[price]
      }
      sum += regret
      squares += regret * regret
    }
    let mean = sum / Double(runs)
    return (mean, ((squares / Double(runs) - mean * mean) / Double(runs)).squareRoot())
  }

  /// Expected pseudo-regret by going through all histories: periods and sales at both prices are all that a rule
  /// remembers.
  ///
  /// - Parameter first: the probability that the rule chooses the first price after (periods, sales) at each price.
  func enumerated(
    periods: Int, first: (_ one: (Int, Int), _ two: (Int, Int)) throws -> Double
  ) rethrows -> Double {
    // By periods at the first price, then sales at the first, then sales at the second.
    var probabilities: [[[Double]]] = [[[1]]]
    var regret = 0.0
    for time in 0..<periods {
      var next = (0...(time + 1)).map { n in
        (0...n).map { _ in [Double](repeating: 0, count: time + 2 - n) }
      }
      for n in 0...time {
        for s in 0...n {
          for r in 0...(time - n) {
            let probability = probabilities[n][s][r]
            guard probability > 0 else { continue }
            let one = try first((n, s), (time - n, r))
            regret += probability * (one * gaps[0] + (1 - one) * gaps[1])
            next[n + 1][s + 1][r] += probability * one * chances[0]
            next[n + 1][s][r] += probability * one * (1 - chances[0])
            next[n][s][r + 1] += probability * (1 - one) * chances[1]
            next[n][s][r] += probability * (1 - one) * (1 - chances[1])
          }
        }
      }
      probabilities = next
    }
    return regret
  }

  /// The probability of the first price where the higher score wins and equal ones are tossed up; each price once first.
  private func higher(
    _ one: (Int, Int), _ two: (Int, Int), _ score: (_ price: Int, _ record: (Int, Int)) -> Double
  ) -> Double {
    if one.0 == 0 { return 1 }
    if two.0 == 0 { return 0 }
    let difference = score(0, one) - score(1, two)
    // Equal scores differ by rounding only.
    return abs(difference) < 1e-12 ? 0.5 : difference > 0 ? 1 : 0
  }

  private func mean(_ price: Int, _ record: (Int, Int)) -> Double {
    margins[price] * Double(record.1) / Double(record.0)
  }

  func epsilonGreedy(_ epsilon: Double, periods: Int) -> Double {
    enumerated(periods: periods) { one, two in
      guard one.0 > 0, two.0 > 0 else { return one.0 == 0 ? 1 : 0 }
      return epsilon / 2 + (1 - epsilon) * higher(one, two, mean)
    }
  }

  func upperConfidence(scale: Double, periods: Int) -> Double {
    enumerated(periods: periods) { one, two in
      let width = 2 * log(Double(one.0 + two.0))
      return higher(one, two) { mean($0, $1) / scale + (width / Double($1.0)).squareRoot() }
    }
  }

  /// The probability that the first draw times its margin is the higher one, by quadrature over the first.
  func thompson(periods: Int) throws -> Double {
    let nodes = 48
    let points = (0..<nodes).map { (Double($0) + 0.5) / Double(nodes) }
    return try enumerated(periods: periods) { one, two in
      let first = try Beta(alpha: Double(1 + one.1), beta: Double(1 + one.0 - one.1))
      let second = try Beta(alpha: Double(1 + two.1), beta: Double(1 + two.0 - two.1))
      return try points.reduce(0) { sum, point in
        // The substitution x = u^2 (3 - 2u) puts points where the density may be steep, at both ends.
        let x = point * point * (3 - 2 * point)
        let slope = 6 * point * (1 - point)
        let below = try second.cdf(min(1, x * margins[0] / margins[1]))
        return try sum + first.density(x) * below * slope / Double(nodes)
      }
    }
  }

  /// Each price in turn for some rounds, then the one that sold for more: from binomial probabilities.
  func exploreThenCommit(rounds: Int, periods: Int) throws -> Double {
    let trials = chances.map { chance in
      (0...rounds).map { (try? Binomial(trials: rounds, successProbability: chance).probability($0)) ?? .nan }
    }
    var wrong = 0.0
    for one in 0...rounds {
      for two in 0...rounds {
        let probability = trials[0][one] * trials[1][two]
        wrong += probability * (1 - higher((rounds, one), (rounds, two), mean))
      }
    }
    let gap = gaps[1]
    return Double(rounds) * gap + Double(periods - 2 * rounds) * gap * wrong
  }
}
