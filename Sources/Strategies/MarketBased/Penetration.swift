import Demand
import Selling

/// A low price to open a market, which then rises to its target.
public struct Penetration: PathStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "penetration", family: .marketBased,
    idea: "Open far below the price that is wanted in the end, win customers and volume, and raise it step by step.",
    formula: "price = target x (opening + (1 - opening) t / n) for a linear path, target x opening^(1 - t / n) for a "
      + "geometric one, t periods after the first and n = `periods`; then the target",
    needs: "nothing but the plan itself",
    works: "what was sold early brings something later: experience, word of mouth, habit; and rivals cannot follow",
    fails:
      "nothing carries over from the first customers to the later ones: the low prices then were a present, and those "
      + "who remember them find the target dear",
    example: "new-battery", belief: "given plan",
    source:
      "Dean (1950), Harvard Business Review 28: Pricing Policies for New Products; Kotler & Keller, Marketing Management",
    parameters: [PricePath.target, opening, PricePath.periods, PricePath.path, steps, PricePath.announced])

  static let opening = Parameter(
    "opening", .share(0.01...1), default: .number(0.7), "the opening price as a share of the target")
  static let steps = Parameter(
    "steps", .numbers(0.01...1, unit: "share"), default: .absent,
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
