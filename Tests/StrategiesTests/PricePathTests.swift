import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Penetration and skimming: prices on a stated path.
@Suite struct PricePathTests {
  private static let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 2])

  private static func path<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value], periods: Int = 6
  ) throws -> [Double] {
    var strategy = try market.strategy(type, given.merging(["target": prices([80, 40])]) { $1 })
    return try (-1..<periods).map { period in
      let list = try strategy.postPrices(market.view(period: period)).offers.map(\.price)
      #expect(list[0] == 2 * list[1])
      return list[0]
    }
  }

  @Test func linear() throws {
    let up = try Self.path(Penetration.self, ["opening": .number(0.5), "periods": .number(4)])
    #expect(up == [40, 40, 50, 60, 70, 80, 80])
    let down = try Self.path(Skimming.self, ["opening": .number(2), "periods": .number(4)])
    #expect(down == [160, 160, 140, 120, 100, 80, 80])
  }

  /// Each period changes by the same factor: 4^(1/4). Exact but for the rounding of powers.
  @Test func geometric() throws {
    let given: [String: Arguments.Value] = ["periods": .number(4), "path": .choice("geometric")]
    for (found, sign) in [
      (try Self.path(Penetration.self, given.merging(["opening": .number(0.25)]) { $1 }), -1.0),
      (try Self.path(Skimming.self, given.merging(["opening": .number(4)]) { $1 }), 1),
    ] {
      for (price, left) in zip(found, [4.0, 4, 3, 2, 1, 0, 0]) {
        #expect(abs(price / (80 * exp2(sign * left / 2)) - 1) < 1e-15)
      }
      #expect(found.last == 80)
    }
  }

  @Test func steps() throws {
    let found = try Self.path(Penetration.self, ["steps": .numbers([0.5, 0.25, 0.75])])
    #expect(found == [40, 40, 20, 60, 60, 60, 60])
  }

  /// Any opening, length and path: monotone from the opening to the target, within both.
  @Test func properties() throws {
    var state: UInt64 = 3
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    for run in 0..<100 {
      let periods = 1 + Int(random() * 20)
      let given: [String: Arguments.Value] = [
        "periods": .number(Double(periods)), "path": .choice(run.isMultiple(of: 2) ? "linear" : "geometric"),
      ]
      let low = 0.01 + 0.99 * random()
      let up = try Self.path(Penetration.self, given.merging(["opening": .number(low)]) { $1 }, periods: 25)
      #expect(zip(up, up.dropFirst()).allSatisfy { $0 <= $1 } && up[1] == 80 * low && up[1 + periods] == 80)
      let high = 1 + 9 * random()
      let down = try Self.path(Skimming.self, given.merging(["opening": .number(high)]) { $1 }, periods: 25)
      #expect(zip(down, down.dropFirst()).allSatisfy { $0 >= $1 } && down[1] == 80 * high && down[1 + periods] == 80)
    }
  }

  /// Who enters later opens when entering.
  @Test func entrant() throws {
    let seller = SellerProfile(
      name: "Own", products: Self.market.seller.products, presence: 3...Int.max)
    var strategy = try Skimming(
      Arguments(
        ["target": prices([80, 40]), "opening": .number(2), "periods": .number(2)], for: Skimming.entry.parameters),
      seller: seller, market: Self.market.market())
    let found = try [-1, 3, 4, 5, 6].map { try strategy.postPrices(Self.market.view(period: $0)).offers[0].price }
    #expect(found == [160, 160, 120, 80, 80])
  }

  @Test func announcements() throws {
    let given: [String: Arguments.Value] = ["target": prices([80, 40]), "announced": .choice("yes")]
    var strategy = try Self.market.strategy(Skimming.self, given)
    let announced = strategy.announcedPrices(try Self.market.view(period: 2), periods: 5)
    #expect(announced?.count == 5)
    for (offset, list) in (announced ?? []).enumerated() {
      #expect(list == (try strategy.postPrices(Self.market.view(period: 3 + offset))))
    }
    let secret = try Self.market.strategy(Penetration.self, ["target": prices([80, 40])])
    #expect(secret.announcedPrices(try Self.market.view(period: 2), periods: 5) == nil)
  }

  @Test func constantAtTheTarget() throws {
    for given in [["opening": Arguments.Value.number(1)], ["steps": .numbers([1, 1])]] {
      let strategy = try Self.market.strategy(Penetration.self, given.merging(["target": prices([8, 4])]) { $1 })
      #expect(strategy.isConstant)
    }
  }

  @Test func productWithoutTarget() {
    let given = ["target": Arguments.Value.prices([Offer(product: 0, price: 9)])]
    #expect(refusal { try Self.market.strategy(Skimming.self, given) } == "no target price is given for product 1")
  }
}
