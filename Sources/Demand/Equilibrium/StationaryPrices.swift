import GSL

/// Prices at which the first-order conditions of some alternatives' owners hold, found from a start.
public struct StationaryPrices: Sendable {
  /// The prices.
  public internal(set) var prices: [Double]
  /// By how much the worst price misses its first-order condition, in money.
  public internal(set) var residual: Double
  /// Evaluations of demand with slopes.
  public internal(set) var evaluations: Int
  /// Whether the residual is as small as rounding lets it be, or below 1e-9 of the largest price, or within what the
  /// stated error of demand may do to it.
  public internal(set) var isConverged: Bool
}

extension PricingGame {
  private static let fixedPointRounds = 400
  private static let newtonRounds = 60

  /// Solves the first-order conditions of `moving` alternatives, all other prices held.
  ///
  /// The zeta-markup fixed point (Morrow & Skerlos 2011) first, as long as it contracts: each round sets every price to
  /// cost plus zeta markup, and is accelerated by what the last two have shown; where demand has no such markup, other
  /// accelerated steps. Then Newton's method on the conditions themselves, with slopes of the conditions by differences
  /// and steps halved until the conditions come closer. Verified against closed forms and published equilibria
  /// (`EquilibriumTests`).
  ///
  /// - Throws: what demand throws.
  public func stationaryPrices(
    from start: [Double], moving: [Int], tolerance: Double = 1e-14
  ) throws -> StationaryPrices {
    var found = StationaryPrices(prices: start, residual: .infinity, evaluations: 0, isConverged: false)
    guard !moving.isEmpty else {
      return StationaryPrices(prices: start, residual: 0, evaluations: 0, isConverged: true)
    }
    try iterate(&found, moving, tolerance)
    if !found.isConverged { try accelerate(&found, moving, tolerance) }
    if !found.isConverged { try polish(&found, moving, tolerance) }
    return found
  }

  func size(_ prices: [Double], _ moving: [Int]) -> Double {
    moving.reduce(1e-300) { max($0, abs(prices[$1]), abs(unitCosts[$1])) }
  }

  private func iterate(_ found: inout StationaryPrices, _ moving: [Int], _ tolerance: Double) throws {
    var prices = found.prices
    var slow = 0
    var memory = AndersonMemory()
    for _ in 0..<Self.fixedPointRounds {
      // A round may leave the prices that a demand system knows; Newton's method then goes on from the best so far.
      let markups = markups(at: prices)
      guard let earned = try? demand.earnings(at: prices, markups: markups, owners: ownerPlaces) else { return }
      found.evaluations += 1
      guard !earned.directSlopes.isEmpty else { return }
      let steps = moving.map { alternative in
        let slope = earned.directSlopes[alternative]
        return slope >= -1e-300 ? 0 : -earned.slopes[alternative] / slope
      }
      let residual = steps.reduce(0) { max($0, abs($1)) }
      guard residual.isFinite else { return }
      slow = residual > 0.9 * found.residual ? slow + 1 : 0
      if residual < found.residual {
        found.prices = prices
        found.residual = residual
      } else {
        memory.forget()
      }
      if residual <= tolerance * size(prices, moving) {
        found.isConverged = true
        return
      }
      // Near rounding, or no contraction: Newton's method decides.
      if slow >= 12 { return }
      let taken = memory.accelerated(from: moving.map { prices[$0] }, step: steps)
      for (alternative, step) in zip(moving, taken) { prices[alternative] += step }
    }
  }

  private func polish(_ found: inout StationaryPrices, _ moving: [Int], _ tolerance: Double) throws {
    var prices = found.prices
    let startSize = size(prices, moving)
    var last: DemandResponse?
    func conditions(_ prices: [Double]) throws -> [Double] {
      found.evaluations += 1
      let response = try demand.response(at: prices, hasSlopes: true)
      last = response
      return shortfalls(of: moving, at: prices, response)
    }
    func length(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
    var values = try conditions(prices)
    guard values.allSatisfy(\.isFinite) else { return }
    found.residual = length(values)
    var precision = last.map { blur(of: moving, $0) } ?? []
    func isWithinError() -> Bool { zip(values, precision).allSatisfy { abs($0) <= $1 } }
    let count = moving.count
    // Slopes that are averages over points have small jumps, which wide differences see and narrow ones do not.
    var width = 1e-6
    for _ in 0..<Self.newtonRounds {
      let scale = size(prices, moving)
      if length(values) <= tolerance * scale { break }
      if let last, isRough(last), isWithinError() { break }
      var matrix = [Double](repeating: 0, count: count * count)
      for (column, alternative) in moving.enumerated() {
        var moved = prices
        moved[alternative] += width * max(abs(prices[alternative]), 1e-3 * scale)
        let others = try conditions(moved)
        for row in 0..<count {
          matrix[row * count + column] = (others[row] - values[row]) / (moved[alternative] - prices[alternative])
        }
      }
      guard let step = try? solveLinearSystem(matrix, right: values.map { -$0 }) else { break }
      var isCloser = false
      var share = 1.0
      while share > 1e-6 {
        var trial = prices
        for (place, alternative) in moving.enumerated() { trial[alternative] += share * step[place] }
        if let next = try? conditions(trial), next.allSatisfy(\.isFinite), length(next) < length(values) {
          prices = trial
          values = next
          precision = last.map { blur(of: moving, $0) } ?? []
          isCloser = true
          break
        }
        share /= 2
      }
      guard isCloser else {
        guard width < 1e-3, precision.contains(where: { $0 > 1e-9 * scale }), !isWithinError() else { break }
        width = 1e-2
        continue
      }
      found.prices = prices
      found.residual = length(values)
    }
    // Far from where it began, where customers are paid to buy, a step would be small beside the prices for no merit.
    let scale = min(size(found.prices, moving), 1e3 * startSize)
    found.isConverged = found.residual <= 1e-9 * scale || isWithinError()
  }
}
