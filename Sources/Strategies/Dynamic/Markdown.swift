import Demand
import Foundation
import Selling

/// Prices that fall by a stated cut every few periods.
public struct Markdown: PlannedStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "markdown", family: .dynamic,
    idea:
      "Start high for those who value it most, then cut the price step by step for the others; customers who see it "
      + "coming wait.",
    formula:
      "price = opening x max(lowest, (1 - cut)^k), with k the whole number of times that `every` periods have passed "
      + "since the seller's first period in the market; with a schedule, opening x (1 - its k-th cut), the last one for "
      + "good",
    needs: "nothing but the plan itself",
    works: "customers differ in what they would pay and do not wait, or stock has to go by a date",

    fails:
      "customers foresee the cuts and wait for them: in the example cuts that are kept secret earn less than one low price "
      + "all season, and only those announced to customers who would not buy today earn more",
    example: "winter-coats", belief: "given plan",
    source: "Lazear (1986), American Economic Review 76; Besanko & Winston (1990), Management Science 36",
    parameters: [opening, cut, every, lowest, schedule, announced])

  static let opening = Parameter(
    "opening", .prices, default: .required, "the prices of the first periods", forGroups: true)
  static let cut = Parameter(
    "cut", .share(0...0.99), default: .number(0.2), "by what share of the price each markdown cuts it")
  static let every = Parameter(
    "every", .count(1...10_000, unit: "periods"), default: .number(1), "how many periods pass from one cut to the next")
  static let lowest = Parameter(
    "lowest", .share(0...1), default: .number(0.3), "the share of the opening price below which it never falls")
  static let schedule = Parameter(
    "schedule", .numbers(0...1, unit: "share"), default: .absent,
    "cuts of the opening price, one after the other, each for `every` periods, in place of `cut` and `lowest`: 0%, 20%, "
      + "40%, say")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("yes"),
    "whether customers are told the plan; it matters to those who wait and believe announcements")

  private let openingList: PriceList
  private let cut: Double
  private let every: Int
  private let lowest: Double
  private let schedule: [Double]
  let isAnnounced: Bool
  private let start: Int

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without an opening price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    openingList = try arguments.priceList(Self.opening, of: seller, calling: "opening price")
    cut = try arguments.number(Self.cut)
    every = try arguments.count(Self.every)
    lowest = try arguments.number(Self.lowest)
    schedule = arguments.numbers(Self.schedule)
    isAnnounced = try arguments.choice(Self.announced) == "yes"
    start = seller.presence.lowerBound
  }

  /// Those of the opening list.
  public var offerKinds: Set<OfferKind> { openingList.offerKinds }

  /// Without a cut it never changes.
  public var isConstant: Bool {
    schedule.isEmpty ? cut == 0 || lowest == 1 : schedule.allSatisfy { $0 == schedule[0] }
  }

  func list(period: Int) -> PriceList {
    let step = max(0, period - start) / every
    guard schedule.isEmpty else { return openingList.scaled(by: 1 - schedule[min(step, schedule.count - 1)]) }
    return openingList.scaled(by: max(lowest, pow(1 - cut, Double(step))))
  }
}
