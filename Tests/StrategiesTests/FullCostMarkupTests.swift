import Demand
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

  // MARK: Trailing volume

  private static let ferry = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [2, 5], fixedCost: 1000)

  private static func sales(_ units: [[Double]]) -> [[OfferSales]] {
    units.map { period in
      period.enumerated().map { OfferSales(offer: Offer(product: $0, price: 1), units: $1) }
    }
  }

  private static func trailing(
    _ units: [[Double]], periods: Double = 2, rise: Double = 2, more: [String: Arguments.Value] = [:]
  ) throws -> [Double] {
    let given: [String: Arguments.Value] = [
      "markup": .number(0.1), "planned units": .number(200), "volume": .choice("trailing"), "periods": .number(periods),
      "largest rise": .number(rise),
    ]
    var strategy = try ferry.strategy(FullCostMarkup.self, given.merging(more) { $1 })
    #expect(!strategy.isConstant)
    return try strategy.postPrices(
      ferry.view(period: units.count, posted: [PriceList([])], sales: sales(units))
    ).offers.map(\.price)
  }

  /// Prices of the ferry with so much fixed cost on a unit.
  private static func fullCost(_ fixedCost: Double) -> [Double] {
    let costs: [Double] = [2, 5]
    return costs.map { ($0 + fixedCost) * (1 + 0.1) }
  }

  /// Planned units until something was sold, then the mean of at most so many periods.
  @Test func trailingVolume() throws {
    #expect(try Self.trailing([]) == Self.fullCost(5))
    #expect(try Self.trailing([[60, 40]]) == Self.fullCost(10))
    // 400 and 100 units: 250 on average, fixed cost 4 a unit; the first period no longer counts.
    #expect(try Self.trailing([[1, 1], [300, 100], [50, 50]]) == Self.fullCost(4))
  }

  /// Without sales the price stands at the cap, never at infinity; with free fixed cost there is nothing to spread.
  @Test func nothingSold() throws {
    let planned = Self.fullCost(5)
    let histories: [[[Double]]] = [[[0, 0]], [[0, 0], [0, 0], [0, 0]], [[1e-300, 0]]]
    for units in histories {
      #expect(try Self.trailing(units, rise: 0.5) == planned.map { $0 * (1 + 0.5) })
    }
    // Spread by cost, a product that costs nothing bears nothing, also where the share has no bound.
    let gift = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [4, 0], fixedCost: 100)
    var byCost = try gift.strategy(
      FullCostMarkup.self,
      [
        "markup": .number(0), "planned units": .number(50), "volume": .choice("trailing"), "spread": .choice("cost"),
        "largest rise": .number(1),
      ])
    #expect(
      try byCost.postPrices(gift.view(period: 1, sales: Self.sales([[0, 0]]))).offers.map(\.price) == [16, 0])
    let free = TestMarket(categories: [0], sources: [[0]], unitCosts: [3])
    var strategy = try free.strategy(
      FullCostMarkup.self, ["markup": .number(0), "planned units": .number(5), "volume": .choice("trailing")])
    #expect(try strategy.postPrices(free.view(period: 1, sales: Self.sales([[0]]))).offers.map(\.price) == [3])
  }

  /// The spiral on the demand of a line, q = 120 - 10 p for one product: p' = (c + F / q(p)) (1 + m). With fixed cost that
  /// demand can bear the price settles where p = (c + F / q)(1 + m); with more there is no such price, and it climbs to the
  /// cap period by period.
  @Test(arguments: [(100.0, false), (300, true)]) func spiral(_ fixedCost: Double, _ runsAway: Bool) throws {
    let line = TestMarket(categories: [0], sources: [[0]], unitCosts: [2], fixedCost: fixedCost)
    var strategy = try line.strategy(
      FullCostMarkup.self,
      [
        "markup": .number(0.1), "planned units": .number(90), "volume": .choice("trailing"), "periods": .number(1),
        "largest rise": .number(3),
      ])
    var path: [Double] = []
    var units: [[Double]] = []
    for period in 0..<60 {
      let price = try strategy.postPrices(line.view(period: period, sales: Self.sales(units))).offers[0].price
      path.append(price)
      units.append([max(0, 120 - 10 * price)])
    }
    let cap = (2 + fixedCost / 90) * (1 + 0.1) * (1 + 3)
    if runsAway {
      #expect(path.last == cap)
      let climb = path.prefix { $0 < cap }
      #expect(climb.count > 2 && zip(climb, climb.dropFirst()).allSatisfy { $0 < $1 })
    } else {
      // p (120 - 10 p) = 1.1 (2 (120 - 10 p) + F): the smaller root of 10 p^2 - 142 p + 264 + 1.1 F = 0.
      let fixed = (142 - (142.0 * 142 - 40 * (264 + 1.1 * fixedCost)).squareRoot()) / 20
      #expect(abs((path.last ?? 0) - fixed) < 1e-12, "\(path.last ?? 0) against \(fixed)")
    }
  }

  // MARK: Several products

  /// In proportion to cost, planned revenue of the mix still is all cost and the markup, and every product has the same
  /// markup on its unit cost, as when fixed cost is spread by revenue. Exact but for rounding: 1e-14 of the money.
  @Test func spreadByCost() throws {
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var largest = 0.0
    for _ in 0..<200 {
      let costs = (0..<3).map { _ in 0.1 + 50 * random() }
      let mix = (0..<3).map { _ in 0.01 + random() }
      let (fixed, planned, markup) = (1e4 * random(), 1 + 1000 * random(), random())
      let shop = TestMarket(categories: [0, 1, 2], sources: [[0, 1, 2]], unitCosts: costs, fixedCost: fixed)
      var strategy = try shop.strategy(
        FullCostMarkup.self,
        [
          "markup": .number(markup), "planned units": .number(planned), "spread": .choice("cost"),
          "mix": CostMarkupTests.amounts([0: mix[0], 1: mix[1], 2: mix[2]]),
        ])
      let prices = try strategy.postPrices(shop.view(period: 0)).offers.map(\.price)
      let units = mix.map { planned * $0 / mix.reduce(0, +) }
      let revenue = zip(prices, units).reduce(0) { $0 + $1.0 * $1.1 }
      let cost = zip(costs, units).reduce(fixed) { $0 + $1.0 * $1.1 }
      largest = max(largest, abs(revenue / (cost * (1 + markup)) - 1))
      for price in zip(prices, costs) { largest = max(largest, abs(price.0 / price.1 * costs[0] / prices[0] - 1)) }
      // By revenue: a share r of fixed cost for a share r of revenue.
      for (product, price) in prices.enumerated() {
        let share = price * units[product] / revenue
        let byRevenue = (costs[product] + fixed * share / units[product]) * (1 + markup)
        largest = max(largest, abs(byRevenue / price - 1))
      }
    }
    print("full-cost-markup spread by cost: largest relative error \(largest)")
    #expect(largest < 1e-14)
  }

  /// With trailing volume the mix is what was sold: revenue at last period's volume is its cost plus the markup.
  @Test func trailingMix() throws {
    let prices = try Self.trailing([[30, 70]], periods: 1, rise: 9, more: ["spread": .choice("cost")])
    let mean = (30.0 * 2 + 70 * 5) / 100
    #expect(abs(prices[0] - (2 + 10 * 2 / mean) * 1.1) < 1e-13 && abs(prices[1] - (5 + 10 * 5 / mean) * 1.1) < 1e-13)
  }

  @Test func refusals() throws {
    let free = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [0, 3])
    let planned: [String: Arguments.Value] = ["planned units": .number(5)]
    func reason(_ more: [String: Arguments.Value]) -> String {
      refusal { try free.strategy(FullCostMarkup.self, planned.merging(more) { $1 }) }
    }
    #expect(reason(["mix": CostMarkupTests.amounts([0: 1])]) == "a mix makes no difference unless `spread` is cost")
    #expect(
      reason(["spread": .choice("cost"), "mix": CostMarkupTests.amounts([0: 1])])
        == "all unit costs of the mix are 0, so that nothing can be spread in proportion to them")
    #expect(reason(["spread": .choice("cost")]) == "(accepted)")
  }
}
