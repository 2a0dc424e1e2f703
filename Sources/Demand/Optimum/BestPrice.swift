import Foundation
import GSL

// The best price of one offer, all others held.
extension PricingProblem {
  /// The best price of one offer, all others held: the whole range is scanned before the best peak is refined, and where
  /// profit is smooth there, the first-order condition is solved.
  ///
  /// The scan goes in equal steps; where a few customers value the offer far above the others, also in equal
  /// proportions; and it looks at each point where demand jumps or bends. Verified against closed forms to 1e-8
  /// (`MonopolyTests`).
  ///
  /// - Parameter isRough: whether a price to go on from is enough, unless demand has steps or a heavy tail.
  /// - Throws: ``DemandError`` or `GSLError` where expected demand cannot be computed.
  public mutating func bestPrice(
    of offer: Int, prices: [Double], highest: Double, steps: Int = 240, isRough: Bool = false
  ) throws -> Double {
    guard highest > 0 else { return max(0, highest) }
    var trial = prices
    func earned(_ price: Double) throws -> Double {
      trial[offer] = price
      return try outcome(at: trial).contribution
    }
    if isRough, !valuations(of: offer).contains(where: { $0.hasHeavyTail || $0.hasAtoms && $0.variance > 0 }) {
      return try minimise(from: 0, to: highest, scanSteps: steps) { -(try earned($0)) }.point
    }
    let bends = landmarks(of: offer, below: highest)
    let grid = try scanPoints(of: offer, highest: highest, steps: steps, bends: bends)
    let values = try grid.map(earned)
    let top = values.indices.max { values[$0] < values[$1] } ?? 0
    var best = (price: grid[top], earned: values[top])
    // Apart on both sides, so that a jump at the best point hides neither.
    for (from, to) in [(max(0, top - 1), top), (top, min(grid.count - 1, top + 1))] where from < to {
      let found = try minimise(from: grid[from], to: grid[to], scanSteps: 4) { -(try earned($0)) }
      if -found.value > best.earned { best = (found.point, -found.value) }
    }
    guard !bends.contains(best.price) else { return best.price }
    let polished = try stationaryPoint(near: best.price, earned)
    // Within rounding of the peak the condition knows better than the profit.
    guard let polished, polished >= 0, try earned(polished) >= best.earned - 1e-13 * abs(best.earned) else {
      return best.price
    }
    return polished
  }

  /// Prices to try, rising.
  private func scanPoints(of offer: Int, highest: Double, steps: Int, bends: [Double]) throws -> [Double] {
    let even = (0...steps).map { $0 == steps ? highest : highest * (Double($0) / Double(steps)) }
    let middle = try valuations(of: offer).map { try $0.quantile(0.5) }.filter { $0 > 0 }.min() ?? highest
    guard highest > 50 * middle else { return Set(even + bends).sorted() }
    let count = max(2, steps / 3)
    let low = 0.1 * middle
    let proportional = (0..<count).map { low * pow(highest / low, Double($0) / Double(count)) }
    return Set(even + bends + proportional).sorted()
  }

  /// Where customers begin, end or agree in their valuations of a single product, or of a further unit of it.
  private func landmarks(of offer: Int, below highest: Double) -> [Double] {
    guard contents[offer].count == 1 else { return [] }
    let assortment = demand.population.assortment
    let product = assortment.alternatives[assortment.alternativesBySource[source][contents[offer].positions[0]]]
    let points = demand.population.segments.flatMap { segment -> [Double] in
      guard case .distributions(let distributions, _) = segment.valuations else { return [] }
      let weights = segment.usageCurve(ofProduct: product)?.weights ?? [1]
      return distributions[product].landmarks.flatMap { landmark in weights.map { $0 * landmark } }
    }
    return points.filter { $0 > 0 && $0 <= highest }
  }

  /// How the segments value the product of an offer; empty for bundles, and for segments without distributions.
  private func valuations(of offer: Int) -> [Valuation] {
    guard contents[offer].count == 1 else { return [] }
    let assortment = demand.population.assortment
    let product = assortment.alternatives[assortment.alternativesBySource[source][contents[offer].positions[0]]]
    return demand.population.segments.compactMap { segment in
      guard case .distributions(let distributions, _) = segment.valuations else { return nil }
      return distributions[product]
    }
  }
}

/// The point near a maximum at which the slope vanishes, by Newton's method on slopes from seven points; nil where
/// coarser and finer steps do not agree, as beside a kink.
///
/// A maximum itself shows in the values to 8 digits only, its slope to 12 or so.
func stationaryPoint(near start: Double, _ function: (Double) throws -> Double) throws -> Double? {
  guard start > 0 else { return nil }
  func newton(_ step: Double) throws -> Double? {
    var point = start
    for _ in 0..<4 {
      let values = try (-3...3).map { try function(point + Double($0) * step) }
      // Central differences of sixth order.
      let slope =
        (45 * (values[4] - values[2]) - 9 * (values[5] - values[1]) + (values[6] - values[0])) / (60 * step)
      let curvature =
        (270 * (values[4] + values[2]) - 27 * (values[5] + values[1]) + 2 * (values[6] + values[0]) - 490 * values[3])
        / (180 * step * step)
      guard curvature < 0 else { return nil }
      let move = -slope / curvature
      point += move
      guard abs(point - start) <= 1e-3 * start else { return nil }
      if abs(move) < 1e-12 * start { break }
    }
    return point
  }
  var last: Double?
  var step = 4e-3 * start
  for _ in 0..<9 {
    let found = try newton(step)
    if let found, let last, abs(found - last) < 1e-9 * start { return found }
    last = found
    step /= 4
  }
  return nil
}
