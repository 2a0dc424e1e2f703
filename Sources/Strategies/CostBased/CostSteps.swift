import Demand
import Selling

/// Markup on the unit cost of a planned volume.
public struct CostSteps: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "cost-steps", family: .costBased,
    idea:
      "Where larger volumes are cheaper to make or to buy, price at the mean unit cost of the volume that is planned, "
      + "not of the volume that is sold today.",
    formula: "price = (mean unit cost of production at planned units x experience x cost level of the last period + "
      + "service items) x (1 + markup)",
    needs: "its own unit costs by volume, and a planned volume of each product; nothing about customers or rivals",
    works: "the lower price does bring the planned volume, and with it the lower cost",
    fails:
      "the planned volume does not come: costs stay those of the small volume, and the price was set for the large one",
    example: "new-battery", belief: "own costs",
    source:
      "Nagle & Müller, The Strategy and Tactics of Pricing; Kotler & Keller, Marketing Management: cost at different levels of production",
    parameters: [plannedUnits, markup])

  static let plannedUnits = Parameter(
    "planned units", .amounts(of: .products, 1e-6...1e12, unit: "units per period"), default: .required,
    "units of each product that are planned for a period; for every product with volume costs")
  static let markup = Parameter(
    "markup", .share(-0.99...100), default: .number(0.35), "what is added to that cost, as a share of it")

  private let planned: [Double]
  private let markup: Double
  private var history: CostHistory
  /// It never changes, unless cost levels or experience do.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without volume costs, or a product with them and without a plan.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard seller.products.contains(where: { $0.volume != nil }) else {
      throw StrategyError(
        "cost-steps prices at the cost of a planned volume; no product of \(seller.name) has `volume costs`")
    }
    planned = try arguments.plannedUnits(Self.plannedUnits, of: seller) { $0.volume != nil }
    markup = try arguments.number(Self.markup)
    history = CostHistory(seller)
    isConstant =
      seller.costShocks.isEmpty && seller.randomCostShocks == nil && seller.products.allSatisfy { $0.experience == nil }
  }

  /// Prices at the cost of the planned volume.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    history.read(view)
    return PriceList(
      prices: view.seller.products.indices.map { product in
        let stated = history.stated(product)
        let experience = stated.experience?.factor(produced: history.produced(product)) ?? 1
        let cost = history.shock(product, view) * stated.averageVolumeCost(ofUnits: planned[product]) * experience
        return (cost + stated.serviceCost) * (1 + markup)
      })
  }
}
