import Demand
import Selling

/// Every price for a while, then the best for good.
public struct ExploreThenCommit: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "explore-then-commit", family: .dynamic,
    idea: "A price test: try every price equally often, then keep the one that earned most.",
    formula:
      "`rounds` times each price, in turn; then the one with the highest mean contribution (revenue - unit cost x units) per "
      + "period, for good, ties at random. Without `rounds`: (T / K)^(2/3), rounded down, for T periods and K prices. Each "
      + "product by itself; a sold-out period teaches nothing",
    needs: "a list of prices, and its own sales and unit costs; nothing about customers or rivals",
    works: "the price cannot be changed for ever, or the test has to be plain enough to be explained",
    fails:
      "it pays for bad prices to the end of the test, however clear the case is, and a mistake at its end is never "
      + "repaired",
    example: "new-app-learning", belief: "own sales",
    source: "Robbins (1952), Bulletin of the American Mathematical Society 58; Slivkins (2019), Introduction to "
      + "Multi-Armed Bandits, section 1.2",
    parameters: [PriceGrid.prices, PriceGrid.base, rounds])

  static let rounds = Parameter(
    "rounds", .count(1...1_000_000_000, unit: "periods"), default: .absent,
    "for how many periods each price is tried; by default what suits the length of the calendar")

  private var seller: GridSeller<ExploreThenCommitRule>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for prices that are not above 0 or do not rise, or products without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let given = arguments.optionalNumber(Self.rounds)
    let stocks = ProductStock.all(.ignored, seller, market)
    let periods = ProductStock.periods(of: seller, market).count
    self.seller = GridSeller(try PriceGrid.grids(arguments, seller), stocks: stocks) { grid in
      let usual = ExploreThenCommitRule.usualRounds(periods: periods, prices: grid.count)
      return ExploreThenCommitRule(count: grid.count, rounds: given.map { Int($0) } ?? usual)
    }
  }

  /// One price of each product's grid.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { try seller.postPrices(view) }
}
