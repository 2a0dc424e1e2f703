import Demand
import Foundation
import GSL
import Testing

/// Demand without taste noise: slopes by the density at thresholds against closed forms, quadrature and differences.
extension DemandSystemTests {
  static func withoutTaste(
    _ valuations: [Valuation], correlation: Double = 0, sources: [[Int]]? = nil, hasOutsideOption: Bool = true,
    pointCount: Int = 8192
  ) throws -> ExpectedSystem {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        valuations, correlation: correlation == 0 ? nil : equicorrelation(valuations.count, correlation)))
    return try ExpectedSystem(
      market([segment], sources: sources ?? valuations.indices.map { [$0] }, hasOutsideOption: hasOutsideOption),
      pointCount: pointCount)
  }

  /// One product: the demand curve and its density.
  @Test func oneProduct() throws {
    for valuation in everySpreadKind {
      let system = try Self.withoutTaste([valuation])
      for quantile in [0.1, 0.5, 0.9] {
        let price = try valuation.quantile(quantile)
        let response = try system.response(at: [price], hasSlopes: true)
        #expect(abs(response.units[0] - (1 - quantile)) < 1e-13, "\(valuation.words)")
        #expect(isClose(response.slopes[0], -valuation.density(at: price), relative: 1e-13), "\(valuation.words)")
        #expect(isClose(response.surplus, valuation.expectedSurplus(at: price), relative: 1e-12))
      }
    }
  }

  /// Two uniform values on [0, 1] at prices p <= r below 1 (by the areas of the unit square): the first is bought by
  /// (1 - p) r - r^2/2 + ... ; here by integrating (1 - F)(density) by hand.
  @Test func twoUniforms() throws {
    let system = try Self.withoutTaste([.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)])
    var worst = 0.0
    for (p, r) in [(0.3, 0.5), (0.2, 0.25), (0.6, 0.9), (0.45, 0.45)] {
      let response = try system.response(at: [p, r], hasSlopes: true)
      // v - p > max(0, w - r): for v from p to 1 the share of w below v - p + r, which is below 1 until v = 1 - r + p.
      let first = r * (1 - r) + (1 - r) * (1 - r) / 2 + (r - p)
      // w - r > max(0, v - p): for w from r to 1 the share of v below w - r + p.
      let second = p * (1 - r) + (1 - r) * (1 - r) / 2
      worst = max(worst, abs(response.units[0] - first), abs(response.units[1] - second))
      // d first / dp = -1, d first / dr = 1 - r, d second / dp = 1 - r, d second / dr = -p - (1 - r).
      for (slope, exact) in zip(response.slopes, [-1, 1 - r, 1 - r, -p - (1 - r)]) {
        worst = max(worst, abs(slope - exact))
      }
    }
    print("two uniform values: error \(worst)")
    #expect(worst < 1e-12)
  }

  /// Two products of every pair of kinds, independent and correlated: slopes against differences of units, which quadrature
  /// gives to 1e-12. Where two correlated values leave no closed form, units come from points, and slopes agree with wide
  /// differences within the stated error of units.
  @Test(arguments: [0, 0.6, -0.5]) func pairsOfEveryKind(_ correlation: Double) throws {
    let kinds: [Valuation] = [
      .normal(mean: 5, standardDeviation: 2), .exponential(mean: 5), .logNormal(mean: 5, standardDeviation: 3),
      .gumbel(location: 4, scale: 2), .fixed(5), .truncatedNormal(mean: 4, standardDeviation: 3),
      .gamma(shape: 3, scale: 1.5),
    ]
    var (worst, surplus) = (0.0, 0.0)
    for (number, first) in kinds.enumerated() {
      for second in kinds[number...] where !(first == .fixed(5) && second == .fixed(5)) {
        for hasOutsideOption in [true, false] {
          let system = try Self.withoutTaste(
            [first, second], correlation: correlation, hasOutsideOption: hasOutsideOption)
          let prices = [4.1, 3.6]
          let stated = try system.response(at: prices, hasSlopes: false).error
          guard stated < 1e-9 else {
            let response = try system.response(at: prices, hasSlopes: true)
            for price in 0..<2 {
              var (above, below) = (prices, prices)
              above[price] += 0.5
              below[price] -= 0.5
              let high = try system.response(at: above, hasSlopes: false).units
              let low = try system.response(at: below, hasSlopes: false).units
              for row in 0..<2 {
                // Of the curvature within half a unit of money a hundredth may be left.
                #expect(
                  abs(response.slope(of: row, by: price) - (high[row] - low[row])) < 0.01 + 2 * stated,
                  "\(first.words), \(second.words), \(correlation): \(response.slopes), row \(row), price \(price)")
              }
            }
            continue
          }
          let check = try SlopeCheck(system, at: prices, step: 0.1)
          #expect(check.slopeError < 1e-6 && check.surplusError < 1e-6, "\(first.words), \(second.words): \(check)")
          worst = max(worst, check.slopeError)
          surplus = max(surplus, check.surplusError)
        }
      }
    }
    print(
      "pairs without taste, correlation \(correlation): errors of slopes \(worst), of the slope of surplus \(surplus)")
  }

  /// Four independent products: q_j = integral of f(v) x product of F(v - p_j + p_k) from p_j up, by Simpson's rule.
  /// Sobol points come within four times the stated error.
  @Test(arguments: [2048, 8192, 65_536]) func fourProductsByPoints(_ pointCount: Int) throws {
    let kinds: [Valuation] = [
      .normal(mean: 5, standardDeviation: 2), .uniform(low: 0, high: 10), .exponential(mean: 5),
      .logNormal(mean: 5, standardDeviation: 3),
    ]
    let prices = [4.1, 3.9, 4.4, 4.0]
    func below(_ kind: Int, _ value: Double) -> Double { 1 - kinds[kind].demand(at: value) }
    // Units of j, or minus the slope by p_k: with the density of k in place of its distribution.
    func integral(_ product: Int, by other: Int?) -> Double {
      let steps = 400_000
      let (low, high) = (prices[product], 80.0)
      let width = (high - low) / Double(steps)
      return (0...steps).reduce(0) { sum, step in
        let value = low + width * Double(step)
        var term = kinds[product].density(at: value)
        for rival in kinds.indices where rival != product {
          let threshold = value - prices[product] + prices[rival]
          term *= rival == other ? kinds[rival].density(at: threshold) : below(rival, threshold)
        }
        return sum + term * width / 3 * (step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2)
      }
    }
    let system = try Self.withoutTaste(kinds, pointCount: pointCount)
    let response = try system.response(at: prices, hasSlopes: true)
    var (units, slopes) = (0.0, 0.0)
    for product in kinds.indices {
      units = max(units, abs(response.units[product] - integral(product, by: nil)))
      for other in kinds.indices where other != product {
        slopes = max(slopes, abs(response.slope(of: product, by: other) - integral(product, by: other)))
      }
    }
    print("four products, \(pointCount) points: error \(units), stated \(response.error), of slopes \(slopes)")
    #expect(units < 4 * response.error && response.error < 0.1 / Double(pointCount).squareRoot())
    #expect(slopes < 8 * response.error)
  }

  /// A product nobody would take at any price, products off sale, and rivals with the same product.
  @Test func limitsWithoutTaste() throws {
    let kinds: [Valuation] = [.uniform(low: 0, high: 1), .uniform(low: 0, high: 1), .uniform(low: -2, high: -1)]
    let system = try Self.withoutTaste(kinds)
    let pair = try Self.withoutTaste(Array(kinds.prefix(2)))
    let with = try system.response(at: [0.3, 0.4, 0.2], hasSlopes: true)
    let without = try pair.response(at: [0.3, 0.4], hasSlopes: true)
    #expect(with.units[2] == 0 && with.slope(of: 2, by: 2) == 0)
    #expect(zip(with.units, without.units).allSatisfy { abs($0 - $1) < 4 * with.error + 1e-12 })
    let off = try pair.response(at: [0.3, .infinity], hasSlopes: true)
    #expect(abs(off.units[0] - 0.7) < 1e-14 && off.units[1] == 0 && off.slopes == [-1, 0, 0, 0])
    let none = try pair.response(at: [.infinity, .infinity], hasSlopes: true)
    #expect(none.units == [0, 0] && none.slopes == [0, 0, 0, 0] && none.surplus == 0)
    // Of two sellers of one product the cheaper sells it; at equal prices they share.
    let same = try Self.withoutTaste([.uniform(low: 0, high: 1)], sources: [[0], [0]])
    #expect(try same.response(at: [0.3, 0.4], hasSlopes: true).slopes == [-1, 0, 0, 0])
    #expect(try same.response(at: [0.4, 0.4], hasSlopes: false).units == [0.3, 0.3])
  }

  /// With taste noise, expected demand of any population is logit demand.
  @Test func tasteIsLogit() throws {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 5, standardDeviation: 2), .uniform(low: 2, high: 8)], correlation: nil),
      taste: 1)
    let population = try market([segment], sources: [[0], [1]])
    let exact = try LogitDemand(population).response(at: [4, 5], hasSlopes: true)
    let found = try ExpectedSystem(population).response(at: [4, 5], hasSlopes: true)
    let error = zip(exact.slopes, found.slopes).map { abs($0 - $1) }.max() ?? 1
    #expect(error < 1e-14 && zip(exact.units, found.units).allSatisfy { abs($0 - $1) < 1e-14 })
  }
}

extension DemandSystemTests {
  /// Correlated values without a closed form given each other: the copula's double integral by the midpoint rule on a
  /// grid of normal scores, which is good to 1e-6.
  @Test(arguments: [0.6, -0.4]) func correlatedUniformAndExponential(_ correlation: Double) throws {
    let kinds: [Valuation] = [.uniform(low: 0, high: 10), .exponential(mean: 5)]
    let prices = [4.0, 3.5]
    let system = try Self.withoutTaste(kinds, correlation: correlation)
    let response = try system.response(at: prices, hasSlopes: true)
    let deviation = (1 - correlation * correlation).squareRoot()
    // Slopes of each product, integrating over the score of the other.
    var exact = [0.0, 0, 0, 0]
    let steps = 40_000
    for (row, other) in [(0, 1), (1, 0)] {
      for step in 0..<steps {
        let score = -8 + 16 * (Double(step) + 0.5) / Double(steps)
        let rival = try kinds[other].quantile(min(1 - 1e-16, 0.5 * erfc(-score / 2.0.squareRoot()))) - prices[other]
        let threshold = max(0, rival) + prices[row]
        let own = kinds[row].demand(at: threshold)
        guard own > 0, own < 1 else { continue }
        let ownScore = -(try GSL.Normal().quantile(own))
        let standard = (ownScore - correlation * score) / deviation
        let density =
          kinds[row].density(at: threshold) * exp((ownScore * ownScore - standard * standard) / 2) / deviation
        let mass = exp(-score * score / 2) / (2 * Double.pi).squareRoot() * 16 / Double(steps)
        exact[3 * row] -= mass * density
        if rival > 0 { exact[2 * row + other] += mass * density }
      }
    }
    let error = zip(response.slopes, exact).map { abs($0 - $1) }.max() ?? 1
    print("correlated uniform and exponential, \(correlation): error of slopes \(error)")
    #expect(error < 1e-5)
  }

  /// One segment with taste noise and one without: each has its own formula.
  @Test func segmentsWithAndWithoutTaste() throws {
    let values = ValuationSource.distributions(
      [.normal(mean: 5, standardDeviation: 2), .exponential(mean: 4)], correlation: nil)
    let system = try ExpectedSystem(
      market(
        [
          Segment(name: "a", share: 0.4, valuations: values, taste: 0.5),
          Segment(name: "b", share: 0.6, valuations: values),
        ], sources: [[0], [1]]))
    let check = try SlopeCheck(system, at: [4, 3], step: 0.1)
    print("segments with and without taste: \(check)")
    #expect(check.slopeError < 1e-6 && check.surplusError < 1e-6)
  }
}
