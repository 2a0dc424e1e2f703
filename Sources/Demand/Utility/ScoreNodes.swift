import Foundation
import GSL

/// Nodes and weights for averages over uncertain quantities, each given by its standard normal score: products of
/// Gauss-Legendre panels for one or two of them, Sobol points beyond.
struct ScoreNodes {
  /// The scores of each quantity, by quantity and then by node.
  let scores: [[Double]]
  /// Weights that sum to 1.
  let weights: [Double]
  /// Whether the nodes are quasi-random, so that batches of them tell the error.
  let isQuasiRandom: Bool

  /// Beyond, about 1e-16 of the normal distribution is left.
  private static let end = 8.2

  /// - Parameters:
  ///   - count: how many quantities are uncertain.
  ///   - pointCount: quasi-random points for three or more.
  ///   - cuts: scores of each quantity at which something jumps or bends.
  ///   - isAlwaysQuasiRandom: whether products of panels will not do.
  ///   - change: by how many units of the noise utility changes between two scores of a quantity.
  init(
    count: Int, pointCount: Int, cuts: [[Double]], isAlwaysQuasiRandom: Bool = false,
    change: (_ quantity: Int, _ from: Double, _ to: Double) throws -> Double
  ) throws {
    guard count > 0 else {
      scores = []
      weights = [1]
      isQuasiRandom = false
      return
    }
    let most = isAlwaysQuasiRandom ? 0 : count == 1 ? 32_768 : count == 2 ? 16 : 0
    var rules: [(nodes: [Double], weights: [Double])] = []
    for quantity in 0..<count where most > 0 {
      let panels = most + (count == 1 ? cuts[quantity].count : min(2, cuts[quantity].count))
      // Two quantities share the nodes: wider panels, whose error is near 1e-6 at worst, before quasi-random points.
      for coarseness in count == 1 ? [1.0] : [1, 2, 4] where rules.count == quantity {
        let rule = try Self.rule(
          panelCount: count == 1 ? 16 : 4, largestPanelCount: panels, cuts: cuts[quantity],
          change: { try change(quantity, $0, $1) / coarseness })
        if let rule { rules.append(rule) }
      }
    }
    guard rules.count == count else {
      var points = try CentredSobol(dimensions: count, count: pointCount)
      var scores = [[Double]](repeating: [], count: count)
      for _ in 0..<pointCount {
        for (quantity, level) in try points.next().enumerated() {
          scores[quantity].append(try Normal().quantile(level))
        }
      }
      self.scores = scores
      weights = [Double](repeating: 1 / Double(pointCount), count: pointCount)
      isQuasiRandom = true
      return
    }
    var scores = [[Double]](repeating: [], count: count)
    var weights: [Double] = []
    // Corners of the square hold next to nobody.
    let negligible = count == 2 ? 1e-19 : 0
    for first in rules[0].nodes.indices {
      guard count == 2 else {
        scores[0].append(rules[0].nodes[first])
        weights.append(rules[0].weights[first])
        continue
      }
      for second in rules[1].nodes.indices
      where rules[0].weights[first] * rules[1].weights[second] > negligible {
        scores[0].append(rules[0].nodes[first])
        scores[1].append(rules[1].nodes[second])
        weights.append(rules[0].weights[first] * rules[1].weights[second])
      }
    }
    let total = weights.reduce(0, +)
    self.scores = scores
    self.weights = weights.map { $0 / total }
    isQuasiRandom = false
  }

  /// Panels of sixteen points each, halved where utility changes too much; nil where that takes too many.
  private static func rule(
    panelCount: Int, largestPanelCount: Int, cuts: [Double], change: (Double, Double) throws -> Double
  ) throws -> (nodes: [Double], weights: [Double])? {
    let legendre = try GaussLegendre(count: 16, from: -1, to: 1)
    var nodes: [Double] = []
    var weights: [Double] = []
    var count = 0
    let ends = Set(
      (0...panelCount).map { end * (2 * Double($0) / Double(panelCount) - 1) } + cuts.filter { abs($0) < end }
    ).sorted()
    var open = zip(ends, ends.dropFirst()).map { (from: $0, to: $1) }.reversed() as [(from: Double, to: Double)]
    while let panel = open.popLast() {
      let middle = (panel.from + panel.to) / 2
      let half = (panel.to - panel.from) / 2
      // A logit share turns within a few units of noise; the rarer the customers, the less it matters.
      let nearest = max(0, abs(middle) - half)
      let limit = nearest < 4 ? 4.0 : nearest < 5.5 ? 12 : 24
      if half > 1e-6, nearest < 6.5, try change(panel.from, panel.to) > limit {
        open.append((middle, panel.to))
        open.append((panel.from, middle))
        continue
      }
      count += 1
      guard count <= largestPanelCount else { return nil }
      for (node, weight) in zip(legendre.nodes, legendre.weights) {
        let score = middle + half * node
        nodes.append(score)
        weights.append(half * weight * exp(-score * score / 2) / (2 * Double.pi).squareRoot())
      }
    }
    return (nodes, weights)
  }
}
