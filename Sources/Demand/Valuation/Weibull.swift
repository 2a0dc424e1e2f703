import Foundation
import GSL

/// Weibull demand: with a shape below 1 the few who value the product most are ever harder to drive off by a higher
/// price, with a shape above 1 ever easier; shape 1 is exponential demand.
///
/// D(p) = exp(-(p/scale)^shape) for p > 0. Verified by `ValuationTests` and `MonopolyTests`.
struct WeibullCurve: DemandCurve {
  let shape: Double
  let scale: Double

  var mean: Double { scale * tgamma(1 + 1 / shape) }

  var variance: Double {
    // The second moment less the square of the first, which for large shapes are close.
    let logarithms = (try? Special.logGamma(1 + 2 / shape) - 2 * Special.logGamma(1 + 1 / shape)) ?? 0
    return mean * mean * expm1(logarithms)
  }

  var support: ClosedRange<Double> { 0...Double.infinity }

  func demand(at price: Double) -> Double { price <= 0 ? 1 : exp(-pow(price / scale, shape)) }

  func share(below price: Double) -> Double { price <= 0 ? 0 : -expm1(-pow(price / scale, shape)) }

  func density(at price: Double) -> Double {
    if price <= 0 {
      guard price == 0 else { return 0 }
      return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0
    }
    let power = pow(price / scale, shape)
    return power.isInfinite ? 0 : shape / price * power * exp(-power)
  }

  func expectedSurplus(at price: Double) -> Double {
    guard price > 0 else { return mean - price }
    let power = pow(price / scale, shape)
    guard power.isFinite else { return 0 }
    // Substituting t = (x/scale)^shape turns the area under demand into an incomplete gamma function.
    return mean * ((try? Special.upperGammaShare(1 / shape, power)) ?? 0)
  }

  func value(below: Double, above: Double) -> Double {
    scale * pow(below < 0.5 ? -log1p(-below) : -log(above), 1 / shape)
  }
}
