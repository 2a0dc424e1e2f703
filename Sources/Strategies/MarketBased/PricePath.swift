import Demand
import Foundation
import Selling

/// Prices that go from an opening level to their target by a stated path.
struct PricePath {
  static let target = Parameter("target", .prices, default: .required, "the prices at the end of the path")
  static let periods = Parameter(
    "periods", .count(1...10_000, unit: "periods"), default: .number(12),
    "after how many periods in the market the target is reached")
  static let path = Parameter(
    "path", .choice(["linear", "geometric"]), default: .choice("linear"),
    "whether each period changes the price by the same amount or by the same percentage")
  static let announced = Parameter(
    "announced", .choice(["yes", "no"]), default: .choice("no"),
    "whether customers are told the path; it matters to those who wait and believe announcements")

  private let target: PriceList
  private let opening: Double
  private let periods: Int
  private let isGeometric: Bool
  private let steps: [Double]
  private let start: Int
  let isAnnounced: Bool

  /// - Throws: ``StrategyError`` for a product without a target price.
  init(_ arguments: Arguments, seller: SellerProfile, opening: Parameter, steps: Parameter) throws {
    target = try arguments.priceList(Self.target, of: seller, calling: "target price")
    self.opening = try arguments.number(opening)
    periods = try arguments.count(Self.periods)
    isGeometric = try arguments.choice(Self.path) == "geometric"
    self.steps = arguments.numbers(steps)
    isAnnounced = try arguments.choice(Self.announced) == "yes"
    start = seller.presence.lowerBound
  }

  /// Whether it is the target from the first period on.
  var isConstant: Bool { steps.isEmpty ? opening == 1 : steps.allSatisfy { $0 == 1 } }

  /// The list of a period, from 0. The path begins with the seller's first period.
  func list(period: Int) -> PriceList {
    let share = share(after: max(0, period - start))
    return PriceList(target.offers.map { Offer($0.contents, price: $0.price * share) })
  }

  private func share(after elapsed: Int) -> Double {
    if let last = steps.last { return elapsed < steps.count ? steps[elapsed] : last }
    guard elapsed < periods else { return 1 }
    let done = Double(elapsed) / Double(periods)
    return isGeometric ? pow(opening, 1 - done) : opening + (1 - opening) * done
  }
}

/// A strategy that follows a path, whatever it sees.
protocol PathStrategy: PlannedStrategy {
  var path: PricePath { get }
}

extension PathStrategy {
  /// It is constant where it opens at the target.
  public var isConstant: Bool { path.isConstant }

  var isAnnounced: Bool { path.isAnnounced }

  func list(period: Int) -> PriceList { path.list(period: period) }
}
