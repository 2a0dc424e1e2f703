import Foundation
import GSL

/// One price for all the time that stock is sold.
///
/// Verified against the best fixed prices of a worked example (`StockValueTests`), against a grid, and to earn no more
/// than the best prices by units and time left.
public struct FixedStockPrice: Sendable, Hashable {
  /// The price, in money.
  public let price: Double
  /// What it is expected to earn over unit cost, in money.
  public let value: Double

  /// What a fixed price is expected to earn over unit cost: (p - c) E[min(D, n)], where D is Poisson with mean
  /// ``StockDemand/buyers(at:)``.
  ///
  /// - Throws: ``DemandError`` for negative stock; what the curves throw.
  public init(_ price: Double, units: Int, _ demand: StockDemand) throws {
    guard units >= 0 else { throw DemandError("stock is \(units) units; it is at least 0") }
    self.price = price
    let sold = try Self.expectedSales(demand: demand.buyers(at: price), units: units)
    value = sold > 0 ? (price - demand.unitCost) * sold : 0
  }

  /// E[min(D, n)] for a Poisson D of this mean.
  private static func expectedSales(demand mean: Double, units: Int) throws -> Double {
    guard units > 0, mean > 0 else { return 0 }
    let count = try Poisson(mean: mean)
    return try mean * count.cdf(units - 1) + Double(units) * count.survival(units)
  }

  /// The fixed price that earns most.
  ///
  /// - Parameter prices: the only prices that may be asked; nil for any.
  /// - Throws: ``DemandError`` for less than one unit or an empty list; what the curves throw.
  public static func best(_ demand: StockDemand, units: Int, prices: [Double]? = nil) throws -> FixedStockPrice {
    try best(demand, units: units, prices: prices) { try FixedStockPrice($0, units: units, demand).value }
  }

  /// The fixed-price heuristic: the higher of the price at which stock is expected to run out just in time and the price
  /// that earns most from plentiful stock. It earns the more of the optimum, the more units there are (Gallego & van Ryzin
  /// 1994, theorem 3: at least 1 - 1 / (2 sqrt n) where stock is scarce).
  ///
  /// - Parameter prices: the only prices that may be asked, of which it takes the one that earns most from plentiful demand
  ///   without chance, (p - c) min(buyers, n); nil for any.
  /// - Throws: ``DemandError`` for less than one unit or an empty list; what the curves throw.
  public static func heuristic(_ demand: StockDemand, units: Int, prices: [Double]? = nil) throws -> FixedStockPrice {
    if let prices {
      return try best(demand, units: units, prices: prices) { price in
        (price - demand.unitCost) * min(Double(units), try demand.buyers(at: price))
      }
    }
    let plenty = try best(demand, units: units, prices: nil) { (price: Double) -> Double in
      (price - demand.unitCost) * (try demand.buyers(at: price))
    }
    // The least price at which no more customers buy than there are units.
    guard try demand.buyers(at: plenty.price) > Double(units) else { return plenty }
    var low = plenty.price
    var high = low + max(1e-6, abs(low))
    while try demand.buyers(at: high) > Double(units), high < 1e24 { high += high - low }
    while high - low > 1e-14 * abs(high) {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if try demand.buyers(at: middle) > Double(units) { low = middle } else { high = middle }
    }
    return try FixedStockPrice(high, units: units, demand)
  }

  private static func best(
    _ demand: StockDemand, units: Int, prices: [Double]?, by objective: (Double) throws -> Double
  ) throws -> FixedStockPrice {
    guard units > 0 else { throw DemandError("stock is \(units) units; a price needs at least 1") }
    if let prices, prices.isEmpty { throw DemandError("a list of prices is empty; it needs one price or more") }
    let customers = demand.customers
    let candidates = try prices ?? scan(demand, customers: customers)
    let earned = try candidates.map(objective)
    guard let place = earned.indices.max(by: { earned[$0] < earned[$1] }) else {
      throw DemandError("there is no customer for whom a price could be found")
    }
    guard prices == nil else { return try FixedStockPrice(candidates[place], units: units, demand) }
    let found = try minimise(
      from: candidates[max(0, place - 1)], to: candidates[min(candidates.count - 1, place + 1)], scanSteps: 4
    ) { -(try objective($0)) }
    return try FixedStockPrice(-found.value > earned[place] ? found.point : candidates[place], units: units, demand)
  }

  /// The prices at which any of the curves falls.
  private static func scan(_ demand: StockDemand, customers: Double) throws -> [Double] {
    Set(
      try demand.curves.flatMap { try PriceScan($0, from: demand.unitCost, customers: customers).prices }
    ).sorted()
  }
}
