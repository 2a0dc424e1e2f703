import Demand
import Foundation
import Testing

/// Markets with several equilibria, with none, and with stationary points that are none; and the edges of what a market is.
extension EquilibriumTests {
  static func classes(
    _ classes: [(share: Double, utilities: [Double], sensitivity: Double)], costs: [Double], owners: [Int]
  ) throws -> PricingGame {
    let segments = try classes.enumerated().map { number, item in
      try Segment(
        name: "\(number)", share: item.share,
        valuations: .utility(UtilityModel(meanUtilities: item.utilities, priceSensitivity: .fixed(item.sensitivity))),
        taste: 1)
    }
    return try PricingGame(LogitDemand(market(segments, sources: sources(owners))), unitCosts: costs, owners: owners)
  }

  /// The largest gain of a seller of one product over a fine grid of its price, by shares written down here.
  static func largestGain(
    _ classes: [(share: Double, utilities: [Double], sensitivity: Double)], costs: [Double], prices: [Double],
    highest: Double
  ) -> Double {
    let demand = BisectedEquilibrium.mixed(
      classes.map { ($0.share, BisectedEquilibrium.logit($0.utilities, $0.sensitivity)) })
    var gain = -Double.infinity
    for seller in prices.indices {
      let earned = (prices[seller] - costs[seller]) * demand(prices).units[seller]
      for step in 0...200_000 {
        var trial = prices
        trial[seller] = costs[seller] + (highest - costs[seller]) * Double(step) / 200_000
        gain = max(gain, (trial[seller] - costs[seller]) * demand(trial).units[seller] - earned)
      }
    }
    return gain
  }

  /// Many customers who mind the price and some who hardly do: both sellers cheap, or both dear.
  @Test func twoEquilibria() throws {
    let classes = [(0.85, [4.0, 4], 1.75), (0.15, [7.0, 7], 0.1)]
      .map { (share: $0.0, utilities: $0.1, sensitivity: $0.2) }
    let costs = [0.5, 0.5]
    let search = try EquilibriumSearch(Self.classes(classes, costs: costs, owners: [0, 1]))
    #expect(search.equilibria.count == 2, "\(search)")
    for (found, start) in zip(search.equilibria, [30.0, 1]) {
      // Near each of them, the condition p - c = q / -q' of a symmetric price by bisection.
      let demand = BisectedEquilibrium.mixed(
        classes.map { ($0.share, BisectedEquilibrium.logit($0.utilities, $0.sensitivity)) })
      var (low, high) = (0.7 * found.prices[0], 1.3 * found.prices[0])
      while case let middle = (low + high) / 2, middle > low, middle < high {
        let (units, slopes) = demand([middle, middle])
        if units[0] + (middle - costs[0]) * slopes[0][0] > 0 { low = middle } else { high = middle }
      }
      let gain = Self.largestGain(classes, costs: costs, prices: found.prices, highest: 300)
      print("equilibrium at \(found.prices): error \(abs(found.prices[0] - low)), largest gain on a grid \(gain)")
      #expect(abs(found.prices[0] - low) < 1e-9 && gain < 1e-12)
      #expect(found.prices[0] > 0.5 * start && found.prices[0] < 2 * start)
    }
  }

  /// Captive customers beside switchers (Varian 1980, Narasimhan 1988), with a little noise: prices where all first-order
  /// conditions hold, from which a seller would rather retreat to its captives. And no pure equilibrium at all.
  @Test(arguments: [0.1, 0.3, 0.5], [0.2, 0.5, 0.8]) func captivesAndSwitchers(_ taste: Double, _ switchers: Double)
    throws
  {
    let captives = (1 - switchers) / 2
    func segment(_ name: String, _ share: Double, _ values: [Double]) throws -> Segment {
      try Segment(
        name: name, share: share, valuations: .distributions(values.map { .fixed($0) }, correlation: nil), taste: taste)
    }
    let game = try PricingGame(
      LogitDemand(
        market(
          [
            segment("first", captives, [10, -50]), segment("second", captives, [-50, 10]),
            segment("switchers", switchers, [10, 10]),
          ], sources: [[0], [1]])), unitCosts: [1, 1], owners: [0, 1])
    let search = try EquilibriumSearch(game)
    #expect(search.equilibria.isEmpty)
    let point = try #require(search.stationaryPoints.first)
    let deviation = try #require(point.deviation)
    #expect(!point.isEquilibrium && point.residual < 1e-9)
    // The deviation is real, by its own numbers.
    let gain =
      try game.profit(of: deviation.seller, at: deviation.prices) - game.profit(of: deviation.seller, at: point.prices)
    #expect(gain > 0.01 && abs(gain - deviation.gain) < 1e-12)
    #expect(deviation.prices[1 - deviation.seller] == point.prices[1 - deviation.seller])
  }

  /// Identical products without noise: price is cost; with unequal costs there is no pure equilibrium.
  @Test func homogeneousProducts() throws {
    let demand = try DemandSystemTests.withoutTaste([.uniform(low: 0, high: 1)], sources: [[0], [0]])
    let same = try EquilibriumSearch(PricingGame(demand, unitCosts: [0.2, 0.2], owners: [0, 1]))
    #expect(same.equilibria.count == 1 && same.equilibria.first?.prices == [0.2, 0.2])
    let unequal = try EquilibriumSearch(PricingGame(demand, unitCosts: [0.2, 0.3], owners: [0, 1]))
    #expect(unequal.equilibria.isEmpty)
    let three = try DemandSystemTests.withoutTaste([.exponential(mean: 1)], sources: [[0], [0], [0]])
    let all = try EquilibriumSearch(PricingGame(three, unitCosts: [0.2, 0.2, 0.2], owners: [0, 1, 2]))
    #expect(all.equilibria.contains { $0.prices == [0.2, 0.2, 0.2] })
  }

  /// A product nobody wants leaves the others' equilibrium as it is.
  @Test func productNobodyValues() throws {
    let game = try PricingGame(
      Self.logit(utilities: [[8], [8], [-1e6]], sensitivity: 4), unitCosts: [1, 1, 1], owners: [0, 1, 2])
    let prices = try Self.only(game)
    #expect(abs(prices[0] - 1.472927) < 1e-6 && abs(prices[1] - 1.472927) < 1e-6 && prices[2].isFinite)
    let linear = try PricingGame(
      LinearDemand(intercepts: [10, 1], interaction: [[2, 0.5], [0.5, 2]]), unitCosts: [1, 2], owners: [0, 1])
    #expect(try EquilibriumSearch(linear).equilibria.first?.prices[0] == 5.5)
    // Cost above every value: nothing is sold, and that is no error.
    let none = try PricingGame(
      DemandSystemTests.withoutTaste([.uniform(low: 0, high: 1)]), unitCosts: [5], owners: [0])
    let nothing = try EquilibriumSearch(none)
    let idle = try #require(nothing.equilibria.first)
    #expect(try none.demand.response(at: idle.prices, hasSlopes: false).units == [0])
  }

  /// Who must be bought from could charge anything.
  @Test func monopolyWithoutOutsideOption() throws {
    let logit = try PricingGame(
      Self.logit(utilities: [[8, 7]], sensitivity: 4, hasOutside: false), unitCosts: [1, 1], owners: [0, 0])
    let merged = try PricingGame(
      Self.logit(utilities: [[8], [7]], sensitivity: 4, hasOutside: false), unitCosts: [1, 1], owners: [0, 1]
    ).owned(by: [0, 0])
    let spending = try PricingGame(
      CESDemand(qualities: [1], elasticity: 2, budget: 1, hasOutsideOption: false), unitCosts: [1], owners: [0])
    for game in [logit, merged, spending] {
      #expect(refusal { try EquilibriumSearch(game) }.contains("could charge any price"))
      #expect(refusal { try game.bestResponse(of: 0, to: game.unitCosts) }.contains("could charge any price"))
    }
    // Nor is there a best price where units grow without limit.
    let ces = try CESDemand(qualities: [1, 1], elasticity: 2, budget: 1)
    #expect(refusal { try PricingGame(ces, unitCosts: [0, 1], owners: [0, 1]) }.contains("unit cost"))
  }

  /// Leadership where followers sell nothing, and where a follower would undercut at once.
  @Test func leadershipAtTheEdges() throws {
    let unvalued = try PricingGame(
      Self.logit(utilities: [[8], [-1e6]], sensitivity: 4), unitCosts: [1, 1], owners: [0, 1])
    let prices = try Self.only(unvalued)
    #expect(Self.difference(try #require(try unvalued.leadership(of: 0, from: prices)).prices, prices) < 1e-6)
    let same = try PricingGame(
      DemandSystemTests.withoutTaste([.uniform(low: 0, high: 1)], sources: [[0], [0]]), unitCosts: [0.2, 0.2],
      owners: [0, 1])
    #expect(try same.leadership(of: 0, from: [0.2, 0.2]) == nil)
  }

  /// Respondents without taste noise: demand falls in steps, on which no conditions hold. Whatever is found is verified.
  @Test func respondents() throws {
    var random = SplitMix(state: 77)
    let rows = (0..<60).map { _ in (0..<2).map { _ in Double.random(in: 2...10, using: &random) } }
    let segment = try Segment(name: "all", share: 1, valuations: .respondents(rows))
    let game = try PricingGame(
      ExpectedSystem(market([segment], sources: [[0], [1]])), unitCosts: [1, 1], owners: [0, 1])
    let search = try EquilibriumSearch(game)
    #expect(search.stationaryPoints.isEmpty)
    // The best price for one product alone is some respondent's value, which a scan may miss by a little.
    let best = try game.bestResponse(of: 0, to: [5, .infinity])
    let exact = rows.map { row in (row[0] - 1) * Double(rows.count { $0[0] >= row[0] }) / 60 }.max() ?? 0
    print("respondents: a monopolist earns \(best.profit) of \(exact)")
    #expect(best.profit <= exact * (1 + 1e-9) && best.profit > 0.97 * exact)
  }

  /// Prices scale with money: the same market in dollars and in billions of them.
  @Test(arguments: [1e-9, 1e9]) func scales(_ unit: Double) throws {
    let one = try PricingGame(
      Self.logit(utilities: [[8], [7, 6]], sensitivity: 4), unitCosts: [1, 1.1, 0.9], owners: [0, 1, 1])
    let other = try PricingGame(
      Self.logit(utilities: [[8], [7, 6]], sensitivity: 4 / unit),
      unitCosts: [1 * unit, 1.1 * unit, 0.9 * unit], owners: [0, 1, 1])
    let error = Self.difference(try Self.only(other).map { $0 / unit }, try Self.only(one))
    print("unit of money \(unit): prices differ by \(error)")
    #expect(error < 1e-12)
  }

  /// Four products whose values have three or more uncertain parts: found by points, within their stated error, in
  /// bounded time.
  @Test func equilibriumByPoints() throws {
    let kinds = (0..<3).map { Valuation.normal(mean: 20 + Double($0), standardDeviation: 5) }
    func prices(_ points: Int) throws -> [Double] {
      let game = try PricingGame(
        DemandSystemTests.withoutTaste(kinds, correlation: 0.3, sources: [[0, 1], [2]], pointCount: points),
        unitCosts: [10, 10, 10], owners: [0, 0, 1])
      let search = try EquilibriumSearch(game, randomStarts: 0)
      #expect(search.equilibria.count == 1, "\(search)")
      return try #require(search.equilibria.first).prices
    }
    let difference = Self.difference(try prices(2048), try prices(8192))
    print("three correlated values: prices by 2048 and 8192 points differ by \(difference)")
    #expect(difference < 0.01)
  }
}
