/// The prices, and the shares of time at each, that earn most while expected sales keep to an allowance: the linear
/// programme of Ferreira, Simchi-Levi & Wang (2018, Operations Research 66, LP(d)) for one resource,
///
///     maximise sum x_k margin_k demand_k  subject to  sum x_k demand_k <= allowance, sum x_k <= 1, x >= 0.
///
/// What is left of sum x_k is time without selling. In the plane of demand and contribution the optimum lies on the upper
/// concave hull of the prices and the origin, so that at most two of them mix: those on both sides of the allowance.
/// Verified against all pairs of prices (`ThompsonStockTests`).
public struct PriceMixture: Sendable, Hashable {
  /// The place of the price with less demand; nil for not selling.
  public private(set) var low: Int?
  /// The place of the price with more demand; nil if none mixes in.
  public private(set) var high: Int?
  /// The share of time at the latter.
  public private(set) var share = 0.0

  /// The best mixture.
  ///
  /// - Parameters:
  ///   - demands: units that each price would sell in a period, 0 or more.
  ///   - margins: what a unit earns at each price, in money.
  ///   - allowance: units that may be sold in a period, on average.
  public init(demands: [Double], margins: [Double], allowance: Double) {
    var (demand, earned) = (0.0, 0.0)
    while true {
      var (steepest, slope) = (Int?.none, 0.0)
      for place in demands.indices where demands[place] > demand {
        let rise = (margins[place] * demands[place] - earned) / (demands[place] - demand)
        if rise > slope { (steepest, slope) = (place, rise) }
      }
      guard let next = steepest else { return }
      guard demands[next] <= allowance else {
        high = next
        share = max(0, allowance - demand) / (demands[next] - demand)
        return
      }
      low = next
      (demand, earned) = (demands[next], margins[next] * demands[next])
    }
  }

  /// One of the two prices, drawn by its share of time.
  ///
  /// - Parameter uniform: a uniform number between 0 and 1.
  public func price(_ uniform: Double) -> Int? { uniform < share ? high : low }
}
