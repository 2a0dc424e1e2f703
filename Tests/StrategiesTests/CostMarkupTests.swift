import Demand
import Selling
import Strategies
import Testing

/// Prices from cost and a percentage, to the last digit: the formula is written out here once more.
@Suite struct CostMarkupTests {
  private static let shop = TestMarket(
    categories: [0, 1, 1], sources: [[0, 1, 2]], unitCosts: [9, 14, 0.3], fixedCost: 2100,
    capacities: [
      Capacity(name: "seats", units: 40, renewal: .eachPeriod, use: [1, 2, 0], unitCost: 2.5),
      Capacity(name: "stock", units: 7, renewal: .never, use: [0, 0, 3], unitCost: 0.75),
    ])

  static func amounts(_ values: [Int: Double]) -> Arguments.Value {
    .amounts(values.sorted { $0.key < $1.key }.map { .init(name: "name \($0.key)", index: $0.key, value: $0.value) })
  }

  private func found<Strategy: PricingStrategy>(_ type: Strategy.Type, _ given: [String: Arguments.Value]) throws
    -> [Double]
  {
    var strategy = try Self.shop.strategy(type, given)
    #expect(strategy.isConstant && strategy.survey == nil && strategy.belief == nil)
    return try strategy.postPrices(Self.shop.view(period: 3)).offers.map(\.price)
  }

  @Test(arguments: [0, 0.35, -0.5, 12.25]) func unitCostMarkup(_ markup: Double) throws {
    #expect(
      try found(UnitCostMarkup.self, ["markup": .number(markup)]) == [
        9 * (1 + markup), 14 * (1 + markup), 0.3 * (1 + markup),
      ])
    #expect(
      try found(UnitCostMarkup.self, ["markup": .number(markup), "by product": Self.amounts([1: 2, 2: -0.5])])
        == [9 * (1 + markup), 14 * (1 + 2), 0.3 * (1 - 0.5)])
  }

  @Test(arguments: [0, 0.2, 0.75, 0.99]) func grossMargin(_ margin: Double) throws {
    let prices = try found(GrossMargin.self, ["margin": .number(margin)])
    #expect(prices == [9 / (1 - margin), 14 / (1 - margin), 0.3 / (1 - margin)])
    // What is left of the price is the margin; exact but for three roundings.
    for (price, cost) in zip(prices, [9, 14, 0.3]) { #expect(abs((price - cost) / price - margin) < 4e-16) }
    #expect(
      try found(GrossMargin.self, ["margin": .number(margin), "by product": Self.amounts([0: 0.1])])
        == [9 / (1 - 0.1), 14 / (1 - margin), 0.3 / (1 - margin)])
  }

  /// Keystone pricing doubles the cost.
  @Test func keystone() throws { #expect(try found(GrossMargin.self, [:]) == [18, 28, 0.6]) }

  @Test func timeAndMaterials() throws {
    #expect(
      try found(TimeAndMaterials.self, ["rate": .number(5), "markup": .number(0.25)])
        == [9 * 1.25 + 5, 14 * 1.25 + 10, 0.3 * 1.25 + 15])
    let rates: Arguments.Value = .amounts([.init(name: "stock", index: 0, value: 0.5)])
    #expect(
      try found(TimeAndMaterials.self, ["rate": .number(5), "rates": rates]) == [9.0 + 5, 14.0 + 10, 0.3 + 1.5])
  }

  @Test func timeAndMaterialsRefuses() throws {
    let none = TestMarket(categories: [0], sources: [[0]], unitCosts: [1])
    #expect(
      refusal { try none.strategy(TimeAndMaterials.self, ["rate": .number(1)]) }
        == "time-and-materials charges for capacity; Own has no `capacity`")
    let rates: Arguments.Value = .amounts([.init(name: "seat", index: 0, value: 0.5)])
    #expect(
      refusal { try Self.shop.strategy(TimeAndMaterials.self, ["rate": .number(1), "rates": rates]) }
        == "no capacity of Own is called seat; it has seats, stock")
  }
}
