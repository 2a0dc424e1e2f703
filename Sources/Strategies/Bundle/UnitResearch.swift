import Demand
import Selling

/// What strategies with tariffs have in common: a survey in which respondents state the worth of each unit.
struct UnitResearch: Sendable {
  static let respondents = Parameter(
    "survey", .count(2...100_000, unit: "respondents"), default: .number(200),
    "how many customers are asked what each unit is worth to them")
  static let parameters = [respondents] + Research.errorsAndCost

  let plan: SurveyPlan
  private let name: String

  /// - Throws: ``StrategyError`` for a seller with two products of one category: a customer would choose between tariffs.
  init(_ arguments: Arguments, _ name: String, seller: SellerProfile, market: PublicMarket) throws {
    let categories = seller.products.indices.map { market.category(ofOwnProduct: $0) }
    guard Set(categories).count == categories.count else {
      throw StrategyError("\(name) prices one product of a category; \(seller.name) sells two that are substitutes")
    }
    plan = try SurveyPlan(arguments, respondents: Self.respondents)
    self.name = name
  }

  /// A list with the best tariff of each product, found on the answers at the rivals' posted prices. With rivals in the
  /// market there is no opening list: nothing has been seen yet.
  func list(_ view: SellerView, _ best: (TariffOptimum) -> TariffOptimum.Result?) throws -> PriceList? {
    if view.isBeforeRivals { return nil }
    guard let answers = view.survey, !answers.willingnessToPay.isEmpty else {
      throw StrategyError("\(name) needs the answers of a survey")
    }
    let own = view.market.assortment.alternativesBySource[view.market.own]
    return PriceList(
      try view.seller.products.indices.map { product in
        let optimum: TariffOptimum
        do {
          optimum = try TariffOptimum(
            customerCount: answers.willingnessToPay.count, alternative: own[product], of: view.market.own,
            others: view.lastLists, assortment: view.market.assortment,
            unitCost: view.seller.products[product].unitCost
          ) { answers.unitWorths(respondent: $0, alternative: $1) }
        } catch {
          throw StrategyError("\(error)")
        }
        let takesSeveral = optimum.largestCount > 1
        let result = (takesSeveral ? best(optimum) : nil) ?? optimum.bestTwoPart()
        return Offer(product: product, price: result.price, tariff: takesSeveral ? result.tariff : nil)
      })
  }
}
