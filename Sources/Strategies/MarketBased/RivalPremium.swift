import Demand
import Selling

/// A premium or discount to one rival.
public struct RivalPremium: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "rival-premium", family: .marketBased,
    idea:
      "Keep a fixed distance to one rival, product by product: the brand somewhat above it, the private label somewhat "
      + "below.",
    formula:
      "price = max(the rival's last posted price x (1 + premium) + amount, unit cost x (1 + floor)); of a rival with several "
      + "substitutes their mean. While the rival is not seen: the price under `otherwise`, without it the own last price, and "
      + "without that the floor",
    needs: "one rival's posted prices, one period late, and its own unit costs",
    works: "customers compare with this rival first, and the distance is what the difference is worth to them",
    fails:
      "the rival lowers its price for reasons of its own: the distance is kept all the way down, though customers would "
      + "have paid for the difference",
    example: "price-war", belief: "a rival's prices",
    source: "Kotler & Keller, Marketing Management: selecting a price relative to competitors' prices",
    parameters: [rival, premium, byProduct, amount, RivalPrices.floor, RivalPrices.otherwise])

  static let rival = Parameter("rival", .rival, default: .required, "the rival to whom the distance is kept")
  static let premium = Parameter(
    "premium", .share(-0.99...100), default: .number(0), "how far above the rival; negative is a discount")
  static let byProduct = Parameter(
    "by product", .amounts(of: .products, -0.99...100, unit: "share"), default: .absent,
    "premiums of single products, in place of the common one")
  static let amount = Parameter(
    "amount", .number(-1e12...1e12, unit: "money"), default: .number(0),
    "money on top of the rival's price with its premium; negative is taken off")

  private let premiums: [Double]
  private let amount: Double
  private let rivals: RivalPrices

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where the rival has nothing to compare a product with and no price is given for it.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    premiums = arguments.values(
      Self.byProduct, count: seller.products.count, otherwise: try arguments.number(Self.premium))
    amount = try arguments.number(Self.amount)
    rivals = try RivalPrices(arguments, seller: seller, market: market, only: arguments.rival(Self.rival))
  }

  /// Keeps the distance to what the rival posted last, to the mean where it has several substitutes. While the rival has
  /// no price: the price under `otherwise`, or the last own one, or the floor.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        guard let seen = rivals.meansBySeller(product, view).first else { return rivals.fallback(product, view) }
        return max(seen.price * (1 + premiums[product]) + amount, rivals.least(product, view))
      })
  }
}
