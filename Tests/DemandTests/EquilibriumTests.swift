import Demand
import Foundation
import GSL
import Testing

/// Equilibria against published ones and against solutions by other means.
@Suite struct EquilibriumTests {
  /// One category; products by seller; logit utilities.
  static func logit(
    utilities: [[Double]], sensitivity: Double, hasOutside: Bool = true, nests: [Nest] = []
  ) throws -> LogitDemand {
    let count = utilities.joined().count
    var next = 0
    let sources = utilities.map { own in
      own.map { _ in
        defer { next += 1 }
        return next
      }
    }
    let assortment = try Assortment(
      categories: ["goods"], products: (0..<count).map { Product(name: "product \($0)", category: 0) },
      sources: sources, hasOutsideOption: hasOutside)
    let model = try UtilityModel(meanUtilities: Array(utilities.joined()), priceSensitivity: .fixed(sensitivity))
    let segment = try Segment(name: "all", share: 1, valuations: .utility(model), taste: 1, nests: nests)
    return try LogitDemand(Population(segments: [segment], assortment: assortment))
  }

  @Test func logitDuopoly() throws {
    // Value 2, cost 1, mu 1/4, outside value 0.
    let demand = try Self.logit(utilities: [[8], [8]], sensitivity: 4)
    let game = try PricingGame(demand, unitCosts: [1, 1], owners: [0, 1])
    let search = try EquilibriumSearch(game)
    #expect(search.equilibria.count == 1 && search.stationaryPoints.isEmpty && search.unconvergedResidual == nil)
    // The symmetric solution of p - c = 1 / (alpha (1 - s)), by bisection.
    let price = try findRoot(from: 1.1, to: 2) { price in
      let share = exp(8 - 4 * price) / (1 + 2 * exp(8 - 4 * price))
      return price - 1 - 1 / (4 * (1 - share))
    }
    let error = search.equilibria[0].prices.map { abs($0 - price) }.max() ?? 1
    print("logit duopoly: error \(error), \(price)")
    #expect(error < 1e-12 && abs(price - 1.472927) < 1e-6)
    let joint = try EquilibriumSearch(game.owned(by: [0, 0]))
    #expect(joint.equilibria.count == 1)
    #expect(joint.equilibria[0].prices.allSatisfy { abs($0 - 1.924981) < 1e-6 })
  }

  /// The beer market of the antitrust literature: prices, shares, and the merger of brands 1 and 2.
  @Test func beerMerger() throws {
    let shares = [0.066, 0.172, 0.253, 0.187, 0.099, 0.223]
    let prices = [0.0441, 0.0328, 0.0409, 0.0396, 0.0387, 0.0497]
    let alpha = 73.1483
    let owners = [0, 1, 2, 2, 3, 4]
    let utilities = zip(shares, prices).map { log($0 / shares[0]) + alpha * ($1 - prices[0]) }
    let demand = try Self.logit(
      utilities: [[utilities[0]], [utilities[1]], [utilities[2], utilities[3]], [utilities[4]], [utilities[5]]],
      sensitivity: alpha, hasOutside: false)
    let costs = prices.indices.map { product in
      let firm = prices.indices.filter { owners[$0] == owners[product] }.reduce(0) { $0 + shares[$1] }
      return prices[product] - 1 / (alpha * (1 - firm))
    }
    let game = try PricingGame(demand, unitCosts: costs, owners: owners)
    let before = try EquilibriumSearch(game)
    #expect(before.equilibria.count == 1)
    let error = zip(before.equilibria[0].prices, prices).map { abs($0 - $1) }.max() ?? 1
    print("beer: error of prices \(error)")
    #expect(error < 1e-12)
    let after = try EquilibriumSearch(game.owned(by: [0, 0, 2, 2, 3, 4]))
    let rises = zip(after.equilibria[0].prices, before.equilibria[0].prices).map { 100 * ($0 / $1 - 1) }
    let published = [6.6097, 3.1741, 0.7622, 0.7872, 0.1515, 0.2920]
    let worst = zip(rises, published).map { abs($0 - $1) }.max() ?? 1
    print("beer merger: largest difference \(worst) points")
    #expect(worst < 0.0002)
  }
}
