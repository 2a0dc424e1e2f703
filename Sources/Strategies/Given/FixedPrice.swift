import Demand
import Selling

/// Prices stated in the scenario, unchanged in every period.
public struct FixedPrice: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "fixed-price", family: .given,
    idea: "The prices that the scenario states, in every period: what the seller does today, or a plan to be tried.",
    formula: "price = as given",
    needs: "nothing", works: "the prices were chosen well and the market stays as it is",
    fails: "the market moves on: nothing in it answers", example: "price-war", belief: "given prices",
    source: "the user of the scenario",
    parameters: [prices])

  static let prices = Parameter(
    "prices", .prices, default: .required, "the price of each product or bundle",
    forGroups: true)

  private let list: PriceList

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    list = try arguments.priceList(Self.prices, of: seller)
  }

  /// What the scenario states.
  public var offerKinds: Set<OfferKind> { list.offerKinds }

  /// It never changes.
  public var isConstant: Bool { true }

  /// The same prices every period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { list }
}
