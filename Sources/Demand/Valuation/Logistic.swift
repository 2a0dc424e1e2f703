import Foundation

/// Logistic demand: the share of buyers is the logistic function of the distance of the price from the location, the
/// demand of a logit with one product.
///
/// D(p) = 1/(1 + exp((p - location)/scale)). Verified by `ValuationTests` and, for the best price
/// c + s(1 + W(exp((location - c)/s - 1))), by `MonopolyTests`.
struct LogisticCurve: DemandCurve {
  let location: Double
  let scale: Double

  var mean: Double { location }
  var variance: Double { .pi * .pi / 3 * scale * scale }
  var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  private func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }

  func demand(at price: Double) -> Double { logistic((location - price) / scale) }

  func share(below price: Double) -> Double { logistic((price - location) / scale) }

  func density(at price: Double) -> Double { demand(at: price) * share(below: price) / scale }

  func expectedSurplus(at price: Double) -> Double {
    let z = (location - price) / scale
    return scale * (max(z, 0) + log1p(exp(-abs(z))))
  }

  func value(below: Double, above: Double) -> Double { location + scale * (log(below) - log(above)) }
}
