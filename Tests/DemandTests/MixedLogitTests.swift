import Demand
import Foundation
import Testing

/// Mixed logit: random coefficients on price and attributes, agents, latent classes; by fine integration and by sampling.
@Suite struct MixedLogitTests {
  static let attributes = [[1, 0, 0.5, -1], [0.3, 1, -0.4, 0]]

  static func model(
    _ coefficients: [Valuation], _ sensitivity: Valuation, utilities: [Double] = [1, 1.2, 0.8, 1.1]
  ) throws -> UtilityModel {
    try UtilityModel(
      meanUtilities: utilities, attributes: Array(attributes.prefix(coefficients.count)), coefficients: coefficients,
      priceSensitivity: sensitivity)
  }

  /// An integral over the standard normal by a sum so fine that the steepest share here turns over hundreds of points.
  static func average(_ value: (Double) -> Double) -> Double {
    let (steps, width) = (1_000_000, 17.0 / 1_000_000)
    let sum = (0...steps).reduce(0.0) { sum, step in
      let score = -8.5 + width * Double(step)
      return sum + exp(-score * score / 2) * value(score)
    }
    return sum * width / (2 * Double.pi).squareRoot()
  }

  /// The share of the first of two products with outside option, and its own-price slope over the sensitivity.
  static func share(_ first: Double, _ second: Double) -> Double {
    let largest = max(0, first, second)
    return exp(first - largest) / (exp(-largest) + exp(first - largest) + exp(second - largest))
  }

  /// However strong the coefficient, the integral keeps up.
  @Test(arguments: [0.5, 5, 20, 100, 1000]) func strongCoefficients(_ deviation: Double) throws {
    let model = try UtilityModel(
      meanUtilities: [1, 0.5], attributes: [[1, -0.3]],
      coefficients: [.normal(mean: 0.2, standardDeviation: deviation)], priceSensitivity: .fixed(1))
    let segment = try Segment(name: "all", share: 1, valuations: .utility(model), taste: 1)
    let response = try LogitDemand(market([segment], sources: [[0, 1]])).response(at: [1, 0.7], hasSlopes: true)
    func share(_ score: Double) -> Double {
      let coefficient = 0.2 + deviation * score
      return Self.share(coefficient, -0.2 - 0.3 * coefficient)
    }
    let error = abs(response.units[0] - Self.average(share))
    let slope = -Self.average { share($0) * (1 - share($0)) }
    print("coefficient of deviation \(deviation): error \(error), of slope \(response.slopes[0] / slope - 1)")
    #expect(error < 1e-11 && isClose(response.slopes[0], slope, relative: 1e-9))
  }

  /// The same for price sensitivities, at prices where most of utility is at stake.
  @Test(arguments: [0.3, 1, 3], [1, 10, 100]) func strongSensitivities(_ deviation: Double, _ utility: Double) throws {
    let model = try UtilityModel(
      meanUtilities: [utility, utility], priceSensitivity: .logNormal(mean: 1, standardDeviation: deviation))
    let segment = try Segment(name: "all", share: 1, valuations: .utility(model), taste: 1)
    let prices = [0.9 * utility, utility]
    let response = try LogitDemand(market([segment], sources: [[0, 1]])).response(at: prices, hasSlopes: true)
    let variance = log1p(deviation * deviation)
    func sensitivity(_ score: Double) -> Double { exp(-variance / 2 + variance.squareRoot() * score) }
    func share(_ score: Double) -> Double {
      Self.share(utility - sensitivity(score) * prices[0], utility - sensitivity(score) * prices[1])
    }
    let error = abs(response.units[0] - Self.average(share))
    let slope = -Self.average { sensitivity($0) * share($0) * (1 - share($0)) }
    print(
      "sensitivity of deviation \(deviation), utility \(utility): error \(error), of slope \(response.slopes[0] / slope - 1)"
    )
    #expect(error < 1e-11 && isClose(response.slopes[0], slope, relative: 1e-9))
  }

  /// Two coefficients share the nodes; three or more take points and state their error.
  @Test func severalCoefficients() throws {
    let sensitivity = Valuation.logNormal(mean: 1, standardDeviation: 0.4)
    let two = try Self.model([.normal(mean: 0.3, standardDeviation: 3)], sensitivity, utilities: [5, 5, 5, 5])
    // The same market once more, each level of the coefficient a segment of its own: the midpoint rule on levels.
    let prices = [4, 4.5, 5, 5.5]
    let one = try LogitDemand(
      market([Segment(name: "all", share: 1, valuations: .utility(two), taste: 1)], sources: [[0, 1, 2, 3]]))
    let units = try one.response(at: prices, hasSlopes: false).units
    var exact = [0.0, 0, 0, 0]
    let steps = 400
    for step in 0..<steps {
      let score = -8 + 16 * (Double(step) + 0.5) / Double(steps)
      let utilities = (0..<4).map { 5 + (0.3 + 3 * score) * Self.attributes[0][$0] }
      let demand = try LogitDemand(
        market(
          [
            Segment(
              name: "all", share: 1,
              valuations: .utility(UtilityModel(meanUtilities: utilities, priceSensitivity: sensitivity)), taste: 1)
          ], sources: [[0, 1, 2, 3]]))
      let mass = exp(-score * score / 2) / (2 * Double.pi).squareRoot() * 16 / Double(steps)
      for (product, share) in try demand.response(at: prices, hasSlopes: false).units.enumerated() {
        exact[product] += mass * share
      }
    }
    let error = zip(units, exact).map { abs($0 - $1) }.max() ?? 1
    print("two coefficients: error \(error)")
    #expect(error < 1e-10)
    let three = try Self.model(
      [.normal(mean: 0.3, standardDeviation: 1), .uniform(low: -1, high: 1)], sensitivity)
    let segment = try Segment(name: "all", share: 1, valuations: .utility(three), taste: 1)
    let population = try market([segment], sources: [[0, 1, 2, 3]])
    let rough = try LogitDemand(population).response(at: [1, 1, 1, 1], hasSlopes: false)
    let fine = try LogitDemand(population, pointCount: 1 << 18).response(at: [1, 1, 1, 1], hasSlopes: false)
    let difference = zip(rough.units, fine.units).map { abs($0 - $1) }.max() ?? 1
    print("three coefficients: 8192 points differ by \(difference), stated \(rough.error), of 2^18 \(fine.error)")
    #expect(difference < 4 * rough.error && rough.error < 1e-3 && fine.error < 1e-4)
  }

  /// Sampled customers against expected units; see ``ExpectedAgainstSampledTests`` for the power.
  @Test(arguments: [true, false]) func sampledCustomers(_ hasOutsideOption: Bool) throws {
    let sources = [[0, 2], [1, 3]]
    let lists = [PriceList(prices: [1, 0.9]), PriceList(prices: [1.1, 1.2])]
    let coefficients: [[Valuation]] = [
      [], [.normal(mean: 0.5, standardDeviation: 1)], [.uniform(low: -1, high: 2)],
      [.exponential(mean: 1), .gumbel(location: 0, scale: 0.5)],
      [.logNormal(mean: 1, standardDeviation: 1), .fixed(0.4)],
    ]
    for (number, sensitivity) in DemandSystemTests.sensitivities.enumerated() {
      for (place, coefficients) in coefficients.enumerated() where (number + place) % 2 == 0 {
        let segment = try Segment(
          name: "all", share: 1, valuations: .utility(Self.model(coefficients, sensitivity)),
          taste: place == 1 ? 0.5 : 1)
        // Where sensitivities near 0 are common, a unit of utility is worth any sum: mean surplus is infinite.
        let hasMeanSurplus: Bool =
          switch sensitivity {
          case .exponential, .truncatedNormal: false
          default: true
          }
        let population = try market([segment], sources: sources, hasOutsideOption: hasOutsideOption)
        try ExpectedAgainstSampledTests.check(
          population, lists, seed: UInt64(700 + 10 * number + place), "\(sensitivity.words), \(coefficients.count)",
          hasMeanSurplus: hasMeanSurplus)
      }
    }
  }

  @Test(arguments: [true, false]) func agents(_ hasOutsideOption: Bool) throws {
    var random = SplitMix(state: 12)
    let agents = try (0..<7).map { _ in
      try Agent(
        weight: Double.random(in: 0.1...3, using: &random),
        utilities: (0..<4).map { _ in Double.random(in: -1...3, using: &random) },
        priceSensitivity: Double.random(in: 0.3...2, using: &random))
    }
    for (number, taste) in [0, 0.3, 1].enumerated() {
      let segments = [
        try Segment(name: "agents", share: 0.7, valuations: .agents(agents), taste: taste),
        try Segment(
          name: "class", share: 0.3,
          valuations: .utility(UtilityModel(meanUtilities: [1, 2, 1, 0], priceSensitivity: .fixed(1))), taste: 1),
      ]
      let population = try market(segments, sources: [[0, 2], [1, 3]], hasOutsideOption: hasOutsideOption)
      try ExpectedAgainstSampledTests.check(
        population, [PriceList(prices: [1, 0.9]), PriceList(prices: [1.1, 1.2])], seed: UInt64(50 + number),
        "agents, taste \(taste)")
    }
  }

  /// Utilities across categories that bundles link.
  /// The short way to first-order conditions against all slopes, of the whole market and of a part of it: sums of the same
  /// terms in another order.
  @Test(arguments: [3, 8, 11]) func earningsFollowFromAllSlopes(_ products: Int) throws {
    let agents = try (0..<21).map { agent in
      try Agent(
        utilities: (0..<products).map { sin(Double(7 * agent + 3 * $0)) },
        priceSensitivity: 1.5 + cos(Double(agent)))
    }
    let segment = try Segment(name: "all", share: 1, valuations: .agents(agents), taste: 1)
    let whole = try LogitDemand(market([segment], sources: [Array(0..<products)]))
    for system: any DemandSystem in [whole, Submarket(whole, alternatives: Array(1..<products))] {
      let count = system.alternativeCount
      let prices = (0..<count).map { 1 + 0.1 * Double($0) }
      let markups = (0..<count).map { 0.3 + 0.05 * Double($0) }
      let owners = (0..<count).map { $0 % 2 }
      let found = try system.earnings(at: prices, markups: markups, owners: owners)
      let response = try system.response(at: prices, hasSlopes: true)
      #expect(found.directSlopes == response.directSlopes)
      for price in 0..<count {
        var slope = response.units[price]
        for other in 0..<count where owners[other] == owners[price] {
          slope += markups[other] * response.slope(of: other, by: price)
        }
        #expect(abs(found.slopes[price] - slope) < 1e-14)
      }
    }
  }

  @Test(arguments: [true, false]) func bundles(_ hasOutsideOption: Bool) throws {
    let list = PriceList(
      (0..<4).map { Offer(product: $0, price: 1.1) } + [
        Offer(ProductSet([0, 2]), price: 1.8), Offer(ProductSet([1, 3]), price: 1.9),
      ])
    let agents = try [
      Agent(utilities: [1, 2, 0.5, 1], priceSensitivity: 1),
      Agent(weight: 2, utilities: [2, 0, 1, 1], priceSensitivity: 0.5),
    ]
    let sources: [ValuationSource] = [
      .utility(
        try Self.model([.normal(mean: 0.5, standardDeviation: 1)], .logNormal(mean: 1, standardDeviation: 0.4))),
      .agents(agents),
    ]
    for (number, source) in sources.enumerated() {
      let population = try market(
        [Segment(name: "all", share: 1, valuations: source, taste: 1)], sources: [[0, 1, 2, 3]],
        categories: [0, 0, 1, 1], hasOutsideOption: hasOutsideOption)
      try ExpectedAgainstSampledTests.check(
        population, [list], seed: UInt64(60 + number), "bundles \(number)", surplusError: 4e-3)
    }
  }

  @Test func refusals() {
    for sensitivity: Valuation in [
      .fixed(0), .fixed(-1), .normal(mean: 5, standardDeviation: 1), .uniform(low: -0.1, high: 1),
      .gumbel(location: 5, scale: 0.1),
    ] {
      #expect(
        refusal { try UtilityModel(meanUtilities: [1], priceSensitivity: sensitivity) }.contains("price sensitivity"),
        "\(sensitivity.words)")
    }
    #expect(
      refusal {
        try UtilityModel(
          meanUtilities: [1, 2], attributes: [[1]], coefficients: [.fixed(1)], priceSensitivity: .fixed(1))
      }
      .contains("level for each product"))
    #expect(refusal { try UtilityModel(meanUtilities: [.infinity], priceSensitivity: .fixed(1)) }.contains("finite"))
    #expect(refusal { try Agent(utilities: [1], priceSensitivity: 0) }.contains("more than 0"))
    #expect(refusal { try Agent(weight: 0, utilities: [1], priceSensitivity: 1) }.contains("weight"))
    #expect(refusal { try Agent(utilities: [.nan], priceSensitivity: 1) }.contains("finite"))
    #expect(refusal { try Segment(name: "s", share: 1, valuations: .agents([]), taste: 1) }.contains("agents"))
  }
}
