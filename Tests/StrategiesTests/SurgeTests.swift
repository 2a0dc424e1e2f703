import Demand
import Selling
import Strategies
import Testing

/// A multiplier that follows how full the last period was.
@Suite struct SurgeTests {
  private static let market = TestMarket(
    categories: [0, 1], sources: [[0, 1]], unitCosts: [5, 0],
    capacities: [Capacity(name: "cars", units: 40, renewal: .eachPeriod, use: [2, 0])], periodCount: 10)

  /// Prices of both products after periods in each of which `units` of the first were sold.
  private static func path(
    _ units: [Double], _ given: [String: Arguments.Value], market: TestMarket = market
  ) throws -> [[Double]] {
    var strategy = try market.strategy(Surge.self, given.merging(["base": prices([100, 20])]) { _, new in new })
    #expect(try strategy.postPrices(market.view(period: -1)).offers.map(\.price) == [100, 20])
    var sales: [[OfferSales]] = []
    var found: [[Double]] = []
    for period in 0...units.count {
      let list = try strategy.postPrices(market.view(period: period, sales: sales, capacityLeft: [40]))
      found.append(list.offers.map(\.price))
      guard period < units.count else { break }
      sales.append([
        OfferSales(offer: Offer(product: 0, price: 1), units: units[period]),
        OfferSales(offer: Offer(product: 1, price: 20), units: 7),
      ])
    }
    return found
  }

  /// Without memory, to the last digit: 1 + slope x (used / 40 - threshold), within cap and floor. The second product uses
  /// no cars and keeps its price.
  @Test func lastPeriodAlone() throws {
    let given: [String: Arguments.Value] = [
      "threshold": .number(0.7), "slope": .number(3), "cap": .number(1.8), "floor": .number(0.6),
    ]
    let units: [Double] = [14, 18, 20, 12, 0, 19]
    let found = try Self.path(units, given)
    #expect(found.map { $0[1] } == [20, 20, 20, 20, 20, 20, 20])
    let multipliers: [Double] = units.map { sold in
      let used = 2 * sold / 40
      return min(1.8, max(0.6, 1 + 3 * (used - 0.7)))
    }
    let expected: [Double] = [100] + multipliers.map { 100 * $0 }
    #expect(found.map { $0[0] } == expected)
    #expect(multipliers.contains(1.8) && multipliers.contains(0.6))
    let above = try Self.path(units, ["threshold": .number(0.7), "slope": .number(3)]).map { $0[0] }
    #expect(above.allSatisfy { $0 >= 100 })
  }

  /// Utilisation is smoothed from the threshold on: a single full period of a long memory moves little.
  @Test func memory() throws {
    let found = try Self.path([20, 20, 10], ["threshold": .number(0.5), "slope": .number(2), "memory": .number(0.75)])
    var utilisation = 0.5
    var expected = [100.0]
    for used in [1, 1, 0.5] {
      utilisation = 0.75 * utilisation + (1 - 0.75) * used
      expected.append(100 * min(2, max(1, 1 + 2 * (utilisation - 0.5))))
    }
    #expect(found.map { $0[0] } == expected)
  }

  /// Of two capacities the fuller one decides.
  @Test func theFullestDecides() throws {
    var market = Self.market
    market.capacities.append(Capacity(name: "drivers", units: 50, renewal: .eachPeriod, use: [1, 0]))
    market.capacities.append(Capacity(name: "stock", units: 9, renewal: .never, use: [1, 1]))
    let found = try Self.path([18], ["threshold": .number(0.5), "slope": .number(1)], market: market)
    let expected: Double = 100 * (1 + 1 * (36.0 / 40 - 0.5))
    #expect(found[1] == [expected, 20])
  }

  /// Without capacity, all units that are sold against those that count as full: 18 + 7 of 25.
  @Test func salesInPlaceOfCapacity() throws {
    var market = Self.market
    market.capacities = []
    let found = try Self.path(
      [18], ["threshold": .number(0.5), "slope": .number(1), "full at": .number(25)], market: market)
    #expect(found[1] == [150, 30])
  }

  @Test func constantAndRefused() throws {
    for given in [["slope": Arguments.Value.number(0)], ["cap": .number(1)]] {
      let all = given.merging(["base": prices([100, 20])]) { _, new in new }
      #expect(try Self.market.strategy(Surge.self, all).isConstant)
      #expect(try Self.path([20, 0], given).map { $0[0] } == [100, 100, 100])
    }
    var market = Self.market
    market.capacities = [Capacity(name: "stock", units: 9, renewal: .never, use: [1, 1])]
    #expect(
      refusal { try market.strategy(Surge.self, ["base": prices([100, 20])]) }
        == "surge follows how full the last period was; Own has no `capacity` of each period. Give it one, or say under "
        + "`full at` how many sales count as full")
    #expect(
      refusal { try Self.market.strategy(Surge.self, ["base": prices([100])]) }
        == "no base price is given for product 1")
  }
}
