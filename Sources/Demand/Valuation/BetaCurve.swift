import Foundation
import GSL

/// Beta demand: valuations between two bounds, with the weight where the two shapes put it; alpha = beta = 1 is linear
/// demand.
///
/// The density is proportional to (v - low)^(alpha - 1) (high - v)^(beta - 1). Verified by `ValuationTests`.
struct BetaCurve: DemandCurve {
  let alpha: Double
  let beta: Double
  let low: Double
  let high: Double

  private var width: Double { high - low }

  var mean: Double { low + width * alpha / (alpha + beta) }

  var variance: Double {
    let total = alpha + beta
    return width * width * (alpha / total) * (beta / total) / (total + 1)
  }

  var support: ClosedRange<Double> { low...high }

  func demand(at price: Double) -> Double {
    if price <= low { return 1 }
    // Near the upper end what is left of the interval is exact, the place in it is not.
    return price >= high ? 0 : ((try? Beta(alpha: beta, beta: alpha).cdf((high - price) / width)) ?? 0)
  }

  func share(below price: Double) -> Double {
    if price <= low { return 0 }
    return price >= high ? 1 : ((try? Beta(alpha: alpha, beta: beta).cdf((price - low) / width)) ?? 1)
  }

  func density(at price: Double) -> Double {
    guard price >= low, price <= high else { return 0 }
    return ((try? Beta(alpha: alpha, beta: beta).density((price - low) / width)) ?? 0) / width
  }

  func expectedSurplus(at price: Double) -> Double {
    if price <= low { return mean - price }
    if price >= high { return 0 }
    let rest = (high - price) / width
    // E[v; v > p] is the mean times the tail of the beta distribution with one more of alpha.
    let weighted = (try? Beta(alpha: beta, beta: alpha + 1).cdf(rest)) ?? 0
    return max(0, width * (alpha / (alpha + beta) * weighted - (1 - rest) * demand(at: price)))
  }

  /// The value at these log-odds of its place between the bounds, measured from the nearer one.
  func value(logOdds: Double) -> Double {
    logOdds < 0
      ? low + width * (exp(logOdds) / (1 + exp(logOdds))) : high - width * (exp(-logOdds) / (1 + exp(-logOdds)))
  }

  func value(below: Double, above: Double) throws -> Double {
    value(logOdds: try Beta(alpha: alpha, beta: beta).logOdds(below: below, above: above))
  }
}
