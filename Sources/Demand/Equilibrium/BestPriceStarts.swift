import Foundation

extension PricingGame {
  /// The most products of a seller that are put on sale one at a time to start from.
  private static let mostAlone = 4
  /// Prices of each of two products that are tried together.
  private static let gridPoints = 12

  /// Where else a search for the best prices of several products starts, as profit may have a peak for each way of
  /// dividing the customers: the best prices from a sample of customers where the system has one; each product alone at
  /// its best price, the others priced out; and of two products the best peaks of a coarse grid.
  ///
  /// Verified by a market of two types whose peaks are far apart (`BestResponseTests`).
  ///
  /// - Throws: what demand throws.
  func otherStarts(of seller: Int, own: [Int], at prices: [Double]) throws -> [[Double]] {
    var starts: [[Double]] = []
    if let sampled = try demand.sampledPrices(of: own, at: prices, unitCosts: unitCosts) {
      var start = prices
      for (place, alternative) in own.enumerated() { start[alternative] = sampled[place] }
      starts.append(start)
    }
    // Integrals by points take long.
    guard own.count <= Self.mostAlone, try demand.response(at: prices, hasSlopes: false).error < 1e-9 else {
      return starts
    }
    var out = prices
    for alternative in own { out[alternative] = .infinity }
    let tops = try own.map { max(try demand.highestPrice(of: $0, at: out), unitCosts[$0]) }
    guard tops.allSatisfy(\.isFinite) else { return starts }
    for (place, alternative) in own.enumerated() { out[alternative] = tops[place] }
    for (place, alternative) in own.enumerated() {
      let line = Self.points(from: unitCosts[alternative], to: tops[place])
      let trials = line.map { price in
        var trial = out
        trial[alternative] = price
        return trial
      }
      let earned = try trials.map { try profit(of: seller, at: $0) }
      if let best = earned.indices.max(by: { earned[$0] < earned[$1] }) { starts.append(trials[best]) }
    }
    if own.count == 2 { starts += try peaks(of: seller, own: own, at: prices, tops: tops) }
    return starts
  }

  /// The two best peaks of a grid of two prices.
  private func peaks(of seller: Int, own: [Int], at prices: [Double], tops: [Double]) throws -> [[Double]] {
    let lines = own.indices.map { Self.points(from: unitCosts[own[$0]], to: tops[$0]) }
    let trials = lines[0].map { first in
      lines[1].map { second in
        var trial = prices
        (trial[own[0]], trial[own[1]]) = (first, second)
        return trial
      }
    }
    let earned = try trials.map { try $0.map { try profit(of: seller, at: $0) } }
    var peaks: [(start: [Double], earned: Double)] = []
    for row in earned.indices {
      for column in earned[row].indices {
        let rows = max(0, row - 1)...min(earned.count - 1, row + 1)
        let columns = max(0, column - 1)...min(earned[row].count - 1, column + 1)
        let highest = rows.flatMap { row in columns.map { earned[row][$0] } }.max() ?? 0
        if earned[row][column] >= highest { peaks.append((trials[row][column], earned[row][column])) }
      }
    }
    return peaks.sorted { $0.earned > $1.earned }.prefix(2).map(\.start)
  }

  /// Prices from cost to where nobody buys, closer to each other near cost.
  private static func points(from low: Double, to high: Double) -> [Double] {
    (1...gridPoints).map { low + (high - low) * pow(Double($0) / Double(gridPoints), 1.5) }
  }
}
