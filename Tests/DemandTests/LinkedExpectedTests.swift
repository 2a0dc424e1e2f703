import Demand
import Foundation
import Testing

/// Expected demand with synergies and several units, against closed forms, the envelope theorem and sampled customers.
@Suite struct LinkedExpectedTests {
  private static func expected(_ population: Population, _ list: PriceList) throws -> ExpectedChoice {
    var demand = ExpectedDemand(population)
    return try demand.choice(from: Menu([list], in: population.assortment))
  }

  private static func population(
    _ valuations: [Valuation], synergies: [Synergy] = [], usage: [Int: UsageCurve] = [:], taste: Double = 0,
    categories: [Int]? = nil, correlation: [[Double]]? = nil
  ) throws -> Population {
    try monopoly(valuations, categories: categories, correlation: correlation, taste: taste)
      .with { try $0.with(synergies: synergies, usage: usage) }
  }

  /// Two independent U[0,1] goods at price p each with synergy s: areas of the unit square. With s > 0 both are taken
  /// above p - s unless the sum is below 2p - s, which cuts off a triangle of legs s; with s < 0 above p - s alike.
  /// Quadrature: 1e-12.
  @Test func twoUniformGoodsWithSynergy() throws {
    var worst = 0.0
    for price in [0.3, 0.5, 0.8] {
      for synergy in [-0.15, -0.05, 0.1, 0.25] {
        let population = try Self.population(
          [.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)], synergies: [Synergy(of: [0, 1], worth: synergy)])
        let choice = try Self.expected(population, PriceList(prices: [price, price]))
        let both = pow(1 - price + synergy, 2) - (synergy > 0 ? synergy * synergy / 2 : 0)
        let first =
          synergy > 0 ? both + (1 - price) * (price - synergy) : both + (1 - price * price - both) / 2
        worst = max(worst, abs(choice.units[0] - first), abs(choice.units[1] - first))
      }
    }
    print("two uniform goods with synergy: largest error \(worst)")
    #expect(worst < 1e-12)
  }

  /// Units and surplus are sums over the units of each unit's own demand curve.
  @Test(arguments: [UsageCurve.Decline.geometric, .linear])
  func severalUnits(_ decline: UsageCurve.Decline) throws {
    var worst = 0.0
    for valuation in everySpreadKind {
      for (count, satiation) in [(2, 0.5), (5, 0.2), (4, 0), (20, 0.1), (3, 0.9)] {
        let curve = try UsageCurve(upTo: count, satiation: satiation, decline: decline)
        let population = try Self.population([valuation], usage: [0: curve])
        for price in [0.05, 0.4, 2, 7.5] {
          let choice = try Self.expected(population, PriceList(prices: [price]))
          let units = curve.weights.reduce(0) { $0 + valuation.demand(at: price / $1) }
          let surplus = curve.weights.reduce(0) { $0 + $1 * valuation.expectedSurplus(at: price / $1) }
          worst = max(worst, abs(choice.units[0] / units - 1), abs(choice.surplus - surplus) / max(1, surplus))
          #expect(isClose(choice.takers[0], valuation.demand(at: price), relative: 1e-12))
        }
      }
    }
    print("several units, \(decline): largest relative error \(worst)")
    #expect(worst < 1e-12)
    let uniform = try Self.population(
      [.uniform(low: 0, high: 1)], usage: [0: UsageCurve(upTo: 4, satiation: 0.3, decline: .geometric)])
    let units = try Self.expected(uniform, PriceList(prices: [0.4])).units[0]
    #expect(abs(units - (1 - 0.4) - (1 - 0.4 / 0.7) - (1 - 0.4 / 0.49)) < 1e-14)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let valuations: [Valuation]
    var categories: [Int]
    var synergies: [Synergy] = []
    var usage: [Int: UsageCurve] = [:]
    var taste = 0.0
    var correlation: Double = 0
    let list: PriceList
    /// Whether some customers are indifferent at these prices, so that there is no slope.
    var isAtAJump = false
    var testDescription: String { name }

    func population() throws -> Population {
      try LinkedExpectedTests.population(
        valuations, synergies: synergies, usage: usage, taste: taste, categories: categories,
        correlation: correlation == 0 ? nil : equicorrelation(valuations.count, correlation))
    }
  }

  /// Every way in which expected demand is computed.
  static func cases() throws -> [Case] {
    let uniform = Valuation.uniform(low: 0, high: 10)
    let normal = Valuation.normal(mean: 5, standardDeviation: 2)
    let exponential = Valuation.exponential(mean: 5)
    let curve = try UsageCurve(upTo: 4, satiation: 0.25)
    let straight = try UsageCurve(upTo: 3, satiation: 0.3, decline: .linear)
    let steps = Valuation.mixture([
      .init(share: 0.3, valuation: .fixed(6)), .init(share: 0.7, valuation: .uniform(low: 0, high: 10)),
    ])
    let heavy = Valuation.pareto(minimum: 2, elasticity: 2.5)
    let pair = [Synergy(of: [0, 1], worth: 2)]
    let replace = [Synergy(of: [0, 1], worth: -1.5)]
    let singles = PriceList(prices: [4.1, 3.2])
    let mixed = PriceList([
      Offer(product: 0, price: 4.1), Offer(product: 1, price: 3.2), Offer(ProductSet([0, 1]), price: 6.2),
    ])
    let three = PriceList(prices: [4.1, 3.2, 4.3])
    let tied = PriceList([
      Offer(product: 0, price: 4), Offer(product: 1, price: 3), Offer(ProductSet([0, 1]), price: 7),
    ])
    return [
      Case(
        name: "synergy, singles", valuations: [uniform, exponential], categories: [0, 1], synergies: pair, list: singles
      ),
      Case(
        name: "synergy, bundle", valuations: [normal, uniform], categories: [0, 1], synergies: replace, list: mixed),
      Case(
        name: "synergy, taste", valuations: [normal, uniform], categories: [0, 1], synergies: pair, taste: 1,
        list: mixed),
      Case(
        name: "synergies of three", valuations: [normal, uniform, exponential], categories: [0, 1, 2],
        synergies: pair + [Synergy(of: [0, 1, 2], worth: 3), Synergy(of: [1, 2], worth: -2)], correlation: 0.4,
        list: three),
      Case(
        name: "synergy with one of two substitutes", valuations: [normal, uniform, exponential],
        categories: [0, 1, 1], synergies: [Synergy(of: [0, 1], worth: 2)], list: three),
      Case(
        name: "units, one good", valuations: [normal], categories: [0], usage: [0: curve], list: PriceList(prices: [3])),
      Case(
        name: "units, taste", valuations: [normal], categories: [0], usage: [0: curve], taste: 0.5,
        list: PriceList(prices: [3])),
      Case(
        name: "units, little taste", valuations: [uniform], categories: [0], usage: [0: curve], taste: 0.01,
        list: PriceList(prices: [3])),
      Case(
        name: "units, substitutes", valuations: [uniform, normal], categories: [0, 0], usage: [0: curve, 1: straight],
        list: singles),
      Case(
        name: "units, one of two substitutes", valuations: [uniform, normal], categories: [0, 0], usage: [1: straight],
        list: singles),
      Case(
        name: "units, correlated", valuations: [normal, normal], categories: [0, 0], usage: [0: curve, 1: straight],
        correlation: 0.6, list: singles),
      Case(
        name: "units, substitutes with taste", valuations: [uniform, normal], categories: [0, 0],
        usage: [0: curve, 1: straight], taste: 1, list: singles),
      Case(
        name: "units, fixed rival", valuations: [uniform, .fixed(6)], categories: [0, 0], usage: [0: curve, 1: curve],
        list: singles),
      Case(
        name: "units, fixed with taste", valuations: [.fixed(5), .fixed(6)], categories: [0, 0],
        usage: [0: curve, 1: curve], taste: 1, list: singles),
      Case(
        name: "units and bundle", valuations: [uniform, exponential], categories: [0, 1],
        usage: [0: curve, 1: straight], list: mixed),
      Case(
        name: "units and a bundle at the sum", valuations: [uniform, exponential], categories: [0, 1],
        usage: [0: curve], list: tied, isAtAJump: true),
      Case(
        name: "units, bundle, correlation", valuations: [normal, normal], categories: [0, 1], usage: [0: curve],
        correlation: -0.5, list: mixed),
      Case(
        name: "units, bundle, taste", valuations: [uniform, exponential], categories: [0, 1],
        usage: [0: curve, 1: straight], taste: 0.7, list: mixed),
      Case(
        name: "units and synergy", valuations: [uniform, normal], categories: [0, 1], synergies: pair,
        usage: [0: curve], list: mixed),
      Case(
        name: "units, customers who agree", valuations: [steps, uniform], categories: [0, 0],
        usage: [0: curve, 1: straight], list: PriceList(prices: [4.5, 3.2]), isAtAJump: true),
      Case(
        name: "units and bundle, customers who agree", valuations: [uniform, steps], categories: [0, 1],
        usage: [1: curve], list: mixed),
      Case(
        name: "units, heavy tail with taste", valuations: [heavy], categories: [0], usage: [0: curve], taste: 0.5,
        list: PriceList(prices: [3])),
      Case(
        name: "units and bundle, two heavy tails", valuations: [heavy, .pareto(minimum: 1, elasticity: 3)],
        categories: [0, 1], usage: [0: curve, 1: straight], list: mixed),
      Case(
        name: "units, three goods", valuations: [uniform, normal, exponential], categories: [0, 0, 1],
        synergies: [Synergy(of: [0, 2], worth: 1)], usage: [0: curve, 2: straight], list: three),
    ]
  }

  /// A million customers. Bounds are 4 standard errors plus the stated integration error; a standard error is about 0.1%
  /// of the mean units of the rarest offers and less of the others, so that a bias of 0.5% is seen.
  @Test(arguments: try cases()) func agreesWithSampledCustomers(_ market: Case) throws {
    let population = try market.population()
    let menu = try Menu([market.list], in: population.assortment)
    var demand = ExpectedDemand(population)
    let expected = try demand.choice(from: menu)
    let sampled = SampledMeans(population, menu, count: 1_000_000, seed: 11)
    for place in expected.units.indices {
      let difference = sampled.means[place] - expected.units[place]
      #expect(
        abs(difference) < 4 * sampled.errors[place] + expected.error + 1e-6,
        "\(place): \(sampled.means[place]) ± \(sampled.errors[place]) against \(expected.units[place])")
      if expected.units[place] > 0.05 { #expect(sampled.errors[place] < 0.005 * expected.units[place]) }
    }
    let allowance = expected.error > 1e-9 ? 1e-3 * expected.surplus : 1e-9
    #expect(abs(sampled.surplus.mean - expected.surplus) < 4 * sampled.surplus.error + allowance)
  }

  /// Minus the slope of surplus by a price is the units at that price, whatever the model (envelope theorem): exact
  /// for quadrature, where central differences of step 1e-4 allow for 1e-6.
  @Test func unitsAreTheSlopeOfSurplus() throws {
    var worst = 0.0
    for market in try Self.cases() where !market.isAtAJump {
      let population = try market.population()
      let expected = try Self.expected(population, market.list)
      guard expected.error < 1e-9 else { continue }
      for offer in market.list.offers.indices {
        func surplus(_ step: Double) throws -> Double {
          var list = market.list
          list.offers[offer].price += step
          return try Self.expected(population, list).surplus
        }
        let slope = (try surplus(1e-4) - surplus(-1e-4)) / 2e-4
        let menu = try Menu([market.list], in: population.assortment)
        let difference = abs(slope + expected.units(menu.slots[0][offer], in: menu))
        worst = max(worst, difference)
        #expect(difference < 1e-6, "\(market.name), offer \(offer): \(difference)")
      }
    }
    print("units against the slope of surplus: largest difference \(worst)")
  }

  /// Respondents in whole numbers with ties, synergies and units by halves: expectation by lots is exact, so that 4.5
  /// standard errors are all that is allowed.
  @Test(arguments: 0..<20) func ties(_ number: Int) throws {
    var random = SplitMix(state: UInt64(8000 + number))
    let market = try RandomMarket(isCoarse: true, using: &random)
    let population = try market.population.with {
      try $0.with(
        synergies: market.population.randomSynergies(isCoarse: true, using: &random),
        usage: market.population.randomUsage(isCoarse: true, using: &random))
    }
    var demand = ExpectedDemand(population)
    let expected = try demand.choice(from: market.menu)
    let sampled = SampledMeans(population, market.menu, count: 100_000, seed: UInt64(number))
    for place in expected.units.indices {
      #expect(abs(sampled.means[place] - expected.units[place]) < 4.5 * sampled.errors[place] + 1e-9)
    }
    #expect(abs(sampled.surplus.mean - expected.surplus) < 4.5 * sampled.surplus.error + 1e-9)
  }

  /// Utilities, nests and agents go with both.
  @Test func otherModels() throws {
    let curve = try UsageCurve(upTo: 3, satiation: 0.3)
    let model = try UtilityModel(
      meanUtilities: [2, 3], attributes: [[1, 0.5]], coefficients: [.normal(mean: 1, standardDeviation: 0.5)],
      priceSensitivity: .logNormal(mean: 0.6, standardDeviation: 0.2))
    let agents = try [(2.0, 3.0, 0.5), (1, 4, 0.8)].map {
      try Agent(weight: $0.1, utilities: [$0.0, $0.1], priceSensitivity: $0.2)
    }
    let nest = Nest(name: "both", products: [0, 1], dissimilarity: 0.4)
    let normals = ValuationSource.distributions(
      [.normal(mean: 5, standardDeviation: 2), .fixed(5)], correlation: nil)
    for (name, source, nests) in [
      ("utility", ValuationSource.utility(model), [Nest]()), ("agents", .agents(agents), []), ("nest", normals, [nest]),
      ("nested utility", .utility(model), [nest]),
    ] {
      for categories in [[0, 0], [0, 1]] where nests.isEmpty || categories == [0, 0] {
        let segment = try Segment(
          name: "all", share: 1, valuations: source, taste: 1, nests: nests,
          synergies: categories == [0, 1] ? [Synergy(of: [0, 1], worth: 1)] : [], usage: [0: curve, 1: curve])
        let population = try Population(
          segments: [segment], assortment: assortment(categories: categories, sources: [[0, 1]]))
        let menu = try Menu([PriceList(prices: [3.1, 3.7])], in: population.assortment)
        var demand = ExpectedDemand(population)
        let expected = try demand.choice(from: menu)
        let sampled = SampledMeans(population, menu, count: 1_000_000, seed: 12)
        for place in expected.units.indices {
          #expect(
            abs(sampled.means[place] - expected.units[place]) < 4 * sampled.errors[place] + expected.error,
            "\(name) \(categories): \(sampled.means[place]) ± \(sampled.errors[place]), \(expected.units[place])")
        }
        #expect(
          abs(sampled.surplus.mean - expected.surplus) < 4 * sampled.surplus.error + 1e-3 * expected.surplus,
          "\(name) \(categories)")
      }
    }
  }
}
