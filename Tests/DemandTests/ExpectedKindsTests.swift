import Demand
import Foundation
import GSL
import Testing

/// Expected demand of the kinds with formulas of their own: against a million sampled customers alone, in pairs, with
/// bundles, taste and correlation (bounds and power as in `ExpectedAgainstSampledTests`), and against integrals that the
/// tests compute in another way.
@Suite struct ExpectedKindsTests {
  static let table = MixtureTests.mixture([
    (0.2, .fixed(0)), (0.25, .uniform(low: 3, high: 5)), (0.35, .uniform(low: 5, high: 8)), (0.2, .fixed(8)),
  ])
  static let lumpy = MixtureTests.mixture([
    (0.3, .fixed(4)), (0.3, .normal(mean: 6, standardDeviation: 0.1)), (0.4, .gamma(shape: 3, scale: 2)),
  ])

  static let kinds: [Valuation] = [
    .pareto(minimum: 3, elasticity: 3), .logistic(location: 5, scale: 1), .weibull(shape: 1.5, scale: 6),
    .weibull(shape: 0.6, scale: 4), .gamma(shape: 2.5, scale: 2), .gamma(shape: 0.4, scale: 12),
    .beta(alpha: 2, beta: 3, low: 1, high: 12), .beta(alpha: 0.5, beta: 0.5, low: 0, high: 9),
    .triangular(low: 1, mode: 4, high: 11), .truncatedNormal(mean: 3, standardDeviation: 4), table, lumpy,
  ]

  @Test(arguments: kinds)
  func alone(_ valuation: Valuation) throws {
    for (number, taste) in [0, 0.05, 1.5].enumerated() {
      for price in taste == 0 ? [3.3, 4, 8] : [4] {
        try ExpectedAgainstSampledTests.check(
          monopoly([valuation], taste: taste), [PriceList(prices: [price])], seed: UInt64(60 + number),
          "\(valuation.words), taste \(taste), price \(price)")
      }
    }
  }

  /// Each with each: as substitutes, or as two goods with a bundle.
  @Test(arguments: kinds.indices)
  func pairs(_ first: Int) throws {
    let others: [Valuation] = Self.kinds + [.normal(mean: 5, standardDeviation: 2), .fixed(4.5)]
    let bundle = PriceList([
      Offer(product: 0, price: 4), Offer(product: 1, price: 5), Offer(ProductSet([0, 1]), price: 8),
    ])
    for second in others.indices where second >= first {
      let pair = [Self.kinds[first], others[second]]
      let name = pair.map(\.words).joined(separator: " and ")
      if (first + second) % 2 == 0 {
        try ExpectedAgainstSampledTests.check(monopoly(pair), [bundle], seed: 6, name + " in a bundle")
      } else {
        try ExpectedAgainstSampledTests.check(
          monopoly(pair, categories: [0, 0]), [PriceList(prices: [4, 4.4])], seed: 5, name + " as substitutes")
      }
    }
  }

  static let trios: [[Valuation]] = [
    [kinds[0], kinds[4], table], [kinds[1], lumpy, kinds[7]],
    [kinds[3], kinds[9], .normal(mean: 5, standardDeviation: 2)],
    [table, lumpy, .fixed(4)], [table, .normal(mean: 5, standardDeviation: 1.5), .fixed(4)],
    [kinds[6], kinds[8], kinds[2]],
  ]

  @Test(arguments: trios.indices, ExpectedAgainstSampledTests.Layout.allCases)
  func everyLayout(_ trio: Int, _ layout: ExpectedAgainstSampledTests.Layout) throws {
    for (number, taste) in [0, 0.4].enumerated() {
      for correlation in [nil, 0.6] {
        let population = try monopoly(
          Self.trios[trio], categories: layout.categories, correlation: correlation.map { equicorrelation(3, $0) },
          taste: taste)
        try ExpectedAgainstSampledTests.check(
          population, [layout.list], seed: UInt64(7000 + 100 * trio + 10 * number + (correlation == nil ? 0 : 1)),
          "trio \(trio), \(layout), taste \(taste), correlation \(correlation ?? 0)",
          pointCount: layout == .linked ? 65_536 : 8192)
      }
    }
  }

  /// Substitutes without taste: the surplus is the integral of 1 - F1(p1 + s) F2(p2 + s), and the share of the first
  /// that of its density where the second leaves less; both by adaptive quadrature of their own.
  @Test(arguments: [-0.6, 0, 0.8])
  func correlatedWithANormalIsExact(_ correlation: Double) throws {
    let normal = Valuation.normal(mean: 5, standardDeviation: 2)
    for other in Self.kinds {
      let population = try monopoly(
        [normal, other], categories: [0, 0], correlation: correlation == 0 ? nil : equicorrelation(2, correlation))
      for price in [4.4, 6.1] {
        let choice = try ExpectedClosedFormTests.choice(population, PriceList(prices: [4.2, price]))
        #expect(choice.error < 1e-10)
        // P(normal good bought) = E over the other's score of the normal's tail beyond the better of the two others.
        func tail(_ score: Double) throws -> Double {
          let below = 0.5 * erfc(-score / 2.0.squareRoot())
          let value = try other.quantile(min(1 - 1e-16, below))
          let threshold = max(4.2, 4.2 + value - price)
          let z = ((threshold - 5) / 2 - correlation * score) / (1 - correlation * correlation).squareRoot()
          return 0.5 * erfc(z / 2.0.squareRoot()) * exp(-score * score / 2) / (2 * Double.pi).squareRoot()
        }
        // The midpoint rule on a fine grid: steps and bends of the integrand cost about 1e-4 of a cell's weight.
        var sum = 0.0
        let count = 20_000
        for step in 0..<count { sum += try tail(-8 + 16 * (Double(step) + 0.5) / Double(count)) * 16 / Double(count) }
        #expect(abs(choice.units[0] - sum) < 2e-4, "\(other.words), correlation \(correlation)")
      }
    }
  }

  /// Demand and surplus of two independent substitutes by one integral each, tails of every weight included.
  @Test func heavyTailsAreWhole() throws {
    for (one, two) in [(1.05, 1.3), (1.5, 1.01), (2.2, 1.1), (4, 1.6)] {
      let first = Valuation.pareto(minimum: 4, elasticity: one)
      let second = Valuation.pareto(minimum: 3, elasticity: two)
      let population = try monopoly([first, second], categories: [0, 0])
      let choice = try ExpectedClosedFormTests.choice(population, PriceList(prices: [6, 5]))
      // E[max(v1 - 6, v2 - 5, 0)] = surplus of each alone less the integral of the product of demands.
      let both = try integrate(from: 0, to: .infinity, absoluteTolerance: 1e-11, relativeTolerance: 1e-11) {
        first.demand(at: 6 + $0) * second.demand(at: 5 + $0)
      }.value
      let surplus = first.expectedSurplus(at: 6) + second.expectedSurplus(at: 5) - both
      #expect(isClose(choice.surplus, surplus, relative: 1e-9), "\(one), \(two): \(choice.surplus) and \(surplus)")
      let share = try integrate(from: 0, to: .infinity, absoluteTolerance: 1e-12, relativeTolerance: 1e-11) {
        first.density(at: 6 + $0) * (1 - second.demand(at: 5 + $0))
      }.value
      #expect(isClose(choice.units[0], share, absolute: 1e-9), "\(one), \(two): \(choice.units[0]) and \(share)")
    }
  }

  /// With taste, correlation, bundles and three goods at once heavy tails stay finite, and a surplus is never less than
  /// that of the best single good alone, whose closed form includes the tail.
  @Test(arguments: [1.01, 1.2, 1.9])
  func heavyTailsNeverBreak(_ elasticity: Double) throws {
    let heavy = Valuation.pareto(minimum: 4, elasticity: elasticity)
    let trio = [heavy, .gamma(shape: 2, scale: 3), MixtureTests.mixture([(0.5, heavy), (0.5, .fixed(5))])]
    for layout in ExpectedAgainstSampledTests.Layout.allCases {
      for taste in [0, 0.7] {
        for correlation in [nil, 0.5] {
          let population = try monopoly(
            trio, categories: layout.categories, correlation: correlation.map { equicorrelation(3, $0) }, taste: taste)
          let choice = try ExpectedClosedFormTests.choice(population, layout.list)
          #expect(choice.units.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 + 1e-12 })
          #expect(choice.surplus.isFinite)
          #expect(choice.surplus > 0.999 * heavy.expectedSurplus(at: 4.1), "\(layout), \(taste), \(correlation ?? 0)")
        }
      }
    }
  }

  /// One good with taste: the average of the logit over the valuation, integrated over probabilities by the test.
  @Test(arguments: kinds, [0.05, 1.5])
  func logitOverOneValuation(_ valuation: Valuation, _ taste: Double) throws {
    let choice = try ExpectedClosedFormTests.choice(
      monopoly([valuation], taste: taste), PriceList(prices: [4.5]))
    let count = 200_000
    var share = 0.0
    for step in 0..<count {
      let value = try valuation.quantile((Double(step) + 0.5) / Double(count))
      share += 1 / (1 + exp((4.5 - value) / taste)) / Double(count)
    }
    // The midpoint rule errs by a cell at each step of the quantile.
    #expect(abs(choice.units[0] - share) < 1e-5, "\(valuation.words): \(choice.units[0]) and \(share)")
  }

  /// Customers who agree on a valuation are indifferent between equally good offers, as in the market: half of them
  /// take each.
  @Test func tiesOfAtomsAreShared() throws {
    let coin = MixtureTests.mixture([(0.5, .fixed(8)), (0.5, .uniform(low: 0, high: 4))])
    let population = try monopoly([coin, .fixed(6)], categories: [0, 0])
    let choice = try ExpectedClosedFormTests.choice(population, PriceList(prices: [5, 3]))
    #expect(isClose(choice.units[0], 0.25, absolute: 1e-15))
    #expect(isClose(choice.units[1], 0.75, absolute: 1e-15))
    try ExpectedAgainstSampledTests.check(population, [PriceList(prices: [5, 3])], seed: 9, "ties")
    let two = try monopoly([coin, coin], categories: [0, 0])
    try ExpectedAgainstSampledTests.check(two, [PriceList(prices: [3, 3])], seed: 10, "ties of two")
  }
}
