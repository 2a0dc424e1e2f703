import Demand
import Selling

/// Economic value to the customer, from a survey.
public struct EconomicValue: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "economic-value", family: .valueBased,
    idea: "Ask customers what the product is worth to them, compare with the best alternative they have, and charge "
      + "that alternative's price plus a share of what the product is worth more.",
    formula:
      "price = reference price + captured x positive difference in value + negative difference in value, where the "
      + "difference is the mean over respondents less `caution` standard errors; never below unit cost. The reference price is the mean over respondents "
      + "of the price of each one's best alternative, 0 for buying nothing. The mean difference is over all respondents, also "
      + "those who would never buy, so that it misleads where customers are very unlike",
    needs: "a survey of willingness to pay for its own and the rivals' products, and the rivals' posted prices",
    works: "customers agree on what the difference is worth and can say so",
    fails: "customers are very unlike: the mean over all respondents is a price that fits no segment",
    example: "city-gym", belief: "survey",
    source: "Nagle & Müller, The Strategy and Tactics of Pricing: economic value estimation",
    parameters: [respondents, captured, caution] + Research.errorsAndCost)

  static let respondents = Parameter(
    "survey", .count(2...1_000_000, unit: "respondents"), default: .number(200), "how many customers are asked")
  static let captured = Parameter(
    "captured", .share(0...1), default: .number(0.5), "the share of the positive difference in value that is charged")
  static let caution = Parameter(
    "caution", .number(0...10, unit: "standard errors"), default: .number(0),
    "standard errors taken off the difference in value, against a lucky sample")

  private let captured: Double
  private let caution: Double
  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  /// The rivals' prices by product when values were last worked out, and the values: they stay as long as those do.
  private var seen: [[Rival]] = []
  private var values: [Double] = []

  /// A rival's alternative at its last posted price.
  private struct Rival: Equatable {
    let alternative: Int
    let price: Double
  }

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    captured = try arguments.number(Self.captured)
    caution = try arguments.number(Self.caution)
    survey = try SurveyPlan(arguments, respondents: Self.respondents)
  }

  /// Prices each product by its economic value at the rivals' last posted prices.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard let answers = view.survey?.willingnessToPay, answers.count > 1 else {
      throw StrategyError("economic-value needs the answers of at least two respondents")
    }
    let own = view.market.assortment.alternativesBySource[view.market.own]
    let rivals = view.seller.products.indices.map { self.rivals(of: $0, view) }
    if rivals != seen {
      seen = rivals
      values = rivals.indices.map { product in
        price(
          of: own[product], rivals: rivals[product], canBuyNothing: view.market.assortment.hasOutsideOption, answers)
      }
    }
    return PriceList(prices: zip(values, view.seller.products).map { max($0, $1.unitCost) })
  }

  /// The rivals' alternatives in the product's category, with their last posted prices.
  private func rivals(of product: Int, _ view: SellerView) -> [Rival] {
    let market = view.market
    var rivals: [Rival] = []
    for seller in market.sellers.indices where seller != market.own {
      for (position, alternative) in market.assortment.alternativesBySource[seller].enumerated()
      where market.assortment.category(ofAlternative: alternative) == market.category(ofOwnProduct: product) {
        guard let price = view.rivalPrice(seller: seller, product: position) else { continue }
        rivals.append(Rival(alternative: alternative, price: price))
      }
    }
    return rivals
  }

  private func price(
    of own: Int, rivals: [Rival], canBuyNothing: Bool, _ answers: [[Double]]
  ) -> Double {
    var reference = 0.0
    var differences: [Double] = []
    for answer in answers {
      // The next best alternative is the one that leaves the respondent most: a rival's, or buying nothing where one may.
      var best = (surplus: canBuyNothing ? 0.0 : -Double.infinity, value: 0.0, price: 0.0)
      for rival in rivals where answer[rival.alternative] - rival.price > best.surplus {
        best = (answer[rival.alternative] - rival.price, answer[rival.alternative], rival.price)
      }
      reference += best.price / Double(answers.count)
      differences.append(answer[own] - best.value)
    }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let difference = mean - caution * (variance / count).squareRoot()
    return reference + captured * max(0, difference) + min(0, difference)
  }
}
