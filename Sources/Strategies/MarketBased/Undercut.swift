import Demand
import Selling

/// A step below the cheapest rival, down to a floor.
public struct Undercut: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "undercut", family: .marketBased,
    idea:
      "Be the cheapest by a step, every period. At the floor it stops, or gives up and starts again from above, which "
      + "makes an Edgeworth cycle.",
    formula:
      "price = lowest of the rivals' last posted prices x (1 - step) - amount; where that is below unit cost x (1 + "
      + "floor): the floor or, with `reset`, unit cost x (1 + reset). While no rival is seen: the price under "
      + "`otherwise`, without it the own last price, and "
      + "without that the floor. Under price terms a rival's price is what its customers pay",
    needs: "the rivals' posted prices, one period late, and its own unit costs",
    works: "customers take the cheapest, and rivals answer late, cannot, or do not notice",
    fails:
      "rivals answer: each step is answered by a step, and both end at the floor with the customers they had; whoever "
      + "only matches then earns more",
    example: "price-war", belief: "rivals' prices",
    source: "Edgeworth (1925), Papers Relating to Political Economy I; Maskin & Tirole (1988), Econometrica 56",
    parameters: [step, amount, RivalPrices.floor, reset, RivalPrices.otherwise])

  static let step = Parameter(
    "step", .share(0...0.99), default: .number(0.01), "how far below the cheapest rival, as a share of its price")
  static let amount = Parameter(
    "amount", .number(0...1e12, unit: "money"), default: .number(0), "how far below, in money, on top of `step`")
  static let reset = Parameter(
    "reset", .share(-1...100), default: .absent,
    "the markup on unit cost to which the price returns when the step would go below the floor; it stays at the floor if "
      + "this is left out")

  private let step: Double
  private let amount: Double
  private let reset: Double?
  private let rivals: RivalPrices

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a reset below the floor, and where a product has no rival and no price is given for it.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    step = try arguments.number(Self.step)
    amount = try arguments.number(Self.amount)
    reset = arguments.optionalNumber(Self.reset)
    if let reset, try reset < arguments.number(RivalPrices.floor) {
      throw StrategyError("the reset is below the floor", parameter: Self.reset.name)
    }
    rivals = try RivalPrices(arguments, seller: seller, market: market)
  }

  /// Goes below what the rivals posted last. While none has a price: the price under `otherwise`, or the last own one, or
  /// the floor.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        guard let lowest = rivals.seen(product, view).map(\.price).min() else {
          return rivals.fallback(product, view)
        }
        let least = rivals.least(product, view)
        let wanted = lowest * (1 - step) - amount
        guard wanted < least else { return wanted }
        return reset.map { view.seller.products[product].unitCost * (1 + $0) } ?? least
      })
  }
}
