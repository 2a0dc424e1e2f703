import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Strategies of limited stock: prices, protection levels and bid prices against the mathematics in `Demand`, and what they
/// refuse.
@Suite struct StockStrategyTests {
  /// Each product alone: of its customers e^(-price / scale) buy.
  private func system(_ scales: [Double]) throws -> ExpectedSystem {
    let assortment = try Assortment(
      categories: scales.indices.map { "category \($0)" },
      products: scales.indices.map { Product(name: "product \($0)", category: $0) }, sources: [Array(scales.indices)],
      hasOutsideOption: true)
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions(scales.map { .exponential(mean: $0) }, correlation: nil))
    return try ExpectedSystem(Population(segments: [segment], assortment: assortment))
  }

  private func belief(_ scales: [Double], customers: [Double], mixes: [[Double]] = []) throws -> MarketBelief {
    MarketBelief(
      demand: try system(scales), unitCosts: scales.map { _ in 0 }, regimes: [], customers: customers,
      mixes: try mixes.map { try system($0) },
      mixNumbers: mixes.isEmpty ? [] : customers.indices.map { $0 % mixes.count })
  }

  private func stock(_ units: Int, cost: Double = 0, renewal: Capacity.Renewal = .never, use: Int = 1) -> TestMarket {
    TestMarket(
      categories: [0], sources: [[0]], unitCosts: [cost],
      capacities: [Capacity(name: "seats", units: units, renewal: renewal, use: [use])])
  }

  /// 20 e^-p over ten periods: the closed form at the start and within periods, after sales and without any.
  @Test func optimalPrices() throws {
    let market = stock(10, cost: 0.3)
    var strategy = try market.strategy(GallegoVanRyzin.self)
    let closed = try ExponentialStock(rate: 2, sensitivity: 1, unitCost: 0.3)
    let belief = try self.belief([1], customers: Array(repeating: 2, count: 10))
    #expect(strategy.repricesContinuously)
    #expect(try strategy.postPrices(market.view(period: -1, capacityLeft: [10])).offers.isEmpty)
    for (period, elapsed, left) in [(0, 0.0, 10), (0, 0.4, 9), (3, 0, 9), (3, 0.75, 8), (9, 0, 2), (9, 0.99, 1)] {
      let view = try market.view(
        period: period, posted: [PriceList([])], capacityLeft: [left], belief: belief, elapsed: elapsed)
      let price = try strategy.postPrices(view).price(ofProduct: 0) ?? 0
      let known = try closed.price(units: left, timeLeft: 10 - Double(period) - elapsed)
      #expect(abs(price - known) < 1e-6)
    }
    // Sold out: the price of the last unit is only shown.
    let view = try market.view(period: 9, posted: [PriceList([])], capacityLeft: [0], belief: belief)
    #expect(
      abs((try strategy.postPrices(view).price(ofProduct: 0) ?? 0) - (try closed.price(units: 1, timeLeft: 1))) < 1e-6)
  }

  /// The worked example's fixed prices, and lists; a price of a list is taken to the last digit.
  @Test func policies() throws {
    let market = stock(5)
    let belief = try self.belief([1], customers: Array(repeating: 2, count: 10))
    func price(_ given: [String: Arguments.Value], left: Int = 5) throws -> Double {
      var strategy = try market.strategy(GallegoVanRyzin.self, given)
      let view = try market.view(period: 0, posted: [PriceList([])], capacityLeft: [left], belief: belief)
      return try strategy.postPrices(view).price(ofProduct: 0) ?? 0
    }
    #expect(abs(try price(["policy": .choice("fixed-price")]) - log(4)) < 1e-7)
    let demand = try StockDemand(rate: 20, length: 1) { exp(-$0) }
    let best = try price(["policy": .choice("best-fixed-price")])
    #expect(abs(try FixedStockPrice(best, units: 5, demand).value - 5.794273) < 6e-7)
    #expect(try price(["prices": .numbers([1, 1.5, 2, 3])]) == 1.5)
    #expect(try price(["prices": .numbers([1, 1.5, 2, 3])], left: 1) == 3)
    #expect(try !market.strategy(GallegoVanRyzin.self, ["policy": .choice("fixed-price")]).repricesContinuously)
  }

  /// Capacity that is there anew is worth nothing after the period; two units a sale make half the stock; mixes of customers
  /// have prices of their own.
  @Test func renewedCapacity() throws {
    let market = stock(10, renewal: .eachPeriod, use: 2)
    var strategy = try market.strategy(GallegoVanRyzin.self)
    let belief = try self.belief([1], customers: [20, 20, 40], mixes: [[1], [2]])
    for period in 0..<3 {
      let scale = period == 1 ? 2.0 : 1
      let closed = try ExponentialStock(rate: period == 2 ? 40 : 20, sensitivity: 1 / scale)
      for (elapsed, left) in [(0.0, 10), (0.5, 7), (0.8, 2)] {
        let view = try market.view(
          period: period, posted: [PriceList([])], capacityLeft: [left], belief: belief, elapsed: elapsed)
        let price = try strategy.postPrices(view).price(ofProduct: 0) ?? 0
        #expect(abs(price - (try closed.price(units: left / 2, timeLeft: 1 - elapsed))) < 2e-6)
      }
    }
  }

  @Test func stockRefusals() throws {
    let two = TestMarket(
      categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 1],
      capacities: [Capacity(name: "seats", units: 5, renewal: .never, use: [1, 1])])
    #expect(
      refusal { try two.strategy(GallegoVanRyzin.self) }
        == "gallego-van-ryzin prices one product; Own has 2: take booking-limits or bid-prices")
    let endless = TestMarket(categories: [0], sources: [[0]], unitCosts: [1])
    #expect(
      refusal { try endless.strategy(GallegoVanRyzin.self) }
        == "gallego-van-ryzin prices a limited stock; Own has no `capacity`")
    #expect(
      refusal { try stock(5).strategy(GallegoVanRyzin.self, ["prices": .numbers([2, 1])]) }
        == "prices have to rise; 1.0 comes after 2.0")
    #expect(
      refusal { try stock(5, cost: 2).strategy(GallegoVanRyzin.self, ["prices": .numbers([1, 2])]) }
        == "no price covers the unit cost of 2.0")
    let large = stock(1_000_000_000)
    var strategy = try large.strategy(GallegoVanRyzin.self)
    let view = try large.view(
      period: 0, posted: [PriceList([])], capacityLeft: [1_000_000_000], belief: try self.belief([1], customers: [1e9]))
    #expect(refusal { try strategy.postPrices(view) }.contains("MB of memory; at most"))
  }

  // MARK: Booking limits

  private func classes(costs: [Double] = [0, 0, 0, 0], units: Int = 107, use: Int = 1) -> TestMarket {
    TestMarket(
      categories: [0, 0, 0, 0], sources: [[0, 1, 2, 3]], unitCosts: costs,
      capacities: [Capacity(name: "seats", units: units, renewal: .never, use: [use, use, use, use])])
  }

  private func amounts(_ values: [Double]) -> Arguments.Value {
    .amounts(values.enumerated().map { .init(name: "\($0.offset)", index: $0.offset, value: $0.element) })
  }

  private func levels(
    _ market: TestMarket, _ given: [String: Arguments.Value], period: Int = 0, belief: MarketBelief? = nil
  ) throws -> [Int] {
    var strategy = try market.strategy(BookingLimits.self, given)
    let list = try strategy.postPrices(
      market.view(period: period, posted: [PriceList([])], capacityLeft: [107], belief: belief))
    return list.offers.map(\.protection)
  }

  /// The published classes, their levels rounded, in any order of products, net of unit cost, and per unit of capacity.
  @Test func statedForecast() throws {
    let demand = amounts([17.3, 45.1, 39.6, 34])
    let deviation = amounts([5.8, 15, 13.2, 11.3])
    func given(_ method: String, plus cost: Double = 0) -> [String: Arguments.Value] {
      [
        "prices": prices([1050, 567, 534, 520].map { $0 + cost }), "demand": demand, "deviation": deviation,
        "method": .choice(method),
      ]
    }
    for (method, known) in [
      ("emsr-a", [0, 17, 39, 56]), ("emsr-b", [0, 17, 51, 83]), ("optimal", [0, 17, 42, 73]),
    ] {
      #expect(try levels(classes(), given(method)) == known)
      #expect(try levels(classes(costs: [40, 40, 40, 40]), given(method, plus: 40)) == known)
      #expect(try levels(classes(units: 214, use: 2), given(method)) == known.map { 2 * $0 })
    }
    // No more can be kept than there is.
    #expect(try levels(classes(units: 30), given("emsr-b")) == [0, 17, 30, 30])
    let turned: [String: Arguments.Value] = [
      "prices": prices([520, 1050, 534, 567]), "demand": amounts([34, 17.3, 39.6, 45.1]),
      "deviation": amounts([11.3, 5.8, 13.2, 15]),
    ]
    #expect(try levels(classes(), turned) == [83, 0, 51, 17])
    // Equal fares are one class: nothing is kept from either for the other.
    let equal: [String: Arguments.Value] = [
      "prices": prices([1050, 567, 567, 520]), "demand": demand, "deviation": deviation,
    ]
    let merged = try levels(classes(), equal)
    #expect(merged[1] == merged[2] && merged[1] == 17)
  }

  /// Believed demand: Poisson with what is still to come, so that less is kept as time goes by, and nothing at the end.
  @Test func believedForecast() throws {
    let fares = [400.0, 200, 150, 100]
    // At these prices 0.1 of the customers would take each class.
    let believed = try self.belief(fares.map { -$0 / log(0.1) }, customers: Array(repeating: 20, count: 10))
    let given: [String: Arguments.Value] = ["prices": prices(fares), "method": .choice("optimal")]
    var last = [Int](repeating: .max, count: 4)
    for period in 0..<10 {
      let posted = try levels(classes(), given, period: period, belief: believed)
      let left = 2 * Double(10 - period)
      let counted = try CountedClasses(
        FareClasses(fares: fares, demands: fares.map { _ in .poisson(mean: left) }), capacity: 107)
      #expect(posted == [0] + counted.optimalLevels)
      #expect(zip(posted, last).allSatisfy(<=))
      last = posted
    }
  }

  @Test func bookingLimitRefusals() throws {
    func given(_ more: [String: Arguments.Value] = [:]) -> [String: Arguments.Value] {
      more.merging(["prices": prices([9, 8, 7, 6])]) { first, _ in first }
    }
    #expect(
      refusal { try classes().strategy(BookingLimits.self, given(["method": .choice("littlewood")])) }
        == "Littlewood's rule is for two classes; Own has 4")
    #expect(
      refusal { try classes().strategy(BookingLimits.self, given(["deviation": amounts([1, 1, 1, 1])])) }
        == "deviations need the demand that they are for")
    #expect(
      refusal { try classes().strategy(BookingLimits.self, given(["demand": amounts([1, 1, 1])])) }
        == "no demand is given for product 3")
    #expect(
      refusal { try classes(costs: [0, 0, 0, 6]).strategy(BookingLimits.self, given()) }
        == "product 3 at 6.0 does not earn its unit cost of 6.0")
    let uneven = TestMarket(
      categories: [0, 0, 0, 0], sources: [[0, 1, 2, 3]], unitCosts: [0, 0, 0, 0],
      capacities: [Capacity(name: "seats", units: 5, renewal: .never, use: [1, 1, 2, 1])])
    #expect(
      refusal { try uneven.strategy(BookingLimits.self, given()) }
        == "booking-limits are for classes that each use as much of one capacity; Own has others: take bid-prices")
  }

  // MARK: Bid prices

  /// Two legs of 100 seats and six products, as worked by hand in the tests of `NetworkProgramme`: bid prices 150 and 120.
  private func network(costs: [Double] = [0, 0, 0, 0, 0, 0]) -> TestMarket {
    TestMarket(
      categories: [0, 0, 1, 1, 2, 2], sources: [[0, 1, 2, 3, 4, 5]], unitCosts: costs,
      capacities: [
        Capacity(name: "A-B", units: 100, renewal: .never, use: [1, 1, 0, 0, 1, 1]),
        Capacity(name: "B-C", units: 100, renewal: .never, use: [0, 0, 1, 1, 1, 1]),
      ])
  }

  private func offered(_ list: PriceList) -> [Int] { list.offers.map { $0.contents.positions[0] } }

  @Test func twoLegs() throws {
    let demand = amounts([30, 80, 40, 90, 50, 60])
    let fares = [300.0, 150, 250, 120, 420, 240]
    let given: [String: Arguments.Value] = ["prices": prices(fares), "demand": demand]
    var strategy = try network().strategy(BidPrices.self, given)
    let first = try strategy.postPrices(network().view(period: 0, posted: [PriceList([])], capacityLeft: [100, 100]))
    #expect(offered(first) == [0, 1, 2, 3, 4])
    // Half the time left and seats in plenty: all are offered. Few seats: only what pays most.
    let plenty = try strategy.postPrices(network().view(period: 5, posted: [PriceList([])], capacityLeft: [100, 100]))
    #expect(offered(plenty) == [0, 1, 2, 3, 4, 5])
    let scarce = try strategy.postPrices(network().view(period: 6, posted: [PriceList([])], capacityLeft: [5, 90]))
    #expect(offered(scarce) == [2, 3, 4] || offered(scarce) == [0, 2, 3, 4])
    // Net of unit cost nothing changes where both rise alike.
    let costs = [10.0, 10, 20, 20, 30, 30]
    var dear = try network(costs: costs).strategy(
      BidPrices.self, ["prices": prices(zip(fares, costs).map(+)), "demand": demand])
    let same = try dear.postPrices(
      network(costs: costs).view(period: 0, posted: [PriceList([])], capacityLeft: [100, 100]))
    #expect(offered(same) == [0, 1, 2, 3, 4])
  }

  /// Bid prices stay until they are due; believed demand is what is still to come.
  @Test func solvedAgain() throws {
    let fares = [300.0, 150, 250, 120, 420, 240]
    let wanted = [30.0, 80, 40, 90, 50, 60]
    // Customers of ten periods who make these demands in all.
    let believed = try self.belief(
      zip(fares, wanted).map { fare, units in -fare / log(units / 1000) }, customers: Array(repeating: 100, count: 10))
    for (every, isAgain) in [(0.0, false), (3, true), (6, false)] {
      var strategy = try network().strategy(BidPrices.self, ["prices": prices(fares), "every": .number(every)])
      let first = try strategy.postPrices(
        network().view(period: 0, posted: [PriceList([])], capacityLeft: [100, 100], belief: believed))
      #expect(offered(first) == [0, 1, 2, 3, 4])
      let later = try strategy.postPrices(
        network().view(period: 5, posted: [PriceList([])], capacityLeft: [100, 100], belief: believed))
      #expect(offered(later) == (isAgain ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 3, 4]))
    }
  }

  @Test func bidPriceRefusals() throws {
    let free = TestMarket(categories: [0], sources: [[0]], unitCosts: [1])
    #expect(
      refusal { try free.strategy(BidPrices.self, ["prices": prices([2])]) }
        == "bid-prices value limited capacity; Own has no `capacity`")
    #expect(
      refusal { try network().strategy(BidPrices.self, ["prices": prices([1, 2, 3, 4, 5])]) }
        == "no price is given for product 5")
    let some: [String: Arguments.Value] = ["prices": prices([1, 2, 3, 4, 5, 6]), "demand": amounts([1])]
    #expect(refusal { try network().strategy(BidPrices.self, some) } == "no demand is given for product 1")
  }
}
