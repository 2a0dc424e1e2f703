import Demand
import Selling

/// Good, better, best: a menu of versions from which customers choose for themselves.
public struct GoodBetterBest: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "good-better-best", family: .bundle,
    idea:
      "A few versions of one product at rising prices: those who want much pay for much, the others still buy. The dear "
      + "version must not cost so much more that its buyers take the cheap one.",
    formula:
      "versions and prices maximise the mean over respondents of (price - unit cost), each taking the version that leaves "
      + "them most (self-selection), if it leaves them as much as the rivals' or nothing (participation). For two types: the "
      + "low version at what the low type would pay, the high one dearer by what the high type gains from the step. Where no "
      + "respondent would buy any version at a profit, as in a small sample, every version at unit cost. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs: "a survey of willingness to pay for every version, the rivals' posted prices and its own unit costs",
    works: "customers agree on which version is better and differ in how much better",
    fails:
      "few would pay for the better version, or versions hardly differ: a cheap version then takes more buyers from the dear one than it wins (cannibalisation), and one version alone earns as much. "
      + "Or customers differ in which features they need: in the example priced options earn more than editions",
    example: "office-versions", belief: "survey",
    source:
      "Mussa & Rosen (1978), Journal of Economic Theory 18; Maskin & Riley (1984), RAND Journal of Economics 15; "
      + "Mohammed (2018), Harvard Business Review, September",
    parameters: [versions] + BundleSurvey.parameters)

  static let versions = Parameter(
    "versions", .count(1...6, unit: "versions"), default: .number(3), "how many versions of a category are sold at most"
  )

  private let most: Int
  private let categories: [Int]
  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  private var posted: PriceList?
  /// The menu of each category in which it sells, once it is found.
  public private(set) var menus: [VersionMenu] = []

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    most = try arguments.count(Self.versions)
    categories = Set(seller.products.indices.map { market.category(ofOwnProduct: $0) }).sorted()
    survey = try SurveyPlan(arguments)
  }

  /// Finds the menus on the survey once the rivals' prices are seen, and keeps them.
  ///
  /// - Throws: ``StrategyError`` without the answers of a survey.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    let answers = try BundleSurvey.answers(view, for: Self.entry.name)
    menus = try categories.map { category in
      try VersionMenu(
        valuations: answers, category: category, mostVersions: most, assortment: view.market.assortment,
        source: view.market.own, unitCosts: view.seller.products.map(\.unitCost), others: view.lastLists)
    }
    // Those who are indifferent take the version that is meant for them, which is the one that earns more.
    let offers = menus.flatMap { menu in
      menu.versions.map { version in
        Offer(
          product: version.product,
          price: decisivePrice(version.price, unitCost: view.seller.products[version.product].unitCost))
      }
    }
    // One unlucky sample must not end a study.
    let list = offers.isEmpty ? PriceList(prices: view.seller.products.map(\.unitCost)) : PriceList(offers)
    posted = list
    return list
  }
}
