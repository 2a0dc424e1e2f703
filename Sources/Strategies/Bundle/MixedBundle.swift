import Demand
import Selling

/// Mixed bundling, with component and bundle prices optimised on a survey.
public struct MixedBundle: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "mixed-bundle", family: .bundle,
    idea:
      "Sell the products one by one and together, at a bundle price below the sum: customers who value the products "
      + "unevenly buy one, the others take the bundle.",
    formula:
      "prices of products and bundles maximise the mean over respondents of (price paid - unit cost), each taking "
      + "what leaves them most at the rivals' prices, or nothing",
    needs: "a survey of how valuations go together, the rivals' posted prices, and its own unit costs",
    works:
      "valuations of the products differ from customer to customer and do not move together, and unit costs are low",
    fails:
      "customers who value one product highly value the other highly too, or the sample is small against the number of prices to be found: the prices then fit the sample and not the market",
    example: "software-suite", belief: "survey",
    source: "Adams & Yellen (1976), Quarterly Journal of Economics 90; McAfee, McMillan & Whinston (1989), QJE 104",
    parameters: [respondents, components, bias, noise, costPerRespondent])

  static let respondents = Parameter(
    "survey", .count(2...100_000, unit: "respondents"), default: .number(300), "how many customers are asked")
  static let components = Parameter(
    "components", .choice(["sold", "withheld"]), default: .choice("sold"),
    "whether the products are also sold on their own; withheld is pure bundling")
  static let bias = EconomicValue.bias
  static let noise = EconomicValue.noise
  static let costPerRespondent = EconomicValue.costPerRespondent

  private let contents: [ProductSet]
  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  private var posted: PriceList?

  /// Products for which all bundles are still tried.
  static let largestProductCount = 5

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless the seller has two to five products in at least two categories.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let count = seller.products.count
    let categories = Set(seller.products.indices.map { market.category(ofOwnProduct: $0) })
    guard categories.count > 1 else {
      throw StrategyError("a bundle needs products of at least two categories; \(seller.name) sells in one")
    }
    guard count <= Self.largestProductCount else {
      throw StrategyError("\(count) products; mixed-bundle tries every bundle of up to \(Self.largestProductCount)")
    }
    let sellsComponents = try arguments.choice(Self.components) == "sold"
    contents = (1..<(1 << count))
      .map { bits in ProductSet((0..<count).filter { bits & (1 << $0) != 0 }) }
      .filter { set in
        let taken = set.positions.map { market.category(ofOwnProduct: $0) }
        guard Set(taken).count == taken.count else { return false }
        return sellsComponents || taken.count == categories.count
      }
      .sorted()
    survey = SurveyPlan(
      respondents: try arguments.count(Self.respondents), bias: try arguments.number(Self.bias),
      noise: try arguments.number(Self.noise), costPerRespondent: try arguments.number(Self.costPerRespondent))
  }

  /// Optimises on the survey once, when the rivals' prices are first seen, and keeps the prices. With rivals in the
  /// market there is no opening list: the bundles are new.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.period < 0, view.market.sellers.count > 1 { return PriceList([]) }
    guard let answers = view.survey?.willingnessToPay, !answers.isEmpty else {
      throw StrategyError("mixed-bundle needs the answers of a survey")
    }
    let optimum = try SampleOptimum(
      valuations: answers, assortment: view.market.assortment, source: view.market.own, contents: contents,
      unitCosts: view.seller.products.map(\.unitCost),
      others: view.postedLists ?? view.market.sellers.map { _ in PriceList([]) })
    let prices = optimum.maximise(contents: contents).prices
    let list = PriceList(zip(contents, prices).map { Offer($0, price: $1) })
    posted = list
    return list
  }
}
