import Demand
import Foundation
import Selling

/// Value in use over the life of a contract: see ``entry``.
public struct ValueInUse: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "value-in-use", family: .valueBased,
    idea:
      "Work out what the customer saves or earns by using the offer over a contract's life, discount it, take off the "
      + "cost of switching, and charge the alternative's price plus a share of what is left.",
    formula:
      "a = sum over t = 1..life of (1 + discount rate)^-t; value = a x (sum of savings per period) - switching cost; paid "
      + "at once: price = reference + share x value; paid per period: price = reference + share x value / a; share is "
      + "`captured` where value is positive and 100% where it is negative; never below unit cost. While no alternative is seen and none is given under `otherwise`, the own last price, and "
      + "before there is one unit cost",
    needs: "the rivals' posted prices, the customer's savings in use, and the customer's cost of capital",
    works: "long contracts with business customers who calculate, and savings that can be measured",
    fails: "customers discount more than is thought, or do not believe savings that come later",
    example: "service-contract", belief: "stated value",
    source:
      "Forbis & Mehta (1981), Business Horizons 24: value-based strategies for industrial products; Anderson & Narus "
      + "(1998), Harvard Business Review 76",
    parameters: [
      ReferenceAlternative.nextBest, ReferenceAlternative.reference, saves, switchingCost, life, discountRate, paid,
      captured, ValueDrivers.products, ReferenceAlternative.otherwise,
    ])

  static let saves = Parameter(
    "saves", .amounts(of: .anything("a driver"), -1e12...1e12, unit: "money per period"), default: .required,
    "what the customer saves or earns more in each period of use than with the alternative, by driver")
  static let switchingCost = Parameter(
    "switching cost", .number(0...1e12, unit: "money"), default: .number(0),
    "what it costs the customer once to change over: installation, training, risk")
  static let life = Parameter(
    "life", .count(1...100_000, unit: "periods"), default: .number(12), "how many periods of use a contract has")
  static let discountRate = Parameter(
    "discount rate", .share(0...10), default: .number(0), "the customer's cost of capital per period")
  static let paid = Parameter(
    "paid", .choice(["per period", "at once"]), default: .choice("per period"),
    "whether prices, the alternative's too, are for one period of use or for the whole life")
  static let captured = Parameter(
    "captured", .share(0...1), default: .number(0.5), "the share of the value that is charged")

  private let alternative: ReferenceAlternative
  private let premium: Double
  private let valued: Set<Int>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where a product has no alternative.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let factor = Self.annuityFactor(
      rate: try arguments.number(Self.discountRate), periods: try arguments.count(Self.life))
    let savings = arguments.amounts(Self.saves).reduce(0) { $0 + $1.value }
    let value = factor * savings - (try arguments.number(Self.switchingCost))
    let share = value > 0 ? try arguments.number(Self.captured) : 1
    premium = share * value / (try arguments.choice(Self.paid) == "at once" ? 1 : factor)
    valued = Set(arguments.products(ValueDrivers.products) ?? Array(seller.products.indices))
    alternative = try ReferenceAlternative(
      arguments, seller: seller, market: market, products: Array(seller.products.indices))
  }

  /// What 1 at the end of each period is worth at their beginning: (1 - (1 + rate)^-n) / rate, n without a rate. Verified
  /// against the sum itself (`ValueStrategyTests`).
  static func annuityFactor(rate: Double, periods: Int) -> Double {
    rate == 0 ? Double(periods) : -expm1(-Double(periods) * log1p(rate)) / rate
  }

  /// The alternative's price and the share of the value; other products are priced like the alternative; as last posted
  /// where none is seen.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        let unitCost = view.seller.products[product].unitCost
        guard let reference = alternative.price(ofProduct: product, view) else {
          return alternative.fallback(product, view)
        }
        return max(unitCost, valued.contains(product) ? reference + premium : reference)
      })
  }
}
