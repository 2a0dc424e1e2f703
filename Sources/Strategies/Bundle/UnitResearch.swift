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
        let worths = answers.willingnessToPay.indices.map {
          answers.unitWorths(respondent: $0, alternative: own[product])
        }
        let optimum: TariffOptimum
        do {
          optimum = try TariffOptimum(
            worths: worths,
            otherwise: answers.willingnessToPay.indices.map { otherwise($0, besides: own[product], answers, view) },
            unitCost: view.seller.products[product].unitCost)
        } catch {
          throw StrategyError("\(error)")
        }
        let takesSeveral = worths.contains { $0.count > 1 }
        let result = (takesSeveral ? best(optimum) : nil) ?? optimum.bestTwoPart()
        return Offer(product: product, price: result.price, tariff: takesSeveral ? result.tariff : nil)
      })
  }

  /// What a respondent is left with who does not buy: nothing, or the best of the rivals' offers in the category.
  private func otherwise(
    _ respondent: Int, besides alternative: Int, _ answers: SurveyAnswers, _ view: SellerView
  ) -> Double {
    let assortment = view.market.assortment
    var best = assortment.hasOutsideOption ? 0 : -Double.infinity
    for (rival, list) in (view.postedLists ?? []).enumerated() where rival != view.market.own {
      for offer in list.offers where offer.contents.count == 1 && offer.group == nil {
        let other = assortment.alternativesBySource[rival][offer.contents.positions[0]]
        guard assortment.category(ofAlternative: other) == assortment.category(ofAlternative: alternative) else {
          continue
        }
        var worth = 0.0
        for (unit, value) in answers.unitWorths(respondent: respondent, alternative: other).enumerated() {
          worth += value
          best = max(best, worth - offer.payment(for: unit + 1))
        }
      }
    }
    return best.isFinite ? best : 0
  }
}
