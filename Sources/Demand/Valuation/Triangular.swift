import Foundation

/// Triangular demand: three judgements of an expert, the lowest, the most frequent and the highest valuation.
///
/// The density rises on a line from `low` to `mode` and falls on a line to `high`. Verified by `ValuationTests`.
struct TriangularCurve: DemandCurve {
  let low: Double
  let mode: Double
  let high: Double

  var mean: Double { low + ((mode - low) + (high - low)) / 3 }

  var variance: Double {
    let (rise, width) = (mode - low, high - low)
    return (rise * rise + width * width - rise * width) / 18
  }

  var support: ClosedRange<Double> { low...high }

  func demand(at price: Double) -> Double {
    if price <= mode { return 1 - share(below: price) }
    return price >= high ? 0 : (high - price) * (high - price) / ((high - low) * (high - mode))
  }

  func share(below price: Double) -> Double {
    if price <= low { return 0 }
    // The line with a mode at the lower end never rises.
    return price <= mode ? (price - low) * (price - low) / ((high - low) * (mode - low)) : 1 - demand(at: price)
  }

  func density(at price: Double) -> Double {
    guard price >= low, price <= high else { return 0 }
    if price < mode { return 2 * (price - low) / ((high - low) * (mode - low)) }
    return price == mode ? 2 / (high - low) : 2 * (high - price) / ((high - low) * (high - mode))
  }

  func expectedSurplus(at price: Double) -> Double {
    if price >= high { return 0 }
    if price >= mode { return pow(high - price, 3) / (3 * (high - low) * (high - mode)) }
    if price <= low { return mean - price }
    return mean - price + pow(price - low, 3) / (3 * (high - low) * (mode - low))
  }

  func value(below: Double, above: Double) -> Double {
    let width = high - low
    return below <= (mode - low) / width
      ? min(mode, low + (below * width * (mode - low)).squareRoot())
      : max(mode, high - (above * width * (high - mode)).squareRoot())
  }
}
