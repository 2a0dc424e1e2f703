import Foundation
import GSL

/// The prices of one seller that earn it most while all others hold theirs.
public struct BestPrices: Sendable {
  /// All prices, the seller's own at their best.
  public internal(set) var prices: [Double]
  /// What the seller earns over unit cost from an average customer, in money.
  public internal(set) var profit: Double
}

extension PricingGame {
  /// Points of a scan, put where demand falls.
  private static let scanPoints = 40

  /// A seller's best response to the others' prices, by a global search: every own price in turn over its whole range,
  /// all own markups together, and from the best of these the first-order conditions; of several products, also from
  /// ``otherStarts(of:own:at:)``.
  ///
  /// For one product it is global up to peaks of profit that are narrower than the scan; for several it is a search, not
  /// a proof. Verified against closed forms and random search (`BestResponseTests`).
  ///
  /// - Throws: ``DemandError`` where everybody must buy from this seller, who could charge any price; what demand throws.
  public func bestResponse(of seller: Int, to prices: [Double]) throws -> BestPrices {
    let own = alternatives(of: seller)
    var best = BestPrices(prices: prices, profit: try profit(of: seller, at: prices))
    guard !own.isEmpty else { return best }
    if own.count > 1 {
      // All markups alike: the best response of logit sellers, and a good start for others.
      let level = try scan(seller, from: prices, own: own) { shift in
        var trial = prices
        for alternative in own { trial[alternative] = unitCosts[alternative] + shift }
        return trial
      }
      if level.profit > best.profit { best = level }
    }
    try climb(&best, seller, own, rounds: 12)
    guard own.count > 1 else { return best }
    var others: [BestPrices] = []
    for start in try otherStarts(of: seller, own: own, at: prices) {
      var other = BestPrices(prices: start, profit: try profit(of: seller, at: start))
      try climb(&other, seller, own, rounds: 1)
      others.append(other)
    }
    for var other in others.sorted(by: { $0.profit > $1.profit }).prefix(2)
    where !EquilibriumSearch.isSame(other.prices, best.prices, blur: []) {
      try climb(&other, seller, own, rounds: 12)
      // What an integral's error may pretend is no better.
      let gain = other.profit - best.profit
      if gain > max(1e-9 * abs(best.profit), try noise(of: seller, at: best.prices)) { best = other }
    }
    return best
  }

  /// Improves one own price after the other, and all of them by their conditions, until nothing earns more.
  private func climb(_ best: inout BestPrices, _ seller: Int, _ own: [Int], rounds: Int) throws {
    for _ in 0..<rounds {
      let before = best.profit
      let tolerance = try max(1e-7 * abs(before), 0.5 * noise(of: seller, at: best.prices))
      for alternative in own {
        let current = best.prices
        let found = try scan(seller, from: current, own: [alternative]) { markup in
          var trial = current
          trial[alternative] = unitCosts[alternative] + markup
          return trial
        }
        if found.profit > best.profit { best = found }
      }
      try refine(&best, seller, own)
      if own.count == 1 || best.profit <= before + tolerance { break }
    }
  }

  /// Solves the first-order conditions from the best prices so far, and keeps the solution if it earns more.
  private func refine(_ best: inout BestPrices, _ seller: Int, _ own: [Int]) throws {
    guard let solved = try? stationaryPrices(from: best.prices, moving: own), solved.isConverged else { return }
    let earned = try profit(of: seller, at: solved.prices)
    // At a flat top rounding decides: the solution of the conditions is the better one of two that earn the same.
    if earned >= best.profit - 1e-13 * abs(best.profit) {
      best = BestPrices(prices: solved.prices, profit: max(earned, best.profit))
    }
  }

  /// The best of a line of prices, scanned from no price to where nobody buys, and the best peak refined.
  private func scan(
    _ seller: Int, from prices: [Double], own: [Int], _ line: (Double) -> [Double]
  ) throws -> BestPrices {
    var low = -Double.infinity
    var high = 0.0
    for alternative in own {
      var rivals = prices
      for other in own { rivals[other] = .infinity }
      let highest = try demand.highestPrice(of: alternative, at: rivals)
      guard highest.isFinite else {
        throw DemandError(
          "a monopoly where everybody buys could charge any price; allow customers to buy nothing")
      }
      low = max(low, -max(0, unitCosts[alternative]))
      high = max(high, highest - unitCosts[alternative])
    }
    guard high > low else { return BestPrices(prices: prices, profit: try profit(of: seller, at: prices)) }
    let isExact = try demand.response(at: prices, hasSlopes: false).error < 1e-9
    struct Point {
      let markup: Double
      let units: Double
      let profit: Double
    }
    func point(_ markup: Double) throws -> Point {
      let trial = line(markup)
      let units = try demand.response(at: trial, hasSlopes: false).units
      return Point(
        markup: markup, units: own.reduce(0) { $0 + units[$1] },
        profit: profit(of: seller, at: trial, units: units))
    }
    // A demand system may know no price of 0.
    let start = low + 1e-9 * (high - low)
    var points = [try point(start), try point(0), try point(high)].sorted { $0.markup < $1.markup }
    // The interval over which demand falls most, in units and in proportion, is halved again and again.
    let smallest = 1e-9 * max(points.map(\.units).max() ?? 0, 1e-300)
    while points.count < Self.scanPoints {
      var widest = (place: -1, fall: 0.0)
      for place in 0..<(points.count - 1) {
        guard points[place + 1].markup - points[place].markup > 1e-7 * (points[place + 1].markup - low) else {
          continue
        }
        let (above, below) = (max(0, points[place].units), max(0, points[place + 1].units))
        let fall =
          abs(above - below) / max(smallest, points[0].units)
          + 0.1 * abs(log((above + smallest) / (below + smallest)))
        if fall > widest.fall { widest = (place, fall) }
      }
      guard widest.place >= 0 else { break }
      // Between prices of different orders of magnitude the middle is that of their logarithms.
      let (near, far) = (points[widest.place].markup - low, points[widest.place + 1].markup - low)
      let middle = far > 8 * near ? low + near.squareRoot() * far.squareRoot() : low + (near + far) / 2
      points.insert(try point(middle), at: widest.place + 1)
    }
    let peaks = points.indices.filter { place in
      (place == 0 || points[place].profit >= points[place - 1].profit)
        && (place == points.count - 1 || points[place].profit >= points[place + 1].profit)
    }
    var best = (markup: 0.0, profit: -Double.infinity)
    for peak in peaks.sorted(by: { points[$0].profit > points[$1].profit }).prefix(3) {
      if points[peak].profit > best.profit { best = (points[peak].markup, points[peak].profit) }
      let from = points[max(0, peak - 1)].markup
      let to = points[min(points.count - 1, peak + 1)].markup
      // An integral by points deserves no more digits than it has.
      let refined = try minimise(from: from, to: to, scanSteps: 4, tolerance: isExact ? 2e-8 : 1e-4) {
        -(try point($0).profit)
      }
      if -refined.value > best.profit { best = (refined.point, -refined.value) }
    }
    return BestPrices(prices: line(best.markup), profit: best.profit)
  }
}
