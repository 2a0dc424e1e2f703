import Foundation
import GSL

/// How the willingness to pay for one product is spread over the customers of a segment, in money.
///
/// A demand curve is one of these: linear demand is ``uniform(low:high:)``, exponential demand is
/// ``exponential(mean:)``, isoelastic demand is ``pareto(minimum:elasticity:)``, and a table of prices with purchase
/// probabilities is ``pricePoints(_:)``. Means, variances and quantiles are verified against formulas, samples against both
/// (`ValuationTests`).
public enum Valuation: Sendable, Hashable {
  /// Everybody values the product alike.
  case fixed(Double)
  /// Normal; a customer may have a negative valuation and then never buys at a positive price.
  case normal(mean: Double, standardDeviation: Double)
  /// Log-normal, by the mean and standard deviation of the valuation itself (not of its logarithm).
  case logNormal(mean: Double, standardDeviation: Double)
  /// Uniform between two bounds: linear demand.
  case uniform(low: Double, high: Double)
  /// Exponential: demand falls by a constant proportion per unit of money.
  case exponential(mean: Double)
  /// Gumbel of maxima, F(v) = exp(-exp(-(v - location)/scale)).
  case gumbel(location: Double, scale: Double)
  /// Pareto, D(p) = (minimum/p)^elasticity from the minimum up: isoelastic demand. The elasticity is more than 1.
  case pareto(minimum: Double, elasticity: Double)
  /// Logistic, D(p) = 1/(1 + exp((p - location)/scale)); the location is mean, median and mode.
  case logistic(location: Double, scale: Double)
  /// Weibull, D(p) = exp(-(p/scale)^shape).
  case weibull(shape: Double, scale: Double)
  /// Gamma, with a mean of shape times scale and a variance of shape times scale squared.
  case gamma(shape: Double, scale: Double)
  /// Beta, stretched from the unit interval to the one between two bounds.
  case beta(alpha: Double, beta: Double, low: Double, high: Double)
  /// Triangular between two bounds, with a peak between or at them.
  case triangular(low: Double, mode: Double, high: Double)
  /// Normal, cut off at 0; mean and standard deviation are those before the cut.
  case truncatedNormal(mean: Double, standardDeviation: Double)
  /// Several kinds of customers, each a share of all; none of them a mixture itself.
  case mixture([Component])

  /// The valuation as a scenario writes it.
  public var words: String {
    switch self {
    case .fixed(let value): "\(value)"
    case .normal(let mean, let deviation): "normal(\(mean), \(deviation))"
    case .logNormal(let mean, let deviation): "log-normal(\(mean), \(deviation))"
    case .uniform(let low, let high): "uniform(\(low), \(high))"
    case .exponential(let mean): "exponential(\(mean))"
    case .gumbel(let location, let scale): "gumbel(\(location), \(scale))"
    case .pareto(let minimum, let elasticity): "pareto(\(minimum), \(elasticity))"
    case .logistic(let location, let scale): "logistic(\(location), \(scale))"
    case .weibull(let shape, let scale): "weibull(\(shape), \(scale))"
    case .gamma(let shape, let scale): "gamma(\(shape), \(scale))"
    case .beta(let alpha, let beta, let low, let high): "beta(\(alpha), \(beta), \(low), \(high))"
    case .triangular(let low, let mode, let high): "triangular(\(low), \(mode), \(high))"
    case .truncatedNormal(let mean, let deviation): "truncated-normal(\(mean), \(deviation))"
    case .mixture(let components):
      "mixture of " + components.map { "\($0.share * 100)% \($0.valuation.words)" }.joined(separator: ", ")
    }
  }

  /// The mean, in money.
  public var mean: Double {
    switch self {
    case .fixed(let value): value
    case .normal(let mean, _), .logNormal(let mean, _), .exponential(let mean): mean
    case .uniform(let low, let high): (low + high) / 2
    case .gumbel(let location, let scale): location + Self.eulerGamma * scale
    default: curve?.mean ?? 0
    }
  }

  /// The variance, in money squared; infinite for a Pareto valuation with an elasticity of 2 or less.
  public var variance: Double {
    switch self {
    case .fixed: 0
    case .normal(_, let deviation), .logNormal(_, let deviation): deviation * deviation
    case .uniform(let low, let high): (high - low) * (high - low) / 12
    case .exponential(let mean): mean * mean
    case .gumbel(_, let scale): .pi * .pi / 6 * scale * scale
    default: curve?.variance ?? 0
    }
  }

  /// The smallest and the largest possible valuation.
  public var support: ClosedRange<Double> {
    switch self {
    case .fixed(let value): value...value
    case .normal, .gumbel: -Double.infinity...Double.infinity
    case .logNormal, .exponential: 0...Double.infinity
    case .uniform(let low, let high): low...high
    default: curve?.support ?? 0...0
    }
  }

  /// The finite points at which demand jumps or bends, rising: ends of the support, peaks of triangles, and everything
  /// that all customers of a mixture's component agree on.
  var breakpoints: [Double] {
    switch self {
    case .fixed(let value): return [value]
    case .triangular(let low, let mode, let high): return Set([low, mode, high]).sorted()
    case .mixture(let components): return MixtureCurve(components: components).breakpoints
    default: return [support.lowerBound, support.upperBound].filter(\.isFinite)
    }
  }

  /// Whether a share of the customers agree on a valuation, so that demand has a step there.
  var hasAtoms: Bool {
    switch self {
    case .fixed: true
    case .mixture(let components): components.contains(where: \.valuation.hasAtoms)
    default: false
    }
  }

  /// Whether the mean owes much to a few customers who value the product very highly, so that sums over customers
  /// approach it slowly or never.
  var hasHeavyTail: Bool {
    switch self {
    case .pareto: true
    case .mixture(let components): components.contains(where: \.valuation.hasHeavyTail)
    default: false
    }
  }

  /// Mean and standard deviation of the logarithm of a log-normal valuation.
  static func logarithmicMoments(mean: Double, standardDeviation: Double) -> (mean: Double, standardDeviation: Double) {
    let ratio = standardDeviation / mean
    let variance = log1p(ratio * ratio)
    return (log(mean) - variance / 2, variance.squareRoot())
  }

  static let eulerGamma = 0.577_215_664_901_532_86
}

// MARK: - The demand curve

extension Valuation {
  /// The share of customers who value the product at `price` or more: the demand curve of a single product.
  public func demand(at price: Double) -> Double {
    switch self {
    case .fixed(let value): return value >= price ? 1 : 0
    case .normal(let mean, let deviation): return Self.normalTail((price - mean) / deviation)
    case .logNormal(let mean, let deviation):
      guard price > 0 else { return 1 }
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return Self.normalTail((log(price) - moments.mean) / moments.standardDeviation)
    case .uniform(let low, let high): return min(1, max(0, (high - price) / (high - low)))
    case .exponential(let mean): return price <= 0 ? 1 : exp(-price / mean)
    case .gumbel(let location, let scale): return -expm1(-exp(-(price - location) / scale))
    default: return curve?.demand(at: price) ?? 0
    }
  }

  /// The density of valuations at a price: minus the slope of ``demand(at:)``; 0 for a fixed valuation, and without the
  /// steps of a mixture that has some. Infinite at the lower end of a Weibull, gamma or beta valuation of shape below 1.
  public func density(at price: Double) -> Double {
    switch self {
    case .fixed: return 0
    case .normal(let mean, let deviation):
      let z = (price - mean) / deviation
      return exp(-z * z / 2) / (deviation * (2 * Double.pi).squareRoot())
    case .logNormal(let mean, let deviation):
      guard price > 0 else { return 0 }
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      let z = (log(price) - moments.mean) / moments.standardDeviation
      return exp(-z * z / 2) / (price * moments.standardDeviation * (2 * Double.pi).squareRoot())
    case .uniform(let low, let high): return price >= low && price <= high ? 1 / (high - low) : 0
    case .exponential(let mean): return price < 0 ? 0 : exp(-price / mean) / mean
    case .gumbel(let location, let scale):
      let z = (price - location) / scale
      return exp(-z - exp(-z)) / scale
    default: return curve?.density(at: price) ?? 0
    }
  }

  /// What customers who pay `price` gain on average over all customers: E[max(v - price, 0)], in money; the area
  /// under ``demand(at:)`` to the right of the price. Verified against quadrature of the demand curve.
  public func expectedSurplus(at price: Double) -> Double {
    switch self {
    case .fixed(let value): return max(0, value - price)
    case .normal(let mean, let deviation):
      let z = (price - mean) / deviation
      return deviation * (exp(-z * z / 2) / (2 * Double.pi).squareRoot() - z * Self.normalTail(z))
    case .logNormal(let mean, let deviation):
      guard price > 0 else { return mean - price }
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      let z = (log(price) - moments.mean) / moments.standardDeviation
      return mean * Self.normalTail(z - moments.standardDeviation) - price * Self.normalTail(z)
    case .uniform(let low, let high):
      if price <= low { return (low + high) / 2 - price }
      return price >= high ? 0 : (high - price) * (high - price) / (2 * (high - low))
    case .exponential(let mean): return price <= 0 ? mean - price : mean * exp(-price / mean)
    case .gumbel(let location, let scale):
      // Substituting y = exp(-(v - location)/scale) turns the area into the entire exponential integral.
      return scale * Self.entireExponentialIntegral(ofExponentialOf: -(price - location) / scale)
    default: return curve?.expectedSurplus(at: price) ?? 0
    }
  }

  /// The valuation that a share of `probability` of the customers does not exceed.
  ///
  /// - Parameter probability: strictly between 0 and 1.
  /// - Throws: `GSLError` or ``DemandError`` outside that range.
  public func quantile(_ probability: Double) throws -> Double {
    switch self {
    case .fixed(let value): return value
    case .normal(let mean, let deviation):
      return try mean + deviation * Normal().quantile(probability)
    case .logNormal(let mean, let deviation):
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return try exp(moments.mean + moments.standardDeviation * Normal().quantile(probability))
    case .uniform(let low, let high): return low + (high - low) * probability
    case .exponential(let mean): return -mean * log1p(-probability)
    case .gumbel(let location, let scale): return location - scale * log(-log(probability))
    default: return try value(below: probability, above: 1 - probability)
    }
  }

  /// P(Z >= z) of a standard normal.
  static func normalTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

  /// Ein(y), the integral of (1 - exp(-t))/t from 0 to y = exp(z) (Abramowitz & Stegun 5.1.39-40).
  static func entireExponentialIntegral(ofExponentialOf z: Double) -> Double {
    // Beyond, E1(y) is below 1e-290, and y itself may be too large for a double.
    guard z < 6.5 else { return z + eulerGamma }
    let y = exp(z)
    guard y > 2 else {
      var term = y
      var sum = y
      for k in 2...40 {
        term *= -y / Double(k)
        sum += term / Double(k)
      }
      return sum
    }
    return ((try? Special.exponentialIntegralE1(y)) ?? 0) + z + eulerGamma
  }
}
