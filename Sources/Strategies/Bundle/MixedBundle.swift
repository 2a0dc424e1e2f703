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
      + "what leaves them most at the rivals' prices, or nothing. Up to 5 products every bundle is priced; from 6 to 10, a "
      + "heuristic picks: the products, everything together, and one at a time up to 12 more, that set which earns most "
      + "more on the survey among those one product larger or smaller than one sold, until none adds 0.1%; the tests hold its mean loss against every bundle of 3 to 5 products below 3% on the respondents "
      + "and 2% on others. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs: "a survey of how valuations go together, the rivals' posted prices, and its own unit costs",
    works:
      "valuations of the products differ from customer to customer and do not move together, and unit costs are low",
    fails:
      "customers who value one product highly value the other highly too, respondents overstate what they would pay, or the "
      + "sample is small against the number of prices to be found: the prices then fit the sample and not the market",
    example: "survey-pricing", belief: "survey",
    source: "Adams & Yellen (1976), Quarterly Journal of Economics 90; McAfee, McMillan & Whinston (1989), QJE 104",
    parameters: [components] + BundleSurvey.parameters)

  static let components = Parameter(
    "components", .choice(["sold", "withheld"]), default: .choice("sold"),
    "whether the products are also sold on their own; withheld is pure bundling")

  /// What is sold; nil where the survey decides.
  private let contents: [ProductSet]?
  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  private var posted: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless the seller has two to ten products in at least two categories.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let categories = try BundleSurvey.categories(of: seller, in: market, for: Self.entry.name)
    if try arguments.choice(Self.components) == "withheld" {
      contents = BundleSets.whole(of: categories)
    } else {
      contents = categories.count > BundleSets.largestFullCount ? nil : BundleSets.all(of: categories)
    }
    survey = try SurveyPlan(arguments)
  }

  /// Optimises on the survey once, when the rivals' prices are first seen, and keeps the prices. With rivals in the
  /// market there is no opening list: the bundles are new.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    let answers = try BundleSurvey.answers(view, for: Self.entry.name)
    let list = try BundleSurvey.bestList(answers, try contents ?? chosen(answers, view), view)
    posted = list
    return list
  }

  private func chosen(_ answers: [[Double]], _ view: SellerView) throws -> [ProductSet] {
    try BundleSets.chosen(
      for: answers.map { SampledCustomer(segment: 0, values: $0, valuations: []) },
      assortment: view.market.assortment, source: view.market.own,
      unitCosts: view.seller.products.map(\.unitCost), others: view.lastLists)
  }
}
