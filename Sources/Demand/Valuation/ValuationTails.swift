import Foundation
import GSL

// Both tails of a valuation, each with relative precision where it is small.
extension Valuation {
  /// The share of customers who value the product below a price: 1 less ``demand(at:)``, but precise where it is small.
  func share(below price: Double) -> Double {
    switch self {
    case .fixed(let value): return value < price ? 1 : 0
    case .normal(let mean, let deviation): return Self.normalTail((mean - price) / deviation)
    case .logNormal(let mean, let deviation):
      guard price > 0 else { return 0 }
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return Self.normalTail((moments.mean - log(price)) / moments.standardDeviation)
    case .uniform(let low, let high): return min(1, max(0, (price - low) / (high - low)))
    case .exponential(let mean): return price <= 0 ? 0 : -expm1(-price / mean)
    case .gumbel(let location, let scale): return exp(-exp(-(price - location) / scale))
    default: return curve?.share(below: price) ?? 0
    }
  }

  /// The valuation with a share of `below` under it and of `above` over it; the two sum to 1, and each is taken where
  /// it is the smaller.
  ///
  /// - Throws: ``DemandError`` or `GSLError` unless both lie strictly between 0 and 1.
  func value(below: Double, above: Double) throws -> Double {
    guard below > 0, above > 0, below <= 1, above <= 1 else {
      throw DemandError("no valuation has a share of \(below) below it")
    }
    switch self {
    case .fixed(let value): return value
    case .normal(let mean, let deviation): return try mean + deviation * Self.score(below: below, above: above)
    case .logNormal(let mean, let deviation):
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return try exp(moments.mean + moments.standardDeviation * Self.score(below: below, above: above))
    case .uniform(let low, let high):
      return below < 0.5 ? low + (high - low) * below : high - (high - low) * above
    case .exponential(let mean): return mean * (below < 0.5 ? -log1p(-below) : -log(above))
    case .gumbel(let location, let scale):
      return location - scale * log(below < 0.5 ? -log(below) : -log1p(-above))
    default: return try curve?.value(below: below, above: above) ?? 0
    }
  }

  /// The standard normal quantile from the smaller of two tails.
  static func score(below: Double, above: Double) throws -> Double {
    below < above ? try Normal().quantile(below) : -(try Normal().quantile(above))
  }
}
