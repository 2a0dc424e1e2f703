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
}
