import Demand
import Selling

/// The price at which planned volume just covers all cost.
public struct BreakEven: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "break-even", family: .costBased,
    idea:
      "The lowest price at which planned volume covers all cost, and an outlay such as an advertising campaign within "
      + "a stated time: no profit, no loss.",
    formula: "price = unit cost + (fixed cost per period + outlay / periods of the payback) / planned units per period"
      + ". Fixed cost includes "
      + "what capacity costs and the blocks of step costs that the units start",
    needs: "its own unit and fixed costs, and a planned volume; nothing about customers or rivals",
    works: "the aim is to serve many without a loss, as a club or a public pool does, and planned volume is sold",
    fails:
      "planned volume is missed: every unit below plan is a loss; and where it is exceeded, customers would have paid "
      + "more",
    example: "full-cost-spiral", belief: "own costs",
    source:
      "Nagle & Müller, The Strategy and Tactics of Pricing: break-even analysis; Kotler & Keller, Marketing Management",
    parameters: [plannedUnits, outlay, over, FixedCostSpread.spread, FixedCostSpread.mix])

  static let plannedUnits = FullCostMarkup.plannedUnits
  static let outlay = Parameter(
    "outlay", .number(0...1e15, unit: "money"), default: .number(0),
    "a one-off outlay that the price is to bring back too; the simulation does not book it",
    isOwnMoney: true)
  static let over = Parameter(
    "over", .count(1...10_000, unit: "periods"), default: .absent,
    "the periods within which the outlay is to come back; the whole calendar if it is left out")

  private let amount: Double
  private let plannedUnits: Double
  private let spread: FixedCostSpread
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a spread in proportion to costs that are 0.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let periods = arguments.optionalNumber(Self.over) ?? Double(max(1, market.periodCount))
    amount = try arguments.number(Self.outlay) / periods
    plannedUnits = try arguments.number(Self.plannedUnits)
    spread = try FixedCostSpread(arguments, seller: seller)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: spread.fullCosts(view.seller, units: plannedUnits, and: amount))
  }
}
