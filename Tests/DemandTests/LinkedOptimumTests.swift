import Demand
import Testing

/// Best prices where products have synergies or customers take several units: against full search and closed forms, and
/// what is claimed of them.
@Suite struct LinkedOptimumTests {
  private static func problem(
    _ population: Population, _ contents: [ProductSet], costs: [Double]
  ) -> PricingProblem {
    PricingProblem(
      ExpectedDemand(population), source: 0, contents: contents, unitCosts: costs, others: [PriceList([])])
  }

  private static func survey(
    _ rows: [[Double]], categories: [Int], synergies: [Synergy] = [], usage: [Int: UsageCurve] = [:],
    rivalProducts: [[Int]] = []
  ) throws -> Population {
    let segment = try Segment(
      name: "all", share: 1, valuations: .respondents(rows), synergies: synergies, usage: usage)
    return try Population(
      segments: [segment],
      assortment: assortment(categories: categories, sources: [Array(categories.indices)] + rivalProducts))
  }

  private static func sample(
    _ population: Population, _ rows: [[Double]], _ contents: [ProductSet], costs: [Double], rivals: [PriceList] = []
  ) throws -> SampleOptimum {
    try SampleOptimum(
      customers: rows.map { row in
        SampledCustomer(
          segment: 0, values: population.assortment.alternatives.map { row[$0] }, valuations: row)
      }, segments: population.segments, assortment: population.assortment, source: 0, contents: contents,
      unitCosts: costs, others: [PriceList([])] + rivals)
  }

  /// What a list of people leaves at prices is what they do one by one, at prices at which nobody is indifferent; with
  /// bundles, synergies, several units and a rival who sells one of the products.
  @Test(arguments: 0..<20) func contributionIsThatOfChoosingCustomers(_ number: Int) throws {
    var random = SplitMix(state: UInt64(40 + number))
    let rows = (0..<25).map { _ in (0..<3).map { _ in Double(Int.random(in: 0...20, using: &random)) } }
    let contents = [ProductSet([0]), ProductSet([1]), ProductSet([2]), ProductSet([0, 1])]
    let costs = [1.0, 2, 3]
    let population = try Self.survey(
      rows, categories: [0, 1, 2],
      synergies: [Synergy(of: [0, 1], worth: 4), Synergy(of: [1, 2], worth: -3)],
      usage: [0: UsageCurve(upTo: 3, satiation: 0.25), 2: UsageCurve(upTo: 4, satiation: 0.1)], rivalProducts: [[0]])
    let rival = PriceList(prices: [Double(Int.random(in: 5...15, using: &random)) + 0.37])
    let sample = try Self.sample(population, rows, contents, costs: costs, rivals: [rival])
    let shelf = population.assortment
    for _ in 0..<10 {
      let prices = contents.map {
        Double($0.count) * Double.random(in: 2...16, using: &random) + Double.random(in: 0.01...0.2, using: &random)
      }
      let menu = try Menu([PriceList(zip(contents, prices).map { Offer($0, price: $1) }), rival], in: shelf)
      let own = Dictionary(uniqueKeysWithValues: menu.slots[0].enumerated().map { (menu.index(of: $1), $0) })
      var total = 0.0
      for row in rows {
        let plain = PlainCustomer(
          values: shelf.alternatives.map { row[$0] }, valuations: row, segment: population.segments[0], menu: menu,
          assortment: shelf)
        for place in plain.baskets[0].places {
          guard let offer = own[place] else { continue }
          total += prices[offer] - contents[offer].positions.reduce(0) { $0 + costs[$1] }
        }
      }
      #expect(isClose(sample.contribution(at: prices), total / 25, relative: 1e-11, absolute: 1e-11))
    }
  }

  /// One offer of several units, with or without a rival: no price of a fine grid earns more, and the best price is a
  /// threshold. 1e-9: the grid meets thresholds up to rounding.
  @Test(arguments: 0..<60) func oneOfferIsExact(_ number: Int) throws {
    var random = SplitMix(state: UInt64(90 + number))
    let hasRival = Bool.random(using: &random)
    let rows = (0..<Int.random(in: 1...20, using: &random)).map { _ in
      [Double(Int.random(in: 0...12, using: &random))]
    }
    let curve = try UsageCurve(
      upTo: Int.random(in: 2...5, using: &random), satiation: [0, 0.25, 0.5][Int.random(in: 0..<3, using: &random)])
    let cost = Double(Int.random(in: 0...4, using: &random))
    let population = try Self.survey(
      rows, categories: [0], usage: [0: curve], rivalProducts: hasRival ? [[0]] : [])
    let rivals = hasRival ? [PriceList(prices: [Double(Int.random(in: 1...9, using: &random)) + 0.5])] : []
    let sample = try Self.sample(population, rows, [ProductSet([0])], costs: [cost], rivals: rivals)
    let found = sample.maximise(contents: [ProductSet([0])])
    var best = 0.0
    for step in 0...(13 * 512) { best = max(best, sample.contribution(at: [Double(step) / 512])) }
    #expect(found.contribution >= best - 1e-9, "\(found) against \(best)")
    #expect(isClose(sample.contribution(at: found.prices), found.contribution, relative: 1e-12))
    guard !hasRival else { return }
    var problem = Self.problem(population, [ProductSet([0])], costs: [cost])
    let optimum = try problem.maximise()
    #expect(optimum.isGlobal)
    // What is posted leaves buyers a part in 1e9 of the margin.
    #expect(isClose(optimum.contribution, found.contribution, relative: 2e-9))
  }

  /// U[0,1] and a second unit of half the worth: p (1 - p) + p (1 - 2p) has its peak 1/3 at 1/3, above the other peak 1/4
  /// at 1/2; at a unit cost of 0.4 only first units pay, at (1 + 0.4)/2. The optimum is found by a scan and a
  /// minimiser: 1e-7 of the price.
  @Test func twoUnitsOfAUniformGood() throws {
    let population = try monopoly([.uniform(low: 0, high: 1)])
      .with { try $0.with(usage: [0: UsageCurve(upTo: 2, satiation: 0.5)]) }
    for (cost, price, contribution) in [(0.0, 1.0 / 3, 1.0 / 3), (0.4, 0.7, 0.09)] {
      var problem = Self.problem(population, [ProductSet([0])], costs: [cost])
      let optimum = try problem.maximise()
      #expect(optimum.isGlobal)
      #expect(isClose(optimum.prices[0], price, absolute: 1e-7), "\(optimum.prices)")
      #expect(isClose(optimum.contribution, contribution, absolute: 1e-12))
    }
  }

  /// Customers who agree: the best price may be what a third unit is worth to them. Half value the first unit at 10, the
  /// others between 0 and 1; a grid of a million prices finds nothing better, with the jumps among them.
  @Test func customersWhoAgree() throws {
    let valuation = Valuation.mixture([
      .init(share: 0.5, valuation: .fixed(10)), .init(share: 0.5, valuation: .uniform(low: 0, high: 1)),
    ])
    for (satiation, cost) in [(0.1, 0.0), (0.3, 2), (0.6, 1), (0.35, 3)] {
      let curve = try UsageCurve(upTo: 4, satiation: satiation)
      let population = try monopoly([valuation]).with { try $0.with(usage: [0: curve]) }
      var problem = Self.problem(population, [ProductSet([0])], costs: [cost])
      let optimum = try problem.maximise()
      #expect(optimum.isGlobal)
      func earned(_ price: Double) -> Double {
        let units = curve.weights.reduce(0) {
          $0 + 0.5 * ($1 * 10 >= price ? 1 : 0) + 0.5 * max(0, 1 - price / $1)
        }
        return units * (price - cost)
      }
      var best = curve.weights.map { earned($0 * 10) }.max() ?? 0
      for step in 0...1_000_000 { best = max(best, earned(Double(step) / 1e5)) }
      #expect(isClose(optimum.contribution, best, relative: 1e-9), "\(optimum) against \(best)")
    }
  }

  /// Two goods worth 10 apart to everybody and 26 together: the seller takes it all, and claims nothing.
  @Test func synergyIsPricedAndNothingIsClaimed() throws {
    let population = try monopoly([.uniform(low: 9.99, high: 10.01), .uniform(low: 9.99, high: 10.01)])
      .with { try $0.with(synergies: [Synergy(of: [0, 1], worth: 6)]) }
    var problem = Self.problem(population, [ProductSet([0]), ProductSet([1])], costs: [1, 1])
    let optimum = try problem.maximise()
    #expect(!optimum.isGlobal)
    #expect(optimum.contribution > 23.9 && optimum.contribution < 24.02)
    let apart = try monopoly([.uniform(low: 9.99, high: 10.01), .uniform(low: 9.99, high: 10.01)])
    var other = Self.problem(apart, [ProductSet([0]), ProductSet([1])], costs: [1, 1])
    #expect(try other.maximise().isGlobal)
    let rows = [[3.0, 4], [5, 1], [2, 6]]
    let surveyed = try Self.survey(rows, categories: [0, 1], synergies: [Synergy(of: [0, 1], worth: -1)])
    var survey = Self.problem(surveyed, [ProductSet([0]), ProductSet([1])], costs: [0, 0])
    #expect(try !survey.maximise().isGlobal)
  }
}
