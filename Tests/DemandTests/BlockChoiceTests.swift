import Demand
import Testing

/// What customers of a block take, against a plain search through all feasible sets of offers.
@Suite struct BlockChoiceTests {
  private static let key = DrawKey(seed: 5, replication: 1, purpose: .customers)

  /// One market's block of customers against the reference; returns how many choices were ties.
  private static func check(_ market: RandomMarket, tolerance: Double) -> Int {
    let assortment = market.population.assortment
    var block = CustomerBlock(market.population)
    let choice = BlockChoice(assortment)
    block.draw(key, first: 0, count: 200)
    choice.choose(block, from: market.menu)
    var ties = 0
    var counted = [Double](repeating: 0, count: market.menu.singlePrices.count + market.menu.bundles.count)
    var surplus = 0.0
    var buyers = 0
    let isFirstSellers = Set(market.menu.slots[0].map { market.menu.index(of: $0) })
    for lane in 0..<block.count {
      let values = assortment.alternatives.indices.map { block.value(ofAlternative: $0, lane: lane) }
      let plain = PlainChoice(values: values, menu: market.menu, assortment: assortment)
      var places: [Int] = []
      choice.purchases(market.menu, lane: lane, into: &places)
      #expect(isClose(choice.surplus(lane: lane), plain.surplus, relative: tolerance, absolute: tolerance))
      #expect(plain.baskets.contains { $0.places == places.sorted() }, "\(places) is none of \(plain.baskets)")
      ties += plain.baskets.count > 1 ? 1 : 0
      for place in places { counted[place] += 1 }
      surplus += choice.surplus(lane: lane)
      if !isFirstSellers.isDisjoint(with: places) { buyers += 1 }
    }

    // Tallies are whole numbers and must agree exactly; the surplus is summed in another order.
    var units = [Double](repeating: 0, count: counted.count)
    var tallied = 0.0
    for lanes in block.lanesBySegment { tallied += choice.tally(market.menu, lanes: lanes, into: &units) }
    #expect(units == counted)
    #expect(isClose(tallied, surplus, relative: 1e-12, absolute: 1e-12))
    let isOwn = counted.indices.map(isFirstSellers.contains)
    #expect(choice.buyers(market.menu, lanes: 0..<block.count, of: isOwn) == buyers)
    return ties
  }

  /// Whole numbers: sums are exact, so that surpluses must agree to the last bit and ties are ties.
  @Test(arguments: 0..<40)
  func coarseMarketsAgreeExactly(_ number: Int) throws {
    var random = SplitMix(state: UInt64(1000 + number))
    var ties = 0
    for _ in 0..<10 { ties += Self.check(try RandomMarket(isCoarse: true, using: &random), tolerance: 0) }
    // It would be no test of ties if there were none.
    #expect(ties > 50)
  }

  /// Continuous values: sums in another order differ by rounding; a tie would be a coincidence.
  @Test(arguments: 0..<20)
  func continuousMarketsAgree(_ number: Int) throws {
    var random = SplitMix(state: UInt64(2000 + number))
    for _ in 0..<10 { _ = Self.check(try RandomMarket(isCoarse: false, using: &random), tolerance: 1e-12) }
  }

  private static func shares(_ population: Population, _ lists: [PriceList], count: Int = 200_000) throws -> [Double] {
    let menu = try Menu(lists, in: population.assortment)
    return SampledMarket(population, menu, count: count, seed: 3).units.map { $0 / Double(count) }
  }

  private static func equals(categories: [Int], sources: [[Int]], values: [Double]) throws -> Population {
    try Population(
      segments: [Segment(name: "all", share: 1, valuations: .respondents([values]))],
      assortment: assortment(categories: categories, sources: sources))
  }

  /// Three equally good offers get a third each. 200,000 customers and 4.5 standard errors: a lot that favours one offer
  /// by 2% of its share is seen with a probability above 0.999.
  @Test func equalOffersAreDrawnByEvenLots() throws {
    let population = try Self.equals(categories: [0], sources: [[0], [0], [0]], values: [5])
    let list = PriceList(prices: [4])
    let bound = 4.5 * (2.0 / 9 / 200_000).squareRoot()
    for share in try Self.shares(population, [list, list, list]) { #expect(abs(share - 1.0 / 3) < bound) }
    let cheaper = try Self.shares(population, [list, PriceList(prices: [3]), list])
    #expect(cheaper == [0, 1, 0])
  }

  /// Each category has a lot of its own: of two categories with two equal offers, the same seller gets both half the time.
  @Test func lotsOfCategoriesAreIndependent() throws {
    let population = try Self.equals(categories: [0, 1], sources: [[0, 1], [0, 1]], values: [5, 5])
    let menu = try Menu([PriceList(prices: [1, 1]), PriceList(prices: [1, 1])], in: population.assortment)
    var block = CustomerBlock(population)
    let choice = BlockChoice(population.assortment)
    let own = population.assortment.alternativesBySource[0]
    var both = 0
    for first in stride(from: 0, to: 100 * 512, by: 512) {
      block.draw(Self.key, first: first, count: 512)
      choice.choose(block, from: menu)
      for lane in 0..<512 {
        var places: [Int] = []
        choice.purchases(menu, lane: lane, into: &places)
        both += places.count { own.contains($0) } == 1 ? 0 : 1
      }
    }
    #expect(abs(Double(both) / 51_200 - 0.5) < 4.5 * 0.5 / 51_200.0.squareRoot())
  }

  /// Sellers with the same bundle at the same price are alike to the customer, so their shares are alike as well.
  @Test(arguments: [2, 3])
  func equalBundlesAreDrawnByEvenLots(_ sellers: Int) throws {
    let population = try Self.equals(
      categories: [0, 1], sources: .init(repeating: [0, 1], count: sellers), values: [5, 5])
    let list = PriceList([Offer(ProductSet([0, 1]), price: 6)])
    let shares = try Self.shares(population, .init(repeating: list, count: sellers)).suffix(sellers)
    let even = 1 / Double(sellers)
    for share in shares { #expect(abs(share - even) < 4.5 * (even * (1 - even) / 200_000).squareRoot(), "\(shares)") }
  }

  @Test func theBundleWinsOverEquallyGoodParts() throws {
    let population = try Self.equals(categories: [0, 1], sources: [[0, 1]], values: [5, 5])
    let list = PriceList([
      Offer(product: 0, price: 2), Offer(product: 1, price: 3), Offer(ProductSet([0, 1]), price: 5),
    ])
    #expect(try Self.shares(population, [list], count: 600) == [0, 0, 1])
  }

  /// Exactly nothing to gain: the customer buys, one by one and as a bundle; a hair dearer and nobody does.
  @Test func noSurplusIsEnough() throws {
    let population = try Self.equals(categories: [0, 1], sources: [[0, 1]], values: [5, 3])
    #expect(try Self.shares(population, [PriceList(prices: [5, 3])], count: 600) == [1, 1])
    #expect(try Self.shares(population, [PriceList(prices: [5 + 1e-14, 3])], count: 600) == [0, 1])
    let bundle = PriceList([Offer(ProductSet([0, 1]), price: 8)])
    #expect(try Self.shares(population, [bundle], count: 600) == [0, 0, 1])
    let dearer = PriceList([Offer(ProductSet([0, 1]), price: 8 + 1e-14)])
    #expect(try Self.shares(population, [dearer], count: 600) == [0, 0, 0])
  }

  @Test func withoutAnOutsideOptionEverybodyBuys() throws {
    let population = try Population(
      segments: [Segment(name: "all", share: 1, valuations: .respondents([[1, 2], [2, 1]]))],
      assortment: assortment(categories: [0, 0], sources: [[0], [1]], hasOutsideOption: false))
    let market = SampledMarket(
      population, try Menu([PriceList(prices: [50]), PriceList(prices: [50])], in: population.assortment),
      count: 20_000,
      seed: 1)
    #expect(market.units.reduce(0, +) == 20_000)
    #expect(market.surplus == -48.0 * 20_000)
  }

  @Test func whatIsSoldOutIsNotTaken() throws {
    let population = try Self.equals(categories: [0, 1], sources: [[0, 1]], values: [5, 5])
    var menu = try Menu(
      [
        PriceList([
          Offer(product: 0, price: 2), Offer(product: 1, price: 3), Offer(ProductSet([0, 1]), price: 4),
        ])
      ], in: population.assortment)
    func units() -> [Double] { SampledMarket(population, menu, count: 100, seed: 1).units }
    #expect(units() == [0, 0, 100])
    menu.withdraw(at: 2)
    #expect(units() == [100, 100, 0])
    menu.withdraw(at: 0)
    #expect(units() == [0, 100, 0])
    menu.withdraw(at: 1)
    #expect(units() == [0, 0, 0])
  }
}
