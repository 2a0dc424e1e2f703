import Demand
import Selling

/// Mostly the best price so far, now and then a random one.
public struct EpsilonGreedy: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "epsilon-greedy", family: .dynamic,
    idea:
      "Post the price that has earned most per period so far; now and then try any other, lest a good one be given up "
      + "after a bad day.",
    formula:
      "each price once, in order; then with probability epsilon a price drawn evenly from `prices`, otherwise the one with "
      + "the highest mean contribution (revenue - unit cost x units) per period, ties at random. With `fades after: m`, "
      + "epsilon x min(1, m / t) in period t. Each product by itself; a sold-out period teaches nothing",
    needs: "a list of prices, and its own sales and unit costs; nothing about customers or rivals",
    works: "a few prices, many periods, and demand that stays as it is",
    fails:
      "it never stops trying the worst price as often as the second best: with constant epsilon it loses the same share "
      + "of every period for good",
    example: "new-app-learning", belief: "own sales",
    source: "Sutton & Barto (2018), Reinforcement Learning, section 2.2; Auer, Cesa-Bianchi & Fischer (2002), Machine "
      + "Learning 47: Finite-time Analysis of the Multiarmed Bandit Problem",
    parameters: [PriceGrid.prices, PriceGrid.base, epsilon, fadesAfter])

  static let epsilon = Parameter(
    "epsilon", .share(0...1), default: .number(0.1), "how often a random price is tried; 0% for never")
  static let fadesAfter = Parameter(
    "fades after", .count(1...1_000_000_000, unit: "periods"), default: .absent,
    "the period from which epsilon falls as 1 over time; without it epsilon stays")

  private var seller: GridSeller<EpsilonGreedyRule>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, or products without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let epsilon = try arguments.number(Self.epsilon)
    let fadesAfter = arguments.optionalNumber(Self.fadesAfter) ?? .infinity
    self.seller = GridSeller(
      try PriceGrid.grids(arguments, seller), stocks: ProductStock.all(.ignored, seller, market)
    ) { EpsilonGreedyRule(count: $0.count, epsilon: epsilon, fadesAfter: fadesAfter) }
  }

  /// One price of each product's grid.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { try seller.postPrices(view) }
}
