import Foundation

/// Stock that is sold over time to customers whose willingness to pay is exponential: the value of units and time left,
/// and the price that earns it, in closed form.
///
/// Customers who would pay p arrive at the rate a e^(-alpha p). With x = a e^(-alpha c - 1) t the value over unit cost c
/// of n units with time t left is V(n, t) = (1/alpha) log of the sum over k = 0...n of x^k / k!, and the price is
/// c + 1/alpha + V(n, t) - V(n - 1, t) (Gallego & van Ryzin 1994, Management Science 40, section 2.3). Verified by
/// the sum in the numbers of a worked example (a = 20, alpha = 1, t = 1), by its limits, and against ``StockValue``
/// (`StockValueTests`).
public struct ExponentialStock: Sendable, Hashable {
  /// The rate a at which customers come who would pay a price of 0, per unit of time.
  public let rate: Double
  /// The sensitivity alpha: by which share demand falls for a unit of money, for small steps.
  public let sensitivity: Double
  /// What one more unit costs, in money.
  public let unitCost: Double

  /// Demand and cost.
  ///
  /// - Throws: ``DemandError`` unless the rate is finite and at least 0, the sensitivity finite and above 0, the cost
  ///   finite.
  public init(rate: Double, sensitivity: Double, unitCost: Double = 0) throws {
    guard rate >= 0, rate.isFinite, sensitivity > 0, sensitivity.isFinite, unitCost.isFinite else {
      throw DemandError(
        "exponential demand has a rate of at least 0, a sensitivity above 0 and a finite unit cost; found \(rate), "
          + "\(sensitivity) and \(unitCost)")
    }
    (self.rate, self.sensitivity, self.unitCost) = (rate, sensitivity, unitCost)
  }

  /// What units and time left are worth over unit cost, in money; 0 without units or time.
  ///
  /// - Throws: ``DemandError`` for negative units, or time left that is negative or not finite.
  public func value(units: Int, timeLeft: Double) throws -> Double {
    try check(units, timeLeft)
    var total = 0.0
    var ratio = 0.0
    for unit in 1..<max(1, units + 1) {
      ratio = next(ratio, unit, timeLeft)
      total += log1p(1 / ratio)
      if ratio.isInfinite { break }
    }
    return total / sensitivity
  }

  /// The price that earns most with these units and time left, in money.
  ///
  /// - Throws: ``DemandError`` for less than one unit, or time left that is negative or not finite.
  public func price(units: Int, timeLeft: Double) throws -> Double {
    try check(units, timeLeft)
    guard units > 0 else { throw DemandError("there is no price for stock of 0 units") }
    var ratio = 0.0
    for unit in 1...units { ratio = next(ratio, unit, timeLeft) }
    return unitCost + (1 + log1p(1 / ratio)) / sensitivity
  }

  /// The sum of all terms before x^n / n! over that term, from the same for n - 1. As all numbers are positive it is good
  /// to rounding, where the terms themselves leave the range of doubles.
  private func next(_ ratio: Double, _ unit: Int, _ time: Double) -> Double {
    let x = rate * exp(-sensitivity * unitCost - 1) * time
    return (ratio + 1) * (Double(unit) / x)
  }

  private func check(_ units: Int, _ timeLeft: Double) throws {
    guard units >= 0 else { throw DemandError("stock is \(units) units; it is at least 0") }
    guard timeLeft >= 0, timeLeft.isFinite else {
      throw DemandError("time left is \(timeLeft); it is finite and at least 0")
    }
  }
}
