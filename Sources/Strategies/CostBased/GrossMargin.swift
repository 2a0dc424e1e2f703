import Demand
import Selling

/// A wanted gross margin on price.
public struct GrossMargin: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "gross-margin", family: .costBased,
    idea: "A price of which a wanted share is left after unit cost. One half is keystone pricing: twice the cost.",
    formula: "price = unit cost / (1 - margin)",
    needs: "its own unit costs; nothing about fixed cost, customers or rivals",
    works: "the margin is what the trade has learnt to need, and products are alike in how customers value them",
    fails:
      "customers pay for something other than cost: the cheap product that they value highly is sold for too little, "
      + "the dear one not at all",
    example: "full-cost-spiral", belief: "own costs",
    source: "Levy & Weitz, Retailing Management: keystone pricing; Nagle & Müller, The Strategy and Tactics of Pricing",
    parameters: [margin, byProduct])

  static let margin = Parameter(
    "margin", .share(0...0.99), default: .number(0.5), "the share of the price that is to be left after unit cost")
  static let byProduct = Parameter(
    "by product", .amounts(of: .products, 0...0.99, unit: "share"), default: .absent,
    "margins of single products, in place of the common one")

  private let margins: [Double]
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    margins = arguments.values(
      Self.byProduct, count: seller.products.count, otherwise: try arguments.number(Self.margin))
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: zip(view.seller.products, margins).map { $0.unitCost / (1 - $1) })
  }
}
