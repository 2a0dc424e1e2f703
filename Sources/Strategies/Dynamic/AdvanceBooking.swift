import Demand
import Selling

/// Stated prices by the time that is left before the service is delivered.
public struct AdvanceBooking: PlannedStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "advance-booking", family: .dynamic,
    idea:
      "The price rises as the day comes near: who books early is price-sensitive, who books late needs it. The stairs "
      + "are stated beforehand and look at nothing else.",
    formula:
      "price = that of the step with the largest number of periods that are still left after this one (0 in the last "
      + "period of the calendar), else the base price",
    needs: "when which customers book; nothing that happens while it runs",
    works: "those who come late are willing to pay more than those who come early",
    fails:
      "it looks at nothing: in the example tickets get dear for a match that nobody wants too, and prices that follow the "
      + "seats that are left, or one price that was chosen well, earn more",
    example: "stadium-tickets", belief: "given plan",
    source:
      "Talluri & van Ryzin (2004), The Theory and Practice of Revenue Management, chapter 1; Su (2007), Management "
      + "Science 53",
    parameters: [base, steps, stepPrices, announced])

  static let base = Parameter(
    "base", .prices, default: .required, "the prices after the last step: those of the last periods", forGroups: true)
  private static let stepName = "the least number of periods that are left after this one, as 14"
  static let steps = Parameter(
    "steps", .amounts(of: .anything(stepName), 0...100, unit: "share"), default: .absent,
    "the prices while at least so many periods are left, as shares of the base prices")
  static let stepPrices = Parameter(
    "step prices", .amounts(of: .anything(stepName), 0...1e12, unit: "money"), default: .absent,
    "the same in money, for a seller of one product")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("yes"),
    "whether customers are told the stairs; it matters to those who wait and believe announcements")

  private let prices: PriceSteps
  /// Periods left, by step.
  private let left: [Int]
  private let last: Int
  let isAnnounced: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without a base price, and for a step that is not a number of periods.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let base = try arguments.priceList(Self.base, of: seller, calling: "base price")
    prices = try PriceSteps(arguments, base: base, shares: Self.steps, prices: Self.stepPrices)
    left = try prices.read(Self.stepName) { name in Int(name).flatMap { $0 >= 0 ? $0 : nil } }
    last = seller.lastPeriod(of: market)
    isAnnounced = try arguments.choice(Self.announced) == "yes"
  }

  /// Those of the base prices.
  public var offerKinds: Set<OfferKind> { prices.offerKinds }

  /// It never changes where all steps have the base prices.
  public var isConstant: Bool { prices.areAllBase }

  func list(period: Int) -> PriceList {
    let remaining = last - max(0, period)
    return prices.list(left.indices.filter { left[$0] <= remaining }.max { left[$0] < left[$1] })
  }
}
