import Demand
import Foundation
import GSL
import Testing

/// Equilibrium prices against closed forms and against ``BisectedEquilibrium``, within 1e-9 of the price.
extension EquilibriumTests {
  /// The only equilibrium of a game, which all starts lead to.
  static func only(_ game: PricingGame) throws -> [Double] {
    let search = try EquilibriumSearch(game)
    #expect(search.equilibria.count == 1 && search.stationaryPoints.isEmpty, "\(search)")
    return try #require(search.equilibria.first).prices
  }

  static func difference(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
  }

  /// Products one after the other, the owners' numbers rising.
  static func sources(_ owners: [Int]) -> [[Int]] {
    Set(owners).sorted().map { owner in owners.indices.filter { owners[$0] == owner } }
  }

  /// Two to five sellers of one to three products each, with and without nests and outside option.
  @Test(arguments: [2, 3, 4, 5]) func logitAndNestedLogit(_ sellers: Int) throws {
    var random = SplitMix(state: UInt64(sellers))
    var (worst, worstNested) = (0.0, 0.0)
    for trial in 0..<6 {
      let owners = (0..<sellers).flatMap { seller in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in seller }
      }
      let utilities = owners.map { _ in Double.random(in: 1...6, using: &random) }
      let costs = owners.map { _ in Double.random(in: 0.2...1.5, using: &random) }
      let alpha = Double.random(in: 1...4, using: &random)
      let hasOutside = trial % 3 != 0
      let plain = try EquilibriumTests.logit(
        utilities: Self.sources(owners).map { $0.map { utilities[$0] } }, sensitivity: alpha, hasOutside: hasOutside)
      let game = try PricingGame(plain, unitCosts: costs, owners: owners)
      let exact = BisectedEquilibrium(
        costs: costs, owners: owners, highest: 60,
        BisectedEquilibrium.logit(utilities, alpha, outside: hasOutside ? 1 : 0))
      worst = max(worst, Self.difference(try Self.only(game), exact.prices))

      let dissimilarities = [Double.random(in: 0.3...0.9, using: &random), Double.random(in: 0.3...1, using: &random)]
      let nests = owners.indices.map { $0 % 2 }
      let nested = try EquilibriumTests.logit(
        utilities: Self.sources(owners).map { $0.map { utilities[$0] } }, sensitivity: alpha, hasOutside: hasOutside,
        nests: (0..<2).map { nest in
          Nest(
            name: "\(nest)", products: owners.indices.filter { nests[$0] == nest }, dissimilarity: dissimilarities[nest]
          )
        })
      let nestedGame = try PricingGame(nested, unitCosts: costs, owners: owners)
      let nestedExact = BisectedEquilibrium(
        costs: costs, owners: owners, highest: 60,
        BisectedEquilibrium.nested(
          utilities, alpha, nests: nests, dissimilarities: dissimilarities, outside: hasOutside ? 1 : 0))
      worstNested = max(worstNested, Self.difference(try Self.only(nestedGame), nestedExact.prices))
    }
    print("logit, \(sellers) sellers: error \(worst); nested \(worstNested)")
    #expect(worst < 1e-9 && worstNested < 1e-9)
  }

  /// Two segments, three sellers before and after a merger.
  @Test func mixedLogitAndMerger() throws {
    let utilities = [[3, 4, 3.5, 2], [6, 5, 4, 5]]
    let alphas = [2, 0.8]
    let costs = [1, 1.2, 0.9, 1]
    let segments = try (0..<2).map { number in
      try Segment(
        name: "\(number)", share: [0.6, 0.4][number],
        valuations: .utility(UtilityModel(meanUtilities: utilities[number], priceSensitivity: .fixed(alphas[number]))),
        taste: 1)
    }
    let owners = [0, 0, 1, 2]
    let demand = try LogitDemand(market(segments, sources: Self.sources(owners)))
    let game = try PricingGame(demand, unitCosts: costs, owners: owners)
    let exact = BisectedEquilibrium.mixed(
      (0..<2).map { ([0.6, 0.4][$0], BisectedEquilibrium.logit(utilities[$0], alphas[$0])) })
    for merged in [owners, [0, 0, 0, 2], [0, 0, 1, 1], [0, 0, 0, 0]] {
      let found = try Self.only(game.owned(by: merged))
      let error = Self.difference(
        found, BisectedEquilibrium(costs: costs, owners: merged, highest: 30, exact).prices)
      print("two segments, owners \(merged): error \(error)")
      #expect(error < 1e-9)
    }
  }

  /// p = c + (1 + W(sum of exp(u - alpha c - 1))) / alpha, the markup common to all products.
  @Test func logitMonopoly() throws {
    var worst = 0.0
    for (utilities, alpha, costs) in [
      ([3.0], 1.0, [1.0]), ([8], 4, [1]), ([3, 4, 5, 2], 1.5, [1, 2, 0.5, 0]), ([-5, -6], 2, [1, 0.3]),
      ([200, 180], 3, [1, 2]),
    ] {
      let demand = try EquilibriumTests.logit(utilities: [utilities], sensitivity: alpha)
      let game = try PricingGame(demand, unitCosts: costs, owners: costs.map { _ in 0 })
      let sum = zip(utilities, costs).reduce(0) { $0 + exp($1.0 - alpha * $1.1 - 1) }
      let markup = (1 + (try Special.lambertW0(sum))) / alpha
      worst = max(worst, Self.difference(try Self.only(game), costs.map { $0 + markup }))
    }
    print("logit monopoly: error \(worst)")
    #expect(worst < 1e-12)
  }

  /// Singh & Vives (1984): at the same time, as one firm, and with a leader in prices.
  @Test(arguments: [1.0, 0.4, -0.8]) func linearDuopoly(_ cross: Double) throws {
    let (a, b, c) = ([10.0, 12], [2.0, 1.5], [1.0, 2])
    let demand = try LinearDemand(intercepts: a, interaction: [[b[0], cross], [cross, b[1]]])
    let game = try PricingGame(demand, unitCosts: c, owners: [0, 1])
    let determinant = b[0] * b[1] - cross * cross
    let base = [(b[1] * a[0] - cross * a[1]) / determinant, (b[0] * a[1] - cross * a[0]) / determinant]
    let own = [b[1] / determinant, b[0] / determinant]
    let other = cross / determinant
    // 2 own p - other p' = base + own c, twice.
    let right = [base[0] + own[0] * c[0], base[1] + own[1] * c[1]]
    let scale = 4 * own[0] * own[1] - other * other
    let nash = [(2 * own[1] * right[0] + other * right[1]) / scale, (2 * own[0] * right[1] + other * right[0]) / scale]
    let found = try Self.only(game)
    let merged = try Self.only(game.owned(by: [0, 0]))
    // The follower answers (right + other p) / (2 own).
    let level = base[0] + other * right[1] / (2 * own[1])
    let slope = own[0] - other * other / (2 * own[1])
    let leading = (level / slope + c[0]) / 2
    let leader = try #require(try game.leadership(of: 0, from: found))
    let errors = [
      Self.difference(found, nash), Self.difference(merged, zip(a, c).map { ($0 + $1) / 2 }),
      Self.difference(leader.prices, [leading, (right[1] + other * leading) / (2 * own[1])]),
    ]
    print("Singh & Vives, \(cross): errors of equilibrium, merger, leadership \(errors)")
    #expect(errors.allSatisfy { $0 < 1e-9 } && leader.isConverged)
    // The leader earns at least what it earns when all post together.
    #expect(try game.profit(of: 0, at: leader.prices) >= game.profit(of: 0, at: found))
  }

  /// A leader in a logit market: bisection for the follower inside golden section for the leader. At a flat top a price is
  /// only good to the root of rounding; profit is.
  @Test func logitLeadership() throws {
    let (utilities, alpha, costs) = ([6.0, 5, 5.5], 2.0, [1, 0.8, 1.1])
    let game = try PricingGame(
      EquilibriumTests.logit(utilities: [[6], [5], [5.5]], sensitivity: alpha), unitCosts: costs, owners: [0, 1, 2])
    let demand = BisectedEquilibrium.logit(utilities, alpha)
    func answered(_ leading: Double) -> (prices: [Double], profit: Double) {
      let answer = BisectedEquilibrium(costs: [costs[1], costs[2]], owners: [1, 2], highest: 20) { followers in
        let (units, slopes) = demand([leading] + followers)
        return (Array(units[1...]), [Array(slopes[1][1...]), Array(slopes[2][1...])])
      }
      let prices = [leading] + answer.prices
      return (prices, (leading - costs[0]) * demand(prices).units[0])
    }
    var (low, high) = (costs[0], 5.0)
    let ratio = (sqrt(5) - 1) / 2
    while high - low > 1e-9 {
      let (first, second) = (high - ratio * (high - low), low + ratio * (high - low))
      if answered(first).profit > answered(second).profit { high = second } else { low = first }
    }
    let exact = answered((low + high) / 2)
    let found = try #require(try game.leadership(of: 0, from: try Self.only(game)))
    let profit = try game.profit(of: 0, at: found.prices)
    print(
      "logit leadership: prices differ by \(Self.difference(found.prices, exact.prices)), profit by \(profit - exact.profit)"
    )
    #expect(Self.difference(found.prices, exact.prices) < 1e-6 && abs(profit - exact.profit) < 1e-13)
    #expect(found.isConverged && found.residual < 1e-8)
  }

  /// Lerner's index of a CES seller is 1 / (sigma - (sigma - 1) x its share of spending); prices by bisection.
  @Test(arguments: [1.05, 1.3, 2, 5, 30], [true, false])
  func constantElasticity(_ elasticity: Double, _ hasOutside: Bool) throws {
    let (qualities, costs, owners) = ([1.0, 2, 0.5, 1], [1.0, 1.3, 0.8, 1], [0, 1, 1, 2])
    let demand = try CESDemand(qualities: qualities, elasticity: elasticity, budget: 10, hasOutsideOption: hasOutside)
    let game = try PricingGame(demand, unitCosts: costs, owners: owners)
    let search = try EquilibriumSearch(game)
    #expect(search.equilibria.count == 1)
    let prices = try #require(search.equilibria.first).prices
    let response = try demand.response(at: prices, hasSlopes: false)
    let spending = zip(prices, response.units).map { $0 * $1 / 10 }
    var worst = 0.0
    for (alternative, price) in prices.enumerated() {
      let share = owners.indices.filter { owners[$0] == owners[alternative] }.reduce(0) { $0 + spending[$1] }
      worst = max(
        worst, abs((price - costs[alternative]) / price - 1 / (elasticity - (elasticity - 1) * share)))
    }
    print("CES of elasticity \(elasticity): error of Lerner's index \(worst)")
    #expect(worst < 1e-10)
  }

  /// Two independent uniform values on [0, 1] at no cost, where buying nothing is possible (Perloff & Salop 1985).
  @Test func twoUniformValues() throws {
    let game = try PricingGame(
      DemandSystemTests.withoutTaste([.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)]), unitCosts: [0, 0],
      owners: [0, 1])
    let error = Self.difference(try Self.only(game), [sqrt(2) - 1, sqrt(2) - 1])
    print("two uniform values: error \(error)")
    #expect(error < 1e-9)
  }

  /// Hotelling's line of length 1 and transport cost t: p = t + (2 c + c') / 3.
  @Test func hotelling() throws {
    let (transport, costs) = (2.0, [1.0, 1.6])
    let game = try PricingGame(
      DemandSystemTests.withoutTaste(
        [.fixed(20), .uniform(low: 20 - transport, high: 20 + transport)], hasOutsideOption: false), unitCosts: costs,
      owners: [0, 1])
    let exact = [transport + (2 * costs[0] + costs[1]) / 3, transport + (2 * costs[1] + costs[0]) / 3]
    let error = Self.difference(try Self.only(game), exact)
    print("Hotelling: error \(error)")
    #expect(error < 1e-9)
  }
}
