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
