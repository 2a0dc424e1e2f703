import Foundation
import GSL

extension OptionTally {
  /// Expected shares with at most two uncertain valuations (at most one with taste noise), by closed form in the pivot
  /// and Gauss-Legendre between all kinks of the other.
  func quadrature(_ distributions: [Valuation], uncertain: [Int], correlation: [[Double]]?) throws -> OptionShares {
    var shares = empty
    let known = { (product: Int) in distributions[product].mean }
    guard let first = uncertain.first else {
      add(1, worth: worth(known), to: &shares)
      return shares
    }
    if segment.taste > 0 {
      for node in try nodes(of: distributions[first], kinks: tasteKinks(first, known)) {
        add(node.weight, worth: worth { $0 == first ? node.value : known($0) }, to: &shares)
      }
      return shares
    }
    let (pivot, other) = pivotAndOther(distributions, uncertain, isCorrelated: correlation != nil)
    let own = optionProducts.map { $0.contains(pivot) }
    guard let other else {
      addThreshold(1, worth: worth { $0 == pivot ? 0 : known($0) }, hasPivot: own, distributions[pivot], to: &shares)
      return shares
    }
    let link = correlation?[pivot][other] ?? 0
    let kinks = thresholdKinks(pivot, other, distributions[pivot].support, known)
    for node in try nodes(of: distributions[other], kinks: kinks) {
      let conditional =
        link == 0
        ? distributions[pivot]
        : distributions[pivot].conditional(
          scoreMean: link * (try distributions[other].normalScore(node.value)),
          scoreDeviation: (1 - link * link).squareRoot())
      addThreshold(
        node.weight, worth: worth { $0 == pivot ? 0 : ($0 == other ? node.value : known($0)) }, hasPivot: own,
        conditional,
        to: &shares)
    }
    return shares
  }

  private func pivotAndOther(
    _ distributions: [Valuation], _ uncertain: [Int], isCorrelated: Bool
  ) -> (pivot: Int, other: Int?) {
    guard uncertain.count > 1 else { return (uncertain[0], nil) }
    let keepsItsKind = isCorrelated && !distributions[uncertain[0]].hasConditional
    return keepsItsKind ? (uncertain[1], uncertain[0]) : (uncertain[0], uncertain[1])
  }

  /// Values of the other product at which the best option with or without the pivot changes, or the threshold meets an
  /// end of the pivot's support: between them the integrand is smooth.
  private func thresholdKinks(
    _ pivot: Int, _ other: Int, _ support: ClosedRange<Double>, _ known: (Int) -> Double
  ) -> [Double] {
    let base = worth { $0 == pivot || $0 == other ? 0 : known($0) }
    var best = [[-Double.infinity, -Double.infinity], [-Double.infinity, -Double.infinity]]
    for option in base.indices {
      let withPivot = optionProducts[option].contains(pivot) ? 1 : 0
      let withOther = optionProducts[option].contains(other) ? 1 : 0
      best[withPivot][withOther] = max(best[withPivot][withOther], base[option])
    }
    var kinks = [best[0][0] - best[0][1], best[1][0] - best[1][1]]
    for edge in [support.lowerBound, support.upperBound] where edge.isFinite {
      kinks.append(edge - best[0][1] + best[1][0])
      kinks.append(best[0][0] - best[1][1] - edge)
    }
    return kinks.filter(\.isFinite)
  }

  /// Values at which two options are equally good; with little noise the logit shares turn sharply around them.
  private func tasteKinks(_ product: Int, _ known: (Int) -> Double) -> [Double] {
    let base = worth { $0 == product ? 0 : known($0) }
    let with = base.indices.filter { optionProducts[$0].contains(product) }.map { base[$0] }
    let without = base.indices.filter { !optionProducts[$0].contains(product) }.map { base[$0] }
    return with.flatMap { own in
      without.flatMap { other in
        [-24.0, -12, -6, -2, 0, 2, 6, 12, 24].map { other - own + $0 * segment.taste }
      }
    }
  }

  private static let levels: [Double] = [
    1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 0.999, 1 - 1e-4, 1 - 1e-6,
    1 - 1e-9, 1 - 1e-12, 1 - 1e-15,
  ]

  /// Values with weights that integrate a smooth function against a valuation's density, piece by piece.
  private func nodes(of valuation: Valuation, kinks: [Double]) throws -> [(value: Double, weight: Double)] {
    var cuts = try Self.levels.map { try valuation.quantile($0) }
    if valuation.support.lowerBound.isFinite { cuts.append(valuation.support.lowerBound) }
    if valuation.support.upperBound.isFinite { cuts.append(valuation.support.upperBound) }
    let low = cuts.min() ?? 0
    let high = cuts.max() ?? 0
    if case .uniform = valuation { cuts = [low, high] }
    cuts = Set(cuts + kinks.filter { $0 > low && $0 < high }).sorted()
    let rule = try GaussLegendre(count: 16, from: -1, to: 1)
    var nodes: [(value: Double, weight: Double)] = []
    var total = 0.0
    for (start, end) in zip(cuts, cuts.dropFirst()) {
      let middle = (start + end) / 2
      let half = (end - start) / 2
      for (point, weight) in zip(rule.nodes, rule.weights) {
        let value = middle + half * point
        let mass = weight * half * valuation.density(at: value)
        total += mass
        nodes.append((value, mass))
      }
    }
    // The mass beyond the outermost levels, about 1e-15, is spread over the rest.
    return nodes.map { ($0.value, $0.weight / total) }
  }
}

extension Valuation {
  /// Whether the distribution given a correlated normal score is again one of this kind.
  var hasConditional: Bool {
    switch self {
    case .normal, .logNormal, .fixed: true
    default: false
    }
  }

  /// The distribution given that the underlying normal has this mean and deviation instead of 0 and 1.
  func conditional(scoreMean: Double, scoreDeviation: Double) -> Valuation {
    switch self {
    case .normal(let mean, let deviation):
      return .normal(mean: mean + deviation * scoreMean, standardDeviation: deviation * scoreDeviation)
    case .logNormal(let mean, let deviation):
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      let location = moments.mean + moments.standardDeviation * scoreMean
      let scale = moments.standardDeviation * scoreDeviation
      let conditionalMean = exp(location + scale * scale / 2)
      return .logNormal(mean: conditionalMean, standardDeviation: conditionalMean * expm1(scale * scale).squareRoot())
    default: return self
    }
  }

  /// The standard normal with the same probability below it as the valuation has below `value`.
  func normalScore(_ value: Double) throws -> Double {
    switch self {
    case .normal(let mean, let deviation): return (value - mean) / deviation
    case .logNormal(let mean, let deviation):
      let moments = Self.logarithmicMoments(mean: mean, standardDeviation: deviation)
      return (log(value) - moments.mean) / moments.standardDeviation
    default:
      let above = demand(at: value)
      guard above > 0, above < 1 else { return above > 0 ? -8.3 : 8.3 }
      return -(try Normal().quantile(above))
    }
  }
}
