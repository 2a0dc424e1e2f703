import Foundation
import GSL

/// The valuations of one product for draws and for scores, with whatever has to be tabulated for that beforehand.
///
/// Verified against quantiles and, in blocks of customers, against demand curves (`ValuationSamplerTests`,
/// `CustomerBlockDistributionTests`).
package struct ValuationSampler: Sendable, Hashable {
  package let valuation: Valuation
  /// The samplers of a mixture's components.
  let components: [ValuationSampler]
  /// The logarithm of a gamma quantile, or the log-odds of a beta quantile.
  let table: ScoreTable?
  /// A mixture's breakpoints, and its quantiles at equal steps of the score: brackets for the ones between.
  private let breakpoints: [Double]
  private let brackets: [Double]

  private static let stepsPerUnit = 32.0

  /// Prepares a valuation.
  ///
  /// - Parameter isCorrelated: whether it is drawn from correlated normals; a mixture then needs its quantiles.
  /// - Throws: ``DemandError`` or `GSLError` where a quantile cannot be computed.
  package init(_ valuation: Valuation, isCorrelated: Bool) throws {
    self.valuation = valuation
    var parts: [ValuationSampler] = []
    var breakpoints: [Double] = []
    var brackets: [Double] = []
    switch valuation {
    case .gamma(let shape, _):
      let gamma = try Gamma(shape: shape)
      table = try ScoreTable {
        try gamma.logQuantile(below: Valuation.normalTail(-$0), above: Valuation.normalTail($0))
      }
    case .beta(let alpha, let beta, _, _):
      let beta = try Beta(alpha: alpha, beta: beta)
      table = try ScoreTable { try beta.logOdds(below: Valuation.normalTail(-$0), above: Valuation.normalTail($0)) }
    case .mixture(let components):
      table = nil
      parts = try components.map { try ValuationSampler($0.valuation, isCorrelated: false) }
      if isCorrelated {
        breakpoints = MixtureCurve(components: components).breakpoints
        brackets = try (0...Int(2 * ScoreTable.limit * Self.stepsPerUnit)).map { step in
          let score = -ScoreTable.limit + Double(step) / Self.stepsPerUnit
          return try valuation.value(below: Valuation.normalTail(-score), above: Valuation.normalTail(score))
        }
      }
    default:
      table = nil
    }
    components = parts
    self.breakpoints = breakpoints
    self.brackets = brackets
  }

  /// Everything else follows from the valuation.
  package static func == (one: ValuationSampler, other: ValuationSampler) -> Bool { one.valuation == other.valuation }

  package func hash(into hasher: inout Hasher) { hasher.combine(valuation) }

  /// The valuation whose underlying normal is `score`; scores beyond ±8.5 count as that.
  package func value(score: Double) throws -> Double {
    let score = min(ScoreTable.limit, max(-ScoreTable.limit, score))
    switch valuation {
    case .gamma(_, let scale):
      if let table { return scale * exp(table.value(score)) }
    case .beta(let alpha, let beta, let low, let high):
      if let table {
        return BetaCurve(alpha: alpha, beta: beta, low: low, high: high).value(logOdds: table.value(score))
      }
    case .mixture(let components) where !brackets.isEmpty: return mixed(components, score)
    default: break
    }
    return try valuation.value(below: Valuation.normalTail(-score), above: Valuation.normalTail(score))
  }

  /// A correlated mixture's valuation, between the tabulated ones on both sides.
  func mixed(_ components: [Valuation.Component], _ score: Double) -> Double {
    let score = min(ScoreTable.limit, max(-ScoreTable.limit, score))
    let step = min(brackets.count - 2, Int((score + ScoreTable.limit) * Self.stepsPerUnit))
    let (low, high) = (brackets[step], brackets[step + 1])
    // Both ends on one atom.
    guard low < high else { return low }
    return MixtureCurve(components: components).value(
      below: Valuation.normalTail(-score), above: Valuation.normalTail(score), from: low, to: high,
      breakpoints: breakpoints)
  }
}
