import Demand
import Selling

/// A discount shortly before what is left perishes.
public struct LastMinute: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "last-minute", family: .dynamic,
    idea:
      "What is not sold by the last day is worth nothing: cut the price in the last periods if too much is left. "
      + "Customers who learn of it wait for it.",
    formula:
      "price = base price x (1 - discount) in the last `periods` of the calendar, as long as more than `if left` of the "
      + "stock is there; else the base price. Of several stocks that an offer uses, the scarcest decides",
    needs: "what is left of its stock",
    works: "stock is left because demand was weaker than planned, and those who come last minute did not wait for it",
    fails:
      "those who come last would have paid the full price, as in the example; and where the discount is advertised, "
      + "customers who come before it wait for it",
    example: "stadium-tickets", belief: "own stock",
    source:
      "Ovchinnikov & Milner (2012), Production and Operations Management 21; Jerath, Netessine & Veeraraghavan (2010), "
      + "Management Science 56",
    parameters: [base, discount, periods, ifLeft, announced])

  static let base = Parameter("base", .prices, default: .required, "the prices until then", forGroups: true)
  static let discount = Parameter(
    "discount", .share(0...1), default: .number(0.3), "by what share of the base price the last minute is cheaper")
  static let periods = Parameter(
    "periods", .count(1...10_000, unit: "periods"), default: .number(3),
    "how many periods before the end of the calendar the last minute begins; 1 is the last period alone")
  static let ifLeft = Parameter(
    "if left", .share(0...1), default: .number(0.2), "the share of stock that has to be left, and more, for a discount")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("no"),
    "whether customers are told of the discount, for as long as enough is left for it today; it matters to those who wait "
      + "and believe announcements")

  private let base: PriceList
  private let discount: Double
  private let ifLeft: Double
  private let isAnnounced: Bool
  /// The first period of the last minute.
  private let first: Int

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without stock, and for a product without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    try seller.requireStock(for: "last-minute")
    base = try arguments.priceList(Self.base, of: seller, calling: "base price")
    discount = try arguments.number(Self.discount)
    ifLeft = try arguments.number(Self.ifLeft)
    isAnnounced = try arguments.choice(Self.announced) == "yes"
    first = seller.lastPeriod(of: market) + 1 - (try arguments.count(Self.periods))
  }

  /// Those of the base prices.
  public var offerKinds: Set<OfferKind> { base.offerKinds }

  /// Without a discount it never changes.
  public var isConstant: Bool { discount == 0 || ifLeft == 1 }

  /// The base prices, or less if enough is left in the last minute.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { list(view, period: view.period) }

  /// What would be charged if as much were left as today.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    isAnnounced ? (1..<(1 + max(0, periods))).map { list(view, period: view.period + $0) } : nil
  }

  private func list(_ view: SellerView, period: Int) -> PriceList {
    var list = base
    guard period >= max(0, first) else { return list }
    for index in list.offers.indices {
      guard let share = view.shareOfStockLeft(for: list.offers[index].contents), share > ifLeft else { continue }
      list.offers[index].price *= 1 - discount
    }
    return list
  }
}
