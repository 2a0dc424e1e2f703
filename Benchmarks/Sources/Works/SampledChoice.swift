import Demand

/// Customers with normal valuations of eight products and logit taste noise, drawn block by block, each of whom takes the
/// best offer or nothing; with two candidates the same customers choose once more at other prices.
final class SampledChoice: Work {
  private let customers: Int
  private let menus: [Menu]
  private var block: CustomerBlock
  private let choice: BlockChoice
  private var key = DrawKey(seed: 7, replication: 0, purpose: .customers)
  private var counts: [[Double]]
  private var surpluses: [Double]

  init(customers: Int, candidates: Int) throws {
    let products = MixedLogit.products
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        (0..<products).map { .normal(mean: 20 + Double($0), standardDeviation: 5) }, correlation: nil), taste: 2)
    let assortment = try Assortment(
      categories: ["one"], products: (0..<products).map { Product(name: "\($0)", category: 0) },
      sources: [Array(0..<products)])
    let population = try Population(segments: [segment], assortment: assortment)
    menus = try (0..<candidates).map { candidate in
      let prices = (0..<products).map { 21 + 1.5 * Double($0) + Double(candidate) }
      return try Menu([PriceList(prices: prices)], in: assortment)
    }
    block = CustomerBlock(population)
    choice = BlockChoice(assortment)
    counts = menus.map { _ in [Double](repeating: 0, count: products) }
    surpluses = menus.map { _ in 0 }
    self.customers = customers
  }

  func run() -> Double {
    key.replication &+= 1
    for menu in menus.indices {
      for product in counts[menu].indices { counts[menu][product] = 0 }
      surpluses[menu] = 0
    }
    for first in stride(from: 0, to: customers, by: CustomerBlock.capacity) {
      block.draw(key, first: first, count: customers - first)
      for (number, menu) in menus.enumerated() {
        choice.choose(block, from: menu)
        surpluses[number] += choice.tally(menu, lanes: 0..<block.count, into: &counts[number])
      }
    }
    return Double(customers)
  }

  /// Of the first candidate: the share of each product, and mean surplus.
  func results() -> [Double] {
    _ = run()
    return (counts[0] + [surpluses[0]]).map { $0 / Double(customers) }
  }
}
