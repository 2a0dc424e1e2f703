import Demand
import Foundation
import Selling

/// Fare classes that share one capacity, with units kept for the dearer ones.
public struct BookingLimits: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "booking-limits", family: .dynamic,
    idea:
      "Those who pay least often book first. Sell them some units cheaply, and keep so many for those who come later and "
      + "pay more that the last unit kept is worth just what it would bring now.",
    formula:
      "class j + 1 is sold while more than y_j units are left. Littlewood: P(D_1 > y_1) = f_2 / f_1. EMSR-a adds this up "
      + "for each pair of classes, EMSR-b takes all dearer ones as one at their mean fare. Optimal: "
      + "P(D_1 > y_1, ..., D_1 + ... + D_j > y_j) = f_{j+1} / f_1. Fares f are net of unit cost",
    needs: "the prices of the classes, and how many would book each at them; its own capacity",
    works: "cheap classes book first, classes are fenced off from each other, and capacity is scarce",
    fails:
      "the forecast expects more dear customers than come: seats are kept for them and stay empty; or dear customers may buy "
      + "cheap classes, or book no later than others, which no rule here looks at",
    example: "flight-four-classes", belief: "perfect",
    source:
      "Littlewood (1972), AGIFORS 12; Belobaba (1987, 1992); Brumelle & McGill (1993), Operations Research 41",
    parameters: [prices, method, demand, deviation])

  static let prices = Parameter("prices", .prices, default: .required, "the price of each class")
  static let method = Parameter(
    "method", .choice(["littlewood", "emsr-a", "emsr-b", "optimal"]), default: .choice("emsr-b"),
    "how many units are kept; littlewood is for two classes")
  static let demand = Parameter(
    "demand", .amounts(of: .products, 0...1e6, unit: "bookings"), default: .absent,
    "how many would book each class at its price while the capacity is sold: over the calendar, or in each period where it "
      + "is there anew. The limits then stay as they are. Without it, what the model of the market expects from now on")
  static let deviation = Parameter(
    "deviation", .amounts(of: .products, 0...1e6, unit: "bookings"), default: .absent,
    "the standard deviation of each demand, which is then taken as normal; without it demand is Poisson")

  private struct Question: Hashable {
    let fares: [Double]
    let demands: [Double]
  }

  private let list: PriceList
  private let method: String
  private let demands: [Double]?
  private let deviations: [Double]?
  private let capacity: Int
  private let units: Int
  private let isRenewed: Bool
  private let known = Remembered<Question, [Int]>(most: 10_000)

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless all products use as much of one capacity and each earns more than it costs; for a
  ///   class without demand or deviation where others have one, deviations without demand, and Littlewood's rule for more
  ///   than two classes.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    list = try arguments.priceList(Self.prices, of: seller)
    method = try arguments.choice(Self.method)
    let used = seller.capacities.indices.filter { seller.capacities[$0].use.contains { $0 > 0 } }
    guard let capacity = used.first, used.count == 1, let use = seller.capacities[capacity].use.first, use > 0,
      seller.capacities[capacity].use.allSatisfy({ $0 == use })
    else {
      throw StrategyError(
        "booking-limits are for classes that each use as much of one capacity; \(seller.name) has "
          + (seller.capacities.isEmpty ? "none" : "others: take bid-prices"))
    }
    self.capacity = capacity
    units = use
    isRenewed = seller.capacities[capacity].renewal == .eachPeriod
    demands = try arguments.amountsForAll(Self.demand, of: seller)
    deviations = try arguments.amountsForAll(Self.deviation, of: seller)
    guard deviations == nil || demands != nil else {
      throw StrategyError("deviations need the demand that they are for", parameter: Self.deviation.name)
    }
    guard method != "littlewood" || seller.products.count == 2 else {
      throw StrategyError(
        "Littlewood's rule is for two classes; \(seller.name) has \(seller.products.count)", parameter: Self.method.name
      )
    }
    guard list.offers.count == seller.products.count, list.offers.allSatisfy({ $0.contents.count == 1 }) else {
      throw StrategyError("booking-limits take one price for each product and no bundles", parameter: Self.prices.name)
    }
    for (product, sold) in seller.products.enumerated() {
      let price = list.price(ofProduct: product) ?? 0
      guard price > sold.unitCost else {
        throw StrategyError(
          "\(sold.name) at \(price) does not earn its unit cost of \(sold.unitCost)", parameter: Self.prices.name)
      }
    }
  }

  /// It wants to know demand, unless that was stated.
  public var belief: BeliefPlan? { demands == nil ? .demand : nil }
  /// Where its limits come from.
  public var beliefSource: String { demands == nil ? Self.entry.belief : "given forecast" }

  /// The classes with their protection levels; stated demand sets them once, believed demand in each period for what is
  /// left of it.
  ///
  /// - Throws: ``StrategyError`` where demand cannot be computed.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period >= 0 else { return list }
    let prices = view.seller.products.indices.map { list.price(ofProduct: $0) ?? 0 }
    let fares = zip(prices, view.seller.products).map { $0 - $1.unitCost }
    let size = view.seller.capacities[capacity].units / units
    do {
      let believed = try demands ?? believedDemands(view, prices)
      let levels = try known.answer(Question(fares: fares, demands: believed)) {
        try protection(fares: fares, demands: believed, size: size)
      }
      var posted = list
      for place in posted.offers.indices {
        posted.offers[place].protection = levels[posted.offers[place].contents.positions[0]] * units
      }
      return posted
    } catch let error as StrategyError {
      throw error
    } catch {
      throw StrategyError("booking-limits: \(error)")
    }
  }

  private func believedDemands(_ view: SellerView, _ prices: [Double]) throws -> [Double] {
    let periods = isRenewed ? view.period..<view.period + 1 : view.periodsLeft
    return try BelievedDemand(view).units(at: prices, periods: periods)
  }

  /// Units kept from each class, by product.
  private func protection(fares: [Double], demands: [Double], size: Int) throws -> [Int] {
    // Classes at the same fare are one.
    let steps = Set(fares.filter { $0 > 0 }).sorted(by: >)
    var levels = fares.map { _ in size }
    guard !steps.isEmpty else { return levels }
    let classes = try FareClasses(
      fares: steps,
      demands: steps.map { fare in
        let members = fares.indices.filter { fares[$0] == fare }
        let mean = members.reduce(0) { $0 + demands[$1] }
        guard let deviations else { return .poisson(mean: mean) }
        let variance = members.reduce(0) { $0 + deviations[$1] * deviations[$1] }
        return .normal(mean: mean, deviation: variance.squareRoot())
      })
    let kept = [0] + (try levelsByFare(classes, size: size))
    for (product, fare) in fares.enumerated() {
      guard let place = steps.firstIndex(of: fare) else { continue }
      levels[product] = kept[place]
    }
    return levels
  }

  private func levelsByFare(_ classes: FareClasses, size: Int) throws -> [Int] {
    let levels: [Double]
    switch method {
    case "optimal":
      let isNormal = deviations?.allSatisfy { $0 > 0 } ?? false
      guard isNormal else { return try CountedClasses(classes, capacity: size).optimalLevels }
      levels = try classes.optimalLevels()
    case "emsr-b": levels = try classes.emsrB()
    default: levels = try classes.emsrA()
    }
    return levels.map { Int(min(Double(size), $0.rounded())) }
  }
}
