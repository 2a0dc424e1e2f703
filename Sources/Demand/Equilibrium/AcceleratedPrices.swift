import GSL

extension PricingGame {
  private static let acceleratedRounds = 60
  private static let memory = 5

  /// Whether slopes are averages over points, with small jumps, of units that have jumps too: conditions then hold within
  /// an error, and no better.
  func isRough(_ response: DemandResponse) -> Bool { response.directSlopes.isEmpty && response.error > 1e-9 }

  /// Half the way to what the first-order conditions ask for, again and again, accelerated by what the last rounds have
  /// shown (Anderson 1965, Journal of the ACM 12): one evaluation of slopes a round, where Newton's method needs one for
  /// each product.
  ///
  /// For linear demand half the way is all of it; curved demand contracts. Where it does not, Newton's method follows.
  func accelerate(_ found: inout StationaryPrices, _ moving: [Int], _ tolerance: Double) throws {
    var prices = found.prices
    var points: [[Double]] = []
    var steps: [[Double]] = []
    var slow = 0
    // Where slopes are rough, rounds that come no closer have come close enough if the stated error explains the rest.
    var isExplained = false
    defer { found.isConverged = found.isConverged || isExplained }
    for _ in 0..<Self.acceleratedRounds {
      guard let response = try? demand.response(at: prices, hasSlopes: true), response.directSlopes.isEmpty else {
        return
      }
      found.evaluations += 1
      let missing = shortfalls(of: moving, at: prices, response)
      let residual = missing.reduce(0) { max($0, abs($1)) }
      guard residual.isFinite else { return }
      slow = residual > 0.9 * found.residual ? slow + 1 : 0
      if residual < found.residual {
        found.prices = prices
        found.residual = residual
        isExplained = isRough(response) && zip(missing, blur(of: moving, response)).allSatisfy { abs($0) <= 0.3 * $1 }
      }
      let isEnough =
        isRough(response) && zip(missing, blur(of: moving, response)).allSatisfy { abs($0) <= 0.003 * $1 }
      guard residual > tolerance * size(prices, moving), !isEnough else {
        found.isConverged = true
        return
      }
      guard slow < 8 else { return }
      points.append(moving.map { prices[$0] })
      steps.append(missing.map { $0 / 2 })
      if points.count > Self.memory {
        points.removeFirst()
        steps.removeFirst()
      }
      for (alternative, price) in zip(moving, Self.mixed(points, steps)) { prices[alternative] = price }
    }
  }

  /// The next point: of all combinations of the last ones whose weights sum to 1 the one with the smallest step, and that
  /// step.
  private static func mixed(_ points: [[Double]], _ steps: [[Double]]) -> [Double] {
    guard let point = points.last, let step = steps.last else { return [] }
    let plain = zip(point, step).map { $0 + $1 }
    let count = points.count - 1
    guard count > 0 else { return plain }
    let changes = (0..<count).map { place in zip(step, steps[place]).map { $0 - $1 } }
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count {
        matrix[row * count + column] = zip(changes[row], changes[column]).reduce(0) { $0 + $1.0 * $1.1 }
      }
      // A whiff more on the diagonal keeps steps that look alike from cancelling.
      matrix[row * count + row] *= 1 + 1e-10
    }
    let right = changes.map { zip($0, step).reduce(0) { $0 + $1.0 * $1.1 } }
    guard let weights = try? solveLinearSystem(matrix, right: right), weights.allSatisfy({ abs($0) < 1e3 }) else {
      return plain
    }
    return plain.indices.map { index in
      (0..<count).reduce(plain[index]) { sum, place in
        sum - weights[place] * (point[index] - points[place][index] + changes[place][index])
      }
    }
  }
}
