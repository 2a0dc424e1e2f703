import Demand
import Selling
import Strategies
import Testing

/// Prices as the scenario states them.
@Suite struct FixedPriceTests {
  private static let shop = TestMarket(categories: [0, 1, 2], sources: [[0, 1, 2]], unitCosts: [1, 2, 3])

  @Test func pricesAndBundlesAreKept() throws {
    let offers = [
      Offer(ProductSet([0, 2]), price: 20.5), Offer(product: 1, price: 7.25), Offer(product: 2, price: 14),
      Offer(ProductSet([0, 1, 2]), price: 24),
    ]
    var strategy = try Self.shop.strategy(FixedPrice.self, ["prices": .prices(offers)])
    for period in [-1, 0, 9] {
      #expect(try strategy.postPrices(Self.shop.view(period: period)) == PriceList(offers))
    }
    #expect(strategy.isConstant && strategy.survey == nil)
  }

  @Test func everyProductNeedsAnOffer() {
    let offers = [Offer(ProductSet([0, 2]), price: 20)]
    #expect(
      refusal { try Self.shop.strategy(FixedPrice.self, ["prices": .prices(offers)]) }
        == "no price is given for product 1")
    #expect(
      refusal { try Self.shop.strategy(FixedPrice.self) } == "prices is missing: the price of each product or bundle")
    #expect(
      refusal { try Self.shop.strategy(FixedPrice.self, ["prices": prices([1, .infinity, 2])]) }.hasPrefix("prices is ")
    )
  }
}
