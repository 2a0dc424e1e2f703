/// What one kind of valuation knows about itself: the demand curve of a single product and all that follows from it.
/// Prices and values are in money.
protocol DemandCurve: Sendable {
  var mean: Double { get }
  /// May be infinite.
  var variance: Double { get }
  var support: ClosedRange<Double> { get }
  /// The share who value the product at `price` or more.
  func demand(at price: Double) -> Double
  /// The share who value the product below `price`, with relative precision where it is small.
  func share(below price: Double) -> Double
  /// Minus the slope of demand.
  func density(at price: Double) -> Double
  /// E[max(v - price, 0)], the area under demand to the right of the price.
  func expectedSurplus(at price: Double) -> Double
  /// The value with a share of `below` under it and of `above` over it. Both are given, each precise where it is small,
  /// so that neither tail loses precision; both lie strictly between 0 and 1.
  func value(below: Double, above: Double) throws -> Double
}

extension Valuation {
  /// The formulas of the kinds that keep theirs in files of their own; nil for the others.
  var curve: (any DemandCurve)? {
    switch self {
    case .fixed, .normal, .logNormal, .uniform, .exponential, .gumbel: nil
    case .pareto(let minimum, let elasticity): ParetoCurve(minimum: minimum, elasticity: elasticity)
    case .logistic(let location, let scale): LogisticCurve(location: location, scale: scale)
    case .weibull(let shape, let scale): WeibullCurve(shape: shape, scale: scale)
    case .gamma(let shape, let scale): GammaCurve(shape: shape, scale: scale)
    case .beta(let alpha, let beta, let low, let high): BetaCurve(alpha: alpha, beta: beta, low: low, high: high)
    case .triangular(let low, let mode, let high): TriangularCurve(low: low, mode: mode, high: high)
    case .truncatedNormal(let mean, let deviation): TruncatedNormalCurve(mean: mean, deviation: deviation)
    case .mixture(let components): MixtureCurve(components: components)
    }
  }
}
