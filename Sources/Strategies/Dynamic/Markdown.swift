import Demand
import Foundation
import Selling

/// Prices that fall by a stated cut every few periods.
public struct Markdown: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "markdown", family: .dynamic,
    idea:
      "Start high for those who value it most, then cut the price step by step for the others; customers who see it "
      + "coming wait.",
    formula:
      "price = opening x max(lowest, (1 - cut)^k), with k the whole number of times that `every` periods have passed "
      + "since the seller's first period in the market",
    needs: "nothing but the plan itself",
    works: "customers differ in what they would pay and do not wait, or stock has to go by a date",

    fails:
      "customers foresee the cuts and wait for them: in the example cuts that are kept secret earn less than one low price "
      + "all season, and only those announced to customers who would not buy today earn more",
    example: "winter-coats", belief: "given plan",
    source: "Lazear (1986), American Economic Review 76; Besanko & Winston (1990), Management Science 36",
    parameters: [opening, cut, every, lowest, announced])

  static let opening = Parameter(
    "opening", .prices, default: .required, "the prices of the first periods", forGroups: true)
  static let cut = Parameter(
    "cut", .share(0...0.99), default: .number(0.2), "by what share of the price each markdown cuts it")
  static let every = Parameter(
    "every", .count(1...10_000, unit: "periods"), default: .number(1), "how many periods pass from one cut to the next")
  static let lowest = Parameter(
    "lowest", .share(0...1), default: .number(0.3), "the share of the opening price below which it never falls")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("yes"),
    "whether customers are told the plan; it matters to those who wait and believe announcements")

  private let openingList: PriceList
  private let cut: Double
  private let every: Int
  private let lowest: Double
  private let isAnnounced: Bool
  private let start: Int

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without an opening price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    openingList = try arguments.priceList(Self.opening, of: seller, calling: "opening price")
    cut = try arguments.number(Self.cut)
    every = try arguments.count(Self.every)
    lowest = try arguments.number(Self.lowest)
    isAnnounced = try arguments.choice(Self.announced) == "yes"
    start = seller.presence.lowerBound
  }

  /// Those of the opening list.
  public var offerKinds: Set<OfferKind> { openingList.offerKinds }

  /// Without a cut it never changes.
  public var isConstant: Bool { cut == 0 || lowest == 1 }

  /// The prices that the plan has for the period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { list(period: view.period) }

  /// The plan, if customers are told.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    isAnnounced ? (1..<(1 + max(0, periods))).map { list(period: view.period + $0) } : nil
  }

  private func list(period: Int) -> PriceList {
    let factor = max(lowest, pow(1 - cut, Double(max(0, period - start) / every)))
    return PriceList(
      openingList.offers.map { offer in
        var offer = offer
        offer.price *= factor
        return offer
      })
  }
}
