import Demand

/// Bertrand-Nash prices in markets of 24 products of five firms, with 20 agents each: the size of the cereal data that
/// PyBLP ships (94 markets).
struct Equilibrium: Work {
  static let products = 24
  static let agents = 20
  static let firms = 5
  private let games: [PricingGame]
  private var prices: [[Double]]

  init(markets: Int) throws {
    let assortment = try Assortment(
      categories: ["one"], products: (0..<Self.products).map { Product(name: "\($0)", category: 0) },
      sources: [Array(0..<Self.products)])
    games = try (0..<markets).map { market in
      let places = (0..<Self.products).map { market * Self.products + $0 }
      let means = places.map { 1 + Numbers.bell(300, $0) }
      let agents = try (0..<Self.agents).map { agent in
        let place = market * Self.agents + agent
        let liking = 0.5 * Numbers.bell(301, place)
        return try Agent(
          utilities: means.map { $0 + liking }, priceSensitivity: 2 + Numbers.uniform(1000, place))
      }
      let segment = try Segment(name: "all", share: 1, valuations: .agents(agents), taste: 1)
      let demand = try LogitDemand(try Population(segments: [segment], assortment: assortment))
      return try PricingGame(
        demand, unitCosts: places.map { 0.5 + Numbers.uniform(1001, $0) },
        owners: (0..<Self.products).map { $0 % Self.firms })
    }
    prices = []
  }

  mutating func run() throws -> Double {
    // As PyBLP does: the zeta-markup fixed point from costs, until no price moves by 1e-12.
    prices = try games.map {
      try $0.stationaryPrices(from: $0.unitCosts, moving: Array(0..<Self.products), tolerance: 1e-12).prices
    }
    return Double(games.count)
  }

  /// All prices, market by market.
  mutating func results() throws -> [Double] {
    _ = try run()
    return Array(prices.joined())
  }
}
