import Demand

/// Customers drawn with valuations of one distribution.
final class Draws: Work {
  static let names = ["normal", "log-normal", "exponential", "gumbel", "correlated"]

  private let customers: Int
  private let products: Int
  private var block: CustomerBlock
  private var key = DrawKey(seed: 7, replication: 0, purpose: .customers)

  init(_ name: String, customers: Int) throws {
    let valuations: [Valuation]
    var correlation: [[Double]]?
    switch name {
    case "normal": valuations = [.normal(mean: 20, standardDeviation: 5)]
    case "log-normal": valuations = [.logNormal(mean: 20, standardDeviation: 5)]
    case "exponential": valuations = [.exponential(mean: 20)]
    case "gumbel": valuations = [.gumbel(location: 20, scale: 5)]
    case "correlated":
      valuations = (0..<4).map { .normal(mean: 20 + Double($0), standardDeviation: 5) }
      correlation = (0..<4).map { row in (0..<4).map { row == $0 ? 1 : 0.5 } }
    default: throw UnknownWork(name: "draws-\(name)")
    }
    let products = valuations.indices.map { Product(name: "\($0)", category: 0) }
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions(valuations, correlation: correlation))
    let assortment = try Assortment(
      categories: ["one"], products: products, sources: [Array(valuations.indices)])
    self.customers = customers
    self.products = valuations.count
    block = CustomerBlock(try Population(segments: [segment], assortment: assortment))
  }

  private func forEachBlock(_ body: (borrowing CustomerBlock) -> Void) {
    for first in stride(from: 0, to: customers, by: CustomerBlock.capacity) {
      block.draw(key, first: first, count: customers - first)
      body(block)
    }
  }

  func run() -> Double {
    key.replication &+= 1
    forEachBlock { _ in }
    return Double(customers)
  }

  /// Mean and standard deviation of the first and of the last product.
  func results() -> [Double] {
    let products = products
    var sums = [0.0, 0, 0, 0]
    forEachBlock { block in
      for lane in 0..<block.count {
        let (first, last) = (
          block.value(ofAlternative: 0, lane: lane), block.value(ofAlternative: products - 1, lane: lane)
        )
        sums[0] += first
        sums[1] += first * first
        sums[2] += last
        sums[3] += last * last
      }
    }
    let means = sums.map { $0 / Double(customers) }
    return [
      means[0], (means[1] - means[0] * means[0]).squareRoot(), means[2], (means[3] - means[2] * means[2]).squareRoot(),
    ]
  }
}
