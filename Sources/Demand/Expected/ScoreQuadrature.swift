import Foundation
import GSL

// Integrals over the normal score behind a valuation instead of the valuation itself. The weight is then always the
// normal density, whatever spikes, gaps or steps the valuation's own density has, and a correlated product sees the
// very score that it is correlated with.
extension OptionTally {
  /// The average over one valuation, piece by piece between scores at which the integrand may bend.
  ///
  /// Where the valuation has a heavy tail, the surplus is integrated as its distance from max(v - median, 0), which
  /// stays bounded, and what that adds has a closed form.
  ///
  /// - Parameter tailSlope: how surplus grows with high valuations.
  func average(
    overScoresOf sampler: ValuationSampler, tailSlope: Double, kinks: [Double], _ add: Addition
  ) throws -> OptionShares {
    let limit = ScoreTable.limit
    let valuation = sampler.valuation
    var cuts = [-limit, -6, -4, -2, 0, 2, 4, 6, limit]
    for value in kinks + valuation.landmarks where value.isFinite {
      // An atom is a range of scores; both of its ends are cuts.
      cuts += try valuation.scores(at: value).filter { abs($0) < limit }
    }
    let median = valuation.hasHeavyTail ? try valuation.quantile(0.5) : nil
    let scale = 1 / (2 * Double.pi).squareRoot()
    var shares = try integral(between: Set(cuts).sorted()) { score, width, shares in
      let value = try sampler.value(score: score)
      let weight = width * scale * exp(-score * score / 2)
      shares.mass += weight
      try add(value, score, weight, &shares)
      if let median { shares.surplus -= weight * tailSlope * max(0, value - median) }
    }
    if let median { shares.surplus += tailSlope * valuation.expectedSurplus(at: median) }
    return shares
  }
}

extension ValuationSampler {
  /// The scores at which the valuation of a mixture jumps, bends or turns sharply, and at which that of a triangle has
  /// its peak; none for other kinds, which are smooth in the score.
  func scoreCuts() throws -> [Double] {
    switch valuation {
    case .mixture, .triangular: break
    default: return []
    }
    return try valuation.landmarks.flatMap { try valuation.scores(at: $0) }.filter(\.isFinite)
  }
}

extension Valuation {
  /// Points near which demand bends or turns sharply: breakpoints, and the course of a mixture's components.
  var landmarks: [Double] {
    guard case .mixture(let components) = self else { return breakpoints }
    let turns = components.flatMap { component in
      OptionTally.levels.compactMap { try? component.valuation.quantile($0) }
    }
    return Set(breakpoints + turns).sorted()
  }

  /// The normal scores of the shares below a value and up to it: one number, or two where customers agree on the value.
  func scores(at value: Double) throws -> [Double] {
    func score(_ below: Double, _ above: Double) throws -> Double {
      guard below > 0, above > 0 else { return below > 0 ? .infinity : -.infinity }
      return try Self.score(below: below, above: above)
    }
    var atom = 0.0
    if case .mixture(let components) = self {
      for component in components where component.valuation == .fixed(value) { atom += component.share }
    }
    let (below, from) = (share(below: value), demand(at: value))
    guard atom > 0 else { return [try score(below, from)] }
    return try [score(below, from), score(below + atom, max(0, from - atom))]
  }
}
