import Demand
import Foundation
import Testing

/// Nested logit: shares by formula, and sampled customers, whose common noise inside a nest is drawn.
@Suite struct NestedLogitTests {
  static func segment(
    _ utilities: [Double], _ nests: [Nest], sensitivity: Valuation = .fixed(1), taste: Double = 1
  ) throws -> Segment {
    try Segment(
      name: "all", share: 1,
      valuations: .utility(UtilityModel(meanUtilities: utilities, priceSensitivity: sensitivity)), taste: taste,
      nests: nests)
  }

  /// Two nests of two and three products beside a product without one: Train (2009), equation 4.2, by hand.
  @Test(arguments: [true, false]) func sharesByFormula(_ hasOutsideOption: Bool) throws {
    var random = SplitMix(state: 42)
    var (worst, welfare) = (0.0, 0.0)
    for _ in 0..<500 {
      let (first, second) = (Double.random(in: 0.01...1, using: &random), Double.random(in: 0.01...1, using: &random))
      let utilities = (0..<6).map { _ in Double.random(in: -3...6, using: &random) }
      let prices = (0..<6).map { _ in Double.random(in: 0...4, using: &random) }
      let nests = [
        Nest(name: "a", products: [0, 3], dissimilarity: first),
        Nest(name: "b", products: [1, 2, 5], dissimilarity: second),
      ]
      let demand = try LogitDemand(
        market(
          [Self.segment(utilities, nests)], sources: [[0, 1], [2], [3, 4, 5]], hasOutsideOption: hasOutsideOption))
      let response = try demand.response(at: prices, hasSlopes: false)
      let net = zip(utilities, prices).map { $0 - $1 }
      var sums: [Double] = []
      for nest in nests { sums.append(nest.products.reduce(0) { $0 + exp(net[$1] / nest.dissimilarity) }) }
      let total = zip(sums, nests).reduce((hasOutsideOption ? 1 : 0) + exp(net[4])) {
        $0 + pow($1.0, $1.1.dissimilarity)
      }
      var shares = [Double](repeating: exp(net[4]) / total, count: 6)
      for (sum, nest) in zip(sums, nests) {
        for product in nest.products {
          shares[product] = exp(net[product] / nest.dissimilarity) * pow(sum, nest.dissimilarity - 1) / total
        }
      }
      // Powers of large sums lose digits here, not there: utilities over 0.01 are up to 600.
      worst = max(worst, zip(response.units, shares).map { abs($0 - $1) }.max() ?? 1)
      welfare = max(welfare, abs(response.surplus - log(total) - (hasOutsideOption ? 0 : 0.577_215_664_901_532_9)))
    }
    print("nested logit: error of shares \(worst), of surplus \(welfare)")
    #expect(worst < 1e-12 && welfare < 1e-12)
  }

  /// Sampled customers; 1% of a share of one half is seen with a probability above 0.999999.
  @Test(arguments: [0.2, 0.5, 0.8, 1], [true, false])
  func sampledCustomers(_ dissimilarity: Double, _ hasOutsideOption: Bool) throws {
    let nests = [
      Nest(name: "a", products: [0, 1], dissimilarity: dissimilarity),
      Nest(name: "b", products: [2, 3, 4], dissimilarity: 0.6),
    ]
    let sources = [[0, 2], [1, 3], [4, 5]]
    let lists = [[1, 1.4], [1.1, 1.2], [0.9, 1]].map { PriceList(prices: $0) }
    for (number, sensitivity) in [Valuation.fixed(1), .logNormal(mean: 1, standardDeviation: 0.5)].enumerated() {
      let population = try market(
        [
          Self.segment([1, 1.2, 0.9, 1, 1.1, 0.8], nests, sensitivity: sensitivity, taste: number == 0 ? 1 : 0.4)
        ], sources: sources, hasOutsideOption: hasOutsideOption)
      try ExpectedAgainstSampledTests.check(
        population, lists, seed: UInt64(900 + 10 * dissimilarity) + UInt64(number),
        "nests, \(dissimilarity), \(sensitivity.words)")
    }
  }

  /// Values in money with nests: rivals with the same product are closer to each other than to the rest.
  @Test func nestsOfValuations() throws {
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions(
        [.normal(mean: 5, standardDeviation: 2), .exponential(mean: 4), .fixed(5)], correlation: nil), taste: 1,
      nests: [Nest(name: "a", products: [0, 1], dissimilarity: 0.3)])
    let population = try market([segment], sources: [[0, 1, 2], [0]])
    try ExpectedAgainstSampledTests.check(
      population, [PriceList(prices: [4, 4.2, 4.5]), PriceList(prices: [4.1])], seed: 31, "nests of valuations")
  }

  /// Bundles across categories: the noise that products share counts inside bundles too.
  @Test(arguments: [true, false]) func nestsAndBundles(_ hasOutsideOption: Bool) throws {
    let segment = try Self.segment(
      [1, 1.2, 1.1, 0.7], [Nest(name: "a", products: [0, 1], dissimilarity: 0.4)],
      sensitivity: .logNormal(mean: 1, standardDeviation: 0.4))
    let population = try market(
      [segment], sources: [[0, 1, 2, 3]], categories: [0, 0, 1, 1], hasOutsideOption: hasOutsideOption)
    let list = PriceList(
      (0..<4).map { Offer(product: $0, price: 1.2) } + [
        Offer(ProductSet([0, 2]), price: 1.9), Offer(ProductSet([1, 3]), price: 1.8),
      ])
    try ExpectedAgainstSampledTests.check(population, [list], seed: 32, "nests and bundles", surplusError: 4e-3)
  }

  @Test func refusals() {
    for dissimilarity in [0, -0.5, 1.1, .nan, .infinity] {
      #expect(
        refusal { try Self.segment([1, 2], [Nest(name: "n", products: [0, 1], dissimilarity: dissimilarity)]) }
          .contains("above 0 and at most 1"))
    }
    let two = [
      Nest(name: "a", products: [0], dissimilarity: 0.5), Nest(name: "b", products: [0, 1], dissimilarity: 0.5),
    ]
    #expect(refusal { try Self.segment([1, 2], two) }.contains("two nests"))
    #expect(
      refusal {
        try market(
          [Self.segment([1, 2], [Nest(name: "a", products: [0, 1], dissimilarity: 0.5)])], sources: [[0, 1]],
          categories: [0, 1])
      }.contains("one category"))
    #expect(
      refusal {
        try market(
          [Self.segment([1, 2], [Nest(name: "a", products: [0, 7], dissimilarity: 0.5)])], sources: [[0, 1]])
      }.contains("one category"))
  }
}
