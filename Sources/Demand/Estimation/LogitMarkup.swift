import Foundation
import GSL

/// The markup that earns most where customers choose among substitutes by a logit, rivals' prices given.
///
/// All products of the seller get the same markup (Anderson & de Palma 1992); with noise of scale s it is
/// s (1 + W(A / (e B))), where A sums e^((value - unit cost)/s) over own products, B sums e^((value - price)/s) over
/// rivals' and 1 for buying nothing, and W is Lambert's (Li & Huh 2011). Without noise it is what the best own product
/// leaves above the best other choice at cost, if anything. Verified by `LogitMarkupTests` against a search and against
/// the first-order condition.
public enum LogitMarkup {
  /// The markup on unit cost, in money.
  ///
  /// - Parameters:
  ///   - scale: of the noise, in money, 0 or more.
  ///   - own: value less unit cost of each own product, in money.
  ///   - rivals: value less price of each rival product, in money.
  ///   - hasNothing: whether customers may buy nothing.
  /// - Throws: ``DemandError`` where there is nothing else to choose, so that any price would be paid.
  public static func best(scale: Double, own: [Double], rivals: [Double], hasNothing: Bool) throws -> Double {
    let others = rivals + (hasNothing ? [0] : [])
    guard let bestOwn = own.max(), let bestOther = others.max() else {
      throw DemandError("customers have no other choice, so that no price is best")
    }
    guard scale > 0 else { return max(0, bestOwn - bestOther) }
    func sum(_ surpluses: [Double], above highest: Double) -> Double {
      log(surpluses.reduce(0) { $0 + exp(($1 - highest) / scale) })
    }
    let exponent =
      (bestOwn - bestOther) / scale + sum(own, above: bestOwn) - sum(others, above: bestOther) - 1
    guard exponent.isFinite else { return max(0, bestOwn - bestOther) }
    return scale * (1 + (try Special.lambertW0(ofExponentialOf: exponent)))
  }
}
