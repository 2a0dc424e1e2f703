import Demand
import Selling

/// Pure bundling: everything together or nothing.
public struct PureBundle: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "pure-bundle", family: .bundle,
    idea:
      "Sell the products together only, at one price. The sum of what a customer would pay varies less from customer to "
      + "customer than its parts do, so that one price fits more of them.",
    formula:
      "price p of the whole maximises the mean over respondents of (p - unit cost of the whole) where the sum of their "
      + "valuations is at least p at the rivals' prices; or the price that is stated. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs:
      "a survey of willingness to pay, the rivals' posted prices and its own unit costs; nothing if the price is stated",
    works: "many products, low unit costs, and valuations that do not move together",
    fails:
      "unit costs are high against valuations: those who want one product only are made to pay for the others, and stay "
      + "away or are served below cost",
    example: "ski-resort", belief: "survey",
    source:
      "Adams & Yellen (1976), Quarterly Journal of Economics 90; Bakos & Brynjolfsson (1999), Management Science 45",
    parameters: [price] + BundleSurvey.parameters)

  static let price = Parameter(
    "price", .number(0...1e12, unit: "money"), default: .absent, "the price of the whole; without it, the survey's best"
  )

  private let contents: [ProductSet]
  /// The survey that it wants before period 1; none where the price is stated.
  public let survey: SurveyPlan?
  private var posted: PriceList?
  /// Whether the price is stated.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless the seller has two to ten products in at least two categories, or for a stated
  ///   price where there is more than one whole.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let categories = try BundleSurvey.categories(of: seller, in: market, for: Self.entry.name)
    contents = BundleSets.whole(of: categories)
    let price = arguments.optionalNumber(Self.price)
    if let price {
      guard contents.count == 1 else {
        throw StrategyError(
          "\(seller.name) has several products of one category, and so \(contents.count) different bundles; leave the "
            + "price to the survey", parameter: Self.price.name)
      }
      posted = PriceList([Offer(contents[0], price: price)])
    }
    isConstant = price != nil
    survey = price == nil ? try SurveyPlan(arguments) : nil
  }

  /// The stated price, or the survey's best once the rivals' prices are seen; it is kept.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    let list = try BundleSurvey.bestList(try BundleSurvey.answers(view, for: Self.entry.name), contents, view)
    posted = list
    return list
  }
}
