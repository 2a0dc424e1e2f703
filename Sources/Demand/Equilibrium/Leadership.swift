import GSL

extension PricingGame {
  /// Prices where one seller leads: it posts first, and the others, who see it, then play their equilibrium (price
  /// leadership; Stackelberg 1934 with prices).
  ///
  /// The leader's first-order condition counts how the followers answer, by the implicit function theorem on their own
  /// conditions. Verified against the linear duopoly's closed form and by a scan of the leader's price
  /// (`EquilibriumTests`).
  ///
  /// - Parameter start: prices near which to look; an equilibrium of prices set at the same time.
  /// - Returns: all prices; nil where the followers' conditions have no solution near the start, or have one that is no
  ///   equilibrium among them.
  /// - Throws: what demand throws.
  public func leadership(of leader: Int, from start: [Double]) throws -> StationaryPrices? {
    let own = alternatives(of: leader)
    let followers = owners.indices.filter { owners[$0] != leader }
    var evaluations = 0
    // All prices when the leader posts these and the followers have answered.
    func answered(_ leading: [Double], near prices: [Double]) throws -> StationaryPrices {
      var trial = prices
      for (alternative, price) in zip(own, leading) { trial[alternative] = price }
      let answer = try stationaryPrices(from: trial, moving: followers)
      evaluations += answer.evaluations
      return answer
    }
    func profit(_ leading: [Double], near prices: [Double]) throws -> Double {
      try self.profit(of: leader, at: answered(leading, near: prices).prices)
    }
    var prices = start
    // Along each own price in turn over its neighbourhood, then the conditions themselves.
    for _ in 0..<(own.count == 1 ? 1 : 4) {
      for alternative in own {
        let current = prices
        let margin = max(current[alternative] - unitCosts[alternative], 1e-3 * abs(current[alternative]))
        let found = try minimise(
          from: current[alternative] - 0.8 * margin, to: current[alternative] + 3 * margin, scanSteps: 32
        ) { price in
          var leading = current
          leading[alternative] = price
          return -(try profit(own.map { leading[$0] }, near: current))
        }
        var leading = current
        leading[alternative] = found.point
        prices = try answered(own.map { leading[$0] }, near: current).prices
      }
    }
    let isRough = isRough(try demand.response(at: prices, hasSlopes: false))
    // Slopes with jumps tell nothing of how followers answer; then the scan is all there is.
    var values = isRough ? own.map { _ in 0 } : try leaderShortfalls(own, followers, at: prices)
    var earned = try self.profit(of: leader, at: prices)
    for _ in 0..<(isRough ? 0 : 30) {
      var matrix = [Double](repeating: 0, count: own.count * own.count)
      for (column, alternative) in own.enumerated() {
        var leading = own.map { prices[$0] }
        leading[column] += 1e-5 * max(abs(prices[alternative]), 1e-9)
        let width = leading[column] - prices[alternative]
        let moved = try leaderShortfalls(own, followers, at: try answered(leading, near: prices).prices)
        for row in own.indices { matrix[row * own.count + column] = (moved[row] - values[row]) / width }
      }
      guard let step = try? solveLinearSystem(matrix, right: values.map { -$0 }) else { break }
      let leading = own.indices.map { prices[own[$0]] + step[$0] }
      let next = try answered(leading, near: prices)
      guard next.isConverged else { break }
      let nextValues = try leaderShortfalls(own, followers, at: next.prices)
      let nextEarned = try self.profit(of: leader, at: next.prices)
      guard largest(nextValues) < largest(values), nextEarned >= earned - 1e-9 * abs(earned) else { break }
      earned = nextEarned
      prices = next.prices
      values = nextValues
    }
    let size = prices.reduce(1e-300) { max($0, abs($1)) }
    let followed = try answered(own.map { prices[$0] }, near: prices)
    guard followed.isConverged else { return nil }
    // Conditions may hold where a follower would do better elsewhere, or sells nothing for want of trying.
    let response = try demand.response(at: prices, hasSlopes: false)
    for follower in sellers where follower != leader {
      let earned = self.profit(of: follower, at: prices, units: response.units)
      let gain = try bestResponse(of: follower, to: prices).profit - earned
      guard gain <= max(1e-7 * abs(earned), 1e-13 * size, noise(of: follower, at: prices, error: response.error)) else {
        return nil
      }
    }
    let residual = max(largest(values), followed.residual)
    return StationaryPrices(
      prices: prices, residual: residual, evaluations: evaluations, isConverged: isRough || residual <= 1e-6 * size)
  }

  private func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

  /// The derivative of the leader's profit by each of its prices, followers answering, over the own slope of demand.
  private func leaderShortfalls(_ own: [Int], _ followers: [Int], at prices: [Double]) throws -> [Double] {
    let response = try demand.response(at: prices, hasSlopes: true)
    let count = owners.count
    // Who sells nothing answers nothing.
    let followers = followers.filter { response.slope(of: $0, by: $0) < -1e-300 }
    func conditions(_ prices: [Double]) throws -> [Double] {
      shortfalls(of: followers, at: prices, try demand.response(at: prices, hasSlopes: true))
    }
    // d conditions / d prices, by central differences.
    let size = prices.reduce(0) { max($0, abs($1)) }
    func column(_ alternative: Int) throws -> [Double] {
      var (above, below) = (prices, prices)
      let step = 1e-5 * max(abs(prices[alternative]), 1e-3 * size)
      above[alternative] += step
      below[alternative] -= step
      return zip(try conditions(above), try conditions(below)).map {
        ($0 - $1) / (above[alternative] - below[alternative])
      }
    }
    var matrix = [Double](repeating: 0, count: followers.count * followers.count)
    for (place, follower) in followers.enumerated() {
      for (row, value) in try column(follower).enumerated() { matrix[row * followers.count + place] = value }
    }
    return try own.map { alternative in
      guard response.slope(of: alternative, by: alternative) < -1e-300 else { return 0 }
      var derivative = response.units[alternative]
      for other in own {
        derivative += (prices[other] - unitCosts[other]) * response.slopes[other * count + alternative]
      }
      if !followers.isEmpty {
        let answers = try solveLinearSystem(matrix, right: try column(alternative).map { -$0 })
        for other in own {
          for (follower, answer) in zip(followers, answers) {
            derivative += (prices[other] - unitCosts[other]) * response.slopes[other * count + follower] * answer
          }
        }
      }
      return -derivative / response.slope(of: alternative, by: alternative)
    }
  }
}
