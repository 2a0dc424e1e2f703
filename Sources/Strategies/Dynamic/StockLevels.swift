import Demand
import Foundation
import Selling

/// Stated prices by the share of stock that is left.
public struct StockLevels: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "stock-levels", family: .dynamic,
    idea:
      "The fewer are left, the dearer the next: the first seats go at a low price, the last ones at a high one, as the "
      + "counters of airlines and ticket shops do it.",
    formula:
      "price = that of the lowest level that the share of stock left is at or below, else the base price; of several "
      + "stocks that an offer uses, the scarcest decides",
    needs: "what is left of its stock",
    works: "nobody knows how strong demand is: the counter finds out, and moves the price with it",
    fails:
      "those who come late would pay less than those who came early: in the example the last dresses get dear when nobody "
      + "wants summer dresses any more; and stock that nobody wants stays at its first price",
    example: "fashion-season", belief: "own stock",
    source: "Talluri & van Ryzin (2004), The Theory and Practice of Revenue Management, chapter 5",
    parameters: [base, levels, levelPrices])

  static let base = Parameter(
    "base", .prices, default: .required, "the prices while more is left than at the highest level", forGroups: true)
  private static let levelName = "the share of stock that is left at most, as 25%"
  static let levels = Parameter(
    "levels", .amounts(of: .anything(levelName), 0...100, unit: "share"), default: .absent,
    "the prices from each level down, as shares of the base prices")
  static let levelPrices = Parameter(
    "level prices", .amounts(of: .anything(levelName), 0...1e12, unit: "money"), default: .absent,
    "the same in money, for a seller of one product")

  private let prices: PriceSteps
  /// The share left, by step.
  private let left: [Double]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without stock, a product without a base price, and a level that is no share.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    try seller.requireStock(for: "stock-levels")
    let base = try arguments.priceList(Self.base, of: seller, calling: "base price")
    prices = try PriceSteps(arguments, base: base, shares: Self.levels, prices: Self.levelPrices)
    left = try prices.read(Self.levelName, Self.share)
  }

  /// A share written as 25% or 0.25; nil for anything else.
  private static func share(_ name: String) -> Double? {
    let isPercentage = name.hasSuffix("%")
    guard let number = Double(isPercentage ? String(name.dropLast()) : name) else { return nil }
    let share = isPercentage ? number / 100 : number
    return (0...1).contains(share) ? share : nil
  }

  /// Those of the base prices.
  public var offerKinds: Set<OfferKind> { prices.offerKinds }

  /// It never changes where all levels have the base prices.
  public var isConstant: Bool { prices.areAllBase }

  /// Each offer at the price of its level; an offer that uses no stock at its base price.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    var list = prices.list(nil)
    guard view.period >= 0 else { return list }
    for index in list.offers.indices {
      guard let share = view.shareOfStockLeft(for: list.offers[index].contents) else { continue }
      let level = left.indices.filter { share <= left[$0] }.min { left[$0] < left[$1] }
      list.offers[index] = prices.list(level).offers[index]
    }
    return list
  }
}
