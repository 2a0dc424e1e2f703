import Demand
import Selling

/// The price of what the last unit costs.
public struct MarginalCost: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "marginal-cost", family: .costBased,
    idea: "Charge what the last unit costs to make and serve: welfare is greatest, and idle capacity is filled with "
      + "anything above its bare cost.",
    formula: "price = unit cost of the volume step reached x experience x cost level of the last period + service "
      + "items; the step is that of the planned units or, without a plan, of the last period's own units",
    needs: "its own unit costs and how they depend on volume; nothing about customers or rivals",
    works: "as the lowest price that is worth taking for an extra order, or where somebody else pays fixed cost",
    fails: "fixed cost has to be earned by the price: every unit is sold at its bare cost, and fixed cost is the loss",
    example: "full-cost-spiral", belief: "own costs",
    source: "Hotelling (1938), Econometrica 6; criticised by Coase (1946), Economica 13",
    parameters: [plannedUnits])

  static let plannedUnits = Parameter(
    "planned units", .amounts(of: .products, 0...1e12, unit: "units per period"), default: .absent,
    "units of a product that are planned for a period; the cost of the last of them is its price")

  private let planned: [Int: Double]
  private var history: CostHistory
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    planned = arguments.valuesByIndex(Self.plannedUnits)
    history = CostHistory(seller)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the cost of the last unit.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    history.read(view)
    return PriceList(
      prices: view.seller.products.indices.map { product in
        let stated = history.stated(product)
        let units = planned[product] ?? history.lastUnits(product, view)
        let experience = stated.experience?.factor(produced: history.produced(product)) ?? 1
        return history.shock(product, view) * stated.lastUnitCost(ofUnits: units) * experience + stated.serviceCost
      })
  }
}
