import Selling
import Strategies
import Testing

/// Markup on full cost, to the last digit.
@Suite struct FullCostMarkupTests {
  private static let shop = TestMarket(
    categories: [0, 1, 1], sources: [[0, 1, 2]], unitCosts: [9, 14, 0.3], fixedCost: 2100,
    capacities: [
      Capacity(name: "seats", units: 40, renewal: .eachPeriod, use: [1, 1, 0], unitCost: 2.5),
      Capacity(name: "stock", units: 7, renewal: .never, use: [0, 0, 1], unitCost: 0.75),
    ])

  /// Fixed cost and the cost of capacity are spread over all planned units alike.
  @Test(arguments: [(0.35, 300.0), (0, 1), (-0.5, 77.7), (2.25, 1e6)])
  func formula(_ markup: Double, _ planned: Double) throws {
    var strategy = try Self.shop.strategy(
      FullCostMarkup.self, ["markup": .number(markup), "planned units": .number(planned)])
    let standing = 2100 + 40 * 2.5 + 7 * 0.75
    let expected = [9, 14, 0.3].map { ($0 + standing / planned) * (1 + markup) }
    for period in [-1, 0, 5] {
      let list = try strategy.postPrices(Self.shop.view(period: period))
      #expect(list.offers.map(\.price) == expected)
      #expect(list.offers.map(\.contents.positions) == [[0], [1], [2]])
    }
    #expect(strategy.isConstant && strategy.survey == nil)
  }

  @Test func plannedUnitsMustBeGiven() {
    #expect(
      refusal { try Self.shop.strategy(FullCostMarkup.self) }
        == "planned units is missing: units of all products that the seller plans to sell in a period; fixed cost is "
        + "spread over them")
  }
}
