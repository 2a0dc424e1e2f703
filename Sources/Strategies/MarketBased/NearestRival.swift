import Demand
import Selling

/// A price by the distance to the nearest rival.
public struct NearestRival: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "nearest-rival", family: .marketBased,
    idea:
      "Place products and rivals on one scale, such as stars or a test's score, and price against whoever stands nearest: "
      + "so much more or less for each point better or worse.",
    formula:
      "price = max(the nearest rival's last posted price x (1 + premium x (own position - its position)), unit cost "
      + "x (1 + floor)); of a rival with several substitutes their mean, and of two that are equally near the cheaper. While "
      + "none is seen: the price under `otherwise`, without it the own last price, and without that the floor",
    needs: "everybody's position, the rivals' posted prices, one period late, and its own unit costs",
    works: "customers see the scale as the seller does, and a point is worth about the premium",
    fails: "the nearest rival is priced by somebody who errs or wages a war: the scale carries the error over",
    example: "price-war", belief: "rivals' prices",
    source:
      "Hotelling (1929), Economic Journal 39, for the idea; Kotler & Keller, Marketing Management: price and quality positioning",
    parameters: [position, positions, premium, RivalPrices.floor, RivalPrices.otherwise])

  static let position = Parameter(
    "position", .amounts(of: .products, -1e6...1e6, unit: "points"), default: .required,
    "where each product stands on the scale")
  static let positions = Parameter(
    "rivals", .amounts(of: .rivals, -1e6...1e6, unit: "points"), default: .required,
    "where each rival stands; one that is left out is not looked at")
  static let premium = Parameter(
    "premium", .share(-100...100), default: .number(0.1), "what one point more is worth, as a share of the price")

  private let own: [Int: Double]
  private let positions: [Int: Double]
  private let premium: Double
  private let rivals: RivalPrices

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without a position or a rival that has one, unless its price is given.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    own = arguments.valuesByIndex(Self.position)
    positions = arguments.valuesByIndex(Self.positions)
    premium = try arguments.number(Self.premium)
    rivals = try RivalPrices(arguments, seller: seller, market: market)
    for (product, sold) in seller.products.enumerated() where rivals.stated(product) == nil {
      guard own[product] != nil else {
        throw StrategyError("no position is given for \(sold.name)", parameter: Self.position.name)
      }
      guard rivals.rivals[product].contains(where: { positions[$0.seller] != nil }) else {
        throw StrategyError(
          "no rival with a position sells \(sold.name) or a substitute; give its price under `otherwise`",
          parameter: Self.positions.name)
      }
    }
  }

  /// Prices against the nearest rival who has a price, the cheaper of two that are equally near. While there is none: the
  /// price under `otherwise`, or the last own one, or the floor.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        let near = rivals.meansBySeller(product, view).compactMap { rival -> (lead: Double, price: Double)? in
          guard let own = own[product], let theirs = positions[rival.seller] else { return nil }
          return (own - theirs, rival.price)
        }
        guard let nearest = near.min(by: { (abs($0.lead), $0.price) < (abs($1.lead), $1.price) }) else {
          return rivals.fallback(product, view)
        }
        return max(nearest.price * (1 + premium * nearest.lead), rivals.least(product, view))
      })
  }
}
