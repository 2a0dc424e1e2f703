import Demand
import Foundation
import GSL
import Testing

/// Expected demand where a formula exists.
@Suite struct ExpectedClosedFormTests {
  static func choice(
    _ population: Population, _ list: PriceList, pointCount: Int = 8192
  ) throws -> (units: [Double], surplus: Double, error: Double) {
    var demand = ExpectedDemand(population, pointCount: pointCount)
    let menu = try Menu([list], in: population.assortment)
    let choice = try demand.choice(from: menu)
    return (menu.slots[0].map { choice.units($0, in: menu) }, choice.surplus, choice.error)
  }

  /// One product: demand and surplus are the valuation's own, to rounding.
  @Test(arguments: everyKind)
  func oneProductIsTheDemandCurve(_ valuation: Valuation) throws {
    for price in [0, 0.4, 1, 3, 8, 15, 25, 70.0] {
      let choice = try Self.choice(monopoly([valuation]), PriceList(prices: [price]))
      #expect(isClose(choice.units[0], valuation.demand(at: price), absolute: 1e-15))
      #expect(isClose(choice.surplus, valuation.expectedSurplus(at: price), relative: 1e-14, absolute: 1e-15))
    }
  }

  /// Two products of value 2 at price 1.472927, scale 1/4, outside value 0: both together 0.9428 (four digits), and the
  /// surplus is the scale times the log-sum, to rounding.
  @Test func logitShares() throws {
    let population = try monopoly([.fixed(2), .fixed(2)], categories: [0, 0], taste: 0.25)
    let choice = try Self.choice(population, PriceList(prices: [1.472927, 1.472927]))
    #expect(isClose(choice.units[0] + choice.units[1], 0.9428, absolute: 5e-5))
    let weight = exp((2 - 1.472927) / 0.25)
    #expect(isClose(choice.units[0], weight / (1 + 2 * weight), relative: 1e-14))
    #expect(isClose(choice.surplus, 0.25 * log(1 + 2 * weight), relative: 1e-14))
  }

  /// Utilities far from 0 neither overflow nor lose the ratio of small shares.
  @Test func logitSharesFarFromZero() throws {
    let population = try monopoly([.fixed(1000), .fixed(990)], categories: [0, 0], taste: 1)
    let cheap = try Self.choice(population, PriceList(prices: [0, 0]))
    #expect(isClose(cheap.units[0], 1 / (1 + exp(-10)), relative: 1e-13))
    #expect(isClose(cheap.surplus, 1000 + log(1 + exp(-10)), relative: 1e-13))
    let dear = try Self.choice(population, PriceList(prices: [1030, 1030]))
    #expect(isClose(dear.units[0], exp(-30), relative: 1e-9))
    #expect(isClose(dear.units[1], exp(-40), relative: 1e-9))
  }

  /// A logit with one random coefficient against quadrature of the test's own: 64 nodes in each of about 40 pieces. The
  /// largest difference found is 1e-13; 1e-10 allows for another libm.
  @Test(arguments: everySpreadKind, [0.02, 0.3, 2, 20])
  func logitWithARandomValuation(_ valuation: Valuation, _ taste: Double) throws {
    let population = try monopoly([valuation, .fixed(2)], categories: [0, 0], taste: taste)
    for price in [0.5, 2.5, 9] {
      let choice = try Self.choice(population, PriceList(prices: [price, 1.2]))
      func expectation(_ function: (Double) -> Double) throws -> Double {
        let shares: [Double] = [
          1e-15, 1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1 - 1e-5, 1 - 1e-7,
          1 - 1e-9, 1 - 1e-12, 1 - 1e-15,
        ]
        let levels = try shares.map { try valuation.quantile($0) }
        let distances: [Double] = [-30, -10, -3, 0, 3, 10, 30]
        let kinks: [Double] = distances.map { price + $0 * taste } + distances.map { price + 0.8 + $0 * taste }
        var ends = (levels + [valuation.support.lowerBound, valuation.support.upperBound]).filter(\.isFinite)
        if case .triangular(_, let mode, _) = valuation { ends.append(mode) }
        let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
        let cuts = (ends + kinks.filter { $0 > low && $0 < high }).sorted()
        var sum = 0.0
        for (start, end) in zip(cuts, cuts.dropFirst()) where start < end {
          let rule = try GaussLegendre(count: 64, from: start, to: end)
          sum += rule.integral { function($0) * valuation.density(at: $0) }
        }
        return sum
      }
      func weights(_ value: Double) -> (own: Double, sum: Double, top: Double) {
        let utilities = [(value - price) / taste, 0.8 / taste, 0]
        let top = utilities.max() ?? 0
        return (exp(utilities[0] - top), utilities.reduce(0) { $0 + exp($1 - top) }, top)
      }
      let share = try expectation { weights($0).own / weights($0).sum }
      let surplus = try expectation { taste * (weights($0).top + log(weights($0).sum)) }
      #expect(isClose(choice.units[0], share, absolute: 1e-10))
      #expect(isClose(choice.surplus, surplus, relative: 1e-10, absolute: 1e-10))
    }
  }

  /// The sum of two correlated normals is normal. The largest error found is 4e-14, also where one good varies fifty
  /// times as much as the other; 1e-11 allows for another libm.
  @Test(arguments: [-0.95, -0.5, 0, 0.3, 0.9, 0.99])
  func bundleOfTwoNormals(_ correlation: Double) throws {
    for deviations in [[3, 2], [0.2, 4], [5, 0.1]] {
      let population = try monopoly(
        [
          .normal(mean: 10, standardDeviation: deviations[0]), .normal(mean: 6, standardDeviation: deviations[1]),
        ], correlation: correlation == 0 ? nil : equicorrelation(2, correlation))
      let variance =
        deviations[0] * deviations[0] + deviations[1] * deviations[1] + 2 * correlation * deviations[0] * deviations[1]
      let sum = Valuation.normal(mean: 16, standardDeviation: variance.squareRoot())
      for price in [9, 14, 16, 17.3, 25] {
        let choice = try Self.choice(population, PriceList([Offer(ProductSet([0, 1]), price: price)]))
        #expect(isClose(choice.units[0], sum.demand(at: price), absolute: 1e-11), "\(deviations) at \(price)")
        #expect(isClose(choice.surplus, sum.expectedSurplus(at: price), absolute: 1e-11))
      }
    }
  }

  /// Three to five normals of any correlation, by 8192 quasi-random points. The largest error found is 5e-4; the bound
  /// is twice that, and three times the stated error.
  @Test(arguments: [3, 4, 5], [0, 0.4, 0.9])
  func bundleOfManyNormals(_ count: Int, _ correlation: Double) throws {
    let population = try monopoly(
      .init(repeating: .normal(mean: 4, standardDeviation: 2), count: count),
      correlation: correlation == 0 ? nil : equicorrelation(count, correlation))
    let variance = 4 * Double(count) * (1 + Double(count - 1) * correlation)
    let sum = Valuation.normal(mean: 4 * Double(count), standardDeviation: variance.squareRoot())
    for share in [0.1, 0.5, 0.8] {
      let price = try sum.quantile(share)
      let choice = try Self.choice(population, PriceList([Offer(ProductSet(0..<count), price: price)]))
      let error = abs(choice.units[0] - (1 - share))
      #expect(error < 1e-3, "\(error), stated \(choice.error)")
      #expect(error <= 3 * choice.error + 1e-12, "\(error), stated \(choice.error)")
      #expect(isClose(choice.surplus, sum.expectedSurplus(at: price), relative: 1e-3))
    }
  }

  /// P(sum of n uniforms <= x) by Irwin and Hall.
  static func irwinHall(_ count: Int, _ x: Double) -> Double {
    var term = 1.0
    var sum = 0.0
    for k in 0...count where Double(k) < x {
      sum += term * pow(x - Double(k), Double(count))
      term *= -Double(count - k) / Double(k + 1)
    }
    return sum / (1...count).reduce(1.0) { $0 * Double($1) }
  }

  /// Pure bundles of uniform goods: two by quadrature (1e-12), more by points.
  @Test(arguments: [2, 3, 5])
  func bundleOfUniformGoods(_ count: Int) throws {
    let population = try monopoly(.init(repeating: .uniform(low: 0, high: 1), count: count))
    for level in [0.15, 0.4, 0.5, 0.65, 0.9] {
      let price = level * Double(count)
      let choice = try Self.choice(population, PriceList([Offer(ProductSet(0..<count), price: price)]))
      let exact = 1 - Self.irwinHall(count, price)
      let error = abs(choice.units[0] - exact)
      #expect(error < (count == 2 ? 1e-12 : 1e-3), "\(error), stated \(choice.error)")
      #expect(error <= 3 * choice.error + 1e-12, "\(error), stated \(choice.error)")
    }
  }

  /// Two U[0,1] goods at 2/3 each and (4 - sqrt 2)/3 together: the areas of the unit square, by elementary geometry.
  @Test func mixedBundleOfTwoUniformGoods() throws {
    let population = try monopoly([.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)])
    let (single, bundle) = (2.0 / 3, (4 - 2.0.squareRoot()) / 3)
    let list = PriceList([
      Offer(product: 0, price: single), Offer(product: 1, price: single), Offer(ProductSet([0, 1]), price: bundle),
    ])
    let choice = try Self.choice(population, list)
    let gap = bundle - single
    let alone = (1 - single) * gap
    let cut = 2 * single - bundle
    let together = (1 - gap) * (1 - gap) - cut * cut / 2
    #expect(isClose(choice.units[0], alone, absolute: 1e-12))
    #expect(isClose(choice.units[1], alone, absolute: 1e-12))
    #expect(isClose(choice.units[2], together, absolute: 1e-12))
  }

  /// Products in categories of their own do not bear on each other, with or without taste.
  @Test(arguments: [0, 1.5])
  func categoriesAreIndependent(_ taste: Double) throws {
    let valuations: [Valuation] = [
      .uniform(low: 0, high: 8), .normal(mean: 3, standardDeviation: 2), .exponential(mean: 2),
    ]
    let all = try Self.choice(monopoly(valuations, taste: taste), PriceList(prices: [3, 2, 1]))
    var surplus = 0.0
    for (index, valuation) in valuations.enumerated() {
      let one = try Self.choice(monopoly([valuation], taste: taste), PriceList(prices: [[3, 2, 1][index]]))
      #expect(isClose(all.units[index], one.units[0], absolute: 1e-14))
      surplus += one.surplus
    }
    #expect(isClose(all.surplus, surplus, relative: 1e-13))
  }
}
