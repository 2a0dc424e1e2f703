import Foundation
import GSL

/// Normal demand of those who value the product at all: a normal distribution cut off at 0 and made whole again.
///
/// `mean` and `deviation` are those of the normal before the cut. Verified by `ValuationTests`.
struct TruncatedNormalCurve: DemandCurve {
  private let location: Double
  private let deviation: Double
  /// The share of the normal that is left.
  private let kept: Double

  init(mean: Double, deviation: Double) {
    location = mean
    self.deviation = deviation
    kept = Valuation.normalTail(-mean / deviation)
  }

  private static func bell(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// The density at the cut over what is left, in standard units (the inverse of Mills' ratio).
  private var hazard: Double { Self.bell(location / deviation) / kept }

  var mean: Double { location + deviation * hazard }

  var variance: Double { deviation * deviation * (1 - hazard * (hazard + location / deviation)) }

  var support: ClosedRange<Double> { 0...Double.infinity }

  func demand(at price: Double) -> Double {
    price <= 0 ? 1 : Valuation.normalTail((price - location) / deviation) / kept
  }

  func share(below price: Double) -> Double {
    guard price > 0 else { return 0 }
    guard price < location else { return 1 - demand(at: price) }
    return (Valuation.normalTail((location - price) / deviation) - Valuation.normalTail(location / deviation)) / kept
  }

  func density(at price: Double) -> Double {
    price < 0 ? 0 : Self.bell((price - location) / deviation) / (deviation * kept)
  }

  func expectedSurplus(at price: Double) -> Double {
    guard price > 0 else { return mean - price }
    let z = (price - location) / deviation
    return max(0, deviation * (Self.bell(z) - z * Valuation.normalTail(z)) / kept)
  }

  func value(below: Double, above: Double) throws -> Double {
    // Of the two tails of the whole normal the smaller one keeps its precision.
    let upper = above * kept
    let z =
      upper < 0.5
      ? -(try Normal().quantile(upper))
      : try Normal().quantile(below * kept + Valuation.normalTail(location / deviation))
    return max(0, location + deviation * z)
  }
}
