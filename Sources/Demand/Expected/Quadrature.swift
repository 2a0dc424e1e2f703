import Foundation
import GSL

extension OptionTally {
  /// Expected shares with at most two uncertain valuations and no taste noise, by closed form in the pivot
  /// and Gauss-Legendre between all kinks of the other.
  func quadrature(_ distributions: [Valuation], uncertain: [Int], correlation: [[Double]]?) throws -> OptionShares {
    var shares = empty
    let known = { (product: Int) in distributions[product].mean }
    guard let first = uncertain.first else {
      addKnown(1, known, to: &shares)
      return shares
    }
    let pivot = pivot(of: uncertain) ?? first
    let own = optionProducts.map { $0.contains(pivot) }
    let envelope = several.isEmpty ? nil : PivotEnvelope(self, pivot: pivot)
    /// Adds customers who differ in the pivot's valuation alone.
    func addPivot(_ weight: Double, _ distribution: Valuation, _ known: (Int) -> Double, _ shares: inout OptionShares) {
      if let envelope {
        let rest = worthOfSeveral(excluding: pivot) { $0 == pivot ? 0 : known($0) }
        add(weight, rest: rest, known, under: envelope, distribution, to: &shares)
      } else {
        addThreshold(
          weight, worth: worth { $0 == pivot ? 0 : known($0) }, hasPivot: own, distribution, to: &shares)
      }
    }
    guard let other = uncertain.first(where: { $0 != pivot }) else {
      addPivot(1, distributions[pivot], known, &shares)
      return shares
    }
    let link = correlation?[pivot][other] ?? 0
    let landmarks = distributions[pivot].landmarks
    let kinks =
      envelope == nil
      ? thresholdKinks(pivot, other, landmarks, known) : severalKinks(other, pivot: pivot, landmarks, known)
    return try average(
      over: segment.samplers[other], isLinked: link != 0, tailSlope: tailSlope(of: other), kinks: kinks
    ) {
      value, score, weight, shares in
      let conditional =
        link == 0
        ? distributions[pivot]
        : distributions[pivot].conditional(
          scoreMean: link * (try score ?? distributions[other].normalScore(value)),
          scoreDeviation: (1 - link * link).squareRoot())
      addPivot(weight, conditional, { $0 == other ? value : known($0) }, &shares)
    }
  }

  /// The uncertain product to be integrated in closed form: the one of the widest spread, so that the others see a
  /// smooth share. Nil where they are correlated and none is of a kind that stays in closed form given the others.
  func pivot(of uncertain: [Int]) -> Int? {
    guard case .distributions(let distributions, let correlation) = segment.valuations else { return nil }
    let areLinked = uncertain.contains { one in uncertain.contains { $0 != one && correlation?[one][$0] ?? 0 != 0 } }
    return uncertain.filter { !areLinked || distributions[$0].hasConditional }
      .max { distributions[$0].variance < distributions[$1].variance }
  }

  /// Values of the other product at which the best option with or without the pivot changes, or the threshold meets a
  /// landmark of the pivot, such as an end of its support: between them the integrand is smooth.
  func thresholdKinks(
    _ pivot: Int, _ other: Int, _ landmarks: [Double], _ known: (Int) -> Double
  ) -> [Double] {
    let base = worth { $0 == pivot || $0 == other ? 0 : known($0) }
    var best = [[-Double.infinity, -Double.infinity], [-Double.infinity, -Double.infinity]]
    for option in base.indices {
      let withPivot = optionProducts[option].contains(pivot) ? 1 : 0
      let withOther = optionProducts[option].contains(other) ? 1 : 0
      best[withPivot][withOther] = max(best[withPivot][withOther], base[option])
    }
    var kinks = [best[0][0] - best[0][1], best[1][0] - best[1][1]]
    for edge in landmarks {
      kinks.append(edge - best[0][1] + best[1][0])
      kinks.append(best[0][0] - best[1][1] - edge)
    }
    return kinks.filter(\.isFinite)
  }

  static let levels = [1e-15, 1e-9, 1e-4, 0.05, 0.5, 0.95, 1 - 1e-4, 1 - 1e-9, 1 - 1e-15]

  /// Adds a customer of a given value and weight; the value's normal score is there where it is known.
  typealias Addition = (_ value: Double, _ score: Double?, _ weight: Double, inout OptionShares) throws -> Void

  /// The average over one valuation, piece by piece between quantiles and kinks.
  ///
  /// - Parameters:
  ///   - isLinked: whether what is added depends on the score; a mixture cannot be taken apart then.
  ///   - tailSlope: how surplus grows with high valuations.
  func average(
    over sampler: ValuationSampler, isLinked: Bool, tailSlope: Double = 1, kinks: [Double], _ add: Addition
  ) throws -> OptionShares {
    switch sampler.valuation {
    case .normal, .logNormal, .uniform, .exponential, .gumbel:
      return try average(over: sampler.valuation, kinks: kinks, add)
    case .mixture(let components) where !isLinked:
      var shares = empty
      for (component, part) in zip(components, sampler.components) {
        let one = try average(over: part, isLinked: false, tailSlope: tailSlope, kinks: kinks, add)
        shares = shares.joined(one.weighted(component.share))
      }
      return shares
    case .fixed(let value):
      var shares = empty
      try add(value, nil, 1, &shares)
      return shares
    default:
      return try average(overScoresOf: sampler, tailSlope: tailSlope, kinks: kinks, add)
    }
  }

  private func average(over valuation: Valuation, kinks: [Double], _ add: Addition) throws -> OptionShares {
    var cuts = try Self.levels.map { try valuation.quantile($0) }
    if valuation.support.lowerBound.isFinite { cuts.append(valuation.support.lowerBound) }
    if valuation.support.upperBound.isFinite { cuts.append(valuation.support.upperBound) }
    let low = cuts.min() ?? 0
    let high = cuts.max() ?? 0
    cuts = Set(cuts + kinks.filter { $0 > low && $0 < high }).sorted()
    return try integral(between: cuts) { value, width, shares in
      let mass = width * valuation.density(at: value)
      shares.mass += mass
      try add(value, nil, mass, &shares)
    }
  }

  /// The integral between the first and the last of some cuts, as an average: divided by its own mass. `add` adds what
  /// a point with its width holds.
  func integral(
    between cuts: [Double], _ add: (Double, Double, inout OptionShares) throws -> Void
  ) throws -> OptionShares {
    let rule = try GaussLegendre(count: 16, from: -1, to: 1)

    func single(_ start: Double, _ end: Double) throws -> OptionShares {
      var shares = empty
      let middle = (start + end) / 2
      let half = (end - start) / 2
      for (point, weight) in zip(rule.nodes, rule.weights) { try add(middle + half * point, weight * half, &shares) }
      return shares
    }
    // A piece is halved until that changes no share any more.
    func halved(_ start: Double, _ end: Double, whole: OptionShares, depth: Int) throws -> OptionShares {
      let middle = (start + end) / 2
      let (left, right) = (try single(start, middle), try single(middle, end))
      var both = left.joined(right)
      both.error = zip(whole.probabilities, both.probabilities).map { abs($0 - $1) }.max() ?? 0
      for (one, other) in zip(whole.further, both.further) { both.error = max(both.error, abs(one - other)) }
      guard both.error > 1e-13, depth < 20 else { return both }
      return try halved(start, middle, whole: left, depth: depth + 1)
        .joined(halved(middle, end, whole: right, depth: depth + 1))
    }

    var shares = empty
    for (start, end) in zip(cuts, cuts.dropFirst()) {
      shares = shares.joined(try halved(start, end, whole: single(start, end), depth: 0))
    }
    // The mass beyond the outermost levels, about 1e-15, is spread over the rest.
    let mass = shares.mass
    return OptionShares(
      probabilities: shares.probabilities.map { $0 / mass }, surplus: shares.surplus / mass, error: shares.error,
      further: shares.further.map { $0 / mass })
  }
}

extension OptionShares {
  /// The sum of two pieces of an average.
  fileprivate func joined(_ other: OptionShares) -> OptionShares {
    OptionShares(
      probabilities: zip(probabilities, other.probabilities).map { $0 + $1 }, surplus: surplus + other.surplus,
      error: error + other.error, further: zip(further, other.further).map { $0 + $1 }, mass: mass + other.mass)
  }

  /// A share of an average.
  fileprivate func weighted(_ share: Double) -> OptionShares {
    OptionShares(
      probabilities: probabilities.map { share * $0 }, surplus: share * surplus, error: share * error,
      further: further.map { share * $0 })
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

  /// The density given that the underlying normal has this mean and deviation instead of 0 and 1, of any kind.
  func density(at value: Double, scoreMean: Double, scoreDeviation: Double) throws -> Double {
    guard scoreMean != 0 || scoreDeviation != 1 else { return density(at: value) }
    guard !hasConditional else {
      return conditional(scoreMean: scoreMean, scoreDeviation: scoreDeviation).density(at: value)
    }
    let own = density(at: value)
    guard own > 0 else { return 0 }
    // By the change of variables to the normal score.
    let score = try normalScore(value)
    let standardised = (score - scoreMean) / scoreDeviation
    return own * exp((score * score - standardised * standardised) / 2) / scoreDeviation
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
