import Demand
import Testing

/// What customers take who have synergies, several units or both, against a plain search through all sets of offers with
/// all numbers of units.
@Suite struct LinkedChoiceTests {
  enum Kind: String, CaseIterable { case synergy, usage, both }

  private static let key = DrawKey(seed: 5, replication: 1, purpose: .customers)

  /// A random market whose segments have random synergies and curves; the first segment stays plain now and then.
  private static func market(
    _ kind: Kind, isCoarse: Bool, using random: inout SplitMix
  ) throws -> (population: Population, menu: Menu, limits: [Int: Int]) {
    let market = try RandomMarket(isCoarse: isCoarse, using: &random)
    let population = try market.population.with { segment in
      if !isCoarse, Int.random(in: 0..<4, using: &random) == 0 { return segment }
      return try segment.with(
        synergies: kind == .usage ? [] : market.population.randomSynergies(isCoarse: isCoarse, using: &random),
        usage: kind == .synergy ? [:] : try market.population.randomUsage(isCoarse: isCoarse, using: &random))
    }
    var menu = market.menu
    var limits: [Int: Int] = [:]
    // Some offers are short or sold out where customers may do without.
    if population.assortment.hasOutsideOption {
      for place in 0..<(menu.singlePrices.count + menu.bundles.count) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: menu.withdraw(at: place)
        case 1 where place < menu.singlePrices.count:
          limits[place] = Int.random(in: 1...3, using: &random)
          menu.limit(at: place, to: limits[place] ?? 1)
        default: break
        }
      }
    }
    return (population, menu, limits)
  }

  private static func check(
    _ market: (population: Population, menu: Menu, limits: [Int: Int]), customers: Int, tolerance: Double
  ) -> (ties: Int, several: Int, linked: Int) {
    let (population, menu, limits) = market
    let assortment = population.assortment
    var block = CustomerBlock(population)
    let choice = BlockChoice(assortment)
    block.draw(key, first: 0, count: customers)
    choice.choose(block, from: menu)
    let people = SampledValuations.customers(of: population, count: customers, key: key)
    var found = (ties: 0, several: 0, linked: 0)
    var counted = [Double](repeating: 0, count: menu.singlePrices.count + menu.bundles.count)
    var surplus = 0.0
    for (arrival, person) in people.enumerated() {
      let lane = block.lane(ofArrival: arrival)
      let segment = population.segments[person.segment]
      let plain = PlainCustomer(
        values: person.values, valuations: person.valuations, segment: segment, menu: menu, assortment: assortment,
        limits: limits)
      var places: [Int] = []
      choice.purchases(menu, lane: lane, into: &places)
      #expect(isClose(choice.surplus(lane: lane), plain.surplus, relative: tolerance, absolute: tolerance))
      #expect(plain.baskets.contains { $0.places.sorted() == places.sorted() }, "\(places) is none of \(plain.baskets)")
      found.ties += plain.baskets.count > 1 ? 1 : 0
      found.several += Set(places).count < places.count ? 1 : 0
      found.linked += segment.synergies.contains { Set(plain.baskets[0].owned).isSuperset(of: $0.products) } ? 1 : 0
      for place in places { counted[place] += 1 }
      surplus += choice.surplus(lane: lane)
    }
    var units = [Double](repeating: 0, count: counted.count)
    var tallied = 0.0
    for lanes in block.lanesBySegment { tallied += choice.tally(menu, lanes: lanes, into: &units) }
    #expect(units == counted)
    #expect(isClose(tallied, surplus, relative: 1e-12, absolute: 1e-12))
    return found
  }

  /// Small whole numbers: surpluses agree to the last bit, and ties are ties.
  @Test(arguments: 0..<20, Kind.allCases)
  func coarseMarketsAgreeExactly(_ number: Int, _ kind: Kind) throws {
    var random = SplitMix(state: UInt64(5000 + number))
    var found = (ties: 0, several: 0, linked: 0)
    for _ in 0..<12 {
      let market = try Self.market(kind, isCoarse: true, using: &random)
      let own = Self.check(market, customers: 100, tolerance: 0)
      found = (found.ties + own.ties, found.several + own.several, found.linked + own.linked)
    }
    // It would be no test of them if there were none.
    #expect(found.ties > 20, "\(found)")
    #expect(kind == .synergy || found.several > 20, "\(found)")
    #expect(kind == .usage || found.linked > 20, "\(found)")
  }

  /// Continuous values with taste noise and several segments; sums in another order differ by rounding.
  @Test(arguments: 0..<20, Kind.allCases)
  func continuousMarketsAgree(_ number: Int, _ kind: Kind) throws {
    var random = SplitMix(state: UInt64(6000 + number))
    for _ in 0..<10 {
      let market = try Self.market(kind, isCoarse: false, using: &random)
      _ = Self.check(market, customers: 100, tolerance: 1e-11)
    }
  }

  /// A synergy of 0 and `up to: 1` are the same as nothing, to the last bit, sampled and expected.
  @Test(arguments: 0..<10) func nothingStatedIsNothingChanged(_ number: Int) throws {
    var random = SplitMix(state: UInt64(7000 + number))
    let market = try RandomMarket(isCoarse: number < 5, using: &random)
    let population = try market.population.with { segment in
      let synergies = market.population.randomSynergies(isCoarse: true, using: &random)
      let one = try UsageCurve(upTo: 1, satiation: 0.2)
      let sated = try UsageCurve(upTo: 5, satiation: 1)
      return try segment.with(
        synergies: synergies.map { Synergy(of: $0.products, worth: 0) },
        usage: Dictionary(
          uniqueKeysWithValues: market.population.assortment.products.indices.map { ($0, $0 == 0 ? sated : one) }))
    }
    #expect(population == market.population)
    let (plain, stated) = (
      SampledMarket(market.population, market.menu, count: 2000, seed: 1),
      SampledMarket(population, market.menu, count: 2000, seed: 1)
    )
    #expect(plain.units == stated.units && plain.surplus.bitPattern == stated.surplus.bitPattern)
    var (one, other) = (ExpectedDemand(market.population), ExpectedDemand(population))
    let (a, b) = (try one.choice(from: market.menu).units, try other.choice(from: market.menu).units)
    #expect(a.map(\.bitPattern) == b.map(\.bitPattern), "\(a) \(b)")
  }

  /// Equally good sets over two categories get even shares: with nothing but a synergy to gain, whoever takes both goods
  /// takes them from either of two sellers. 4.5 standard errors of 200,000 customers.
  @Test func equalSetsAreDrawnByEvenLots() throws {
    let segment = try Segment(
      name: "all", share: 1, valuations: .respondents([[4, 4, 7]]), synergies: [Synergy(of: [0, 1], worth: 3)])
    let population = try Population(
      segments: [segment], assortment: assortment(categories: [0, 1, 2], sources: [[0, 1], [0, 1], [2]]))
    let list = PriceList(prices: [5, 5])
    let menu = try Menu([list, list, PriceList(prices: [7])], in: population.assortment)
    let shares = SampledMarket(population, menu, count: 200_000, seed: 3).units.map { $0 / 200_000 }
    var demand = ExpectedDemand(population)
    let expected = try demand.choice(from: menu)
    #expect(expected.units == [0.5, 0.5, 0.5, 0.5, 1])
    #expect(expected.surplus == 1)
    for share in shares.prefix(4) { #expect(abs(share - 0.5) < 4.5 * 0.5 / 200_000.0.squareRoot()) }
  }

  @Test func whatMakesNoSenseIsRefused() throws {
    func segment(_ synergies: [Synergy], usage: [Int: UsageCurve] = [:]) throws -> Segment {
      try Segment(
        name: "all", share: 1, valuations: .respondents([[1, 2, 3]]), synergies: synergies, usage: usage)
    }
    #expect(refusal { try segment([Synergy(of: [0], worth: 1)]) }.contains("two or more different products"))
    #expect(refusal { try segment([Synergy(of: [0, 0], worth: 1)]) }.contains("two or more different products"))
    #expect(refusal { try segment([Synergy(of: [0, 5], worth: 1)]) }.contains("two or more different products"))
    #expect(refusal { try segment([Synergy(of: [0, 1], worth: .nan)]) }.contains("finite"))
    #expect(
      refusal { try segment([Synergy(of: [0, 1], worth: 1), Synergy(of: [1, 0], worth: 2)]) }.contains("twice"))
    #expect(refusal { try segment([], usage: [7: UsageCurve(upTo: 2, satiation: 0)]) }.contains("several units"))
    #expect(refusal { try UsageCurve(upTo: 0, satiation: 0) }.contains("from 1 to 100"))
    #expect(refusal { try UsageCurve(upTo: 101, satiation: 0) }.contains("from 1 to 100"))
    #expect(refusal { try UsageCurve(upTo: 2, satiation: .nan) }.contains("between 0 and 1"))
    let substitutes = try assortment(categories: [0, 0, 1], sources: [[0, 1, 2]])
    #expect(
      refusal { try Population(segments: [segment([Synergy(of: [0, 1], worth: 1)])], assortment: substitutes) }
        .contains("product 0 + product 1 names two products of one category"))
    let many = try Segment(
      name: "all", share: 1, valuations: .respondents([[Double](repeating: 1, count: 11)]),
      synergies: (1..<11).map { Synergy(of: [0, $0], worth: 1) })
    #expect(
      refusal {
        try Population(
          segments: [many], assortment: assortment(categories: Array(0..<11), sources: [Array(0..<11)]))
      }.contains("more than 1024 ways"))
  }
}
