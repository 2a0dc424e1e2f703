import Demand
import Selling
import Simulation
import Strategies
import Testing

/// Strategies that believe a model of the market, in a logit duopoly with known equilibrium (value 2, cost 1, mu 1/4).
@Suite struct BeliefTests {
  private static func market(profiles: [SellerProfile]? = nil, ownership: Ownership? = nil) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0], [1]])
    let model = try UtilityModel(meanUtilities: [8, 8], priceSensitivity: .fixed(4))
    let segment = try Segment(name: "all", share: 1, valuations: .utility(model), taste: 1)
    return Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: profiles
        ?? (0..<2).map {
          SellerProfile(name: "seller \($0)", products: [SellerProduct(name: "product \($0)", unitCost: 1)])
        }, periodCount: 20, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 100), ownership: ownership)
  }

  private static func strategy<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ market: Market, seller: Int
  ) throws -> Strategy {
    try Strategy(
      Arguments([:], for: type.entry.parameters), seller: market.profiles[seller],
      market: market.publicFacts(for: seller))
  }

  /// Prices of the first seller's offer by period.
  private static func prices(
    _ market: Market, _ candidate: any PricingStrategy, _ rival: any PricingStrategy, seller: Int = 0
  ) throws -> [Double] {
    let study = try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [1]), rival], candidates: [Candidate(label: "candidate", strategy: candidate)],
      baseline: 0, replications: 1, seed: 1)
    let outcome = try study.outcomes()[0]
    let offer = outcome.offers[OfferKey(seller: seller, contents: ProductSet([0]))] ?? []
    return offer.map { $0?.price ?? .nan }
  }

  @Test func nashPostsTheEquilibrium() throws {
    let market = try Self.market()
    let prices = try Self.prices(
      market, Self.strategy(BertrandNash.self, market, seller: 0), Scripted(prices: [3]))
    #expect(prices.count == 20 && prices.allSatisfy { abs($0 - 1.472927) < 1e-6 })
  }

  /// Best responses to each other come to the equilibrium, each step leaving less than half of the distance (1e-7 after
  /// nineteen); to a rival who stays, at once to the best answer.
  @Test func bestResponses() throws {
    let market = try Self.market()
    let prices = try Self.prices(
      market, Self.strategy(BestResponse.self, market, seller: 0), Self.strategy(BestResponse.self, market, seller: 1))
    #expect(abs((prices.last ?? 0) - 1.4729266600306226) < 1e-7)
    let game = try PricingGame(try market.demandSystem(), unitCosts: [1, 1], owners: [0, 1])
    let answer = try game.bestResponse(of: 0, to: [1.5, 3]).prices[0]
    let constant = try Self.prices(
      market, Self.strategy(BestResponse.self, market, seller: 0), Scripted(prices: [3]))
    #expect(constant.allSatisfy { abs($0 - answer) < 1e-9 })
  }

  /// After a merger the two price together (1.924981 each); a seller alone is a monopoly before its rival enters.
  @Test func nashKnowsWhoIsThereAndWhoOwnsWhom() throws {
    let merged = try Self.market(
      ownership: Ownership(sellerCount: 2, mergers: [Merger(period: 10, buyer: 0, target: 1)]))
    let prices = try Self.prices(
      merged, Self.strategy(BertrandNash.self, merged, seller: 0), Self.strategy(BertrandNash.self, merged, seller: 1),
      seller: 1)
    #expect(prices.prefix(10).allSatisfy { abs($0 - 1.472927) < 1e-6 })
    #expect(prices.suffix(10).allSatisfy { abs($0 - 1.924981) < 1e-6 })
  }

  /// Captive and switching customers: no equilibrium in pure strategies, and the strategy says so.
  @Test func noEquilibrium() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0], [1]])
    func segment(_ name: String, _ share: Double, _ values: [Double]) throws -> Segment {
      try Segment(
        name: name, share: share, valuations: .distributions(values.map { .fixed($0) }, correlation: nil), taste: 0.1)
    }
    let population = try Population(
      segments: [
        segment("loyal to one", 0.25, [10, -50]), segment("loyal to the other", 0.25, [-50, 10]),
        segment("switchers", 0.5, [10, 10]),
      ], assortment: assortment)
    let market = Market(
      population: population, profiles: try Self.market().profiles, periodCount: 2, periodUnit: "week",
      arrivals: Arrivals(.fixed, mean: 10))
    #expect(throws: SimulationError.self) {
      try Self.prices(market, Self.strategy(BertrandNash.self, market, seller: 0), Scripted(prices: [3]))
    }
  }
}
