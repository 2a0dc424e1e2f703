import Demand
import Selling
import Strategies
import Testing

/// Strategies with prices for groups and tariffs: prices against their formulas, and what they refuse.
struct OfferStrategyTests {
  private static func market(groups: [String], sources: [[Int]] = [[0]]) throws -> PublicMarket {
    let assortment = try Assortment(
      categories: ["seat"], products: [Product(name: "seat", category: 0)], sources: sources)
    return PublicMarket(
      assortment: assortment, sellers: sources.indices.map { "seller \($0)" }, products: sources.map { _ in ["seat"] },
      own: 0, periodCount: 5, groups: groups)
  }

  private static let seller = SellerProfile(name: "seller 0", products: [SellerProduct(name: "seat", unitCost: 1)])

  private static func view(_ market: PublicMarket, _ answers: SurveyAnswers, posted: [PriceList]? = nil) -> SellerView {
    SellerView(
      seller: seller, market: market, period: 0, postedLists: posted, sales: [], capacityLeft: [], survey: answers)
  }

  private static func answers(_ rows: [(Double, Int?)]) -> SurveyAnswers {
    SurveyAnswers(willingnessToPay: rows.map { [$0.0] }, furtherUnits: [], groups: rows.map(\.1))
  }

  private static func groupPrices(_ market: PublicMarket) throws -> GroupPrices {
    try GroupPrices(Arguments(for: GroupPrices.entry.parameters), seller: seller, market: market)
  }

  /// Members value 4 or 6, the others 8 or 10: of ten each, 4 earns 10 x 3 from members, 6 earns 5 x 5; 8 earns 10 x 7 from
  /// the others, 10 earns 5 x 9.
  @Test func eachGroupItsBestPrice() throws {
    let market = try Self.market(groups: ["card"])
    var strategy = try Self.groupPrices(market)
    let rows = (0..<10).map { ($0 < 5 ? 4.0 : 6.0, Optional(0)) } + (0..<10).map { ($0 < 5 ? 8.0 : 10.0, nil as Int?) }
    let list = try strategy.postPrices(Self.view(market, Self.answers(rows)))
    #expect(areHairBelow(list.offers, [Offer(product: 0, price: 8), Offer(product: 0, price: 4, group: 0)]))
    #expect(strategy.survey?.respondents == 400)
  }

  /// A group that would pay more than the others is priced with them; one with fewer than ten answers has no price.
  @Test func uselessPricesAreNotPosted() throws {
    let market = try Self.market(groups: ["card", "pass"])
    var strategy = try Self.groupPrices(market)
    let rows =
      (0..<10).map { _ in (12.0, Optional(0)) } + (0..<10).map { _ in (8.0, nil as Int?) }
      + (0..<9).map { _ in (2.0, Optional(1)) }
    let list = try strategy.postPrices(Self.view(market, Self.answers(rows)))
    // 29 customers: at 8 are 19 x 7 = 133, at 12 are 10 x 11 = 110, at 2 are 29 x 1.
    #expect(areHairBelow(list.offers, [Offer(product: 0, price: 8)]))
  }

  /// At a rival's price of 5 for what is worth 2 less, nobody pays more than 7 for the own product.
  @Test func rivalsPricesCount() throws {
    let market = try Self.market(groups: ["card"], sources: [[0], [0]])
    var strategy = try Self.groupPrices(market)
    let rows: [[Double]] = (0..<20).map { $0 < 10 ? [6, 4] : [20, 18] }
    let answers = SurveyAnswers(
      willingnessToPay: rows, furtherUnits: [], groups: (0..<20).map { $0 < 10 ? 0 : nil })
    let opening = SellerView(
      seller: Self.seller, market: market, period: -1, postedLists: nil, sales: [], capacityLeft: [], survey: answers)
    #expect(try strategy.postPrices(opening).offers.isEmpty)
    let posted = [PriceList([]), PriceList(prices: [5])]
    let list = try strategy.postPrices(Self.view(market, answers, posted: posted))
    #expect(areHairBelow(list.offers, [Offer(product: 0, price: 7), Offer(product: 0, price: 6, group: 0)]))
  }

  @Test func withoutGroups() throws {
    let market = try Self.market(groups: [])
    #expect(refusal { try Self.groupPrices(market) }.contains("`groups` under `customers`"))
  }

  /// Everybody alike: price at unit cost, fee all that four units leave, a hair less of each.
  @Test func twoPartTariffOfTheAlike() throws {
    let market = try Self.market(groups: [])
    var strategy = try TwoPartTariff(
      Arguments(for: TwoPartTariff.entry.parameters), seller: Self.seller, market: market)
    let answers = SurveyAnswers(
      willingnessToPay: [[8], [8]], furtherUnits: [[[6, 4, 1.5, 0.5]], [[6, 4, 1.5, 0.5]]])
    let offer = try #require(try strategy.postPrices(Self.view(market, answers)).offers.first)
    // What it earns does not depend on the price between 0.5 and 1.5, where four units are taken; nothing earns more.
    let earned = offer.payment(for: 4) - 4
    #expect(abs(earned - (7 + 5 + 3 + 0.5)) < 1e-7)
    let left = (1...5).map { [8.0, 14, 18, 19.5, 20][$0 - 1] - offer.payment(for: $0) }
    #expect(left.max() ?? -1 >= 0 && left.firstIndex(of: left.max() ?? 0) == 3)
  }

  /// Single units: the tariff is a price.
  @Test func singleUnits() throws {
    let market = try Self.market(groups: [])
    var strategy = try QuantityDiscount(
      Arguments(for: QuantityDiscount.entry.parameters), seller: Self.seller, market: market)
    let list = try strategy.postPrices(Self.view(market, SurveyAnswers(willingnessToPay: [[4], [6], [6]])))
    let offer = try #require(list.offers.first)
    #expect(offer.tariff == nil && abs(offer.price - 6) < 1e-6)
  }

  /// What is stated is kept: from the third unit on, 25% less.
  @Test func statedDiscount() throws {
    let market = try Self.market(groups: [])
    var strategy = try QuantityDiscount(
      Arguments(
        ["from": .number(3), "discount": .number(0.25), "for": .choice("all units")],
        for: QuantityDiscount.entry.parameters), seller: Self.seller, market: market)
    let answers = SurveyAnswers(willingnessToPay: [[9], [5]], furtherUnits: [[[8, 7]], [[2, 1]]])
    let offer = try #require(try strategy.postPrices(Self.view(market, answers)).offers.first)
    #expect(
      offer.tariff == .quantitySteps([.init(from: 3, unitPrice: offer.price * 0.75)], .allUnits))
  }

  @Test func fixedTariff() throws {
    let market = try Self.market(groups: [])
    func tariff(_ given: [String: Arguments.Value]) throws -> PriceList {
      var given = given
      given["prices"] = .prices([Offer(product: 0, price: 3)])
      var strategy = try FixedTariff(
        Arguments(given, for: FixedTariff.entry.parameters), seller: Self.seller, market: market)
      return try strategy.postPrices(Self.view(market, SurveyAnswers(willingnessToPay: [])))
    }
    let fee = Arguments.Value.amounts([.init(name: "seat", index: 0, value: 20)])
    #expect(try tariff(["fees": fee]).offers == [Offer(product: 0, fee: 20, unitPrice: 3)])
    let steps = try tariff(["from": .number(4), "discount": .number(0.5)]).offers
    #expect((1...5).map(steps[0].payment) == [3, 6, 9, 10.5, 12])
    #expect(refusal { try tariff(["from": .number(4)]) }.contains("go together"))
    #expect(
      refusal { try tariff(["from": .number(4), "discount": .number(0.5), "fees": fee]) }.contains("either"))
  }
}
