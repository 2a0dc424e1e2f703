import Demand
import Selling

/// Follow the rivals with a premium or discount and a cost floor.
public struct GoingRate: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "going-rate", family: .marketBased,
    idea: "Follow the rivals: their price of the same product, or of its substitutes where none sells it, with a "
      + "premium or a discount, but never below cost plus a floor.",
    formula: "price = max(reference of rivals' last posted prices x (1 + premium), unit cost x (1 + floor))",
    needs: "the rivals' posted prices, one period late, and its own unit costs",
    works: "products are alike and the rivals know the market",
    fails: "rivals err, or all follow each other: the going rate then is nobody's judgement", example: "city-gym",
    belief: "rivals' prices",
    source: "Kotler & Keller, Marketing Management: going-rate pricing",
    parameters: [premium, floor, reference, otherwise])

  static let premium = Parameter(
    "premium", .share(-0.99...100), default: .number(0), "how far above the rivals; negative is a discount")
  static let floor = Parameter(
    "floor", .share(-1...100), default: .number(0), "the least markup on unit cost")
  static let reference = Parameter(
    "reference", .choice(["mean", "lowest", "highest"]), default: .choice("mean"),
    "which of the rivals' prices to follow")
  static let otherwise = Parameter(
    "otherwise", .prices, default: .absent,
    "prices of products that no rival sells or has a substitute for, and of the opening list")

  private let premium: Double
  private let floor: Double
  private let reference: String
  private let otherwise: PriceList
  private let rivals: [[(seller: Int, product: Int)]]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where a product has no rival and no price is given for it.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    premium = try arguments.number(Self.premium)
    reference = try arguments.choice(Self.reference)
    floor = try arguments.number(Self.floor)
    otherwise = PriceList(arguments.prices(Self.otherwise))
    rivals = seller.products.indices.map { market.rivals(ofOwnProduct: $0) }
    for product in seller.products.indices
    where rivals[product].isEmpty && otherwise.price(ofProduct: product) == nil {
      throw StrategyError(
        "no rival sells \(seller.products[product].name) or a substitute; give its price under `otherwise`",
        parameter: Self.otherwise.name)
    }
  }

  /// Follows what the rivals posted a period ago. With nothing seen yet: the price under `otherwise`, or the floor.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        let least = view.seller.products[product].unitCost * (1 + floor)
        let seen = rivals[product].compactMap { view.rivalPrice(seller: $0.seller, product: $0.product) }
        guard let price = referencePrice(seen) else {
          return otherwise.price(ofProduct: product) ?? least
        }
        return max(price * (1 + premium), least)
      })
  }

  private func referencePrice(_ prices: [Double]) -> Double? {
    switch reference {
    case "lowest": prices.min()
    case "highest": prices.max()
    default: prices.isEmpty ? nil : prices.reduce(0, +) / Double(prices.count)
    }
  }
}
