import Foundation

extension Valuation {
  /// One kind of customers in a mixture.
  public struct Component: Sendable, Hashable {
    /// Their share of all customers of the mixture.
    public let share: Double
    /// How they value the product; not a mixture itself.
    public let valuation: Valuation

    /// A share of customers with their valuation.
    public init(share: Double, valuation: Valuation) {
      self.share = share
      self.valuation = valuation
    }
  }
}

/// Several kinds of customers in one: each share has a valuation of its own, and some may all value the product alike.
///
/// Everything is the weighted sum of the components but the quantile, which is found by bisection and Newton's steps.
/// Verified against its components, and by round trips (`MixtureTests`).
struct MixtureCurve: DemandCurve {
  let components: [Valuation.Component]

  private func sum(_ part: (Valuation) -> Double) -> Double {
    components.reduce(0) { $0 + $1.share * part($1.valuation) }
  }

  var mean: Double { sum(\.mean) }

  var variance: Double {
    let mean = mean
    return sum { $0.variance + ($0.mean - mean) * ($0.mean - mean) }
  }

  var support: ClosedRange<Double> {
    let low = components.map(\.valuation.support.lowerBound).min() ?? 0
    return low...max(low, components.map(\.valuation.support.upperBound).max() ?? 0)
  }

  func demand(at price: Double) -> Double { min(1, sum { $0.demand(at: price) }) }

  func share(below price: Double) -> Double { min(1, sum { $0.share(below: price) }) }

  func density(at price: Double) -> Double { sum { $0.density(at: price) } }

  func expectedSurplus(at price: Double) -> Double { sum { $0.expectedSurplus(at: price) } }

  /// The points at which some component begins, ends, or sits as a whole, rising.
  var breakpoints: [Double] { Set(components.flatMap(\.valuation.breakpoints)).sorted() }

  func value(below: Double, above: Double) throws -> Double {
    let values = try components.map { try $0.valuation.value(below: below, above: above) }
    return value(
      below: below, above: above, from: values.min() ?? 0, to: values.max() ?? 0, breakpoints: breakpoints)
  }

  /// The same between two values, of which the first is not above and the second not below the one sought.
  func value(below: Double, above: Double, from: Double, to: Double, breakpoints: [Double]) -> Double {
    var (low, high) = (from, to)
    for point in breakpoints where point >= low && point <= high {
      // Where an atom or a gap begins.
      if below < 0.5 ? share(below: point) >= below : demand(at: point) <= above {
        high = point
        break
      }
      let atom = components.reduce(0) { $1.valuation == .fixed(point) ? $0 + $1.share : $0 }
      low = point
      if below < 0.5 ? share(below: point) + atom >= below : demand(at: point) - atom <= above { return point }
    }
    /// How far the share below a point is from the one sought.
    func excess(_ value: Double) -> Double { below < 0.5 ? share(below: value) - below : above - demand(at: value) }
    var point = low + (high - low) / 2
    for _ in 0..<300 {
      guard point > low, point < high else { break }
      let distance = excess(point)
      // The tails are right to a few roundings; below that Newton's steps would wander.
      if abs(distance) <= 1e-15 * min(below, above) { return point }
      if distance > 0 { high = point } else { low = point }
      let newton = point - distance / density(at: point)
      // Where the slope misleads, far out in a tail, halving is faster.
      let isInside = newton > low && newton < high && abs(newton - point) < 0.25 * (high - low) + 1e-9 * abs(point)
      let next = isInside ? newton : low + (high - low) / 2
      if abs(next - point) <= 4e-16 * abs(point) { return next }
      point = next
    }
    return point
  }
}
