import Demand
import Selling

/// Markup on full cost.
public struct FullCostMarkup: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "full-cost-markup", family: .costBased,
    idea: "A price that covers all cost and leaves a wanted profit: unit cost, plus fixed cost spread over planned "
      + "volume or over what was sold lately, plus a markup.",
    formula:
      "price = (unit cost + fixed cost per period / units per period) x (1 + markup), with the units planned or, "
      + "with `volume: trailing`, the mean of the last `periods` periods; then at most (1 + largest rise) times the "
      + "price of the planned volume. Fixed cost includes "
      + "what capacity costs and the blocks of step costs that the units start",
    needs: "its own unit and fixed costs, and a planned volume; nothing about customers or rivals",
    works: "planned volume is close to what is sold and the markup happens to fit what customers bear",
    fails:
      "planned volume is missed: nothing in the formula notices customers or rivals, so that the price is too high in a "
      + "weak market and too low in a strong one. With trailing volume the mistake feeds itself: a higher price sells "
      + "less, fixed cost then falls on fewer units, and the price rises again",
    example: "full-cost-spiral", belief: "own costs",
    source:
      "Hall & Hitch (1939), Oxford Economic Papers 2; Nagle & Müller, The Strategy and Tactics of Pricing; Kotler & Keller, Marketing Management",
    parameters: [
      markup, plannedUnits, volume, periods, largestRise, FixedCostSpread.spread, FixedCostSpread.mix,
    ])

  static let markup = Parameter(
    "markup", .share(-0.99...100), default: .number(0.35), "the profit wanted on top of full cost, as a share of it")
  static let plannedUnits = Parameter(
    "planned units", .number(1e-6...1e12, unit: "units per period"), default: .required,
    "units of all products that the seller plans to sell in a period; fixed cost is spread over them")
  static let volume = Parameter(
    "volume", .choice(["planned", "trailing"]), default: .choice("planned"),
    "the units over which fixed cost is spread: those planned, or the mean of the last periods' own sales, and those "
      + "planned until there are some")
  static let periods = Parameter(
    "periods", .count(1...10_000, unit: "periods"), default: .number(4), "how many periods trailing volume looks back")
  static let largestRise = Parameter(
    "largest rise", .share(0...1000), default: .number(2),
    "how far trailing volume may lift the price above that of the planned volume; where nothing was sold, the price "
      + "stands there")

  private let markup: Double
  private let plannedUnits: Double
  private let trailingPeriods: Int?
  private let largestRise: Double
  private let spread: FixedCostSpread
  /// It never changes, unless unit costs do or volume is trailing.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a spread in proportion to costs that are 0.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    markup = try arguments.number(Self.markup)
    plannedUnits = try arguments.number(Self.plannedUnits)
    trailingPeriods = try arguments.choice(Self.volume) == "trailing" ? try arguments.count(Self.periods) : nil
    largestRise = try arguments.number(Self.largestRise)
    spread = try FixedCostSpread(arguments, seller: seller)
    isConstant = seller.hasConstantUnitCosts && trailingPeriods == nil
  }

  /// Prices at the unit costs that the seller knows, and at the fixed cost of the planned or trailing volume.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let planned = prices(view.seller, units: plannedUnits)
    guard let sold = trailingUnits(view) else { return PriceList(prices: planned) }
    let trailing = prices(view.seller, units: sold.reduce(0, +), sold: sold)
    return PriceList(prices: zip(trailing, planned).map { min($0, $1 * (1 + largestRise)) })
  }

  private func prices(_ seller: SellerProfile, units: Double, sold: [Double]? = nil) -> [Double] {
    spread.fullCosts(seller, units: units, sold: sold).map { $0 * (1 + markup) }
  }

  /// Mean units by product of the last periods in the market; nil without any, or where volume is planned.
  private func trailingUnits(_ view: SellerView) -> [Double]? {
    let first = view.seller.presence.lowerBound
    guard let trailingPeriods, view.sales.count > first else { return nil }
    let periods = max(first, view.sales.count - trailingPeriods)..<view.sales.count
    return view.seller.products.indices.map { product in
      periods.reduce(0) { $0 + view.unitsSold(ofProduct: product, period: $1) } / Double(periods.count)
    }
  }
}
