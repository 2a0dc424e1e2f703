import Demand

/// Two goods, each sold alone and both together, to customers whose valuations are known.
private func twoGoods(customers: Int) throws -> SampleOptimum {
  let assortment = try Assortment(
    categories: ["first", "second"], products: [Product(name: "one", category: 0), Product(name: "two", category: 1)],
    sources: [[0, 1]])
  return try SampleOptimum(
    valuations: (0..<customers).map { [60 + 20 * Numbers.bell(200, $0), 50 + 25 * Numbers.bell(201, $0)] },
    assortment: assortment, source: 0, contents: contents, unitCosts: [20, 15], others: [PriceList([])])
}

private let contents = [ProductSet([0]), ProductSet([1]), ProductSet([0, 1])]

/// What a mixed bundle earns at given prices.
struct BundleEvaluation: Work {
  private let customers: Int
  private let sample: SampleOptimum
  private var contribution = 0.0

  init(customers: Int) throws {
    self.customers = customers
    sample = try twoGoods(customers: customers)
  }

  mutating func run() -> Double {
    contribution = sample.contribution(at: [66, 58, 103])
    return Double(customers)
  }

  /// Contribution of an average customer.
  mutating func results() -> [Double] { [sample.contribution(at: [66, 58, 103])] }
}

/// The prices of a mixed bundle that earn most from given customers.
struct BundleOptimum: Work {
  private let customers: Int
  private let sample: SampleOptimum
  private var best: SampledPrices?

  init(customers: Int) throws {
    self.customers = customers
    sample = try twoGoods(customers: customers)
  }

  mutating func run() -> Double {
    best = sample.maximise(contents: contents)
    return Double(customers)
  }

  /// What an average customer leaves at the best prices.
  mutating func results() -> [Double] { [sample.maximise(contents: contents).contribution] }
}

/// Customers drawn block by block with normal valuations of two goods, who choose from a mixed bundle at eight price
/// lists in turn: what a study does with eight candidates.
final class BundleChoice: Work {
  private let customers: Int
  private let menus: [Menu]
  private var block: CustomerBlock
  private let choice: BlockChoice
  private var key = DrawKey(seed: 7, replication: 0, purpose: .customers)
  private var counts: [[Double]]
  private var surpluses: [Double]

  init(customers: Int) throws {
    let assortment = try Assortment(
      categories: ["first", "second"],
      products: [Product(name: "one", category: 0), Product(name: "two", category: 1)], sources: [[0, 1]])
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 60, standardDeviation: 20), .normal(mean: 50, standardDeviation: 25)], correlation: nil))
    menus = try (0..<8).map { list in
      let prices = [64 + Double(list), 56 + Double(list), 101 + 1.5 * Double(list)]
      return try Menu([PriceList(zip(contents, prices).map { Offer($0, price: $1) })], in: assortment)
    }
    block = CustomerBlock(try Population(segments: [segment], assortment: assortment))
    choice = BlockChoice(assortment)
    counts = menus.map { _ in [0, 0, 0] }
    surpluses = menus.map { _ in 0 }
    self.customers = customers
  }

  func run() -> Double {
    key.replication &+= 1
    for menu in menus.indices { (counts[menu], surpluses[menu]) = ([0, 0, 0], 0) }
    for first in stride(from: 0, to: customers, by: CustomerBlock.capacity) {
      block.draw(key, first: first, count: customers - first)
      for (number, menu) in menus.enumerated() {
        choice.choose(block, from: menu)
        surpluses[number] += choice.tally(menu, lanes: 0..<block.count, into: &counts[number])
      }
    }
    return Double(customers * menus.count)
  }

  /// At the last list: the share of each offer, and mean surplus.
  func results() -> [Double] {
    _ = run()
    return (counts[menus.count - 1] + [surpluses[menus.count - 1]]).map { $0 / Double(customers) }
  }
}
