import CKernels

/// Mixed logit sums over kinds of customers.
enum LogitKernel {
  /// Adds what the customers of some nodes take; see `bertrand_mixed_logit`. Of `cross` only the upper triangle.
  static func add(_ logit: LogitNodes, prices: [Double], nodes: Range<Int>, to totals: inout LogitTotals) {
    let hasSlopes = !totals.own.isEmpty
    var surplus = 0.0
    withUnsafeTemporaryAllocation(byteCount: max(1, prices.count) * 256 * 8, alignment: 64) { scratch in
      logit.utilities.withUnsafeBufferPointer { utilities in
        logit.sensitivities.withUnsafeBufferPointer { sensitivities in
          logit.weights.withUnsafeBufferPointer { weights in
            totals.units.withUnsafeMutableBufferPointer { units in
              totals.own.withUnsafeMutableBufferPointer { own in
                totals.cross.withUnsafeMutableBufferPointer { cross in
                  guard let first = utilities.baseAddress, let alpha = sensitivities.baseAddress,
                    let weight = weights.baseAddress, let shares = units.baseAddress,
                    let room = scratch.baseAddress?.assumingMemoryBound(to: Double.self)
                  else { return }
                  bertrand_mixed_logit(
                    first + nodes.lowerBound, logit.count, alpha + nodes.lowerBound, weight + nodes.lowerBound, prices,
                    prices.count, nodes.count, logit.hasOutside ? 1 : 0, room, shares,
                    hasSlopes ? own.baseAddress : nil, hasSlopes ? cross.baseAddress : nil, &surplus)
                }
              }
            }
          }
        }
      }
    }
    totals.surplus += surplus
  }

  /// What all customers let owners earn, by price; see `bertrand_logit_conditions`.
  static func earnings(_ logit: LogitNodes, prices: [Double], markups: [Double], owners: [Int]) -> EarningSlopes {
    let (alternatives, ownerCount) = (prices.count, (owners.max() ?? 0) + 1)
    var units = [Double](repeating: 0, count: alternatives)
    var (own, effects) = (units, units)
    withUnsafeTemporaryAllocation(byteCount: max(1, alternatives + ownerCount) * 256 * 8, alignment: 64) { scratch in
      guard let room = scratch.baseAddress?.assumingMemoryBound(to: Double.self) else { return }
      bertrand_logit_conditions(
        logit.utilities, logit.count, logit.sensitivities, logit.weights, prices, markups, owners.map { Int32($0) },
        ownerCount, alternatives, logit.count, logit.hasOutside ? 1 : 0, room, &units, &own, &effects)
    }
    for alternative in units.indices {
      units[alternative] += effects[alternative] - own[alternative] * markups[alternative]
      own[alternative] = 0 - own[alternative]
    }
    return EarningSlopes(slopes: units, directSlopes: own)
  }

  /// Puts the upper triangle of a square matrix, row by row, in the place of its lower one.
  static func mirror(_ matrix: inout [Double], order: Int) {
    matrix.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress, all.count == order * order else { return }
      bertrand_mirror(start, order)
    }
  }
}
