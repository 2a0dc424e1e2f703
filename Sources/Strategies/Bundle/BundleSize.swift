import Demand
import Selling

/// Bundle-size pricing: the price depends on how many products are taken, not on which.
public struct BundleSize: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "bundle-size", family: .bundle,
    idea:
      "One price for any one product, one for any two, and so on: with a handful of prices nearly all that a price for "
      + "each of hundreds of bundles would earn.",
    formula:
      "prices P_1..P_n maximise the mean over respondents of (P_k - unit cost of the k products taken), each taking the "
      + "k products that they gain most from at the rivals' single prices, for the k that leaves most; no P_k above what k "
      + "products cost in smaller sets. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs:
      "a survey of willingness to pay, the rivals' posted prices and its own unit costs; nothing if the prices are stated",
    works: "many products of like cost and like appeal, so that customers differ in how many they want",
    fails:
      "products differ much in cost or in value: one price for any of them is too high for the small and too low for the "
      + "large one, and customers take the dear ones",
    example: "ski-resort", belief: "survey",
    source: "Chu, Leslie & Sorensen (2011), American Economic Review 101, 263-303",
    parameters: [prices] + BundleSurvey.parameters)

  static let prices = Parameter(
    "by size", .numbers(0...1e12, unit: "money"), default: .absent,
    "the price of any one product, of any two, and so on; without them, the survey's best")

  private let contents: [ProductSet]
  /// The survey that it wants before period 1; none where the prices are stated.
  public let survey: SurveyPlan?
  private var posted: PriceList?
  /// Whether the prices are stated.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless the seller has two to ten products in at least two categories, or for stated
  ///   prices that are not one for each size, or dearer than the same number of products in smaller sets.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let categories = try BundleSurvey.categories(of: seller, in: market, for: Self.entry.name)
    contents = BundleSets.all(of: categories)
    let stated = arguments.numbers(Self.prices)
    let sizes = Set(categories).count
    isConstant = !stated.isEmpty
    survey = stated.isEmpty ? try SurveyPlan(arguments) : nil
    guard !stated.isEmpty else { return }
    guard stated.count == sizes else {
      throw StrategyError(
        "\(stated.count) prices; a customer can take 1 to \(sizes) products, and each number has its price",
        parameter: Self.prices.name)
    }
    for size in stated.indices.dropFirst() {
      let parts = (0..<size).map { stated[$0] + stated[size - 1 - $0] }.min() ?? .infinity
      guard stated[size] <= parts * (1 + 1e-12) else {
        throw StrategyError(
          "\(size + 1) products cost \(stated[size]), but \(parts) in smaller sets: nobody would pay more",
          parameter: Self.prices.name)
      }
    }
    posted = list(stated)
  }

  private func list(_ prices: [Double]) -> PriceList {
    PriceList(contents.map { Offer($0, price: prices[$0.count - 1]) })
  }

  /// The stated prices, or the survey's best once the rivals' prices are seen; they are kept.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return PriceList([]) }
    let sizes = try SizePricing(
      valuations: try BundleSurvey.answers(view, for: Self.entry.name), assortment: view.market.assortment,
      source: view.market.own, unitCosts: view.seller.products.map(\.unitCost), others: view.lastLists)
    let found = list(SizePricing.attainable(sizes.maximise().posted))
    posted = found
    return found
  }
}
