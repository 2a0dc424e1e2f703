import Demand
import Selling
import Strategies
import Testing

/// Prices that fall by plan, and what customers are told of it.
@Suite struct MarkdownTests {
  private static let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [1, 2])

  /// Exact: halves of whole numbers.
  @Test func plan() throws {
    var strategy = try Self.market.strategy(
      Markdown.self,
      ["opening": prices([80, 40]), "cut": .number(0.5), "every": .number(2), "lowest": .number(0.25)])
    var path: [[Double]] = []
    for period in -1..<8 { path.append(try strategy.postPrices(Self.market.view(period: period)).offers.map(\.price)) }
    #expect(path.map { $0[0] } == [80, 80, 80, 40, 40, 20, 20, 20, 20])
    #expect(path.map { $0[1] } == [40, 40, 40, 20, 20, 10, 10, 10, 10])
    #expect(!strategy.isConstant)
  }

  /// Stated cuts, each for two periods, the last for good; to the last digit.
  @Test func schedule() throws {
    var strategy = try Self.market.strategy(
      Markdown.self,
      ["opening": prices([80, 40]), "every": .number(2), "schedule": .numbers([0, 0.2, 0.4])])
    var path: [[Double]] = []
    for period in -1..<7 { path.append(try strategy.postPrices(Self.market.view(period: period)).offers.map(\.price)) }
    let cuts: [Double] = [0, 0, 0, 0.2, 0.2, 0.4, 0.4, 0.4]
    let expected: [[Double]] = cuts.map { [80 * (1 - $0), 40 * (1 - $0)] }
    #expect(path == expected)
    #expect(!strategy.isConstant)
    let flat = ["opening": prices([80, 40]), "schedule": Arguments.Value.numbers([0.1, 0.1])]
    #expect(try Self.market.strategy(Markdown.self, flat).isConstant)
  }

  /// What is announced is what is posted later; a plan that is kept secret is not announced.
  @Test func announcements() throws {
    let given = ["opening": prices([80, 40]), "cut": Arguments.Value.number(0.1)]
    var strategy = try Self.market.strategy(Markdown.self, given)
    let announced = strategy.announcedPrices(try Self.market.view(period: 2), periods: 5)
    #expect(announced?.count == 5)
    for (offset, list) in (announced ?? []).enumerated() {
      #expect(list == (try strategy.postPrices(Self.market.view(period: 3 + offset))))
    }
    let secret = try Self.market.strategy(
      Markdown.self, given.merging(["announced": .choice("no")]) { _, new in new })
    #expect(secret.announcedPrices(try Self.market.view(period: 2), periods: 5) == nil)
  }

  @Test func withoutCutsItIsConstant() throws {
    for given in [["cut": Arguments.Value.number(0)], ["lowest": .number(1)]] {
      var strategy = try Self.market.strategy(
        Markdown.self, given.merging(["opening": prices([80, 40])]) { _, new in new })
      #expect(strategy.isConstant)
      #expect(try strategy.postPrices(Self.market.view(period: 9)).offers.map(\.price) == [80, 40])
    }
  }

  @Test func productWithoutPrice() {
    let given = ["opening": Arguments.Value.prices([Offer(product: 0, price: 9)])]
    #expect(
      refusal { try Self.market.strategy(Markdown.self, given) } == "no opening price is given for product 1")
  }
}
