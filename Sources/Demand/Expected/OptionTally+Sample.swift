/// The average over quasi-random customers who take one unit: the worth of each option is laid out row by row for some
/// customers at a time, and the best of them found by the kernels of sampled choice.
extension OptionTally {
  /// Room for the options of some customers, those with the pivot first.
  private struct Room: ~Copyable {
    /// The options with the pivot, then those without.
    let order: [Int]
    let withPivot: Range<Int>
    let without: Range<Int>
    let width: Int
    let worths: Lanes
    /// Row 0: of the options with the pivot, row 1: of those without.
    let choices: IndexLanes
    let best: Lanes
    let zeros: [Double]

    init(_ hasPivot: [Bool]) {
      let pivoted = hasPivot.indices.filter { hasPivot[$0] }
      order = pivoted + hasPivot.indices.filter { !hasPivot[$0] }
      withPivot = 0..<pivoted.count
      without = pivoted.count..<order.count
      // What is laid out stays in the near cache where there are not very many options.
      width = max(8, min(256, 8192 / max(1, order.count)))
      worths = Lanes(rows: order.count, width: width)
      choices = IndexLanes(rows: 2, width: width)
      best = Lanes(rows: 2, width: width)
      zeros = [Double](repeating: 0, count: order.count)
    }

    /// The best option of some rows in each lane.
    ///
    /// - Returns: whether it is always one alone.
    func choose(_ rows: Range<Int>, to row: Int, lanes: Range<Int>) -> Bool {
      worths.best(
        of: rows, prices: zeros, outside: -.infinity, lanes: lanes, choices: choices, choiceRow: row,
        surpluses: best, surplusRow: row) == 0
    }
  }

  /// The average over some customers of a sample, each of the same weight.
  func averageOfSingle(_ sample: ValuationSample, customers: Range<Int>) -> OptionShares {
    var shares = empty
    let weight = 1 / Double(customers.count)
    let columns = group.options.map { $0.alternatives.compactMap(sample.column(ofAlternative:)) }
    let hasPivot = group.options.map { $0.alternatives.contains(where: sample.pivotAlternatives.contains) }
    let isSmooth = sample.pivot(customer: customers.lowerBound)?.isSmooth ?? true
    let room = Room(hasPivot)
    var worth = [Double](repeating: 0, count: room.order.count)
    for first in stride(from: customers.lowerBound, to: customers.upperBound, by: room.width) {
      let some = first..<min(customers.upperBound, first + room.width)
      let lanes = 0..<some.count
      for (row, option) in room.order.enumerated() {
        room.worths.fill(row, lanes, with: -group.options[option].price)
        for column in columns[option] {
          room.worths.add(sample.values, from: column * sample.count + first, to: row, lanes)
        }
      }
      let isDecided = room.choose(room.withPivot, to: 0, lanes: lanes) && room.choose(room.without, to: 1, lanes: lanes)
      for lane in lanes {
        let pivot = sample.pivot(customer: first + lane)
        if isDecided, isSmooth, let pivot {
          addThreshold(weight, lane, room, pivot, to: &shares)
        } else if isDecided, pivot == nil, room.choices[1, lane] >= 0 {
          shares.surplus += weight * room.best[1, lane]
          shares.probabilities[room.order[room.choices[1, lane]]] += weight
        } else {
          for (row, option) in room.order.enumerated() { worth[option] = room.worths[row, lane] }
          if let pivot {
            addThreshold(weight, worth: worth, hasPivot: hasPivot, pivot, to: &shares)
          } else {
            add(weight, worth: worth, to: &shares)
          }
        }
      }
    }
    return shares
  }

  /// Adds a customer's likes, of whom all is known but the pivot's valuation, and who are never indifferent.
  private func addThreshold(
    _ weight: Double, _ lane: Int, _ room: borrowing Room, _ pivot: Valuation, to shares: inout OptionShares
  ) {
    let (with, without) = (room.choices[0, lane], room.choices[1, lane])
    var above = 0.0
    if without < 0 {
      above = 1
      shares.surplus += weight * (room.best[0, lane] + pivot.mean)
    } else if with < 0 {
      shares.surplus += weight * room.best[1, lane]
    } else {
      let threshold = room.best[1, lane] - room.best[0, lane]
      above = pivot.demand(at: threshold)
      shares.surplus += weight * (room.best[1, lane] + pivot.expectedSurplus(at: threshold))
    }
    if with >= 0 { shares.probabilities[room.order[with]] += weight * above }
    if without >= 0 { shares.probabilities[room.order[room.without.lowerBound + without]] += weight * (1 - above) }
  }
}

extension Valuation {
  /// Whether it is neither the same for all nor a mixture, so that a threshold parts customers without ties.
  fileprivate var isSmooth: Bool {
    switch self {
    case .fixed, .mixture: false
    default: true
    }
  }
}
