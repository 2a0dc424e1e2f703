import Demand
import Selling

/// Markup on full cost.
public struct FullCostMarkup: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "full-cost-markup", family: .costBased,
    idea: "A price that covers all cost and leaves a wanted profit: unit cost, plus fixed cost spread over planned "
      + "volume, plus a markup.",
    formula: "price = (unit cost + fixed cost per period / planned units per period) x (1 + markup)",
    needs: "its own unit and fixed costs, and a planned volume; nothing about customers or rivals",
    works: "planned volume is close to what is sold and the markup happens to fit what customers bear",
    fails:
      "planned volume is missed: nothing in the formula notices customers or rivals, so that the price is too high in a weak market and too low in a strong one",
    example: "city-gym", belief: "own costs",
    source: "Nagle & Müller, The Strategy and Tactics of Pricing; Kotler & Keller, Marketing Management",
    parameters: [markup, plannedUnits])

  static let markup = Parameter(
    "markup", .share(-0.99...100), default: .number(0.35), "the profit wanted on top of full cost, as a share of it")
  static let plannedUnits = Parameter(
    "planned units", .number(1e-6...1e12, unit: "units per period"), default: .required,
    "units of all products that the seller plans to sell in a period; fixed cost is spread over them")

  private let markup: Double
  private let plannedUnits: Double
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    markup = try arguments.number(Self.markup)
    plannedUnits = try arguments.number(Self.plannedUnits)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows, and at the fixed cost of the planned volume.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let seller = view.seller
    let fixedCostPerUnit = (seller.standingCost + seller.stepCost(ofUnits: plannedUnits)) / plannedUnits
    return PriceList(prices: seller.products.map { ($0.unitCost + fixedCostPerUnit) * (1 + markup) })
  }
}
