import Demand
import Foundation
import Testing

/// Expected demand against what a million sampled customers do, for every way in which it is computed.
///
/// Bounds are 4 standard errors plus the stated integration error. At a share of one half, 0.5% of it is 5 standard
/// errors and is seen with a probability of 0.84; so is 0.5% of the mean surplus of most cases. 1% (10 standard errors)
/// is seen with a probability above 0.999999, and each way of computing is tried in several cases.
@Suite struct ExpectedAgainstSampledTests {
  /// A million customers, or as many times more as `Scripts/check-heavy` asks for.
  static let count =
    1_000_000 * max(1, ProcessInfo.processInfo.environment["BERTRAND_TEST_EFFORT"].flatMap { Int($0) } ?? 1)

  static func check(
    _ population: Population, _ lists: [PriceList], seed: UInt64, _ name: String, surplusError: Double = 1e-3,
    pointCount: Int = 8192, hasMeanSurplus: Bool = true
  ) throws {
    let menu = try Menu(lists, in: population.assortment)
    var demand = ExpectedDemand(population, pointCount: pointCount)
    let expected = try demand.choice(from: menu)
    let sampled = SampledMarket(population, menu, count: count, seed: seed)
    for place in expected.units.indices {
      let share = expected.units[place]
      // One customer more allows for shares so close to 0 or 1 that counts are not normal.
      let standardError = (max(0, share * (1 - share)) / Double(count)).squareRoot() + 1 / Double(count)
      let found = sampled.units[place] / Double(count)
      #expect(
        abs(found - share) < 4 * standardError + expected.error, "\(name): place \(place), stated \(expected.error)")
    }
    guard hasMeanSurplus else { return }
    let surplus = sampled.meanSurplus
    let allowance = expected.error > 1e-9 ? surplusError * abs(expected.surplus) : 1e-9
    #expect(
      abs(surplus.mean - expected.surplus) < 4 * surplus.standardError + allowance,
      "\(name): surplus \(surplus) against \(expected.surplus)")
  }

  /// Kinds that are joined, so that each meets each.
  static let trios: [[Valuation]] = [
    [
      .normal(mean: 5, standardDeviation: 2), .normal(mean: 4, standardDeviation: 3),
      .normal(mean: 6, standardDeviation: 1),
    ],
    [.uniform(low: 0, high: 10), .uniform(low: 2, high: 7), .exponential(mean: 5)],
    [
      .logNormal(mean: 5, standardDeviation: 4), .gumbel(location: 4, scale: 2), .normal(mean: 5, standardDeviation: 1),
    ],
    [.exponential(mean: 5), .logNormal(mean: 4, standardDeviation: 1), .uniform(low: 1, high: 8)],
    [.fixed(5), .gumbel(location: 3, scale: 2), .gumbel(location: 4, scale: 1)],
    [.fixed(5), .fixed(4), .exponential(mean: 4)],
  ]

  enum Layout: String, CaseIterable {
    case substitutes, independent, bundle, linked

    var categories: [Int] {
      switch self {
      case .substitutes: [0, 0, 0]
      case .independent, .bundle: [0, 1, 2]
      case .linked: [0, 0, 1]
      }
    }

    var list: PriceList {
      let singles = [Offer(product: 0, price: 4.1), Offer(product: 1, price: 3.2), Offer(product: 2, price: 4.3)]
      switch self {
      case .substitutes, .independent: return PriceList(singles)
      case .bundle:
        return PriceList(singles + [Offer(ProductSet([0, 1]), price: 6.2), Offer(ProductSet([0, 1, 2]), price: 9.5)])
      case .linked:
        return PriceList(singles + [Offer(ProductSet([0, 2]), price: 7), Offer(ProductSet([1, 2]), price: 6.3)])
      }
    }
  }

  @Test(arguments: trios.indices, Layout.allCases)
  func everyCombination(_ trio: Int, _ layout: Layout) throws {
    for (number, taste) in [0, 0.05, 1.5].enumerated() {
      for correlation in [nil, 0.6] {
        let population = try monopoly(
          Self.trios[trio], categories: layout.categories,
          correlation: correlation.map { equicorrelation(3, $0) }, taste: taste)
        try Self.check(
          population, [layout.list], seed: UInt64(1000 * trio + 10 * number + (correlation == nil ? 0 : 1)),
          "\(layout), taste \(taste), correlation \(correlation ?? 0)")
      }
    }
  }

  /// Two products are integrated in another way than three; one of them may be far narrower than the other.
  @Test(arguments: [-0.7, 0, 0.95])
  func pairs(_ correlation: Double) throws {
    let kinds: [Valuation] = [
      .normal(mean: 5, standardDeviation: 2), .normal(mean: 5, standardDeviation: 0.05), .uniform(low: 0, high: 10),
      .exponential(mean: 5), .logNormal(mean: 5, standardDeviation: 3), .gumbel(location: 4, scale: 2), .fixed(5),
    ]
    let list = PriceList([
      Offer(product: 0, price: 4.9), Offer(product: 1, price: 5.05), Offer(ProductSet([0, 1]), price: 9),
    ])
    for first in kinds {
      for second in kinds {
        let population = try monopoly(
          [first, second], correlation: correlation == 0 ? nil : equicorrelation(2, correlation))
        try Self.check(population, [list], seed: 77, "\(first.words) and \(second.words)")
      }
    }
  }

  /// Rivals who sell the same product share its valuation and differ by taste only.
  @Test(arguments: [0, 0.4], [true, false])
  func rivalsWithTheSameProduct(_ taste: Double, _ hasOutsideOption: Bool) throws {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 5, standardDeviation: 2), .uniform(low: 2, high: 8), .exponential(mean: 4)],
        correlation: equicorrelation(3, 0.3)), taste: taste)
    let population = try Population(
      segments: [segment],
      assortment: assortment(
        categories: [0, 0, 1], sources: [[0, 2], [0, 1, 2]], hasOutsideOption: hasOutsideOption))
    let plain = [PriceList(prices: [4, 3.5]), PriceList(prices: [4.2, 4, 3.4])]
    try Self.check(population, plain, seed: 5, "single products")
    let bundles = [
      PriceList([Offer(product: 0, price: 4), Offer(product: 1, price: 3.5), Offer(ProductSet([0, 1]), price: 6.5)]),
      PriceList([
        Offer(product: 0, price: 4.2), Offer(product: 1, price: 4), Offer(product: 2, price: 3.4),
        Offer(ProductSet([1, 2]), price: 6.9),
      ]),
    ]
    try Self.check(population, bundles, seed: 6, "bundles")
  }

  /// Whole numbers, so that ties are settled by the same lots in both; also with taste, and beside another segment.
  @Test(arguments: [0, 0.8])
  func respondents(_ taste: Double) throws {
    var random = SplitMix(state: 8)
    let rows = (0..<40).map { _ in (0..<3).map { _ in Double(Int.random(in: 0...6, using: &random)) } }
    let surveyed = try Segment(name: "surveyed", share: 0.6, valuations: .respondents(rows), taste: taste)
    let others = try Segment(
      name: "others", share: 0.4,
      valuations: .distributions(
        [.normal(mean: 3, standardDeviation: 1), .exponential(mean: 3), .fixed(3)], correlation: nil))
    let population = try Population(
      segments: [surveyed, others], assortment: assortment(categories: [0, 0, 1], sources: [[0, 2], [0, 1, 2]]))
    try Self.check(population, [PriceList(prices: [3, 2]), PriceList(prices: [3, 2, 2])], seed: 1, "single products")
    let bundles = [
      PriceList([Offer(product: 0, price: 3), Offer(ProductSet([0, 1]), price: 4)]),
      PriceList([Offer(product: 1, price: 3), Offer(product: 2, price: 2), Offer(ProductSet([0, 2]), price: 4)]),
    ]
    try Self.check(population, bundles, seed: 2, "bundles")
  }

  /// Random markets whose valuations are small whole numbers: hardly a customer without a tie. Here the expectation is
  /// exact, so that 4.5 standard errors are all that is allowed.
  @Test(arguments: 0..<30)
  func ties(_ number: Int) throws {
    var random = SplitMix(state: UInt64(3000 + number))
    let market = try RandomMarket(isCoarse: true, using: &random)
    var demand = ExpectedDemand(market.population)
    let expected = try demand.choice(from: market.menu)
    let sampled = SampledMarket(market.population, market.menu, count: 100_000, seed: UInt64(number))
    for place in expected.units.indices {
      let share = expected.units[place]
      let standardError = (max(0, share * (1 - share)) / 100_000).squareRoot()
      #expect(abs(sampled.units[place] / 100_000 - share) < 4.5 * standardError + 1e-9)
    }
  }

  /// One object answers for any menu in any order: what it keeps must not leak from one menu to the next.
  @Test func menusDoNotLeakIntoEachOther() throws {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 5, standardDeviation: 2), .uniform(low: 2, high: 8), .exponential(mean: 4)], correlation: nil),
      taste: 0.4)
    let population = try Population(
      segments: [segment], assortment: assortment(categories: [0, 0, 0], sources: [[0, 1, 2], [0]]))
    let menus = try [
      [PriceList(prices: [4, 4, 4])], [PriceList(prices: [4, 4, 4]), PriceList(prices: [3])],
      [PriceList([Offer(product: 1, price: 4)]), PriceList(prices: [3])], [PriceList(prices: [4, 4, 4])],
    ].map { try Menu($0, in: population.assortment) }
    var shared = ExpectedDemand(population)
    for menu in menus {
      var fresh = ExpectedDemand(population)
      #expect(try shared.choice(from: menu).units == fresh.choice(from: menu).units)
    }
  }

  /// More points: a smaller error, and the stated one covers the change.
  @Test func theStatedErrorIsHonest() throws {
    for (trio, valuations) in Self.trios.enumerated() {
      for layout in [Layout.substitutes, .bundle, .linked] {
        for taste in [0, 0.7] {
          let population = try monopoly(valuations, categories: layout.categories, taste: taste)
          let menu = try Menu([layout.list], in: population.assortment)
          var coarse = ExpectedDemand(population, pointCount: 1024)
          var fine = ExpectedDemand(population, pointCount: 65_536)
          let (rough, exact) = (try coarse.choice(from: menu), try fine.choice(from: menu))
          let change = zip(rough.units, exact.units).map { abs($0 - $1) }.max() ?? 0
          #expect(
            change <= 3 * rough.error + exact.error + 1e-12,
            "trio \(trio), \(layout), taste \(taste): \(change), stated \(rough.error)")
          #expect(exact.error <= rough.error + 1e-12)
          #expect(rough.error < 0.02)
        }
      }
    }
  }
}
