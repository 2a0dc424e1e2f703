import Demand
import Selling

/// Cost plus a fixed fee.
public struct CostPlusFee: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "cost-plus-fee", family: .costBased,
    idea: "Unit cost and a fixed amount of money on top, the same for every product: the seller passes cost on.",
    formula: "price = unit cost + fee",
    needs: "its own unit costs",
    works: "serving a customer takes the same effort whatever is bought",
    fails: "products differ in what they are worth beyond their cost: too small a fee for one, too large for another",
    example: "full-cost-spiral", belief: "own costs",
    source: "Nagle & Müller, The Strategy and Tactics of Pricing",
    parameters: [fee])

  static let fee = Parameter(
    "fee", .number(0...1e12, unit: "money"), default: .required, "what is added to the unit cost of every product")

  private let fee: Double
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    fee = try arguments.number(Self.fee)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: view.seller.products.map { $0.unitCost + fee })
  }
}
