import Demand
import Selling

/// A price ahead of the experience curve.
public struct ExperienceCurvePrice: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "experience-curve", family: .costBased,
    idea: "Price at the cost that experience will bring down to, not at today's: the low price brings the volume, the "
      + "volume the experience, and rivals who come later stay behind.",
    formula: "price = (unit cost today x (larger of planned and reached output / reached output)^-b + service items) x "
      + "(1 + markup), output counted from `start` of the product's experience, b = -log2(1 - learning)",
    needs: "its own unit costs, how they fall with output, and the output that is planned; nothing about customers",
    works: "demand is elastic and experience large, so that the planned output is reached early enough to earn it back",
    fails:
      "demand does not answer, or rivals learn as fast: the losses of the first periods are never earned back; or "
      + "those who would have paid more have bought by then: in the example a markup that follows the cost down earns more",
    example: "new-battery", belief: "own costs",
    source:
      "Boston Consulting Group (1968), Perspectives on Experience; Henderson (1979), Henderson on Corporate Strategy; Spence (1981), Bell Journal of Economics 12",
    parameters: [plannedUnits, markup])

  static let plannedUnits = Parameter(
    "planned units", .amounts(of: .products, 1e-6...1e15, unit: "units"), default: .required,
    "units of each product planned from period 1 until the cost is to be reached; for every product with experience")
  static let markup = Parameter(
    "markup", .share(-0.99...100), default: .number(0.35), "what is added to that cost, as a share of it")

  private let planned: [Double]
  private let markup: Double
  private var history: CostHistory

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without experience, or a product with it and without a plan.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard seller.products.contains(where: { $0.experience != nil }) else {
      throw StrategyError(
        "experience-curve prices at the cost that experience leads to; no product of \(seller.name) has `experience`")
    }
    planned = try arguments.plannedUnits(Self.plannedUnits, of: seller) { $0.experience != nil }
    markup = try arguments.number(Self.markup)
    history = CostHistory(seller)
  }

  /// Prices at the cost of the planned output; once it is exceeded, at that of the output reached.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    history.read(view)
    return PriceList(
      prices: view.seller.products.indices.map { product in
        let stated = history.stated(product)
        let output = max(planned[product], history.produced(product))
        let cost =
          history.shock(product, view) * stated.averageVolumeCost(ofUnits: history.lastUnits(product, view))
          * (stated.experience?.factor(produced: output) ?? 1)
        return (cost + stated.serviceCost) * (1 + markup)
      })
  }
}
