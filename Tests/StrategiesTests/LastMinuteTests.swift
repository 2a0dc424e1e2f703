import Demand
import Selling
import Strategies
import Testing

/// A discount at the end, and a price that is reviewed.
@Suite struct LastMinuteTests {
  private static let market = TestMarket(
    categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 1],
    capacities: [Capacity(name: "seats", units: 200, renewal: .never, use: [1, 0])], periodCount: 20)

  private static let given: [String: Arguments.Value] = [
    "base": prices([40, 10]), "discount": .number(0.35), "periods": .number(3), "if left": .number(0.25),
  ]

  /// Only in the last three of twenty periods, only while more than a quarter is left, only for what uses the stock.
  @Test func whenAndHowMuch() throws {
    var strategy = try Self.market.strategy(LastMinute.self, Self.given)
    let cut = 40 * (1 - 0.35)
    let cases: [(period: Int, left: Int, isCut: Bool)] = [
      (-1, 200, false), (0, 200, false), (16, 200, false), (17, 51, true), (17, 50, false), (19, 200, true),
      (19, 51, true), (19, 0, false),
    ]
    for (period, left, isCut) in cases {
      let list = try strategy.postPrices(Self.market.view(period: period, capacityLeft: [left]))
      #expect(list.offers.map(\.price) == [isCut ? cut : 40, 10], "\(period), \(left)")
    }
    #expect(!strategy.isConstant)
  }

  /// What is announced is what would be charged if as much were left as today.
  @Test func announcements() throws {
    let secret = try Self.market.strategy(LastMinute.self, Self.given)
    #expect(secret.announcedPrices(try Self.market.view(period: 15, capacityLeft: [90]), periods: 3) == nil)
    let told = try Self.market.strategy(
      LastMinute.self, Self.given.merging(["announced": .choice("yes")]) { _, new in new })
    func announced(left: Int) throws -> [Double]? {
      told.announcedPrices(try Self.market.view(period: 15, capacityLeft: [left]), periods: 3)?.map {
        $0.offers[0].price
      }
    }
    let cut = 40 * (1 - 0.35)
    #expect(try announced(left: 90) == [40, cut, cut])
    #expect(try announced(left: 50) == [40, 40, 40])
  }

  @Test func constantAndRefused() throws {
    for more in [["discount": Arguments.Value.number(0)], ["if left": .number(1)]] {
      #expect(try Self.market.strategy(LastMinute.self, Self.given.merging(more) { _, new in new }).isConstant)
    }
    var bare = Self.market
    bare.capacities = [Capacity(name: "seats", units: 200, renewal: .eachPeriod, use: [1, 0])]
    #expect(refusal { try bare.strategy(LastMinute.self, Self.given) }.hasPrefix("last-minute looks at what is left"))
    bare.capacities = [Capacity(name: "seats", units: 0, renewal: .never, use: [1, 0])]
    #expect(refusal { try bare.strategy(LastMinute.self, Self.given) }.hasPrefix("last-minute looks at what is left"))
    #expect(
      refusal { try Self.market.strategy(LastMinute.self, ["base": prices([4])]) }
        == "no base price is given for product 1")
  }

  /// Prices of the first product over periods in each of which `units` of it were sold, reviewed every second period.
  private static func reviewed(_ units: [Double], _ more: [String: Arguments.Value] = [:]) throws -> [Double] {
    var strategy = try market.strategy(
      PeriodicReview.self,
      [
        "opening": prices([40, 10]), "every": .number(2), "step": .number(0.1), "tolerance": .number(0.2),
        "plan": .amounts([.init(name: "product 0", index: 0, value: 10)]),
      ].merging(more) { _, new in new })
    var found: [Double] = []
    var sales: [[OfferSales]] = []
    #expect(try strategy.postPrices(market.view(period: -1)).offers.map(\.price) == [40, 10])
    for period in 0...units.count {
      let list = try strategy.postPrices(market.view(period: period, sales: sales))
      found.append(list.offers[0].price)
      // It has no plan for the second product.
      #expect(list.offers[1].price == 10)
      guard period < units.count else { break }
      // No more than the last period is looked at.
      sales =
        (0..<period).map { _ in [] } + [
          [
            OfferSales(offer: Offer(product: 0, price: found[period]), units: units[period]),
            OfferSales(offer: Offer(product: 1, price: 10), units: 99),
          ]
        ]
    }
    return found
  }

  /// Planned are 20 units between reviews: 24 and 16 are still within a fifth of it.
  @Test func reviews() throws {
    let found = try Self.reviewed([12, 13, 0, 15, 12, 12, 10, 6, 8, 8, 40, 40])
    let (up, down) = (1 + 0.1, 1 - 0.1)
    let steps: [Double] = [1, 1, up, 1, down, 1, 1, 1, 1, 1, 1, 1, up]
    var expected = [Double]()
    for step in steps { expected.append((expected.last ?? 40) * step) }
    #expect(found == expected)
  }

  @Test func bounds() throws {
    let up = try Self.reviewed(.init(repeating: 99, count: 6), ["range": .number(0.15)])
    let (once, highest) = (40 * (1 + 0.1), 40 * (1 + 0.15))
    let rise: [Double] = [40, 40, once, once, highest, highest, highest]
    #expect(up == rise)
    let down = try Self.reviewed(.init(repeating: 0, count: 8), ["step": .number(0.9), "range": .number(0.99)])
    // Unit cost is 1.
    let cut = 40 * (1 - 0.9)
    let fall: [Double] = [40, 40, cut, cut, 1, 1, 1, 1, 1]
    #expect(down == fall)
  }

  @Test func refusedReviews() throws {
    let plan = Arguments.Value.amounts([.init(name: "product 0", index: 0, value: 10)])
    #expect(
      refusal { try Self.market.strategy(PeriodicReview.self, ["opening": prices([4]), "plan": plan]) }
        == "no opening price is given for product 1")
    let bundle = Arguments.Value.prices([Offer(ProductSet([0, 1]), price: 4)])
    #expect(
      refusal { try Self.market.strategy(PeriodicReview.self, ["opening": bundle, "plan": plan]) }
        == "periodic-review compares each product's sales with plan; give no prices of bundles")
  }
}
