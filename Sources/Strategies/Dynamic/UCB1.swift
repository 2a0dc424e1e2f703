import Demand
import Selling

/// The price that could still be the best.
public struct UCB1: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "ucb1", family: .dynamic,
    idea:
      "Be an optimist: post the price that earns most if all those that were rarely tried are as good as they can be.",
    formula:
      "each price once, in order; then that with the highest mean contribution per period / scale + sqrt(2 ln t / n), with n "
      + "periods at this price of t so far, ties at random. Contribution is revenue - unit cost x units. Each product by "
      + "itself; a sold-out period teaches nothing",
    needs: "a list of prices, the most that a period can bring, and its own sales and unit costs",
    works: "demand stays as it is, and the calendar is long: the regret grows with the logarithm of time only",
    fails:
      "the scale is far above what periods bring: the bonus for rare prices then drowns what was learnt, and all prices "
      + "are tried about equally often for a long time; far below, and a good price is given up after a bad day",
    example: "new-app-learning", belief: "own sales",
    source: "Auer, Cesa-Bianchi & Fischer (2002), Machine Learning 47: Finite-time Analysis of the Multiarmed Bandit "
      + "Problem, figure 1",
    parameters: [PriceGrid.prices, PriceGrid.base, scale])

  static let scale = Parameter(
    "scale", .number(1e-12...1e15, unit: "money"), default: .absent,
    "the most that a period can bring: the highest price times the customers that come. By default the highest price, "
      + "which is right for one customer a period")

  private var seller: GridSeller<UpperConfidenceRule>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, or products without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let scale = arguments.optionalNumber(Self.scale)
    self.seller = GridSeller(
      try PriceGrid.grids(arguments, seller), stocks: ProductStock.all(.ignored, seller, market)
    ) { UpperConfidenceRule(count: $0.count, scale: scale ?? $0.last ?? 1) }
  }

  /// One price of each product's grid.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { try seller.postPrices(view) }
}
