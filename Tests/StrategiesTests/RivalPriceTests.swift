import Demand
import Selling
import Strategies
import Testing

/// Strategies that answer one or several rivals' prices, to the last digit.
@Suite struct RivalPriceTests {
  /// Two rivals sell product 0; product 1 has substitutes only (product 2 of rivals 2 and 3); product 3 is alone.
  private static let shop = TestMarket(
    categories: [0, 1, 1, 2], sources: [[0, 1, 3], [0], [0, 2], [2]], unitCosts: [5, 6, 7])
  private static let posted = [
    PriceList(prices: [8, 9, 11]), PriceList(prices: [10]), PriceList(prices: [13, 24]), PriceList(prices: [23]),
  ]
  private static let nobody = [PriceList(prices: [8, 9, 11]), PriceList([]), PriceList([]), PriceList([])]
  private static let otherwise = prices([50, 60, 70])
  private static let third = Arguments.Value.prices([Offer(product: 2, price: 70)])

  private static func found<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value], _ posted: [PriceList]? = RivalPriceTests.posted
  ) throws -> [Double] {
    var strategy = try shop.strategy(type, given)
    #expect(!strategy.isConstant)
    return try strategy.postPrices(shop.view(period: posted == nil ? -1 : 2, posted: posted)).offers.map(\.price)
  }

  // MARK: Distance to a rival

  @Test(arguments: [(0.1, 0.0), (-0.05, 1.5), (0, -2)]) func rivalPremium(_ premium: Double, _ amount: Double) throws {
    let given: [String: Arguments.Value] = [
      "rival": .rival(2), "premium": .number(premium), "amount": .number(amount), "otherwise": Self.third,
    ]
    #expect(
      try Self.found(RivalPremium.self, given)
        == [13 * (1 + premium) + amount, 24 * (1 + premium) + amount, 70])
    let single = given.merging(["by product": CostMarkupTests.amounts([1: 0.5])]) { $1 }
    #expect(try Self.found(RivalPremium.self, single) == [13 * (1 + premium) + amount, 24 * (1 + 0.5) + amount, 70])
    // The floor, and what holds while the rival is not there: the last own price, but for what is stated.
    let high = given.merging(["floor": .number(3)]) { $1 }
    #expect(try Self.found(RivalPremium.self, high) == [20, max(24 * (1 + premium) + amount, 24), 70])
    #expect(try Self.found(RivalPremium.self, given, Self.nobody) == [8, 9, 70])
    #expect(try Self.found(RivalPremium.self, given, nil) == [5, 6, 70])
  }

  @Test func rivalWithoutTheProduct() {
    #expect(
      refusal { try Self.shop.strategy(RivalPremium.self, ["rival": .rival(1), "otherwise": Self.third]) }
        == "Rival 1 sells neither product 1 nor a substitute; give its price under `otherwise`")
    #expect(
      refusal { try Self.shop.strategy(Undercut.self) }
        == "no rival sells product 2 or a substitute; give its price under `otherwise`")
  }

  /// Product 0 at 3 points: rival 2 at 2.5 is nearest, then rival 1 at 4. Product 1 at 1: rival 3, equally far, is cheaper.
  @Test func nearestRival() throws {
    let given: [String: Arguments.Value] = [
      "position": CostMarkupTests.amounts([0: 3, 1: 1]), "rivals": CostMarkupTests.amounts([1: 4, 2: 2.5, 3: -0.5]),
      "premium": .number(0.2), "otherwise": Self.third,
    ]
    #expect(try Self.found(NearestRival.self, given) == [13 * (1 + 0.2 * 0.5), 23 * (1 + 0.2 * 1.5), 70])
    let posted = [Self.posted[0], Self.posted[1], PriceList([]), Self.posted[3]]
    #expect(try Self.found(NearestRival.self, given, posted) == [10 * (1 + 0.2 * -1), 23 * (1 + 0.2 * 1.5), 70])
    #expect(try Self.found(NearestRival.self, given, Self.nobody) == [8, 9, 70])
    // A premium that would make the price negative ends at the floor.
    let steep = given.merging(["premium": .number(-9)]) { $1 }
    #expect(try Self.found(NearestRival.self, steep) == [5, 6, 70])
  }

  @Test func positionsThatAreMissing() {
    func reason(_ own: [Int: Double], _ rivals: [Int: Double]) -> String {
      refusal {
        try Self.shop.strategy(
          NearestRival.self,
          [
            "position": CostMarkupTests.amounts(own), "rivals": CostMarkupTests.amounts(rivals),
            "otherwise": Self.third,
          ])
      }
    }
    #expect(reason([0: 1], [1: 1]) == "no position is given for product 1")
    #expect(
      reason([0: 1, 1: 1], [1: 1])
        == "no rival with a position sells product 1 or a substitute; give its price under `otherwise`")
    #expect(reason([0: 1, 1: 1], [2: 1]) == "(accepted)")
  }

  // MARK: Undercutting and matching

  @Test func undercut() throws {
    let given: [String: Arguments.Value] = ["step": .number(0.02), "amount": .number(0.1), "otherwise": Self.third]
    #expect(try Self.found(Undercut.self, given) == [10 * (1 - 0.02) - 0.1, 23 * (1 - 0.02) - 0.1, 70])
    #expect(
      try Self.found(Undercut.self, given.merging(["floor": .number(1)]) { $1 }) == [10, 23 * (1 - 0.02) - 0.1, 70])
    #expect(
      try Self.found(Undercut.self, given.merging(["floor": .number(1), "reset": .number(1.5)]) { $1 })
        == [5 * (1 + 1.5), 23 * (1 - 0.02) - 0.1, 70])
    #expect(try Self.found(Undercut.self, given.merging(["otherwise": Self.otherwise]) { $1 }, nil) == [50, 60, 70])
    #expect(try Self.found(Undercut.self, given, Self.nobody) == [8, 9, 70])
    #expect(
      refusal { try Self.shop.strategy(Undercut.self, given.merging(["reset": .number(-0.1)]) { $1 }) }
        == "the reset is below the floor")
  }

  /// Two who undercut each other, alternating by one period of sight: without a reset prices fall by the step and end at the
  /// floor for good; with it they are an Edgeworth cycle: falling but for jumps to the reset, from just above the floor,
  /// again and again.
  @Test(arguments: [nil, 0.8]) func edgeworthCycle(_ reset: Double?) throws {
    let duel = TestMarket(categories: [0], sources: [[0], [0]], unitCosts: [10])
    var given: [String: Arguments.Value] = ["step": .number(0.05), "floor": .number(0.1), "otherwise": prices([18])]
    given["reset"] = reset.map { .number($0) }
    var left = try duel.strategy(Undercut.self, given)
    // The other one cuts by 0.5 and has no reset.
    given["reset"] = nil
    given["step"] = .number(0)
    given["amount"] = .number(0.5)
    var right = try duel.strategy(Undercut.self, given)
    var path: [Double] = []
    var lists = [PriceList(prices: [18]), PriceList(prices: [18])]
    for period in 0..<200 {
      let seen = try duel.view(period: period, posted: lists)
      let mirrored = try duel.view(period: period, posted: [lists[1], lists[0]])
      lists = [try left.postPrices(seen), try right.postPrices(mirrored)]
      path.append(lists[0].offers[0].price)
    }
    let floor = 10 * (1 + 0.1)
    #expect(path.allSatisfy { $0 >= floor && $0 <= 18 })
    let jumps = zip(path, path.dropFirst()).filter { $0 < $1 }
    if let reset {
      #expect(jumps.count > 5 && jumps.allSatisfy { $0.1 == 10 * (1 + reset) })
      #expect(jumps.allSatisfy { $0.0 < floor / 0.95 / 0.95 + 0.5 })
    } else {
      #expect(jumps.isEmpty && path.last == floor && lists[1].offers[0].price == floor)
    }
  }

  @Test func priceMatch() throws {
    let given: [String: Arguments.Value] = ["prices": prices([12, 20, 30]), "floor": .number(0.3)]
    #expect(try Self.found(PriceMatch.self, given) == [10, 20, 30])
    #expect(try Self.found(PriceMatch.self, given, nil) == [12, 20, 30])
    #expect(try Self.found(PriceMatch.self, given, Self.nobody) == [12, 20, 30])
    // Down to the floor, but an own price below the floor is the own price.
    #expect(try Self.found(PriceMatch.self, given.merging(["floor": .number(1.2)]) { $1 }) == [11, 20, 30])
    #expect(try Self.found(PriceMatch.self, given.merging(["floor": .number(9)]) { $1 }) == [12, 20, 30])
    // One rival only.
    let one = given.merging(["rival": .rival(2), "prices": prices([15, 25, 30])]) { $1 }
    #expect(try Self.found(PriceMatch.self, one) == [13, 24, 30])
    #expect(
      refusal { try Self.shop.strategy(PriceMatch.self, ["prices": .prices([Offer(product: 0, price: 1)])]) }
        == "no price is given for product 1")
    // A bundle keeps its price.
    let bundle: Arguments.Value = .prices([
      Offer(product: 0, price: 12), Offer(product: 2, price: 30), Offer(ProductSet([0, 1]), price: 25),
    ])
    #expect(try Self.found(PriceMatch.self, ["prices": bundle]) == [10, 30, 25])
  }

  /// Random prices, fixed seed: a match is never above the own price, never below the cheapest rival or the floor; an
  /// undercut is below the cheapest or at the floor.
  @Test func properties() throws {
    var state: UInt64 = 5
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    for _ in 0..<500 {
      let (own, floor, step) = (5 + 20 * random(), random(), 0.001 + 0.5 * random())
      let rivals = [5 + 20 * random(), 5 + 20 * random()]
      let posted = [
        Self.posted[0], PriceList(prices: [rivals[0]]), PriceList(prices: [rivals[1], 24]), Self.posted[3],
      ]
      let lowest = min(rivals[0], rivals[1])
      let match = try Self.found(
        PriceMatch.self, ["prices": prices([own, 1, 1]), "floor": .number(floor)], posted)[0]
      #expect(match <= own && (match == own || match == lowest || match == 5 * (1 + floor)))
      #expect(match >= min(own, lowest))
      let under = try Self.found(
        Undercut.self, ["step": .number(step), "floor": .number(floor), "otherwise": Self.third], posted)[0]
      #expect(under >= 5 * (1 + floor) && (under < lowest || under == 5 * (1 + floor)))
    }
  }

  // MARK: Following a leader's moves

  /// The leader asks 20, 22, 11, nothing, 20; half of each move is made, two periods later, and not below the floor.
  @Test func followLeader() throws {
    let duel = TestMarket(categories: [0, 1], sources: [[0, 1], [0]], unitCosts: [9, 1])
    let given: [String: Arguments.Value] = [
      "prices": prices([10, 3]), "leader": .rival(1), "pass through": .number(0.5), "delay": .number(2),
    ]
    var strategy = try duel.strategy(FollowLeader.self, given)
    var path = [try strategy.postPrices(duel.view(period: -1)).offers.map(\.price)]
    let leader: [[Double]] = [[20], [22], [11], [], [20], [20], [20]]
    for (period, prices) in leader.enumerated() {
      let posted = [PriceList(prices: [10, 3]), PriceList(prices: prices)]
      path.append(try strategy.postPrices(duel.view(period: period, posted: posted)).offers.map(\.price))
    }
    let factors = [1, 1, 1, 1, 22.0 / 20, 11.0 / 20, 11.0 / 20, 1]
    #expect(path.map { $0[0] } == factors.map { max(10 * (1 + 0.5 * ($0 - 1)), 9) })
    #expect(path.allSatisfy { $0[1] == 3 })
    let alone = TestMarket(categories: [0, 1], sources: [[0], [1]], unitCosts: [9])
    #expect(
      refusal { try alone.strategy(FollowLeader.self, ["prices": prices([1]), "leader": .rival(1)]) }
        == "the leader sells no substitute for anything of Own")
  }
}
