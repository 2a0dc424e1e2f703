import Demand
import Selling

/// The best price for demand as estimated from own sales, with prices kept apart enough to estimate it.
public struct ControlledVariance: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "controlled-variance", family: .dynamic,
    idea:
      "Fit a demand line to own sales and charge what is best for it; but keep prices apart from their mean so far, so "
      + "that the line stays known.",
    formula:
      "units = a - b x price by least squares over all periods; price = (a / b + unit cost) / 2 within lowest to highest, or "
      + "the nearest one that keeps the sum of squared deviations of t prices from their mean at control x (p1 - p2)^2 / 2 x "
      + "(t / 2)^growth or more. The first two prices, p1 and p2, are a quarter and three quarters on from lowest to "
      + "highest; where the line does not fall, that of the two which is further from the mean. Each product by itself; a "
      + "sold-out period teaches nothing",
    needs: "a range of prices, and its own sales and unit costs; nothing about customers or rivals",
    works: "demand is close to a line around the best price and stays as it is; a bent one is fitted where prices are "
      + "posted, which is often enough",
    fails:
      "demand jumps or shifts: the fit weighs the first periods as much as the last. With `control: 0%` prices can "
      + "settle at a wrong one, where sales confirm the fit and nothing new is learnt",
    example: "new-app-learning", belief: "own sales",
    source: "den Boer & Zwart (2014), Management Science 60: Simultaneously Learning and Optimizing Using Controlled "
      + "Variance Pricing; Besbes & Zeevi (2015), Management Science 61, on lines where demand is bent",
    parameters: [lowest, highest, control, growth])

  static let lowest = Parameter("lowest", .prices, default: .required, "the lowest price of each product")
  static let highest = Parameter("highest", .prices, default: .required, "the highest price of each product")
  static let control = Parameter(
    "control", .share(0...1), default: .number(0.5),
    "how far prices have to stay apart: the share of the spread of the first two that is kept; 0% for no control")
  static let growth = Parameter(
    "growth", .number(0.1...0.9, unit: ""), default: .number(0.5),
    "the power of time with which the sum of squared deviations has to grow; 0.5 balances learning and earning")

  private var rules: [ControlledVarianceRule]
  private let stocks: [ProductStock]
  private var wasForSale: [Bool]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without lowest or highest price, or with the two in the wrong order.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let lowest = try arguments.priceList(Self.lowest, of: seller, calling: "lowest price")
    let highest = try arguments.priceList(Self.highest, of: seller, calling: "highest price")
    let control = try arguments.number(Self.control)
    let growth = try arguments.number(Self.growth)
    rules = try seller.products.enumerated().map { product, sold in
      guard let low = lowest.price(ofProduct: product), let high = highest.price(ofProduct: product) else {
        throw StrategyError("\(sold.name) needs a lowest and a highest price of its own", parameter: Self.lowest.name)
      }
      guard low <= high else {
        throw StrategyError(
          "the lowest price of \(sold.name) is \(low), above its highest, \(high)", parameter: Self.lowest.name)
      }
      return ControlledVarianceRule(range: low...high, control: control, exponent: growth)
    }
    stocks = ProductStock.all(.ignored, seller, market)
    wasForSale = rules.map { _ in false }
  }

  /// The next price of each product, after learning from the last period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    for product in rules.indices where view.period >= 0 {
      if wasForSale[product], let sold = view.lastSales(ofProduct: product) {
        rules[product].learn(price: sold.offer.price, units: sold.units)
      }
      wasForSale[product] = stocks[product].hasLeft(view)
    }
    return PriceList(
      prices: zip(rules, view.seller.products).map { $0.price(unitCost: $1.unitCost) })
  }
}
