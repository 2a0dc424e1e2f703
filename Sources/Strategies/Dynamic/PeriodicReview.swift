import Demand
import Selling

/// A price that is looked at every few periods and moved by a step.
public struct PeriodicReview: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "periodic-review", family: .dynamic,
    idea:
      "Every few weeks the manager compares sales with the plan: above it the price goes up a step, below it down a step, "
      + "near it nothing happens.",
    formula:
      "at each review, price x (1 + step) if units sold since the last one exceed plan x (1 + tolerance), price x (1 - "
      + "step) if they fall short of plan x (1 - tolerance); within the range around the opening price and never below "
      + "unit cost, which goes before the range",
    needs: "its own sales, and a plan of them",
    works: "the plan is right, and demand moves slowly: the rule then finds the price at which the plan sells",
    fails:
      "the plan is wrong: in the example the rule cuts prices until a plan that is far too high would be met, and earns "
      + "less than a price that never moves",
    example: "fashion-season", belief: "own sales",
    source: "Bitran & Mondschein (1997), Management Science 43: periodic pricing of seasonal products in retailing",
    parameters: [opening, plan, every, step, tolerance, range])

  static let opening = Parameter(
    "opening", .prices, default: .required, "the prices until the first review", forGroups: true)
  static let plan = Parameter(
    "plan", .amounts(of: .products, 0...1e12, unit: "units a period"), default: .required,
    "the units of each product that are planned to be sold in a period; a product without a plan keeps its price")
  static let every = Parameter(
    "every", .count(1...10_000, unit: "periods"), default: .number(4), "how many periods pass between reviews")
  static let step = Parameter(
    "step", .share(0...0.9), default: .number(0.05), "by what share of the price a review moves it")
  static let tolerance = Parameter(
    "tolerance", .share(0...1), default: .number(0.1), "how far sales may stray from plan before the price moves")
  static let range = Parameter(
    "range", .share(0...0.99), default: .number(0.4), "how far the price may stray from the opening price")

  private let openingList: PriceList
  private let plan: [Int: Double]
  private let every: Int
  private let step: Double
  private let tolerance: Double
  private let range: Double
  private var current: PriceList
  /// Units sold since the last review, by product.
  private var sold: [Double]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without an opening price, and for an opening price of a bundle.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    openingList = try arguments.priceList(Self.opening, of: seller, calling: "opening price")
    guard openingList.offers.allSatisfy({ $0.contents.count == 1 }) else {
      throw StrategyError(
        "periodic-review compares each product's sales with plan; give no prices of bundles",
        parameter: Self.opening.name)
    }
    plan = arguments.valuesByIndex(Self.plan)
    every = try arguments.count(Self.every)
    step = try arguments.number(Self.step)
    tolerance = try arguments.number(Self.tolerance)
    range = try arguments.number(Self.range)
    current = openingList
    sold = [Double](repeating: 0, count: seller.products.count)
  }

  /// Those of the opening list.
  public var offerKinds: Set<OfferKind> { openingList.offerKinds }

  /// Without a step it never changes.
  public var isConstant: Bool { step == 0 || range == 0 }

  /// Counts the last period's sales, and moves prices when a review is due.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let elapsed = view.period - view.seller.presence.lowerBound
    guard elapsed > 0 else { return openingList }
    for sale in view.sales.last ?? [] {
      for product in sale.offer.contents.positions { sold[product] += sale.units }
    }
    guard elapsed % every == 0 else { return current }
    for (index, opening) in openingList.offers.enumerated() {
      for product in opening.contents.positions {
        guard let planned = plan[product] else { continue }
        let moved = current.offers[index].price * factor(sold[product], planned: planned * Double(every))
        let bounded = min(opening.price * (1 + range), max(opening.price * (1 - range), moved))
        current.offers[index].price = max(bounded, view.seller.unitCost(of: opening.contents))
      }
    }
    sold = sold.map { _ in 0 }
    return current
  }

  private func factor(_ sold: Double, planned: Double) -> Double {
    if sold > planned * (1 + tolerance) { return 1 + step }
    return sold < planned * (1 - tolerance) ? 1 - step : 1
  }
}
