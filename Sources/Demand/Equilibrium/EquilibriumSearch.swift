import Foundation
import GSL

/// Prices found by the search, with the proof or disproof that nobody would rather charge others.
public struct EquilibriumCandidate: Sendable {
  /// A seller who would rather charge other prices.
  public struct Deviation: Sendable {
    /// The seller.
    public let seller: Int
    /// All prices, the seller's own changed.
    public let prices: [Double]
    /// By how much it would earn more, in money from an average customer.
    public let gain: Double
  }

  /// The prices.
  public let prices: [Double]
  /// By how much the worst price misses its first-order condition, in money. At a kink of demand, where no such
  /// condition holds, it may be large though nobody gains by another price.
  public let residual: Double
  /// The seller with most to gain by other prices; nil where nobody gains, which makes the prices an equilibrium.
  public let deviation: Deviation?

  /// Whether no seller gains by other prices.
  public var isEquilibrium: Bool { deviation == nil }
}

/// All that a search for Bertrand-Nash equilibria in pure strategies has found.
public struct EquilibriumSearch: Sendable {
  /// Different equilibria, the one with the highest profits of all sellers first.
  public let equilibria: [EquilibriumCandidate]
  /// Prices where all first-order conditions hold and yet some seller gains by other prices.
  public let stationaryPoints: [EquilibriumCandidate]
  /// The smallest residual of a start that did not converge, in money; nil if all did.
  public let unconvergedResidual: Double?
  /// How many starts were tried.
  public let startCount: Int
  /// Whether some seller sets the prices of several products: that it would not earn more at others is then known from a
  /// search, which is no proof.
  public let hasSeveralPrices: Bool

  /// Searches from costs, from high prices, from `starts` and from points in between, by first-order conditions; and where
  /// these yield no equilibrium, by letting every seller in turn answer with its best response. Each distinct result is
  /// verified by a global search for a better price of every seller. A single seller's best prices are its equilibrium:
  /// of several that earn the same, or less than the best, only the best is told.
  ///
  /// Verified on logit, nested and mixed logit, linear demand, on markets with two equilibria, with a stationary point
  /// that is none, and with none at all (`EquilibriumTests`).
  ///
  /// - Parameters:
  ///   - starts: prices to begin with, today's for example.
  ///   - randomStarts: how many quasi-random starts to add.
  /// - Throws: ``DemandError`` where a seller could charge any price; what demand throws.
  public init(_ game: PricingGame, alsoFrom starts: [[Double]] = [], randomStarts: Int = 6) throws {
    let all = Array(game.owners.indices)
    // Integrals by points take long, and blur what different starts might tell.
    let isRough = game.isRough(try game.demand.response(at: game.unitCosts, hasSlopes: false))
    let openings = try game.starts(isRough ? min(2, randomStarts) : randomStarts) + starts
    startCount = openings.count
    hasSeveralPrices = game.sellers.count < game.owners.count
    if let only = game.sellers.first, game.sellers.count == 1 {
      let (optimum, residual) = try game.optimum(of: only, openings)
      equilibria = [optimum]
      stationaryPoints = []
      unconvergedResidual = residual
      return
    }
    var found: [EquilibriumCandidate] = []
    var unconverged: Double?
    for start in openings {
      let point = try game.stationaryPrices(from: start, moving: all)
      guard point.isConverged else {
        unconverged = min(unconverged ?? .infinity, point.residual)
        continue
      }
      let response = try game.demand.response(at: point.prices, hasSlopes: true)
      let blur = game.blur(of: all, response)
      guard !found.contains(where: { Self.isSame($0.prices, point.prices, blur: blur) }) else { continue }
      let candidate = try game.verified(point.prices, residual: point.residual)
      // Where something is priced out of the market, its condition holds for want of buyers: no point worth telling.
      let isSold = response.units.allSatisfy { $0 > 1e-30 }
      if try candidate.isEquilibrium || (isSold && game.isStationary(point.prices, response)) {
        found.append(candidate)
      }
    }
    if !found.contains(where: \.isEquilibrium) {
      // Kinks and jumps of demand have no first-order conditions; prices at cost are where undercutting ends.
      let few = openings.prefix(Self.responseStarts) + starts
      var candidates = try few.compactMap { try game.fixedPointOfResponses(from: $0) }
      candidates.append(game.unitCosts)
      for prices in candidates where !found.contains(where: { Self.isSame($0.prices, prices, blur: []) }) {
        let response = try game.demand.response(at: prices, hasSlopes: true)
        let residual = game.shortfalls(of: all, at: prices, response).reduce(0) { max($0, abs($1)) }
        let candidate = try game.verified(prices, residual: residual)
        if candidate.isEquilibrium { found.append(candidate) }
      }
    }
    func profits(_ candidate: EquilibriumCandidate) -> Double {
      game.sellers.reduce(0) { $0 + ((try? game.profit(of: $1, at: candidate.prices)) ?? 0) }
    }
    // What nobody buys may have any price: equilibria that differ in that alone are one.
    func sold(_ candidate: EquilibriumCandidate) -> [Double] {
      let units = (try? game.demand.response(at: candidate.prices, hasSlopes: false).units) ?? []
      return zip(candidate.prices, units).map { $1 > 1e-12 ? $0 : 0 }
    }
    var distinct: [EquilibriumCandidate] = []
    for candidate in found.filter(\.isEquilibrium).sorted(by: { profits($0) > profits($1) })
    where !distinct.contains(where: { Self.isSame(sold($0), sold(candidate), blur: []) }) {
      distinct.append(candidate)
    }
    equilibria = distinct
    stationaryPoints = found.filter { !$0.isEquilibrium }
    unconvergedResidual = unconverged
  }

  /// How many of the starts are followed by best responses in turn, which take much longer than Newton's method.
  private static let responseStarts = 3

  /// Whether two lists of prices are the same solution, found twice; `blur` is how far an integral's error may move each.
  static func isSame(_ left: [Double], _ right: [Double], blur: [Double]) -> Bool {
    let size = left.reduce(1e-300) { max($0, abs($1)) }
    return left.indices.allSatisfy { place in
      abs(left[place] - right[place]) <= max(1e-6 * size, blur.isEmpty ? 0 : 2 * blur[place])
    }
  }
}

extension PricingGame {
  /// Starts of a search: a little above cost, far above it, and quasi-random points between.
  func starts(_ randomStarts: Int) throws -> [[Double]] {
    var highest: [Double] = []
    for alternative in owners.indices {
      var rivals = unitCosts.map { max($0, 0) }
      for own in alternatives(of: owners[alternative]) { rivals[own] = .infinity }
      let price = try demand.highestPrice(of: alternative, at: rivals)
      guard price.isFinite else {
        throw DemandError("a monopoly where everybody buys could charge any price; allow customers to buy nothing")
      }
      highest.append(max(price, unitCosts[alternative]))
    }
    func between(_ shares: (Int) -> Double) -> [Double] {
      owners.indices.map { alternative in
        let (cost, high) = (unitCosts[alternative], highest[alternative])
        // Over many orders of magnitude, prices in between are so in logarithms.
        return cost > 0 && high > 1e4 * cost
          ? cost * pow(high / cost, shares(alternative)) : cost + shares(alternative) * (high - cost)
      }
    }
    var starts = [between { _ in 0.01 }, between { _ in 0.5 }]
    guard randomStarts > 0 else { return starts }
    // With more than forty products the points repeat along the list; they only need to differ.
    var sequence = try SobolSequence(dimensions: min(40, owners.count))
    for _ in 0..<randomStarts {
      let point = try sequence.next()
      starts.append(between { 0.8 * point[$0 % point.count] * point[$0 % point.count] })
    }
    return starts
  }

  /// The best prices of a seller that is alone: from the best solution of its conditions, the global search. And the
  /// smallest residual of a start that did not converge.
  func optimum(of seller: Int, _ openings: [[Double]]) throws -> (EquilibriumCandidate, residual: Double?) {
    let all = Array(owners.indices)
    var best = (prices: unitCosts, profit: try profit(of: seller, at: unitCosts))
    var unconverged: Double?
    for opening in openings {
      let point = try stationaryPrices(from: opening, moving: all)
      if !point.isConverged { unconverged = min(unconverged ?? .infinity, point.residual) }
      let profit = try profit(of: seller, at: point.prices)
      if profit > best.profit { best = (point.prices, profit) }
    }
    let found = try bestResponse(of: seller, to: best.prices)
    let response = try demand.response(at: found.prices, hasSlopes: true)
    let residual = shortfalls(of: all, at: found.prices, response).reduce(0) { max($0, abs($1)) }
    return (EquilibriumCandidate(prices: found.prices, residual: residual, deviation: nil), unconverged)
  }

  /// Whether profits change next to nothing around prices: what slopes by differences say of demand that falls in steps,
  /// or jumps, need not be so.
  func isStationary(_ prices: [Double], _ response: DemandResponse) throws -> Bool {
    guard response.error < 1e-9 else { return true }
    let size = prices.reduce(0) { max($0, abs($1)) }
    for alternative in owners.indices {
      let earned = profit(of: owners[alternative], at: prices, units: response.units)
      for sign in [-1.0, 1] {
        var moved = prices
        moved[alternative] += sign * 1e-6 * max(abs(prices[alternative]), 1e-3 * size)
        let change = try profit(of: owners[alternative], at: moved) - earned
        let width = abs(moved[alternative] - prices[alternative])
        if abs(change) > 0.01 * response.units[alternative] * width + 1e-14 * abs(earned) { return false }
      }
    }
    return true
  }

  /// Looks for every seller's best prices; the deviation with the largest gain, if any gains.
  ///
  /// - Throws: what demand throws.
  public func verified(_ prices: [Double], residual: Double) throws -> EquilibriumCandidate {
    let response = try demand.response(at: prices, hasSlopes: false)
    let size = prices.reduce(0) { max($0, abs($1)) }
    var worst: EquilibriumCandidate.Deviation?
    for seller in sellers {
      let earned = profit(of: seller, at: prices, units: response.units)
      let best = try bestResponse(of: seller, to: prices)
      let gain = best.profit - earned
      // What rounding, or an integral's error, may pretend.
      let pretended = max(
        noise(of: seller, at: prices, error: response.error), noise(of: seller, at: best.prices, error: response.error))
      let noise = max(1e-9 * abs(earned), 1e-13 * size, pretended)
      if gain > noise, gain > worst?.gain ?? 0 {
        worst = EquilibriumCandidate.Deviation(seller: seller, prices: best.prices, gain: gain)
      }
    }
    return EquilibriumCandidate(prices: prices, residual: residual, deviation: worst)
  }

  /// Where best responses in turn come to rest; nil if they go round: if the prices of `patience` rounds do not move less
  /// than those before.
  func fixedPointOfResponses(from start: [Double], rounds: Int = 60, patience: Int = 8) throws -> [Double]? {
    var prices = start
    var smallest = Double.infinity
    var waited = 0
    for _ in 0..<rounds {
      let before = prices
      for seller in sellers { prices = try bestResponse(of: seller, to: prices).prices }
      let size = prices.reduce(1e-300) { max($0, abs($1)) }
      let moved = zip(prices, before).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if moved <= 1e-10 * size { return prices }
      waited = moved < 0.99 * smallest ? 0 : waited + 1
      smallest = min(smallest, moved)
      guard waited < patience else { return nil }
    }
    return nil
  }
}
