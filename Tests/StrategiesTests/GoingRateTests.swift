import Demand
import Selling
import Strategies
import Testing

/// Following the rivals, to the last digit.
@Suite struct GoingRateTests {
  /// Two rivals sell product 0; product 1 has a substitute only (product 2); product 3 is alone in its category.
  private static let shop = TestMarket(
    categories: [0, 1, 1, 2], sources: [[0, 1, 3], [0, 2], [0, 2], [2]], unitCosts: [5, 6, 7])
  private static let posted = [
    PriceList(prices: [1, 1, 1]), PriceList(prices: [10, 21]), PriceList(prices: [13, 24.5]), PriceList(prices: [23]),
  ]

  private static func price(_ given: [String: Arguments.Value], posted: [PriceList]?, period: Int = 1) throws
    -> [Double]
  {
    var all = given
    all["otherwise"] = all["otherwise"] ?? prices([50, 60, 70])
    var strategy = try shop.strategy(GoingRate.self, all)
    return try strategy.postPrices(shop.view(period: period, posted: posted)).offers.map(\.price)
  }

  @Test func references() throws {
    #expect(try Self.price([:], posted: Self.posted) == [(10.0 + 13) / 2, (21 + 24.5 + 23) / 3, 70])
    #expect(try Self.price(["reference": .choice("lowest")], posted: Self.posted) == [10, 21, 70])
    #expect(try Self.price(["reference": .choice("highest")], posted: Self.posted) == [13, 24.5, 70])
  }

  @Test(arguments: [-0.05, 0.3, -0.99])
  func premiumAndFloor(_ premium: Double) throws {
    let found = try Self.price(["premium": .number(premium), "floor": .number(0.1)], posted: Self.posted)
    let references = [(10.0 + 13) / 2, (21 + 24.5 + 23) / 3]
    let floors = [5 * (1 + 0.1), 6 * (1 + 0.1)]
    #expect(
      found == [
        max(references[0] * (1 + premium), floors[0]), max(references[1] * (1 + premium), floors[1]), 70,
      ])
  }

  /// With no list to look at, prices come from `otherwise`, or the floor where it is silent.
  @Test func openingList() throws {
    #expect(try Self.price([:], posted: nil, period: -1) == [50, 60, 70])
    let silent: [String: Arguments.Value] = [
      "otherwise": .prices([Offer(product: 2, price: 70)]), "floor": .number(0.2),
    ]
    #expect(try Self.price(silent, posted: nil, period: -1) == [5 * (1 + 0.2), 6 * (1 + 0.2), 70])
  }

  /// A rival that withdraws a product, or sells it in a bundle only, posts no price for it.
  @Test func rivalsWithoutAPrice() throws {
    let bundleOnly = PriceList([Offer(ProductSet([0, 1]), price: 3)])
    let posted = [Self.posted[0], bundleOnly, PriceList(prices: [13, 24.5]), PriceList([])]
    #expect(try Self.price([:], posted: posted) == [13, 24.5, 70])
    let nobody = [Self.posted[0], bundleOnly, PriceList([]), PriceList([])]
    #expect(try Self.price([:], posted: nobody) == [50, 60, 70])
  }

  @Test func aProductWithoutRivalsNeedsAPrice() {
    #expect(
      refusal { try Self.shop.strategy(GoingRate.self) }
        == "no rival sells product 2 or a substitute; give its price under `otherwise`")
  }

  // MARK: Median, leader, weights

  @Test func median() throws {
    // Rivals of product 0 ask 10 and 13, of product 1 21, 24.5 and 23; product 2 has none.
    #expect(try Self.price(["reference": .choice("median")], posted: Self.posted) == [(10.0 + 13) / 2, 23, 70])
    let posted = [Self.posted[0], PriceList([]), Self.posted[2], Self.posted[3]]
    #expect(try Self.price(["reference": .choice("median")], posted: posted) == [13, (23 + 24.5) / 2, 70])
  }

  @Test func leader() throws {
    let given: [String: Arguments.Value] = [
      "reference": .choice("leader"), "leader": .rival(2), "premium": .number(-0.1),
    ]
    #expect(try Self.price(given, posted: Self.posted) == [13 * (1 - 0.1), 24.5 * (1 - 0.1), 70])
    // A leader who has left is nobody's leader.
    let gone = [Self.posted[0], Self.posted[1], PriceList([]), Self.posted[3]]
    #expect(try Self.price(given, posted: gone) == [50, 60, 70])
    #expect(
      refusal {
        try Self.shop.strategy(
          GoingRate.self,
          [
            "reference": .choice("leader"), "leader": .rival(3),
            "otherwise": .prices([Offer(product: 1, price: 1), Offer(product: 2, price: 1)]),
          ])
      } == "Rival 3 sells neither product 0 nor a substitute; give its price under `otherwise`")
  }

  /// Rival 3 has no weight and counts as the mean of 6 and 2. Of a rival who is not there the weight is left out.
  @Test func weights() throws {
    let given: [String: Arguments.Value] = [
      "reference": .choice("volume-weighted"), "weights": CostMarkupTests.amounts([1: 6, 2: 2]),
    ]
    let first: Double = (6 * 10 + 2 * 13) / 8
    let second: Double = (6 * 21 + 2 * 24.5 + 4 * 23) / 12
    #expect(try Self.price(given, posted: Self.posted) == [first, second, 70])
    let posted = [Self.posted[0], PriceList([]), Self.posted[2], Self.posted[3]]
    #expect(try Self.price(given, posted: posted) == [13, 23.5, 70])
    // Rivals who count for nothing are no reference.
    var zero = given
    zero["weights"] = CostMarkupTests.amounts([1: 6, 2: 0, 3: 0])
    #expect(try Self.price(zero, posted: posted) == [50, 60, 70])
  }

  /// A rival with two substitutes has one weight for both.
  @Test func oneWeightARival() throws {
    let shop = TestMarket(categories: [0, 0, 0, 0], sources: [[0], [1, 2], [3]], unitCosts: [0])
    var strategy = try shop.strategy(
      GoingRate.self, ["reference": .choice("volume-weighted"), "weights": CostMarkupTests.amounts([1: 3, 2: 1])])
    let posted = [PriceList(prices: [1]), PriceList(prices: [4, 8]), PriceList(prices: [2])]
    #expect(
      try strategy.postPrices(shop.view(period: 1, posted: posted)).offers.map(\.price) == [(1.5 * 4 + 1.5 * 8 + 2) / 4]
    )
  }

  @Test func whatDoesNotFitTheReference() throws {
    func reason(_ given: [String: Arguments.Value]) -> String {
      refusal { try Self.shop.strategy(GoingRate.self, given) }
    }
    #expect(
      reason(["reference": .choice("leader")])
        == "`reference: leader` needs `leader`: the rival that is followed; with `reference: leader`")
    #expect(
      reason(["leader": .rival(1)]) == "`leader` makes no difference unless `reference` is leader; it is mean")
    #expect(
      reason(["reference": .choice("volume-weighted")]).hasPrefix("`reference: volume-weighted` needs `weights`: "))
    #expect(
      reason([
        "reference": .choice("volume-weighted"), "weights": CostMarkupTests.amounts([1: 0]),
        "otherwise": prices([1, 1, 1]),
      ]) == "all weights are 0")
  }
}
