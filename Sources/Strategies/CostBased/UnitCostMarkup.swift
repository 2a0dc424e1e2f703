import Demand
import Selling

/// Markup on unit cost.
public struct UnitCostMarkup: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "unit-cost-markup", family: .costBased,
    idea: "Unit cost plus a customary percentage, one for all products or one for each, as most shops do it.",
    formula: "price = unit cost x (1 + markup)",
    needs: "its own unit costs; nothing about fixed cost, customers or rivals",
    works: "unit cost is most of the cost, and the percentage is the trade's experience of what customers bear",
    fails:
      "fixed cost is most of the cost: the percentage does not know of it, so that a price that looks profitable unit "
      + "by unit loses money in total",
    example: "full-cost-spiral", belief: "own costs",
    source: "Kotler & Keller, Marketing Management: markup pricing",
    parameters: [markup, byProduct])

  static let markup = Parameter(
    "markup", .share(-0.99...100), default: .number(0.35), "what is added to unit cost, as a share of it")
  static let byProduct = Parameter(
    "by product", .amounts(of: .products, -0.99...100, unit: "share"), default: .absent,
    "markups of single products, in place of the common one")

  private let markups: [Double]
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    markups = arguments.values(
      Self.byProduct, count: seller.products.count, otherwise: try arguments.number(Self.markup))
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: zip(view.seller.products, markups).map { $0.unitCost * (1 + $1) })
  }
}
