import Demand
import Selling

/// Each price as often as it is likely to be the best one.
public struct ThompsonSampling: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "thompson-sampling", family: .dynamic,
    idea:
      "Draw a guess of demand at each price from what sales so far leave open, and post what would be best if the guess "
      + "were right; with limited stock, what would make it last.",
    formula:
      "demand d_k at each price drawn from its posterior: Beta(1 + s, 1 + n - s) after s sales in n periods while no period "
      + "sold more than one unit, otherwise Gamma(1 + s, 1 / n) of a Poisson count, untried prices first. The price with the "
      + "highest (price - unit cost) x d_k, ties at random. With stock for the calendar: prices drawn by the shares x that "
      + "maximise sum x_k (price_k - unit cost) d_k, where sum x_k d_k keeps to the stock left / periods left (`update`) or "
      + "the first stock / all periods (`fixed`) and sum x_k to 1; the rest of the time nothing is offered. Each product by "
      + "itself; a sold-out period teaches nothing",
    needs: "a list of prices, and its own sales, unit costs and stock; nothing about customers or rivals",
    works: "demand stays as it is: it learns from little and stops trying bad prices early",
    fails:
      "demand moves with a season, or there are many prices: it learns each by itself, and does not know that fewer buy "
      + "at a higher one",
    example: "new-app-learning", belief: "own sales",
    source:
      "Thompson (1933), Biometrika 25; Ferreira, Simchi-Levi & Wang (2018), Operations Research 66: Online Network "
      + "Revenue Management Using Thompson Sampling",
    parameters: [PriceGrid.prices, PriceGrid.base, stock])

  static let stock = Parameter(
    "stock", .choice(ProductStock.Plan.allCases.map(\.rawValue)), default: .choice(ProductStock.Plan.update.rawValue),
    "how stock for the calendar is shared out: what is left over the periods left, the first stock over all periods, or "
      + "not at all")

  private var seller: GridSeller<ThompsonRule>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, products without a base price, or several
  ///   products that share a stock, which this rule does not plan.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let plan = ProductStock.Plan(rawValue: try arguments.choice(Self.stock)) ?? .update
    for capacity in seller.capacities where capacity.renewal == .never && plan != .ignored {
      guard capacity.use.count(where: { $0 > 0 }) < 2 else {
        throw StrategyError(
          "several products share \(capacity.name), and thompson-sampling plans stock for one product at a time; write "
            + "`stock: ignored`, or give each product a stock of its own", parameter: Self.stock.name)
      }
    }
    self.seller = GridSeller(
      try PriceGrid.grids(arguments, seller), stocks: ProductStock.all(plan, seller, market)
    ) { ThompsonRule(count: $0.count) }
  }

  /// One price of each product's grid, or none where the stock is better kept.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { try seller.postPrices(view) }
}
