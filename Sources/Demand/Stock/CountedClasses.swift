import Foundation
import GSL

/// Fare classes whose demand and capacity are whole numbers, by exact dynamic programme: what each unit adds, what
/// protection levels earn, and which earn most.
///
/// With classes 1...j still to book, the x-th unit left adds D_j(x). Where class j is sold above a level y it is
/// D_{j-1}(x) up to y, and beyond f_j P(demand >= x - y) + E[D_{j-1}(x - demand); demand < x - y]. The best y is the
/// number of units that add more than f_j without class j (Lee & Hersh 1993; Talluri & van Ryzin 2004, section 2.2.2).
/// Verified against enumeration and against ``FareClasses/optimalLevels()`` on a lattice (`FareClassesTests`).
public struct CountedClasses: Sendable, Hashable {
  /// What a unit earns in each class, falling, in money.
  public let fares: [Double]
  /// The probabilities of 0, 1, 2... requests for each class.
  public let demands: [[Double]]
  /// Units to sell.
  public let capacity: Int

  /// More steps than this are refused.
  public static let largestWork = 2e10

  /// The classes with their demand in whole numbers: counted demand as it is, normal demand by the probabilities of a half
  /// around each, what is below a half as 0.
  ///
  /// - Parameters:
  ///   - capacity: units to sell, at least 0.
  ///   - lots: parts into which each unit is cut; more than 1 approach continuous demand.
  /// - Throws: ``DemandError`` for negative capacity, lots outside 1...1000 or other than 1 with counted demand, and
  ///   before it starts for more than ``largestWork`` steps.
  public init(_ classes: FareClasses, capacity: Int, lots: Int = 1) throws {
    guard capacity >= 0, capacity <= 1_000_000_000 else {
      throw DemandError("capacity is \(capacity) units; it is 0 to 1e9")
    }
    guard (1...1000).contains(lots) else { throw DemandError("\(lots) lots in a unit; there are 1 to 1000") }
    fares = classes.fares.map { $0 / Double(lots) }
    self.capacity = capacity * lots
    demands = try classes.demands.map { try Self.counts($0, capacity: capacity * lots, lots: lots) }
    let work = demands.reduce(0) { $0 + Double($1.count) * Double(capacity * lots) }
    guard work <= Self.largestWork else {
      throw DemandError(
        "the programme of \(fares.count) classes and \(capacity * lots) units would take \(work) steps; at most "
          + "\(Self.largestWork) are allowed: count in larger units, or take EMSR-b")
    }
  }

  private static func counts(_ demand: ClassDemand, capacity: Int, lots: Int) throws -> [Double] {
    switch demand {
    case .counts(let probabilities):
      guard lots == 1 else { throw DemandError("counted demand is of whole units and cannot be cut into \(lots)") }
      return probabilities
    case .poisson(let mean):
      guard lots == 1 else { throw DemandError("counted demand is of whole units and cannot be cut into \(lots)") }
      let poisson = try Poisson(mean: mean)
      // Requests beyond the capacity are all alike.
      let last = min(capacity + 1, try poisson.quantile(1 - 1e-15) + 1)
      return try (0...last).map { try $0 < last ? poisson.probability($0) : poisson.survival(last - 1) }
    case .normal(let mean, let deviation):
      let scale = Double(lots)
      guard deviation > 0 else {
        let count = Int((mean * scale).rounded())
        return (0...min(count, capacity + 1)).map { $0 == min(count, capacity + 1) ? 1 : 0 }
      }
      let normal = try Normal(mean: mean * scale, standardDeviation: deviation * scale)
      let last = min(capacity + 1, Int(max(0, (mean + 9 * deviation) * scale)) + 1)
      return try (0...last).map { count in
        let above = try count == 0 ? 1 : normal.survival(Double(count) - 0.5)
        return above - (try count == last ? 0 : normal.survival(Double(count) + 0.5))
      }
    }
  }

  /// The protection levels that earn most; of equal ones the lower.
  public var optimalLevels: [Int] {
    var levels: [Int] = []
    var added = [Double](repeating: 0, count: capacity)
    for index in fares.indices {
      if index > 0 { levels.append(added.firstIndex { $0 <= fares[index] } ?? capacity) }
      added = adding(index, to: added, above: levels.last ?? 0)
    }
    return levels
  }

  /// What protection levels are expected to earn, in money.
  ///
  /// - Throws: ``DemandError`` unless there is one level of at least 0 for each class but the first, and none falls.
  public func revenue(protecting levels: [Int]) throws -> Double {
    guard levels.count == fares.count - 1, levels.allSatisfy({ $0 >= 0 }),
      zip(levels, levels.dropFirst()).allSatisfy(<=)
    else {
      throw DemandError(
        "protection levels are \(levels) for \(fares.count) classes; there is one for each class but the first, at least "
          + "0 and not falling")
    }
    var added = [Double](repeating: 0, count: capacity)
    for index in fares.indices { added = adding(index, to: added, above: index == 0 ? 0 : levels[index - 1]) }
    return added.reduce(0, +)
  }

  /// What each unit adds, once a class is to be sold above a level too.
  private func adding(_ index: Int, to added: [Double], above level: Int) -> [Double] {
    let demand = demands[index]
    var result = added
    var reached = 1.0
    for unit in min(level, capacity)..<max(capacity, min(level, capacity)) {
      // The first unit above the level is the count 1 of demand.
      let count = unit - level + 1
      reached = max(0, reached - (count - 1 < demand.count ? demand[count - 1] : 0))
      var sum = fares[index] * reached
      for requests in 0..<min(count, demand.count) { sum += demand[requests] * added[unit - requests] }
      result[unit] = sum
    }
    return result
  }
}
