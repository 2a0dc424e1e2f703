extension Valuation {
  /// The shapes that a Weibull, gamma or beta valuation may have: below, a tenth of the customers would be spread over
  /// more than 10 powers of ten; above, the valuation is as good as fixed.
  public static let shapes = 0.1...1000.0

  /// How far below 0 the mean of a truncated normal may lie, in standard deviations; further down what is left of it is
  /// exponential.
  public static let deepestTruncation = 10.0

  /// - Throws: ``DemandError`` where no such distribution exists.
  public func check() throws {
    func require(_ holds: Bool, _ rule: String) throws {
      guard holds else { throw DemandError("\(self.words): \(rule)") }
    }
    func requireShape(_ shape: Double, _ name: String) throws {
      try require(Self.shapes.contains(shape), "\(name) must lie between 0.1 and 1000")
    }
    switch self {
    case .fixed(let value): try require(value.isFinite, "the value must be finite")
    case .normal(let mean, let deviation):
      try require(mean.isFinite && deviation.isFinite && deviation > 0, "the standard deviation must be more than 0")
    case .logNormal(let mean, let deviation):
      try require(
        mean.isFinite && deviation.isFinite && mean > 0 && deviation > 0,
        "the mean and the standard deviation must be more than 0")
    case .uniform(let low, let high):
      try require(low.isFinite && high.isFinite && low < high, "the first bound must be below the second")
    case .exponential(let mean): try require(mean.isFinite && mean > 0, "the mean must be more than 0")
    case .gumbel(let location, let scale), .logistic(let location, let scale):
      try require(location.isFinite && scale.isFinite && scale > 0, "the scale must be more than 0")
    case .pareto(let minimum, let elasticity):
      try require(minimum.isFinite && minimum > 0, "the minimum must be more than 0")
      try require(
        elasticity.isFinite && elasticity > 1,
        "the elasticity must be more than 1; otherwise the mean valuation, and with it what customers gain, is infinite"
      )
    case .weibull(let shape, let scale), .gamma(let shape, let scale):
      try requireShape(shape, "the shape")
      try require(scale.isFinite && scale > 0, "the scale must be more than 0")
    case .beta(let alpha, let beta, let low, let high):
      try requireShape(alpha, "alpha")
      try requireShape(beta, "beta")
      try require(low.isFinite && high.isFinite && low < high, "the low bound must be below the high one")
    case .triangular(let low, let mode, let high):
      try require(low.isFinite && mode.isFinite && high.isFinite, "all three numbers must be finite")
      try require(low < high, "the low bound must be below the high one")
      try require(low <= mode && mode <= high, "the mode must lie between the bounds")
    case .truncatedNormal(let mean, let deviation):
      try require(mean.isFinite && deviation.isFinite && deviation > 0, "the standard deviation must be more than 0")
      try require(
        mean >= -Self.deepestTruncation * deviation,
        "the mean must not lie more than 10 standard deviations below 0; what is left of such a normal is exponential")
    case .mixture(let components): try Self.check(components)
    }
  }

  private static func check(_ components: [Component]) throws {
    guard !components.isEmpty else { throw DemandError("a mixture needs at least one component") }
    for component in components {
      guard component.share.isFinite, component.share > 0, component.share <= 1 else {
        throw DemandError("mixture: a share of \(component.share); a share is more than 0 and at most 1")
      }
      if case .mixture = component.valuation { throw DemandError("a mixture cannot be part of a mixture") }
      try component.valuation.check()
    }
    let total = components.reduce(0) { $0 + $1.share }
    guard abs(total - 1) < 1e-9 else {
      throw DemandError(
        "the shares of the mixture sum to \((total * 1e10).rounded() / 1e8)%; they must sum to 100%")
    }
  }
}
