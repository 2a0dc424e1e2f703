/// The interval in which a number must lie; each end may be open, and may or may not belong to it.
package struct Bounds: Hashable, Sendable {
  /// One end of the interval.
  package enum End: Hashable, Sendable {
    case none
    case including(Double)
    case excluding(Double)
  }

  package let lower: End
  package let upper: End

  package init(lower: End = .none, upper: End = .none) {
    self.lower = lower
    self.upper = upper
  }

  /// Every finite number.
  package static let any = Bounds()
  /// Every number above `lower`, without it.
  package static func moreThan(_ lower: Double) -> Bounds { Bounds(lower: .excluding(lower)) }
  /// `lower` and every number above.
  package static func atLeast(_ lower: Double) -> Bounds { Bounds(lower: .including(lower)) }
  /// Every number below `upper`, without it.
  package static func lessThan(_ upper: Double) -> Bounds { Bounds(upper: .excluding(upper)) }
  /// `upper` and every number below.
  package static func atMost(_ upper: Double) -> Bounds { Bounds(upper: .including(upper)) }
  /// Both ends included.
  package static func between(_ lower: Double, _ upper: Double) -> Bounds {
    Bounds(lower: .including(lower), upper: .including(upper))
  }

  /// Whether a finite number lies inside.
  package func contains(_ number: Double) -> Bool {
    let isHighEnough =
      switch lower {
      case .none: true
      case .including(let bound): number >= bound
      case .excluding(let bound): number > bound
      }
    let isLowEnough =
      switch upper {
      case .none: true
      case .including(let bound): number <= bound
      case .excluding(let bound): number < bound
      }
    return number.isFinite && isHighEnough && isLowEnough
  }

  /// The interval in words: "between 0% and 100%", "more than 0", "at least 1", or nothing without ends.
  package func words(asPercent: Bool = false, isCount: Bool = false) -> String {
    func text(_ bound: Double) -> String { asPercent ? plain((bound * 1e10).rounded() / 1e8) + "%" : plain(bound) }
    if case (.including(let low), .including(let high)) = (lower, upper) {
      if low == high { return "equal to \(text(low))" }
      return isCount ? "from \(text(low)) to \(text(high))" : "between \(text(low)) and \(text(high))"
    }
    let low: String? =
      switch lower {
      case .none: nil
      case .including(let bound): "at least \(text(bound))"
      case .excluding(let bound): "more than \(text(bound))"
      }
    let high: String? =
      switch upper {
      case .none: nil
      case .including(let bound): "at most \(text(bound))"
      case .excluding(let bound): "less than \(text(bound))"
      }
    return [low, high].compactMap(\.self).joined(separator: " and ")
  }

  /// A round number inside, as an example, or nil if none of the usual ones fits.
  func example(asPercent: Bool = false, isCount: Bool = false) -> String? {
    let usual = asPercent ? [0.25, 0.05, 1, 1.5, 0, -0.05] : [10, 1, 100, 2, 5, 1000, 0, -1, 0.5]
    guard let number = usual.first(where: { contains($0) && (!isCount || $0 == $0.rounded()) }) else { return nil }
    return asPercent ? plain(number * 100) + "%" : plain(number)
  }
}
