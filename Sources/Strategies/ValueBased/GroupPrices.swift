import Demand
import Selling

/// A price for each observable group of customers, from a survey.
public struct GroupPrices: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "group-prices", family: .valueBased,
    idea:
      "Ask customers what they would pay and charge each group that shows a card its own best price. Members who would "
      + "fare better without the card pay the general price: they can leave it in the pocket.",
    formula:
      "for each group, and for those in none: prices that maximise the mean over its respondents of (price paid - unit "
      + "cost) at the rivals' posted prices; a group whose best price is not below the general one is priced together with "
      + "those in none, so that no group price is above the general price. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs:
      "groups that can be told apart, a survey that asks for them (ten respondents or more of each group), the rivals' "
      + "posted prices, and its own unit costs",
    works: "groups differ in what they would pay, and hardly anybody else can get their card",
    fails:
      "fences leak: where many who would pay the full price hold the card too, the low price is a gift to them, as "
      + "that for the newsletter code is in the example",
    example: "cinema-cards", belief: "survey",
    source: "Pigou (1920), The Economics of Welfare; Varian (1985), American Economic Review 75",
    parameters: [respondents] + Research.errorsAndCost)

  static let respondents = Parameter(
    "survey", .count(2...1_000_000, unit: "respondents"), default: .number(400), "how many customers are asked")

  /// A group of whom fewer have answered has no price of its own.
  static let fewestRespondents = 10

  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  private var posted: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where customers have no groups, or the survey is too small for them.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard !market.groups.isEmpty else {
      throw StrategyError(
        "group-prices needs groups of customers that sellers can tell apart; state `groups` under `customers`")
    }
    let respondents = try arguments.count(Self.respondents)
    let fewest = Self.fewestRespondents * (market.groups.count + 1)
    guard respondents >= fewest else {
      throw StrategyError(
        "found \(respondents) respondents; \(market.groups.count == 1 ? "a group" : "\(market.groups.count) groups") and "
          + "those in none need at least \(fewest), \(Self.fewestRespondents) each", parameter: Self.respondents.name)
    }
    survey = try SurveyPlan(arguments, respondents: Self.respondents)
  }

  /// Prices for groups.
  public var offerKinds: Set<OfferKind> { [.groupPrices] }

  /// Optimises on the survey once, when the rivals' prices are first seen, and keeps the prices. With rivals in the market
  /// there is no opening list: nothing has been seen yet.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    guard let answers = view.survey, !answers.willingnessToPay.isEmpty else {
      throw StrategyError("group-prices needs the answers of a survey")
    }
    let categories = view.seller.products.indices.map { view.market.category(ofOwnProduct: $0) }
    var offers: [Offer] = []
    for category in Set(categories).sorted() {
      offers += try self.offers(of: categories.indices.filter { categories[$0] == category }, answers, view)
    }
    let list = PriceList(offers.sorted { ($0.contents, $0.group ?? -1) < ($1.contents, $1.group ?? -1) })
    posted = list
    return list
  }

  /// The offers of the products of one category.
  private func offers(of products: [Int], _ answers: SurveyAnswers, _ view: SellerView) throws -> [Offer] {
    let rows = view.market.groups.indices.map { answers.willingnessToPay(ofGroup: $0) }
    var apart = rows.indices.filter { rows[$0].count >= Self.fewestRespondents }
    var pool = answers.willingnessToPay(ofGroup: nil)
    for group in rows.indices where !apart.contains(group) { pool += rows[group] }
    var prices: [Int: [Double]] = [:]
    for group in apart { prices[group] = try best(products, rows[group], view) }
    if pool.isEmpty, let dearest = apart.max(by: { (prices[$0]?.first ?? 0) < (prices[$1]?.first ?? 0) }) {
      pool = rows[dearest]
      apart.removeAll { $0 == dearest }
    }
    var general = try best(products, pool, view)
    // Groups who would have to pay more than the general price do not show their card.
    while let group = apart.first(where: { group in
      zip(prices[group] ?? [], general).allSatisfy { $0 >= $1 }
    }) {
      apart.removeAll { $0 == group }
      pool += rows[group]
      general = try best(products, pool, view)
    }
    return products.indices.flatMap { place in
      [Offer(product: products[place], price: general[place])]
        + apart.compactMap { group in
          guard let price = prices[group]?[place], price < general[place] else { return nil }
          return Offer(product: products[place], price: price, group: group)
        }
    }
  }

  /// The best prices of some products, given these respondents.
  private func best(_ products: [Int], _ rows: [[Double]], _ view: SellerView) throws -> [Double] {
    let contents = products.map { ProductSet([$0]) }
    let optimum = try SampleOptimum(
      valuations: rows, assortment: view.market.assortment, source: view.market.own, contents: contents,
      unitCosts: view.seller.products.map(\.unitCost),
      others: view.lastLists)
    return optimum.maximise(contents: contents).posted
  }
}
