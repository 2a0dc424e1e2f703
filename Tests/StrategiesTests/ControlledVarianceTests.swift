import Demand
import Foundation
import GSL
import Selling
import Strategies
import Testing

/// Certainty-equivalent prices with controlled variance.
@Suite struct ControlledVarianceTests {
  /// Linear demand with normal noise, unit cost 0: best price 5, which earns 25 a period; the loss at a price is its
  /// squared distance from 5.
  private struct Line {
    let intercept = 10.0
    let slope = 1.0
    let noise = 2.0
    let range = 1.0...9.0

    /// Regret after each of some numbers of periods, averaged over runs, and the share of runs whose last price is more
    /// than 1 away from the best.
    func regret(
      control: Double, exponent: Double = 0.5, at periods: [Int], runs: Int, seed: UInt64 = 2
    ) throws -> (means: [Double], errors: [Double], astray: Double) {
      var (sums, squares) = (periods.map { _ in 0.0 }, periods.map { _ in 0.0 })
      var astray = 0
      for run in 0..<runs {
        var random = RandomStream(seed: seed, replication: UInt32(run), purpose: 1, period: 0, index: 0)
        var rule = ControlledVarianceRule(range: range, control: control, exponent: exponent)
        var (regret, place, price) = (0.0, 0, 0.0)
        for period in 1...(periods.last ?? 1) {
          price = rule.price(unitCost: 0)
          regret += slope * (price - 5) * (price - 5)
          rule.learn(
            price: price, units: try random.normal(mean: intercept - slope * price, standardDeviation: noise))
          if period == periods[place] {
            sums[place] += regret
            squares[place] += regret * regret
            place += 1
          }
        }
        if abs(price - 5) > 1 { astray += 1 }
      }
      let count = Double(runs)
      let means = sums.map { $0 / count }
      let errors = zip(squares, means).map { (max(0, $0 / count - $1 * $1) / count).squareRoot() }
      return (means, errors, Double(astray) / count)
    }
  }

  /// The regret grows like sqrt(T): over a factor of 100 in time its slope on logarithmic axes is 0.5 but for logarithms,
  /// tolerance 0.1; the standard error of the slope over 200 runs is about 0.01. A growth of 0.8 shows as such.
  @Test func regretGrowsLikeTheSquareRoot() throws {
    let periods = [300, 3000, 30_000]
    let found = try Line().regret(control: 0.5, at: periods, runs: 200)
    let slope = log(found.means[2] / found.means[0]) / log(100)
    print("controlled variance: regret \(found.means) +- \(found.errors) after \(periods), slope \(slope)")
    #expect(abs(slope - 0.5) < 0.1)
    #expect(found.astray == 0)
    let fast = try Line().regret(control: 0.5, exponent: 0.8, at: periods, runs: 50)
    let steeper = log(fast.means[2] / fast.means[0]) / log(100)
    print("  with growth 0.8: \(fast.means), slope \(steeper)")
    #expect(abs(steeper - 0.8) < 0.1)
  }

  /// Without control a good share of runs stays at wrong prices (incomplete learning): they are as many after 20,000
  /// periods as after 1,000, and their regret grows with time, not its root. With control no run does.
  @Test func certaintyEquivalenceCanLockIn() throws {
    let noisy = Line()
    let early = try noisy.regret(control: 0, at: [1000], runs: 300)
    let late = try noisy.regret(control: 0, at: [1000, 20_000], runs: 300)
    let controlled = try noisy.regret(control: 1, at: [1000, 20_000], runs: 300)
    let slopes = [late, controlled].map { log($0.means[1] / $0.means[0]) / log(20) }
    print(
      "astray without control \(early.astray) after 1000, \(late.astray) after 20,000; with \(controlled.astray); "
        + "regret \(late.means) and \(controlled.means), slopes \(slopes)")
    #expect(late.astray > 0.02 && late.astray > 0.5 * early.astray)
    #expect(controlled.astray == 0)
    #expect(slopes[0] > 0.75 && slopes[1] < 0.6)
  }

  /// Along random runs: the dispersion never falls below its bound, prices stay in the range, the price is the
  /// certainty-equivalent one unless that would break the bound, and fit and dispersion are those of the sums over all data.
  @Test func boundAndFit() throws {
    for run in 0..<40 {
      var random = RandomStream(seed: 8, replication: UInt32(run), purpose: 1, period: 0, index: 0)
      let (control, exponent) = (random.uniform(), 0.1 + 0.8 * random.uniform())
      let (low, cost) = (random.uniform() * 3, random.uniform())
      let range = low...(low + 1 + random.uniform() * 9)
      var rule = ControlledVarianceRule(range: range, control: control, exponent: exponent)
      var data: [(price: Double, units: Double)] = []
      for period in 0..<200 {
        let price = rule.price(unitCost: cost)
        #expect(range.contains(price))
        let count = Double(data.count)
        if let fit = rule.fit, data.count >= 2 {
          let mean = data.reduce(0) { $0 + $1.price } / count
          let wanted = min(range.upperBound, max(range.lowerBound, (fit.intercept / fit.slope + cost) / 2))
          let spread = rule.dispersion + (wanted - mean) * (wanted - mean) * count / (count + 1)
          let least = rule.leastDispersion(of: count + 1)
          if spread >= least * (1 + 1e-9) { #expect(abs(price - wanted) < 1e-9) }
        }
        let units = max(0, try random.normal(mean: 12 - 1.5 * price, standardDeviation: 3))
        data.append((price, units))
        rule.learn(price: price, units: units)
        let mean = data.reduce(0) { $0 + $1.price } / (count + 1)
        let dispersion = data.reduce(0) { $0 + ($1.price - mean) * ($1.price - mean) }
        #expect(abs(rule.dispersion - dispersion) <= 1e-9 * (1 + dispersion))
        if period >= 1 { #expect(rule.dispersion >= rule.leastDispersion(of: count + 1) * (1 - 1e-9)) }
        let meanUnits = data.reduce(0) { $0 + $1.units } / (count + 1)
        let slope = -data.reduce(0) { $0 + ($1.price - mean) * ($1.units - meanUnits) } / dispersion
        if let fit = rule.fit {
          #expect(abs(fit.slope - slope) < 1e-8 * max(1, slope))
          #expect(abs(fit.intercept - (meanUnits + slope * mean)) < 1e-7 * max(1, fit.intercept))
        } else if period >= 1 {
          #expect(slope <= 1e-12 || meanUnits + slope * mean <= 0)
        }
      }
    }
  }

  /// As a seller with a unit cost of 2 of 100 - 10 p Poisson customers: prices close in on (10 + 2) / 2 = 6.
  @Test func asASeller() throws {
    let market = LearningMarket.many(unitCost: 2, periods: 2000) { max(0, 100 - 10 * $0) }
    let strategy = try market.strategy(
      ControlledVariance.self, ["lowest": prices([2]), "highest": prices([9])])
    let found = try market.run(strategy, facts: market.facts())
    #expect(found[0].price == 2 + 7.0 / 4 && found[1].price == 2 + 3 * 7.0 / 4)
    let last = found.suffix(500).compactMap(\.price)
    #expect(last.count == 500 && last.allSatisfy { abs($0 - 6) < 0.6 })
  }

  /// A range of one price is that price; sales that rise with the price bring the first two prices in turn.
  @Test func limits() {
    var single = ControlledVarianceRule(range: 3...3, control: 1, exponent: 0.5)
    for units in [4.0, 2, 9] {
      #expect(single.price(unitCost: 1) == 3)
      single.learn(price: 3, units: units)
    }
    var rising = ControlledVarianceRule(range: 0...8, control: 0.5, exponent: 0.5)
    var found: [Double] = []
    for _ in 0..<6 {
      let price = rising.price(unitCost: 0)
      found.append(price)
      rising.learn(price: price, units: price)
    }
    #expect(found == [2, 6, 6, 2, 6, 2])
  }
}
