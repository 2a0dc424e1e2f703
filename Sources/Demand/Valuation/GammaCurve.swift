import Foundation
import GSL

/// Gamma demand: positive valuations, skewed to the right; shape 1 is exponential demand, large shapes are nearly
/// normal.
///
/// The density is proportional to v^(shape - 1) exp(-v/scale). Verified by `ValuationTests`.
struct GammaCurve: DemandCurve {
  let shape: Double
  let scale: Double

  var mean: Double { shape * scale }
  var variance: Double { shape * scale * scale }
  var support: ClosedRange<Double> { 0...Double.infinity }

  func demand(at price: Double) -> Double {
    price <= 0 ? 1 : ((try? Gamma(shape: shape, scale: scale).survival(price)) ?? 0)
  }

  func share(below price: Double) -> Double {
    price <= 0 ? 0 : ((try? Gamma(shape: shape, scale: scale).cdf(price)) ?? 1)
  }

  func density(at price: Double) -> Double {
    price < 0 ? 0 : ((try? Gamma(shape: shape, scale: scale).density(price)) ?? 0)
  }

  func expectedSurplus(at price: Double) -> Double {
    guard price > 0 else { return mean - price }
    guard price.isFinite else { return 0 }
    // k theta Q(k + 1, x) - p Q(k, x), with the recurrence Q(k + 1, x) = Q(k, x) + x^k e^-x / Gamma(k + 1).
    let x = price / scale
    let last = exp(shape * log(x) - x - ((try? Special.logGamma(shape)) ?? 0))
    return max(0, scale * ((shape - x) * demand(at: price) + last))
  }

  func value(below: Double, above: Double) throws -> Double {
    try scale * exp(Gamma(shape: shape).logQuantile(below: below, above: above))
  }
}
