import Demand
import Selling
import Strategies
import Testing

/// Stated prices by phase of a cycle, by time before the end, and by stock: what is posted, and what is refused.
@Suite struct PriceStepTests {
  private static let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 2], periodCount: 60)
  private static let shop = TestMarket(
    categories: [0], sources: [[0]], unitCosts: [1],
    capacities: [Capacity(name: "seats", units: 200, renewal: .never, use: [1])], periodCount: 60)

  private static func amounts(_ pairs: [(String, Double)]) -> Arguments.Value {
    .amounts(pairs.enumerated().map { .init(name: $1.0, index: $0, value: $1.1) })
  }

  private static func path<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value], periods: some Sequence<Int>, market: TestMarket = market
  ) throws -> [[Double]] {
    var strategy = try market.strategy(type, given)
    return try periods.map { try strategy.postPrices(market.view(period: $0)).offers.map(\.price) }
  }

  /// Exact: the base price times the factor.
  @Test func factorsRepeat() throws {
    let found = try Self.path(
      TimeOfUse.self, ["base": prices([40, 10]), "factors": .numbers([1, 0.5, 1.7])], periods: -1..<7)
    let factors: [Double] = [1, 1, 0.5, 1.7, 1, 0.5, 1.7, 1]
    #expect(found == factors.map { [40 * $0, 10 * $0] })
  }

  /// Phases in no block have the base price; a block may go over the end of the cycle.
  @Test func blocks() throws {
    let given: [String: Arguments.Value] = [
      "base": prices([40, 10]), "cycle": .number(6),
      "blocks": Self.amounts([("6-1", 0.5), ("3", 1.3), (" 4 - 4 ", 2)]),
    ]
    let factors: [Double] = [0.5, 1, 1.3, 2, 1, 0.5]
    let found = try Self.path(TimeOfUse.self, given, periods: 0..<12)
    #expect(found == (factors + factors).map { [40 * $0, 10 * $0] })
    let inMoney = try Self.path(
      TimeOfUse.self, ["base": prices([3]), "block prices": Self.amounts([("8-9", 4.5)])], periods: 0..<48,
      market: Self.shop)
    for (hour, price) in inMoney.enumerated() { #expect(price == [[7, 8].contains(hour % 24) ? 4.5 : 3.0]) }
    #expect(inMoney.count == 48)
  }

  @Test func tariffIsAnnounced() throws {
    let given: [String: Arguments.Value] = ["base": prices([40, 10]), "factors": .numbers([1, 0.5, 1.7])]
    let strategy = try Self.market.strategy(TimeOfUse.self, given)
    let view = try Self.market.view(period: 4)
    let announced = strategy.announcedPrices(view, periods: 2)?.map { $0.offers.map(\.price) }
    let dear: [Double] = [40 * 1.7, 10 * 1.7]
    #expect(announced == [dear, [40, 10]])
    let secret = try Self.market.strategy(
      TimeOfUse.self, given.merging(["announced": .choice("no")]) { _, new in new })
    #expect(secret.announcedPrices(view, periods: 2) == nil)
    #expect(try !Self.market.strategy(TimeOfUse.self, given).isConstant)
    #expect(try Self.market.strategy(TimeOfUse.self, ["base": prices([40, 10])]).isConstant)
  }

  @Test(arguments: [
    ("7-25", "a step called 7-25; it has to be a phase of the cycle"), ("0-3", "a step called 0-3"),
    ("rush hour", "a step called rush hour"), ("", "a step called ;"), ("1-2-3", "a step called 1-2-3"),
    ("-3", "a step called -3"), ("8", "two prices for phase 8, in 7-9 and 8"), ("7 - 9", "two steps for 7 - 9"),
  ])
  func blocksThatCannotBe(name: String, message: String) {
    let given: [String: Arguments.Value] = ["base": prices([3]), "blocks": Self.amounts([("7-9", 2), (name, 3)])]
    let found = refusal { try Self.shop.strategy(TimeOfUse.self, given) }
    #expect(found.hasPrefix("blocks has \(message)"), "\(found)")
  }

  @Test func refusals() {
    let both: [String: Arguments.Value] = [
      "base": prices([3]), "blocks": Self.amounts([("7", 2)]), "block prices": Self.amounts([("8", 2)]),
    ]
    #expect(
      refusal { try Self.shop.strategy(TimeOfUse.self, both) } == "give either `blocks` or `block prices`, not both")
    let twice: [String: Arguments.Value] = [
      "base": prices([3]), "blocks": Self.amounts([("7", 2)]), "factors": .numbers([1]),
    ]
    #expect(refusal { try Self.shop.strategy(TimeOfUse.self, twice) } == "give either `factors` or `blocks`, not both")
    let money: [String: Arguments.Value] = ["base": prices([3, 4]), "step prices": Self.amounts([("7", 2)])]
    #expect(
      refusal { try Self.market.strategy(AdvanceBooking.self, money) }
        == "`step prices` is for a seller of one product at one price; give `steps`, as shares of the base prices")
    #expect(
      refusal { try Self.market.strategy(AdvanceBooking.self, ["base": prices([3])]) }
        == "no base price is given for product 1")
    for name in ["-1", "2.5", "soon", "50%"] {
      let given: [String: Arguments.Value] = ["base": prices([3]), "steps": Self.amounts([(name, 2)])]
      let found = refusal { try Self.shop.strategy(AdvanceBooking.self, given) }
      #expect(found.hasPrefix("steps has a step called \(name); it has to be the least number of periods"), "\(found)")
    }
    for name in ["120%", "-5%", "half", "nan", "%"] {
      let given: [String: Arguments.Value] = ["base": prices([3]), "levels": Self.amounts([(name, 2)])]
      let found = refusal { try Self.shop.strategy(StockLevels.self, given) }
      #expect(found.hasPrefix("levels has a step called \(name); it has to be the share of stock"), "\(found)")
    }
    let same: [String: Arguments.Value] = ["base": prices([3]), "levels": Self.amounts([("50%", 2), ("0.5", 3)])]
    #expect(refusal { try Self.shop.strategy(StockLevels.self, same) } == "levels has two steps for 0.5")
    #expect(
      refusal { try Self.market.strategy(StockLevels.self, ["base": prices([3, 4])]) }
        == "stock-levels looks at what is left of a stock; Own has no `capacity` with `per: calendar` that its products use"
    )
  }

  /// 60 periods: 30 are left in period 30 (number 29), 14 in period 46, none in period 60.
  @Test func stairsBeforeTheDay() throws {
    let given: [String: Arguments.Value] = [
      "base": prices([129]), "step prices": Self.amounts([("14", 99), ("30", 79)]),
    ]
    let found = try Self.path(AdvanceBooking.self, given, periods: -1..<60, market: Self.shop)
    for (price, period) in zip(found, -1..<60) {
      let expected = period <= 29 ? 79.0 : period <= 45 ? 99 : 129
      #expect(price == [expected])
    }
    #expect(found.count == 61)
    let shares = try Self.path(
      AdvanceBooking.self, ["base": prices([40, 10]), "steps": Self.amounts([("1", 0.7), ("0", 1.1)])],
      periods: [57, 58, 59])
    let (early, late): ([Double], [Double]) = ([40 * 0.7, 10 * 0.7], [40 * 1.1, 10 * 1.1])
    #expect(shares == [early, early, late])
    let strategy = try Self.shop.strategy(AdvanceBooking.self, given)
    let announced = strategy.announcedPrices(try Self.shop.view(period: 44), periods: 2)
    #expect(announced?.map { $0.offers[0].price } == [99, 129])
  }

  /// At a level or below it, its price; an offer of two stocks goes by the scarcer, one of none keeps the base price.
  @Test func levelsOfStock() throws {
    let market = TestMarket(
      categories: [0, 1, 2], sources: [[0, 1, 2]], unitCosts: [1, 1, 1],
      capacities: [
        Capacity(name: "seats", units: 200, renewal: .never, use: [1, 1, 0]),
        Capacity(name: "meals", units: 10, renewal: .never, use: [0, 1, 0]),
        Capacity(name: "guides", units: 4, renewal: .eachPeriod, use: [1, 1, 1]),
      ])
    var strategy = try market.strategy(
      StockLevels.self,
      ["base": prices([40, 10, 7]), "levels": Self.amounts([("25%", 2), ("50%", 1.3), ("75%", 1.1)])])
    let cases: [(seats: Int, meals: Int, factors: [Double])] = [
      (200, 10, [1, 1.0]), (151, 10, [1, 1]), (150, 10, [1.1, 1.1]), (101, 5, [1.1, 1.3]), (100, 3, [1.3, 1.3]),
      (50, 10, [2, 2]), (200, 2, [1, 2]), (0, 10, [2, 2]),
    ]
    for (seats, meals, factors) in cases {
      let list = try strategy.postPrices(market.view(period: 3, capacityLeft: [seats, meals, 0]))
      let expected: [Double] = [40 * factors[0], 10 * factors[1], 7]
      #expect(list.offers.map(\.price) == expected, "\(seats), \(meals)")
    }
    #expect(try strategy.postPrices(market.view(period: -1)).offers.map(\.price) == [40, 10, 7])
    #expect(!strategy.isConstant)
    let flat: [String: Arguments.Value] = ["base": prices([4, 5, 6]), "levels": Self.amounts([("9%", 1)])]
    #expect(try market.strategy(StockLevels.self, flat).isConstant)
  }
}
