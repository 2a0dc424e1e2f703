import GSL

/// Linear demand for differentiated goods of a representative customer (Singh & Vives 1984, RAND Journal of Economics
/// 15): utility a'q - q'Bq/2 less expenditure, so that inverse demand is p = a - B q.
///
/// Quantities are never negative: a good that would have a negative quantity is not bought, and the others are demanded
/// as if it did not exist. Verified against the duopoly's closed forms and against the utility's maximum over a grid
/// (`DemandSystemTests`).
public struct LinearDemand: DemandSystem, Hashable {
  /// The price of each alternative at which its first unit finds nobody, in money (a).
  public let intercepts: [Double]
  /// By how much one more unit of one alternative lowers the price of another (B, row by row; symmetric).
  public let interaction: [[Double]]

  /// Linear demand.
  ///
  /// - Throws: ``DemandError`` unless the interaction is symmetric and positive definite, naming what is wrong.
  public init(intercepts: [Double], interaction: [[Double]]) throws {
    guard intercepts.allSatisfy(\.isFinite), interaction.count == intercepts.count,
      interaction.allSatisfy({ $0.count == intercepts.count && $0.allSatisfy(\.isFinite) })
    else { throw DemandError("linear demand needs an intercept, and a row of slopes, for each alternative") }
    for row in intercepts.indices {
      guard interaction[row][row] > 0 else {
        throw DemandError("an own slope of \(interaction[row][row]); inverse demand falls, so it is more than 0")
      }
      for column in intercepts.indices where interaction[row][column] != interaction[column][row] {
        throw DemandError("cross slopes of \(interaction[row][column]) and \(interaction[column][row]); they are equal")
      }
    }
    guard (try? CholeskyFactor(of: interaction)) != nil else {
      throw DemandError(
        "the goods are closer substitutes (or complements) for each other than for themselves: the matrix of slopes is "
          + "not positive definite; make the cross slopes smaller than the own ones")
    }
    self.intercepts = intercepts
    self.interaction = interaction
  }

  /// How many alternatives there are.
  public var alternativeCount: Int { intercepts.count }
  /// Whether customers may buy nothing.
  public var hasOutsideOption: Bool { true }

  /// Demand at prices by alternative; see ``DemandSystem``.
  public func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse {
    let count = alternativeCount
    let (bought, units) = try bundle(at: prices)
    var response = DemandResponse(
      units: units, slopes: hasSlopes ? [Double](repeating: 0, count: count * count) : [], directSlopes: [], surplus: 0,
      error: 0)
    for row in bought {
      response.surplus += units[row] * (intercepts[row] - prices[row])
      for column in bought { response.surplus -= 0.5 * units[row] * interaction[row][column] * units[column] }
    }
    guard hasSlopes, !bought.isEmpty else { return response }
    let matrix = bought.flatMap { row in bought.map { interaction[row][$0] } }
    for (place, price) in bought.enumerated() {
      let column = try solveLinearSystem(matrix, right: bought.indices.map { $0 == place ? -1 : 0 })
      for (row, alternative) in bought.enumerated() { response.slopes[alternative * count + price] = column[row] }
    }
    return response
  }

  /// What is bought: the solution of q >= 0, p - a + Bq >= 0, q'(p - a + Bq) = 0, by principal pivots of the least index
  /// (Murty 1974, Linear Algebra and its Applications 9), which end because B is positive definite.
  private func bundle(at prices: [Double]) throws -> (bought: [Int], units: [Double]) {
    let onSale = prices.indices.filter { prices[$0].isFinite }
    // Mostly all are bought: then one solution is enough.
    var isBought = prices.map(\.isFinite)
    var units = [Double](repeating: 0, count: alternativeCount)
    // At a kink rounding must not take one good in and out for ever.
    let rounding = 1e-14 * onSale.reduce(0) { max($0, abs(prices[$1]), abs(intercepts[$1])) }
    for _ in 0..<(1 << 16) {
      let bought = onSale.filter { isBought[$0] }
      units = [Double](repeating: 0, count: alternativeCount)
      if !bought.isEmpty {
        let solution = try solveLinearSystem(
          bought.flatMap { row in bought.map { interaction[row][$0] } },
          right: bought.map { intercepts[$0] - prices[$0] })
        for (place, alternative) in bought.enumerated() { units[alternative] = solution[place] }
      }
      let wrong = onSale.first { alternative in
        if isBought[alternative] { return units[alternative] * interaction[alternative][alternative] < -rounding }
        let worth = onSale.reduce(intercepts[alternative]) { $0 - interaction[alternative][$1] * units[$1] }
        return worth > prices[alternative] + rounding
      }
      guard let wrong else { return (bought, units.map { max(0, $0) }) }
      isBought[wrong].toggle()
    }
    throw DemandError("linear demand of so many goods at these prices was not found")
  }

  /// The price above which nearly nobody buys an alternative; see ``DemandSystem``.
  public func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double {
    // Complements at no price raise what a good is worth.
    let others = interaction[alternative].indices.filter { $0 != alternative && interaction[alternative][$0] < 0 }
    let units = others.isEmpty ? [] : try bundle(at: intercepts.map { _ in 0 }).units
    return max(0, others.reduce(intercepts[alternative]) { $0 - interaction[alternative][$1] * units[$1] })
  }
}
