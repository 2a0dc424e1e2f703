import Demand
import Foundation
import Testing

/// Units, slopes and surplus of demand systems: slopes against differences of units, surplus against minus units.
@Suite struct DemandSystemTests {
  /// Positive distributions for a price sensitivity of about 1.
  static let sensitivities: [Valuation] = [
    .fixed(1), .logNormal(mean: 1, standardDeviation: 0.4), .logNormal(mean: 1, standardDeviation: 1.5),
    .uniform(low: 0.4, high: 1.6), .exponential(mean: 1), .truncatedNormal(mean: 1, standardDeviation: 0.5),
    .gamma(shape: 4, scale: 0.25), .weibull(shape: 3, scale: 1), .pareto(minimum: 0.6, elasticity: 3),
  ]

  /// Distributions for the coefficient of an attribute.
  static let coefficients: [Valuation] = [
    .normal(mean: 0.5, standardDeviation: 1), .uniform(low: -1, high: 2), .exponential(mean: 1),
    .gumbel(location: 0, scale: 0.7), .logNormal(mean: 1, standardDeviation: 1), .fixed(0.7),
    .logistic(location: 0.5, scale: 0.5), .beta(alpha: 2, beta: 3, low: -1, high: 2),
    .triangular(low: -1, mode: 0, high: 2),
  ]

  /// Slopes of the logit are formulas, averaged over the same customers as units: only the differences err.
  @Test func slopesOfLogitDemandOfEveryKind() throws {
    var random = SplitMix(state: 2024)
    var worst: [String: SlopeCheck] = [:]
    for trial in 0..<160 {
      let (name, demand, prices) = try Self.randomLogit(trial, &random)
      let check = try SlopeCheck(demand, at: prices, step: 0.02)
      worst[name, default: check].merge(check)
      #expect(check.slopeError < 1e-9 && check.surplusError < 1e-9, "trial \(trial): \(name) \(check)")
    }
    for (name, check) in worst.sorted(by: { $0.key < $1.key }) {
      print("\(name): largest error of slopes \(check.slopeError), of the slope of surplus \(check.surplusError)")
    }
  }

  /// One to three segments of random kinds in one or two categories, sellers who share products, nests, and prices of
  /// which some are infinite.
  static func randomLogit(
    _ trial: Int, _ random: inout SplitMix
  ) throws -> (name: String, demand: LogitDemand, prices: [Double]) {
    func between(_ low: Double, _ high: Double) -> Double { Double.random(in: low...high, using: &random) }
    let products = Int.random(in: 1...5, using: &random)
    let hasTwoCategories = products > 2 && Bool.random(using: &random)
    let categories = (0..<products).map { hasTwoCategories ? $0 % 2 : 0 }
    var sources = [Array(0..<products)]
    if Bool.random(using: &random) { sources.append([Int.random(in: 0..<products, using: &random)]) }
    let names = ["fixed", "distributions", "respondents", "agents", "one", "two", "three", "four"]
    let kind = trial % names.count
    let isNested = (trial / names.count) % 2 == 1
    func source(_ kind: Int) throws -> ValuationSource {
      switch kind {
      case 0: return .distributions((0..<products).map { _ in .fixed(between(-2, 4)) }, correlation: nil)
      case 1:
        // At most two uncertain values, by quadrature.
        return .distributions(
          (0..<products).map { $0 < 2 ? everySpreadKind.randomElement(using: &random) ?? .fixed(1) : .fixed(2) },
          correlation: products > 1 && Bool.random(using: &random) ? equicorrelation(products, 0.5) : nil)
      case 2: return .respondents((0..<7).map { _ in (0..<products).map { _ in between(-2, 4) } })
      case 3:
        return .agents(
          try (0..<5).map { _ in
            try Agent(
              weight: between(0.5, 2), utilities: (0..<products).map { _ in between(-2, 4) },
              priceSensitivity: between(0.3, 2))
          })
      default:
        let attributes = kind - 4
        return .utility(
          try UtilityModel(
            meanUtilities: (0..<products).map { _ in between(-2, 4) },
            attributes: (0..<attributes).map { _ in (0..<products).map { _ in between(-1, 1) } },
            coefficients: (0..<attributes).map { _ in coefficients.randomElement(using: &random) ?? .fixed(0) },
            priceSensitivity: sensitivities.randomElement(using: &random) ?? .fixed(1)))
      }
    }
    var nests: [Nest] = []
    if isNested {
      let first = (0..<products).filter { categories[$0] == 0 }
      nests = [Nest(name: "a", products: Array(first.prefix(2)), dissimilarity: between(0.2, 1))]
      if first.count > 2 { nests.append(Nest(name: "b", products: Array(first[2...]), dissimilarity: between(0.2, 1))) }
    }
    let hasLatentClasses = Bool.random(using: &random)
    var segments = [
      try Segment(
        name: "a", share: hasLatentClasses ? 0.3 : 1, valuations: source(kind), taste: between(0.5, 2), nests: nests)
    ]
    if hasLatentClasses {
      segments.append(try Segment(name: "b", share: 0.5, valuations: source(0), taste: 1))
      segments.append(try Segment(name: "c", share: 0.2, valuations: source(2), taste: 0.7, nests: nests))
    }
    let population = try market(
      segments, sources: sources, categories: categories, hasOutsideOption: Int.random(in: 0..<3, using: &random) > 0)
    let prices = (0..<(products + sources.count - 1 + (sources.count > 1 ? sources[1].count - 1 : 0))).map { _ in
      Int.random(in: 0..<8, using: &random) == 0 ? Double.infinity : between(0, 4)
    }
    return (
      names[kind] + (isNested ? " nested" : ""), try LogitDemand(population, pointCount: 1024), prices
    )
  }

  /// Where everything is on sale at no price, or nothing at all.
  @Test(arguments: [true, false]) func logitLimits(_ hasOutsideOption: Bool) throws {
    let model = try UtilityModel(meanUtilities: [1, 2], priceSensitivity: .logNormal(mean: 1, standardDeviation: 0.5))
    let segment = try Segment(
      name: "all", share: 1, valuations: .utility(model), taste: 1,
      nests: [Nest(name: "both", products: [0, 1], dissimilarity: 0.4)])
    let demand = try LogitDemand(market([segment], sources: [[0], [1]], hasOutsideOption: hasOutsideOption))
    let nothing = try demand.response(at: [.infinity, .infinity], hasSlopes: true)
    #expect(nothing.units == [0, 0] && nothing.slopes == [0, 0, 0, 0])
    #expect(nothing.surplus.isFinite)
    // Prices at which nobody buys, and prices at which customers are paid enormous sums.
    for price in [1e9, -1e9, 1e300] {
      let response = try demand.response(at: [price, 2 * price], hasSlopes: true)
      let isFinite = (response.units + response.slopes + [response.surplus]).allSatisfy(\.isFinite)
      #expect(isFinite)
      #expect(abs(response.units[0] + response.units[1] - (price > 0 && hasOutsideOption ? 0 : 1)) < 1e-12)
    }
    let one = try demand.response(at: [1, .infinity], hasSlopes: true)
    #expect(one.units[1] == 0 && (hasOutsideOption ? one.units[0] < 1 : abs(one.units[0] - 1) < 1e-14))
  }
}
