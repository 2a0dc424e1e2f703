import Demand
import Foundation
import Testing

/// Linear and CES demand: closed forms, corners, and the maximum of utility by brute force.
extension DemandSystemTests {
  /// Singh & Vives (1984): q1 = (b2 (a1 - p1) - d (a2 - p2)) / (b1 b2 - d^2) while both are bought.
  @Test(arguments: [1.2, 0.3, -0.9, 0]) func linearDuopoly(_ cross: Double) throws {
    let (a, b, p) = ([10.0, 12], [2.0, 1.5], [4.0, 5])
    let demand = try LinearDemand(intercepts: a, interaction: [[b[0], cross], [cross, b[1]]])
    let response = try demand.response(at: p, hasSlopes: true)
    let determinant = b[0] * b[1] - cross * cross
    let units = [
      (b[1] * (a[0] - p[0]) - cross * (a[1] - p[1])) / determinant,
      (b[0] * (a[1] - p[1]) - cross * (a[0] - p[0])) / determinant,
    ]
    let slopes = [-b[1] / determinant, cross / determinant, cross / determinant, -b[0] / determinant]
    let unitsError = zip(response.units, units).map { abs($0 - $1) }.max() ?? 1
    let slopesError = zip(response.slopes, slopes).map { abs($0 - $1) }.max() ?? 1
    // Utility less expenditure.
    var surplus = 0.0
    for good in 0..<2 { surplus += units[good] * (a[good] - p[good]) - b[good] * units[good] * units[good] / 2 }
    surplus -= cross * units[0] * units[1]
    print("linear duopoly, cross slope \(cross): errors \(unitsError), \(slopesError)")
    #expect(unitsError < 1e-14 && slopesError < 1e-14 && abs(response.surplus - surplus) < 1e-13)
    #expect(response.diversion(from: 0, to: 1) == response.slope(of: 1, by: 0) / -response.slope(of: 0, by: 0))
  }

  /// A good too dear to be bought is as good as absent, and changes nothing by becoming dearer still.
  @Test func linearCorner() throws {
    let demand = try LinearDemand(intercepts: [10, 6], interaction: [[2, 1.9], [1.9, 2]])
    for price in [2, 5.9, 7, .infinity] {
      let response = try demand.response(at: [5.5, price], hasSlopes: true)
      #expect(response.units == [2.25, 0] && response.slopes == [-0.5, 0, 0, 0])
      #expect(abs(response.surplus - 2.25 * 4.5 / 2) < 1e-14)
    }
    // Of complements a good may be bought above its own intercept.
    let complements = try LinearDemand(intercepts: [10, 6], interaction: [[2, -1.5], [-1.5, 2]])
    let units = try complements.response(at: [3, 7], hasSlopes: false).units
    #expect(units[1] > 0)
    #expect(try complements.highestPrice(of: 1, at: [3, 7]) >= 7)
    // Right at the kink, where rounding decides nothing and no cycle begins.
    for step in -20...20 {
      let price = 1.725 + Double(step) * 1e-16
      let kink = try demand.response(at: [5.5, price], hasSlopes: true)
      #expect(kink.units[1] >= 0 && kink.units[1] < 1e-12)
    }
  }

  /// Four goods, some complements, prices at random: the maximum of utility less expenditure by cyclic coordinate ascent,
  /// which for a concave quadratic cannot miss it. Slopes where nothing is near a kink.
  @Test func linearAgainstMaximumOfUtility() throws {
    var random = SplitMix(state: 5)
    var (worst, corners, slopes) = (0.0, 0, 0.0)
    for _ in 0..<200 {
      let count = 4
      // A Gram matrix with a ridge is positive definite.
      let factor = (0..<count).map { _ in (0..<count).map { _ in Double.random(in: -1...1, using: &random) } }
      var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
      for row in 0..<count {
        for column in 0...row {
          let product = (0..<count).reduce(0) { $0 + factor[row][$1] * factor[column][$1] } + (row == column ? 0.5 : 0)
          matrix[row][column] = product
          matrix[column][row] = product
        }
      }
      let intercepts = (0..<count).map { _ in Double.random(in: 2...10, using: &random) }
      let prices = (0..<count).map { _ in Double.random(in: 0...8, using: &random) }
      let demand = try LinearDemand(intercepts: intercepts, interaction: matrix)
      let response = try demand.response(at: prices, hasSlopes: true)
      var units = [Double](repeating: 0, count: count)
      for _ in 0..<20_000 {
        for good in 0..<count {
          let rest = (0..<count).reduce(intercepts[good] - prices[good]) {
            $1 == good ? $0 : $0 - matrix[good][$1] * units[$1]
          }
          units[good] = max(0, rest / matrix[good][good])
        }
      }
      corners += units.contains(0) ? 1 : 0
      worst = max(worst, zip(response.units, units).map { abs($0 - $1) }.max() ?? 1)
      let isNearKink = (0..<count).contains { good in
        let worth = (0..<count).reduce(intercepts[good]) { $0 - matrix[good][$1] * units[$1] }
        return units[good] > 0 ? units[good] < 0.05 : prices[good] - worth < 0.05
      }
      if !isNearKink {
        let check = try SlopeCheck(demand, at: prices, step: 0.01)
        slopes = max(slopes, check.slopeError, check.surplusError)
      }
    }
    print("linear demand of four goods: errors \(worst), of slopes \(slopes); \(corners) of 200 with a good unsold")
    #expect(worst < 1e-9 && slopes < 1e-9 && corners > 50)
  }

  @Test func linearRefusals() {
    #expect(
      refusal { try LinearDemand(intercepts: [1, 1], interaction: [[1, 1.1], [1.1, 1]]) }.contains("positive definite"))
    #expect(refusal { try LinearDemand(intercepts: [1, 1], interaction: [[1, 0.1], [0.2, 1]]) }.contains("equal"))
    #expect(refusal { try LinearDemand(intercepts: [1], interaction: [[0]]) }.contains("more than 0"))
    #expect(
      refusal { try LinearDemand(intercepts: [1, .nan], interaction: [[1, 0], [0, 1]]) }.contains("intercept"))
  }

  /// All of the budget is spent, the outside option included; slopes and surplus against differences.
  @Test(arguments: [1.05, 1.5, 2, 6, 40], [true, false]) func constantElasticity(
    _ elasticity: Double, _ hasOutsideOption: Bool
  ) throws {
    let qualities = [1, 2, 0.5, 0.01]
    let demand = try CESDemand(
      qualities: qualities, elasticity: elasticity, budget: 10, hasOutsideOption: hasOutsideOption)
    var worst = 0.0
    for prices in [[1, 1.1, 0.9, 0.8], [0.7, .infinity, 2, 1.2], [1.1, 1.05, 0.98, 0.9]] {
      let response = try demand.response(at: prices, hasSlopes: true)
      let weights = zip(qualities, prices).map { $1.isFinite ? $0 * pow($1, 1 - elasticity) : 0 }
      let sum = weights.reduce(hasOutsideOption ? 1 : 0, +)
      let spent = zip(response.units, prices).reduce(0) { $1.1.isFinite ? $0 + $1.0 * $1.1 : $0 }
      worst = max(worst, abs(spent + (hasOutsideOption ? 10 / sum : 0) - 10))
      for (good, weight) in weights.enumerated() where weight > 0 {
        worst = max(worst, abs(response.units[good] * prices[good] / (10 * weight / sum) - 1))
      }
      let check = try SlopeCheck(demand, at: prices, step: 0.02 / elasticity)
      #expect(check.slopeError < 1e-9 && check.surplusError < 1e-9, "\(check)")
    }
    print("CES demand of elasticity \(elasticity): error of spending \(worst)")
    #expect(worst < 1e-12)
    // Above its highest price a good takes next to none of the budget.
    let prices = [1, 1.1, 0.9, 0.8]
    let highest = try demand.highestPrice(of: 0, at: prices)
    var dear = prices
    dear[0] = highest
    let units = try demand.response(at: dear, hasSlopes: false).units[0]
    #expect(highest.isFinite && units < 1e-10)
  }

  @Test func constantElasticityLimits() throws {
    let demand = try CESDemand(qualities: [1, 2], elasticity: 3, budget: 10)
    #expect(refusal { try demand.response(at: [0, 1], hasSlopes: false) }.contains("price of 0"))
    for price in [1e-300, 1e-100, 1e100, 1e300] {
      let response = try demand.response(at: [price, price], hasSlopes: false)
      #expect(response.units.allSatisfy { $0 >= 0 && $0 <= 10 / price * 1.0001 } && response.surplus.isFinite)
    }
    let alone = try CESDemand(qualities: [1, 2], elasticity: 3, budget: 10, hasOutsideOption: false)
    #expect(try alone.highestPrice(of: 0, at: [1, .infinity]) == .infinity)
    let nothing = try alone.response(at: [.infinity, .infinity], hasSlopes: true)
    #expect(nothing.units == [0, 0] && nothing.surplus == 0)
    for elasticity in [1, 0.5, .nan, .infinity] {
      #expect(refusal { try CESDemand(qualities: [1], elasticity: elasticity, budget: 1) }.contains("more than 1"))
    }
    #expect(refusal { try CESDemand(qualities: [0], elasticity: 2, budget: 1) }.contains("more than 0"))
    #expect(refusal { try CESDemand(qualities: [1], elasticity: 2, budget: 0) }.contains("more than 0"))
  }
}
