import Foundation

/// Demand with a constant elasticity of substitution (Dixit & Stiglitz 1977; Anderson, de Palma & Thisse 1992): customers
/// spend a budget, the share of alternative j being v_j p_j^(1 - sigma) over the sum of all, where the outside option
/// counts 1.
///
/// Verified: spending adds up, slopes against differences of units, the derivative of surplus (`DemandSystemTests`).
public struct CESDemand: DemandSystem, Hashable {
  /// The quality of each alternative; positive.
  public let qualities: [Double]
  /// The elasticity of substitution; more than 1.
  public let elasticity: Double
  /// What an average customer spends on the whole market, the outside option included, in money.
  public let budget: Double
  /// Whether customers may buy nothing.
  public let hasOutsideOption: Bool

  /// CES demand.
  ///
  /// - Throws: ``DemandError`` for parameters out of range.
  public init(qualities: [Double], elasticity: Double, budget: Double, hasOutsideOption: Bool = true) throws {
    guard qualities.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw DemandError("the quality of every alternative is more than 0")
    }
    guard elasticity.isFinite, elasticity > 1 else {
      throw DemandError("an elasticity of substitution of \(elasticity); it is more than 1")
    }
    guard budget.isFinite, budget > 0 else { throw DemandError("a budget of \(budget); it is more than 0") }
    self.qualities = qualities
    self.elasticity = elasticity
    self.budget = budget
    self.hasOutsideOption = hasOutsideOption
  }

  /// Of prices that the search for an equilibrium may try: 1e60.
  private static let largestLogarithm = 138.0

  /// How many alternatives there are.
  public var alternativeCount: Int { qualities.count }

  /// Spending stays, so that units grow without limit as a price nears 0.
  public var hasLimitAtNoPrice: Bool { false }

  /// Demand at prices by alternative; see ``DemandSystem``.
  public func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse {
    let count = alternativeCount
    guard prices.allSatisfy({ $0 > 0 }) else { throw DemandError("CES demand has no limit at a price of 0 or less") }
    // In logarithms, so that no power overflows.
    let logarithms = prices.indices.map { alternative in
      prices[alternative].isFinite
        ? log(qualities[alternative]) + (1 - elasticity) * log(prices[alternative]) : -.infinity
    }
    let largest = max(hasOutsideOption ? 0 : -.infinity, logarithms.max() ?? -.infinity)
    guard largest > -.infinity else {
      return DemandResponse(
        units: [Double](repeating: 0, count: count),
        slopes: [Double](repeating: 0, count: hasSlopes ? count * count : 0),
        directSlopes: [Double](repeating: 0, count: hasSlopes ? count : 0), surplus: 0, error: 0)
    }
    let sum = logarithms.reduce(hasOutsideOption ? exp(-largest) : 0) { $0 + exp($1 - largest) }
    let shares = logarithms.map { exp($0 - largest) / sum }
    let units = prices.indices.map { shares[$0] > 0 ? budget * shares[$0] / prices[$0] : 0 }
    var slopes = [Double](repeating: 0, count: hasSlopes ? count * count : 0)
    var direct = [Double](repeating: 0, count: hasSlopes ? count : 0)
    if hasSlopes {
      for row in units.indices where units[row] > 0 {
        direct[row] = -elasticity * units[row] / prices[row]
        slopes[row * count + row] = direct[row]
        for column in units.indices where units[column] > 0 {
          slopes[row * count + column] += (elasticity - 1) * units[row] * shares[column] / prices[column]
        }
      }
    }
    return DemandResponse(
      units: units, slopes: slopes, directSlopes: direct,
      surplus: budget / (elasticity - 1) * (largest + log(sum)), error: 0)
  }

  /// The price above which nearly nobody buys an alternative; see ``DemandSystem``.
  public func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double {
    var others = hasOutsideOption ? [0.0] : []
    for other in prices.indices where other != alternative && prices[other].isFinite {
      others.append(log(qualities[other]) + (1 - elasticity) * log(max(prices[other], .leastNormalMagnitude)))
    }
    guard let largest = others.max() else { return .infinity }
    let weight = largest + log(others.reduce(0) { $0 + exp($1 - largest) })
    // There its share of spending is about 1e-12. Near an elasticity of 1 spending hardly falls, but units do.
    return exp(min(Self.largestLogarithm, (log(1e12 * qualities[alternative]) - weight) / (elasticity - 1)))
  }
}
