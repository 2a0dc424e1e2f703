import Foundation
import GSL

/// A linear programme with capacities: maximise c x subject to A x <= b and 0 <= x <= u, where b is at least 0.
///
/// The simplex method with bounds (Dantzig 1963, Linear Programming and Extensions, chapter 18), which starts from x = 0
/// and takes Bland's rule (1977, Mathematics of Operations Research 2) where steps stop moving, so that it does not cycle.
/// Before it returns, the solution is computed anew from its basis, and with its duals has to satisfy what proves it: both
/// are feasible, and their objectives are equal. Small and dense: some hundreds of rows and columns.
///
/// Verified by that proof over random programmes, degenerate ones included, a cycling example, and a network by hand
/// (`LinearProgrammeTests`).
public struct LinearProgramme: Sendable, Hashable {
  /// c: what a unit of each variable earns.
  public let gains: [Double]
  /// A, row by row.
  public let rows: [[Double]]
  /// b: the capacity of each row.
  public let capacities: [Double]
  /// u: the most of each variable; may be infinite.
  public let limits: [Double]

  /// An optimal solution and what proves it.
  public struct Solution: Sendable, Hashable {
    /// x.
    public let amounts: [Double]
    /// What one more unit of each capacity would earn: the duals of the rows, at least 0.
    public let prices: [Double]
    /// What one more unit of each limit would earn: the part of a gain that the prices leave, where it is above 0.
    public let limitPrices: [Double]
    /// c x.
    public let objective: Double
    /// The largest amount by which a constraint or dual constraint is broken, or the objectives differ, in proportion to
    /// the largest numbers in them.
    public let error: Double
  }

  /// A proof may be off by this much, in proportion.
  public static let tolerance = 1e-8

  /// A programme.
  ///
  /// - Throws: ``DemandError`` unless sizes fit, all numbers are finite (limits may be infinite) and capacities and limits at
  ///   least 0.
  public init(gains: [Double], rows: [[Double]], capacities: [Double], limits: [Double]) throws {
    guard rows.count == capacities.count, limits.count == gains.count, rows.allSatisfy({ $0.count == gains.count })
    else {
      throw DemandError(
        "a linear programme has \(gains.count) gains, \(limits.count) limits, \(capacities.count) capacities and rows of "
          + "\(Set(rows.map(\.count)).sorted()) entries; they do not fit")
    }
    guard gains.allSatisfy(\.isFinite), rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw DemandError("a linear programme holds a number that is not finite")
    }
    guard capacities.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw DemandError("capacities are \(capacities); they are finite and at least 0")
    }
    guard limits.allSatisfy({ $0 >= 0 }) else { throw DemandError("limits are \(limits); they are at least 0") }
    (self.gains, self.rows, self.capacities, self.limits) = (gains, rows, capacities, limits)
  }

  /// An optimal solution.
  ///
  /// - Throws: ``DemandError`` where the objective has no limit, or no proof is found within ``tolerance``, which no
  ///   programme is known to cause.
  public func solution() throws -> Solution {
    var tableau = Tableau(self)
    try tableau.run()
    let solution = try proof(of: tableau)
    guard solution.error <= Self.tolerance else {
      throw DemandError("a linear programme was solved to \(solution.error) only, in proportion")
    }
    return solution
  }

  /// The solution of a basis, computed from the programme itself, with its duals.
  private func proof(of tableau: Tableau) throws -> Solution {
    let count = gains.count
    var amounts = [Double](repeating: 0, count: count)
    for (variable, isFull) in tableau.isFull.enumerated() where variable < count && isFull {
      amounts[variable] = limits[variable]
    }
    var prices = [Double](repeating: 0, count: rows.count)
    if !rows.isEmpty {
      let basis = tableau.basis
      let columns = basis.map { variable in
        rows.indices.map { variable < count ? rows[$0][variable] : ($0 == variable - count ? 1.0 : 0) }
      }
      let free = rows.indices.map { row in capacities[row] - zip(rows[row], amounts).reduce(0) { $0 + $1.0 * $1.1 } }
      let matrix = rows.indices.flatMap { row in columns.map { $0[row] } }
      let basic = try solveLinearSystem(matrix, right: free)
      for (variable, amount) in zip(basis, basic) where variable < count { amounts[variable] = amount }
      prices = try solveLinearSystem(columns.flatMap { $0 }, right: basis.map { $0 < count ? gains[$0] : 0 })
    }
    return judged(amounts, prices)
  }

  /// A solution and its duals, moved by rounding into their bounds, and by how much they then fail.
  private func judged(_ amounts: [Double], _ prices: [Double]) -> Solution {
    let largestGain = max(1e-300, gains.reduce(0) { max($0, abs($1)) })
    let largestAmount = max(1e-300, (amounts.map(abs) + capacities).max() ?? 0)
    let largestPrice = max(largestGain, prices.map(abs).max() ?? 0)
    var error = 0.0
    for (amount, limit) in zip(amounts, limits) {
      error = max(error, max(-amount, amount - limit) / largestAmount)
    }
    for price in prices { error = max(error, -price / largestPrice) }
    let amounts = zip(amounts, limits).map { min($1, max(0, $0)) }
    let prices = prices.map { max(0, $0) }
    for (row, capacity) in zip(rows, capacities) {
      let used = zip(row, amounts).reduce(0) { $0 + $1.0 * $1.1 }
      let largest = row.reduce(1) { max($0, abs($1)) }
      error = max(error, (used - capacity) / (largest * largestAmount))
    }
    var limitPrices: [Double] = []
    for variable in gains.indices {
      let used = zip(rows, prices).reduce(0) { $0 + $1.0[variable] * $1.1 }
      let left = max(0, gains[variable] - used)
      limitPrices.append(limits[variable].isFinite ? left : 0)
      if limits[variable].isInfinite { error = max(error, left / largestGain) }
    }
    let objective = zip(gains, amounts).reduce(0) { $0 + $1.0 * $1.1 }
    let bounds = zip(limits, limitPrices).reduce(0) { $0 + ($1.1 > 0 ? $1.0 * $1.1 : 0) }
    let dual = zip(capacities, prices).reduce(bounds) { $0 + $1.0 * $1.1 }
    error = max(error, abs(dual - objective) / (largestGain * largestAmount))
    return Solution(
      amounts: amounts, prices: prices, limitPrices: limitPrices, objective: objective, error: error)
  }
}

/// The simplex method with bounds. Variables beyond those of the programme are what is left of each capacity.
private struct Tableau {
  /// The basic variable of each row.
  private(set) var basis: [Int]
  /// Whether a variable that is not basic stands at its limit rather than at 0.
  private(set) var isFull: [Bool]
  private var rows: [[Double]]
  private var values: [Double]
  private var gains: [Double]
  private let limits: [Double]
  private let smallest: Double

  init(_ programme: LinearProgramme) {
    let (count, height) = (programme.gains.count, programme.rows.count)
    rows = programme.rows.enumerated().map { index, row in
      row + (0..<height).map { $0 == index ? 1 : 0 }
    }
    values = programme.capacities
    gains = programme.gains + [Double](repeating: 0, count: height)
    limits = programme.limits + [Double](repeating: .infinity, count: height)
    basis = (0..<height).map { count + $0 }
    isFull = [Bool](repeating: false, count: count + height)
    smallest = 1e-11 * gains.reduce(0) { max($0, abs($1)) }
  }

  mutating func run() throws {
    // Steps that move nothing are allowed to choose freely for a while.
    var idle = 0
    while let entering = entering(byBland: idle > 20) {
      let moved = try step(entering)
      idle = moved > 0 ? 0 : idle + 1
    }
  }

  /// A variable that earns by leaving its bound: the one that earns most for each unit, or by Bland's rule the first.
  private func entering(byBland: Bool) -> Int? {
    var best: Int?
    var most = smallest
    for variable in gains.indices where limits[variable] > 0 {
      let gain = isFull[variable] ? -gains[variable] : gains[variable]
      guard gain > most, !basis.contains(variable) else { continue }
      if byBland { return variable }
      (best, most) = (variable, gain)
    }
    return best
  }

  /// Moves a variable from its bound as far as others allow; returns how far.
  private mutating func step(_ entering: Int) throws -> Double {
    let direction = isFull[entering] ? -1.0 : 1.0
    var farthest = limits[entering]
    var leaving: Int?
    for (row, variable) in basis.enumerated() {
      let rate = direction * rows[row][entering]
      let room = rate > 0 ? values[row] : limits[variable] - values[row]
      guard abs(rate) > 1e-10, room.isFinite else { continue }
      let distance = max(0, room) / abs(rate)
      let isFirst = leaving.map { distance == farthest && variable < basis[$0] } ?? false
      if distance < farthest || isFirst { (farthest, leaving) = (distance, row) }
    }
    guard farthest.isFinite else {
      throw DemandError("a linear programme has no limit: variable \(entering + 1) can grow for ever")
    }
    for row in rows.indices { values[row] -= direction * farthest * rows[row][entering] }
    guard let leaving else {
      isFull[entering].toggle()
      return farthest
    }
    let old = basis[leaving]
    isFull[old] = direction * rows[leaving][entering] < 0
    let start = isFull[entering] ? limits[entering] : 0
    isFull[entering] = false
    pivot(leaving, entering)
    values[leaving] = start + direction * farthest
    return farthest
  }

  private mutating func pivot(_ place: Int, _ entering: Int) {
    let divisor = rows[place][entering]
    for column in gains.indices { rows[place][column] /= divisor }
    for row in rows.indices where row != place {
      let factor = rows[row][entering]
      guard factor != 0 else { continue }
      for column in gains.indices { rows[row][column] -= factor * rows[place][column] }
    }
    let factor = gains[entering]
    for column in gains.indices { gains[column] -= factor * rows[place][column] }
    basis[place] = entering
  }
}
