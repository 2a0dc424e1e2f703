import Demand
import Selling
import Strategies
import Testing

/// A price that follows sales, step by step.
@Suite struct SalesPaceTests {
  private static func hotel(_ renewal: Capacity.Renewal, unitCosts: [Double] = [5, 0]) -> TestMarket {
    TestMarket(
      categories: [0, 1], sources: [[0, 1]], unitCosts: unitCosts,
      capacities: [Capacity(name: "rooms", units: 40, renewal: renewal, use: [2, 0])], periodCount: 10)
  }

  private static let opening = prices([100, 20])

  /// Prices of the first product over periods in each of which `units` of it were sold.
  private static func path(
    _ market: TestMarket, units: [Double], given: [String: Arguments.Value] = [:]
  ) throws -> [Double] {
    var all = given
    all["opening"] = opening
    var strategy = try market.strategy(SalesPace.self, all)
    #expect(try strategy.postPrices(market.view(period: -1, capacityLeft: [40])).offers.map(\.price) == [100, 20])
    var sales: [[OfferSales]] = []
    var left = 40
    var found: [Double] = []
    for period in 0...units.count {
      let list = try strategy.postPrices(
        market.view(period: period, posted: [PriceList([])], sales: sales, capacityLeft: [left]))
      found.append(list.price(ofProduct: 0) ?? .nan)
      // The second product uses no capacity and keeps its price.
      #expect(list.price(ofProduct: 1) == 20)
      guard period < units.count else { break }
      sales.append([
        OfferSales(offer: Offer(product: 0, price: found[period]), units: units[period]),
        OfferSales(offer: Offer(product: 1, price: 20), units: 33),
      ])
      if market.capacities[0].renewal == .never { left -= 2 * Int(units[period]) }
    }
    return found
  }

  /// Capacity of each period: fill is what the last period used of it. 18 units use 36 of 40: just the target of 90%.
  @Test func renewedCapacity() throws {
    let given: [String: Arguments.Value] = ["gain": .number(0.5), "largest step": .number(0.1), "range": .number(0.4)]
    let found = try Self.path(Self.hotel(.eachPeriod), units: [18, 19, 20, 5], given: given)
    var expected = [100.0, 100]
    expected.append(expected[1] * (1 + 0.5 * (38.0 / 40 - 0.9) / 0.9))
    expected.append(expected[2] * (1 + 0.5 * (40.0 / 40 - 0.9) / 0.9))
    // 5 units: 0.25 - 0.9 over 0.9, half of it is beyond the largest step of 10%.
    expected.append(expected[3] * (1 - 0.1))
    #expect(found == expected)
  }

  /// One stock for ten periods: fill is what is gone over what should have gone if all were to go evenly.
  @Test func stockForTheCalendar() throws {
    let found = try Self.path(Self.hotel(.never), units: [2, 1, 3], given: ["gain": .number(0.3)])
    let fills = [4 / (40 * (1.0 / 10)), 6 / (40 * (2.0 / 10)), 12 / (40 * (3.0 / 10))]
    var expected = [100.0]
    for fill in fills {
      expected.append((expected.last ?? 0) * (1 + min(0.1, max(-0.1, 0.3 * (fill - 0.9) / 0.9))))
    }
    #expect(found == expected)
  }

  /// Many good or bad periods: the price stops at the ends of its range around the opening price.
  @Test func range() throws {
    let given: [String: Arguments.Value] = ["range": .number(0.25), "largest step": .number(0.2), "gain": .number(10)]
    let up = try Self.path(Self.hotel(.eachPeriod), units: .init(repeating: 20, count: 5), given: given)
    #expect(up == [100, 120, 125, 125, 125, 125])
    let down = try Self.path(Self.hotel(.eachPeriod), units: .init(repeating: 0, count: 3), given: given)
    #expect(down == [100, 80, 75, 75])
  }

  @Test func neverBelowUnitCost() throws {
    let market = Self.hotel(.eachPeriod, unitCosts: [92, 0])
    #expect(try Self.path(market, units: [0, 0, 0]) == [100, 92, 92, 92])
  }

  @Test func noGainNoChange() throws {
    #expect(try Self.path(Self.hotel(.never), units: [9, 0, 1], given: ["gain": .number(0)]) == [100, 100, 100, 100])
  }

  /// Of two capacities the one that fills faster decides.
  @Test func theScarcestCapacityDecides() throws {
    var market = Self.hotel(.eachPeriod)
    market.capacities.append(Capacity(name: "staff", units: 100, renewal: .eachPeriod, use: [1, 0]))
    // 10 sales use 20 rooms of 40 but only 10 of 100 hours of staff.
    let found = try Self.path(market, units: [10], given: ["gain": .number(0.1), "target": .number(0.5)])
    #expect(found[1] == 100 * (1 + 0.1 * (0.5 - 0.5) / 0.5))
  }

  @Test func refusals() throws {
    let bare = TestMarket(categories: [0], sources: [[0]], unitCosts: [1])
    #expect(
      refusal { try bare.strategy(SalesPace.self, ["opening": prices([3])]) }
        == "sales-pace follows how capacity fills; Own has no `capacity`")
    #expect(
      refusal { try Self.hotel(.never).strategy(SalesPace.self, ["opening": prices([3])]) }
        == "no opening price is given for product 1")
  }
}
