import CKernels

extension Lanes {
  /// For each lane the row among `rows` with the largest value less price; see `bertrand_best_alternatives`.
  ///
  /// Writes the position in `rows`, or -1, to `choices`, the surplus to `surpluses`.
  /// - Returns: the number of lanes with two or more equally good rows.
  func best(
    of rows: Range<Int>, prices: [Double], outside: Double, lanes range: Range<Int>,
    choices: borrowing IndexLanes, choiceRow: Int, surpluses: borrowing Lanes, surplusRow: Int
  ) -> Int {
    let first = base + (rows.lowerBound * width + range.lowerBound)
    return prices.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress else { return 0 }
      return bertrand_best_alternatives(
        first, width, start + rows.lowerBound, rows.count, range.count, outside,
        choices.base + (choiceRow * choices.width + range.lowerBound), surpluses.lanes(surplusRow, range))
    }
  }

  /// counts[offset + k] += how many lanes chose position first + k, for `count` positions.
  ///
  /// - Returns: the sum of a row of surpluses, in a fixed order; 0 for no row.
  func tally(
    _ choices: borrowing IndexLanes, row: Int, lanes range: Range<Int>, first: Int = 0, count: Int,
    counts: inout [Double], from offset: Int, surplusRow: Int?
  ) -> Double {
    var surplus = 0.0
    counts.withUnsafeMutableBufferPointer { all in
      guard let start = all.baseAddress, offset + count <= all.count else { return }
      let first = Int32(truncatingIfNeeded: first)
      let chosen = choices.base + (row * choices.width + range.lowerBound)
      if let surplusRow {
        bertrand_tally(chosen, lanes(surplusRow, range), range.count, first, count, start + offset, &surplus)
      } else {
        bertrand_tally(chosen, nil, range.count, first, count, start + offset, nil)
      }
    }
    return surplus
  }
}
