import Demand
import Selling

/// A price that earns a wanted return on capital at planned volume.
public struct TargetReturn: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "target-return", family: .costBased,
    idea: "The price at which planned volume covers all cost and earns a wanted return on the capital employed.",
    formula: "price = unit cost + (fixed cost per period + return x capital / periods of the return) / planned units "
      + "per period, never below 0. Fixed cost includes "
      + "what capacity costs and the blocks of step costs that the units start",
    needs:
      "its own unit and fixed costs, the capital employed, and a planned volume; nothing about customers or rivals",
    works: "planned volume is sold whatever the price within reason, as under regulation or long contracts",
    fails:
      "volume depends on the price: planned units at the price that needs them are a wish, and one share of the wanted "
      + "profit on every unit drives away those who buy the cheap product",
    example: "full-cost-spiral", belief: "own costs",
    source:
      "Lanzillotti (1958), American Economic Review 48; Kotler & Keller, Marketing Management: target-return pricing",
    parameters: [wanted, capital, over, plannedUnits, FixedCostSpread.spread, FixedCostSpread.mix])

  static let wanted = Parameter(
    "return", .share(-0.99...100), default: .number(0.1),
    "the profit wanted, as a share of capital; negative for a loss that is put up with")
  static let capital = Parameter(
    "capital", .number(0...1e15, unit: "money"), default: .required, "the capital employed", isOwnMoney: true)
  static let over = Parameter(
    "over", .count(1...10_000, unit: "periods"), default: .absent,
    "the periods in which the return is to be earned, such as 52 weeks; the whole calendar if it is left out")
  static let plannedUnits = FullCostMarkup.plannedUnits

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
    amount = try arguments.number(Self.wanted) * arguments.number(Self.capital) / periods
    plannedUnits = try arguments.number(Self.plannedUnits)
    spread = try FixedCostSpread(arguments, seller: seller)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: spread.fullCosts(view.seller, units: plannedUnits, and: amount).map { max(0, $0) })
  }
}
