import Foundation
import GSL

extension FareClasses {
  /// The protection levels that earn most, where all demand is normal: the y_j with
  /// P(D_1 > y_1, D_1 + D_2 > y_2, ..., D_1 + ... + D_j > y_j) = f_{j + 1} / f_1 (Brumelle & McGill 1993, Operations
  /// Research 41, theorem 1).
  ///
  /// The density of D_1 + ... + D_j where all earlier events hold is carried from class to class on Gauss-Legendre points,
  /// which is exact to about 1e-10. A level below 0, where even the first unit is not worth keeping, is returned as 0.
  ///
  /// - Throws: ``DemandError`` where demand is not normal with a deviation above 0; see ``CountedClasses`` for
  ///   whole numbers.
  public func optimalLevels() throws -> [Double] {
    let normals = try demands.map { demand -> (mean: Double, deviation: Double) in
      guard case .normal(let mean, let deviation) = demand, deviation > 0 else {
        throw DemandError("optimal levels by integration need normal demand with deviations above 0; found \(demand)")
      }
      return (mean, deviation)
    }
    var levels: [Double] = []
    var sum = NormalSum(normals[0])
    for next in 1..<max(1, fares.count) {
      let level = try sum.level(exceededBy: fares[next] / fares[0])
      levels.append(max(0, level))
      if next + 1 < fares.count { sum = try sum.adding(normals[next], above: level) }
    }
    return levels
  }
}

/// A sum of normal numbers where earlier sums have exceeded their levels: weighted points, to each of which one more number
/// is added.
private struct NormalSum {
  private var points: [(value: Double, weight: Double)] = [(0, 1)]
  private var last: (mean: Double, deviation: Double)
  private var mean: Double
  private var variance: Double

  init(_ first: (mean: Double, deviation: Double)) {
    last = first
    (mean, variance) = (first.mean, first.deviation * first.deviation)
  }

  /// The probability that the sum exceeds a level, and all earlier ones did theirs.
  private func survival(_ level: Double) throws -> Double {
    let normal = try Normal(mean: last.mean, standardDeviation: last.deviation)
    return try points.reduce(0) { try $0 + $1.weight * normal.survival(level - $1.value) }
  }

  private var range: (low: Double, high: Double) {
    let width = 12 * variance.squareRoot()
    return (mean - width, mean + width)
  }

  func level(exceededBy probability: Double) throws -> Double {
    // Nothing is lost on the way to levels that all sums exceed; the cheaper class is then worth as much.
    guard try survival(range.low) > probability else { return range.low }
    return try findRoot(from: range.low, to: range.high, relativeTolerance: 1e-13, absoluteTolerance: 1e-11) {
      try survival($0) - probability
    }
  }

  /// The sum with one more number, where this one exceeds a level.
  func adding(_ next: (mean: Double, deviation: Double), above level: Double) throws -> NormalSum {
    let normal = try Normal(mean: last.mean, standardDeviation: last.deviation)
    let (low, high) = (max(level, range.low), range.high)
    // Panels of a deviation of the sharper of what made the density and of what is to be laid over it.
    let panels = min(2000, max(1, ((high - low) / min(last.deviation, next.deviation)).rounded(.up)))
    var sum = NormalSum(next)
    sum.points = []
    for panel in 0..<Int(panels) {
      let start = low + (high - low) * Double(panel) / panels
      let rule = try GaussLegendre(count: 8, from: start, to: low + (high - low) * Double(panel + 1) / panels)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let density = try points.reduce(0) { try $0 + $1.weight * normal.density(node - $1.value) }
        if density > 0 { sum.points.append((node, weight * density)) }
      }
    }
    (sum.mean, sum.variance) = (mean + next.mean, variance + next.deviation * next.deviation)
    return sum
  }
}
