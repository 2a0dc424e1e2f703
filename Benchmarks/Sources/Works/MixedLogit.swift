import Demand

/// Expected demand for eight products with its Jacobian and consumer surplus, where each of many customers has utilities
/// and a price sensitivity of their own.
struct MixedLogit: Work {
  static let products = 8
  private let customers: Int
  private let demand: LogitDemand
  private let prices = (0..<products).map { 10 + 2 * Double($0) }
  private var response: DemandResponse?

  init(customers: Int) throws {
    let agents = try (0..<customers).map { customer in
      try Agent(
        utilities: (0..<Self.products).map { 2 + 0.25 * Double($0) + Numbers.bell($0, customer) },
        priceSensitivity: 0.1 * (0.5 + Numbers.uniform(100, customer)))
    }
    let segment = try Segment(name: "all", share: 1, valuations: .agents(agents), taste: 1)
    let assortment = try Assortment(
      categories: ["one"], products: (0..<Self.products).map { Product(name: "\($0)", category: 0) },
      sources: [Array(0..<Self.products)])
    demand = try LogitDemand(try Population(segments: [segment], assortment: assortment))
    self.customers = customers
  }

  mutating func run() throws -> Double {
    response = try demand.response(at: prices, hasSlopes: true)
    return Double(customers)
  }

  /// Shares, the Jacobian row by row, surplus.
  mutating func results() throws -> [Double] {
    let response = try demand.response(at: prices, hasSlopes: true)
    return response.units + response.slopes + [response.surplus]
  }
}
