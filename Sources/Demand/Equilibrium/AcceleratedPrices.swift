extension PricingGame {
  private static let acceleratedRounds = 60

  /// Whether slopes are averages over points, with small jumps, of units that have jumps too: conditions then hold within
  /// an error, and no better.
  func isRough(_ response: DemandResponse) -> Bool { response.directSlopes.isEmpty && response.error > 1e-9 }

  /// Half the way to what the first-order conditions ask for, again and again, accelerated by what the last rounds have
  /// shown (``AndersonMemory``): one evaluation of slopes a round, where Newton's method needs one for
  /// each product.
  ///
  /// For linear demand half the way is all of it; curved demand contracts. Where it does not, Newton's method follows.
  func accelerate(_ found: inout StationaryPrices, _ moving: [Int], _ tolerance: Double) throws {
    var prices = found.prices
    var memory = AndersonMemory()
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
      let step = memory.accelerated(from: moving.map { prices[$0] }, step: missing.map { $0 / 2 })
      for (alternative, step) in zip(moving, step) { prices[alternative] += step }
    }
  }
}
