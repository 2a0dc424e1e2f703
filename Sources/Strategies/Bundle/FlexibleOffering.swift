import Demand
import Selling

/// A flexible market offering: a bare product, priced options, and a package.
public struct FlexibleOffering: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "flexible-offering", family: .bundle,
    idea:
      "Sell the naked solution, which everybody needs, on its own; price what only some need as options; and offer "
      + "everything as a package at a discount. Nobody gets for nothing what others pay for.",
    formula:
      "prices of the core, of each option and of the package maximise the mean over respondents of (paid - unit cost), "
      + "each taking the core with the options that are worth their price to them, or the package, or nothing; options "
      + "come with the core only, and what else is of the core's category is not sold. A core with some "
      + "options never costs more than the package. Prices are found once, at the rivals' prices seen first, and kept",
    needs:
      "a survey of willingness to pay for the core and every option, the rivals' posted prices and its own unit costs",
    works: "everybody needs the core, and customers differ in the options that they need",
    fails:
      "some would buy an option without the core, or the core is worth little: a seller who sells the parts alone serves "
      + "them too. The example shows the other case: everybody needs the core",
    example: "office-versions", belief: "survey",
    source: "Anderson & Narus (1995), Capturing the Value of Supplementary Services, Harvard Business Review 73(1)",
    parameters: [core, packageDiscount] + BundleSurvey.parameters)

  static let core = Parameter(
    "core", .products, default: .absent, "the naked solution; without it, the seller's first product")
  static let packageDiscount = Parameter(
    "package discount", .share(0...0.9), default: .absent,
    "the discount of the package on the sum of its parts; without it, the survey's best")

  /// Options for which all sets are offered.
  static let mostOptions = 6

  private let core: Int
  private let options: [Int]
  private let discount: Double?
  /// The survey that it wants before period 1.
  public let survey: SurveyPlan?
  private var posted: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless there are one core product and one to six options, each of a category of its own.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let categories = try BundleSurvey.categories(of: seller, in: market, most: 64, for: Self.entry.name)
    let named = arguments.products(Self.core) ?? [0]
    guard named.count == 1, let core = named.first else {
      throw StrategyError("one product is the core; \(named.count) are named", parameter: Self.core.name)
    }
    let options = categories.indices.filter { categories[$0] != categories[core] }
    guard Set(options.map { categories[$0] }).count == options.count else {
      throw StrategyError("each option is of a category of its own; \(seller.name) has two products of one")
    }
    guard options.count <= Self.mostOptions else {
      throw StrategyError("\(options.count) options; flexible-offering prices up to \(Self.mostOptions)")
    }
    self.core = core
    self.options = options
    discount = arguments.optionalNumber(Self.packageDiscount)
    survey = try SurveyPlan(arguments)
  }

  /// Finds the prices on the survey once the rivals' prices are seen, and keeps them.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    let pricing = try OptionPricing(
      valuations: try BundleSurvey.answers(view, for: Self.entry.name), core: core, options: options,
      assortment: view.market.assortment, source: view.market.own, unitCosts: view.seller.products.map(\.unitCost),
      others: view.lastLists)
    let found = pricing.maximise(discount: discount)
    let offers = (0..<(1 << options.count)).map { bits in
      let taken = options.indices.filter { bits & (1 << $0) != 0 }
      let sum = taken.reduce(found.core) { $0 + found.options[$1] }
      return Offer(
        ProductSet([core] + taken.map { options[$0] }),
        price: taken.count == options.count ? found.package : min(sum, found.package))
    }
    let list = PriceList(offers)
    posted = list
    return list
  }
}
