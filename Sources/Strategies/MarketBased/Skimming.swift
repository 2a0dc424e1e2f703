import Demand
import Selling

/// A high price to open a market, which then falls to its target.
public struct Skimming: PathStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "skimming", family: .marketBased,
    idea:
      "Open far above the price that is wanted in the end, sell to those who will not wait, and come down step by step "
      + "to the others.",
    formula: "price = target x (opening + (1 - opening) t / n) for a linear path, target x opening^(1 - t / n) for a "
      + "geometric one, t periods after the first and n = `periods`; then the target",
    needs: "nothing but the plan itself",
    works: "customers differ in what they would pay, buy once, and do not wait; and no rival is near",
    fails:
      "volume brings cost down or rivals are near: the customers of the high price are few, and the others are gone, or "
      + "wait for the fall",
    example: "new-battery", belief: "given plan",
    source: "Dean (1950), Harvard Business Review 28: Pricing Policies for New Products; Stokey (1979), QJE 93",
    parameters: [PricePath.target, opening, PricePath.periods, PricePath.path, steps, PricePath.announced])

  static let opening = Parameter(
    "opening", .share(1...100), default: .number(1.5), "the opening price as a share of the target")
  static let steps = Parameter(
    "steps", .numbers(1...100, unit: "share"), default: .absent,
    "the path period by period as shares of the target, in place of `opening`, `periods` and `path`; the last one stays"
  )

  let path: PricePath

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without a target price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    path = try PricePath(arguments, seller: seller, opening: Self.opening, steps: Self.steps)
  }
}
