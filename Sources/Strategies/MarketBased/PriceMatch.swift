import Demand
import Selling

/// Own prices, or a rival's where it is lower.
public struct PriceMatch: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "price-match", family: .marketBased,
    idea:
      "A guarantee to be no dearer: the own price, or the lowest rival's where that is lower. It follows a "
      + "cheaper rival down and comes back when the rival does.",
    formula: "price = min(own price, max(lowest of the rivals' last posted prices, unit cost x (1 + floor)))",
    needs: "the rivals' posted prices, one period late, and its own unit costs",
    works: "rivals know that a lower price wins them nobody, and therefore leave it",
    fails:
      "rivals undercut whatever they see: the guarantee follows them down, one period late, also for customers who would "
      + "have paid the own price. In the example it still earns most of the rules, at prices far below the own",
    example: "price-war", belief: "rivals' prices",
    source:
      "Salop (1986), in Stiglitz & Mathewson, New Developments in the Analysis of Market Structure; Hess & Gerstner (1991), Managerial and Decision Economics 12",
    parameters: [prices, rival, RivalPrices.floor])

  static let prices = Parameter("prices", .prices, default: .required, "the own price of each product or bundle")
  static let rival = Parameter(
    "rival", .rival, default: .absent, "the only rival who is matched; all if it is left out")

  private let own: PriceList
  private let watch: RivalPrices

  /// A strategy for a seller. A product without a rival keeps its own price.
  ///
  /// - Throws: ``StrategyError`` for a product without an own price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    own = try arguments.priceList(Self.prices, of: seller)
    watch = RivalPrices(
      seller: seller, market: market, only: arguments.rival(Self.rival), floor: try arguments.number(RivalPrices.floor))
  }

  /// Matches what the rivals posted last; bundles keep their price.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      own.offers.map { offer in
        guard offer.contents.count == 1, let product = offer.contents.positions.first,
          let lowest = watch.seen(product, view).map(\.price).min()
        else { return offer }
        return Offer(offer.contents, price: min(offer.price, max(lowest, watch.least(product, view))))
      })
  }
}
