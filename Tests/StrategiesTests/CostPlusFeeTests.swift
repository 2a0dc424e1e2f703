import Demand
import Selling
import Strategies
import Testing

/// The strategy that CONTRIBUTING.md and the guide write as an example: it compiles, and it does what they say.
@Suite struct CostPlusFeeTests {
  private static let agency = TestMarket(
    categories: [0, 1], sources: [[0, 1]], unitCosts: [120, 45.5], fixedCost: 900, capacities: [])

  @Test(arguments: [0, 60, 12.25]) func priceIsUnitCostAndFee(_ fee: Double) throws {
    var strategy = try Self.agency.strategy(CostPlusFee.self, ["fee": .number(fee)])
    #expect(strategy.isConstant)
    // The same additions in the same order, so that nothing is rounded differently.
    #expect(try strategy.postPrices(Self.agency.view(period: 3)).offers.map(\.price) == [120 + fee, 45.5 + fee])
  }

  @Test func refusesToGuessTheFee() {
    #expect(throws: (any Error).self) { try Self.agency.strategy(CostPlusFee.self, [:]) }
  }
}
