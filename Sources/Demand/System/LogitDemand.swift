/// Logit demand in closed form up to the integral over customers: multinomial, nested and mixed logit, with any number
/// of segments and categories.
///
/// Verified: slopes against differences of units, units against sampled customers, surplus against its derivative
/// (`DemandSystemTests`); prices, shares and merger effects against published ones (`EquilibriumTests`).
public struct LogitDemand: DemandSystem {
  /// How many alternatives there are.
  public let alternativeCount: Int
  /// Whether customers may buy nothing.
  public let hasOutsideOption: Bool
  /// One part for each segment and category, with the segment's share.
  private let parts: [(share: Double, nodes: LogitNodes)]

  /// Logit demand of a population.
  ///
  /// - Parameter pointCount: quasi-random points where three or more quantities are uncertain at once.
  /// - Throws: ``DemandError`` where some segment has no taste noise, or something links its categories; `GSLError` where
  ///   an integral has too many dimensions.
  public init(_ population: Population, pointCount: Int = 8192) throws {
    let assortment = population.assortment
    guard Self.fits(population) else {
      throw DemandError("logit demand needs taste noise in every segment, and neither synergies nor several units")
    }
    var parts: [(share: Double, nodes: LogitNodes)] = []
    for segment in population.segments {
      for category in assortment.categories.indices where !assortment.alternativesByCategory[category].isEmpty {
        let nodes = try LogitNodes(segment, category: category, assortment: assortment, pointCount: pointCount)
        parts.append((segment.share, nodes))
      }
    }
    self.parts = Self.joined(parts)
    alternativeCount = assortment.alternatives.count
    hasOutsideOption = assortment.hasOutsideOption
  }

  /// Whether a population's demand is of this kind.
  public static func fits(_ population: Population) -> Bool {
    population.segments.allSatisfy { $0.taste > 0 && $0.choosesPlainly }
  }

  /// Parts of the same category without nests are one part: many latent classes then run through one loop.
  private static func joined(_ parts: [(share: Double, nodes: LogitNodes)]) -> [(share: Double, nodes: LogitNodes)] {
    var result: [(share: Double, nodes: LogitNodes)] = []
    let plain = parts.filter { part in part.nodes.nests.allSatisfy { $0 == nil } && !part.nodes.isQuasiRandom }
    for part in parts where !part.nodes.nests.allSatisfy({ $0 == nil }) || part.nodes.isQuasiRandom {
      result.append(part)
    }
    for alternatives in Set(plain.map(\.nodes.alternatives)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let same = plain.filter { $0.nodes.alternatives == alternatives }
      if let nodes = LogitNodes(joining: same) { result.append((1, nodes)) }
    }
    return result
  }

  /// Demand at prices by alternative; see ``DemandSystem``.
  public func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse {
    let count = alternativeCount
    if let only = parts.first, parts.count == 1, only.share == 1, only.nodes.alternatives.count == count {
      return Self.response(of: only.nodes, at: prices, hasSlopes: hasSlopes)
    }
    var response = DemandResponse(
      units: [Double](repeating: 0, count: count),
      slopes: hasSlopes ? [Double](repeating: 0, count: count * count) : [],
      directSlopes: hasSlopes ? [Double](repeating: 0, count: count) : [], surplus: 0, error: 0)
    for (share, nodes) in parts {
      let (totals, error) = nodes.totals(prices: nodes.alternatives.map { prices[$0] }, hasSlopes: hasSlopes)
      let columns = nodes.alternatives.count
      response.surplus += share * totals.surplus
      response.error += share * error
      for (row, alternative) in nodes.alternatives.enumerated() {
        response.units[alternative] += share * totals.units[row]
        guard hasSlopes else { continue }
        response.directSlopes[alternative] -= share * totals.own[row]
        response.slopes[alternative * count + alternative] -= share * totals.own[row]
        for (column, other) in nodes.alternatives.enumerated() {
          response.slopes[alternative * count + other] += share * totals.cross[row * columns + column]
        }
      }
    }
    return response
  }

  /// The response of customers whose nodes hold every alternative, which are in rising order: nothing is copied.
  private static func response(of nodes: LogitNodes, at prices: [Double], hasSlopes: Bool) -> DemandResponse {
    var (totals, error) = nodes.totals(prices: prices, hasSlopes: hasSlopes)
    for row in totals.own.indices { totals.cross[row * prices.count + row] -= totals.own[row] }
    return DemandResponse(
      units: totals.units, slopes: totals.cross, directSlopes: totals.own.map { 0 - $0 }, surplus: totals.surplus,
      error: error)
  }

  /// Below so many alternatives all slopes cost hardly more than what first-order conditions need of them.
  private static let fewest = 8

  /// How what owners earn changes with prices; see ``DemandSystem``.
  public func earnings(at prices: [Double], markups: [Double], owners: [Int]) throws -> EarningSlopes {
    guard parts.count == 1, parts[0].share == 1, alternativeCount >= Self.fewest,
      parts[0].nodes.alternatives.count == alternativeCount, !parts[0].nodes.isQuasiRandom,
      parts[0].nodes.nests.allSatisfy({ $0 == nil })
    else {
      return EarningSlopes(try response(at: prices, hasSlopes: true), markups: markups, owners: owners)
    }
    return LogitKernel.earnings(parts[0].nodes, prices: prices, markups: markups, owners: owners)
  }

  /// The price above which nearly nobody buys an alternative; see ``DemandSystem``.
  public func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double {
    var highest = 0.0
    for (_, nodes) in parts {
      guard let column = nodes.alternatives.firstIndex(of: alternative) else { continue }
      for node in 0..<nodes.count {
        let alpha = nodes.sensitivities[node]
        var best = nodes.hasOutside ? 0 : -Double.infinity
        for (other, rival) in nodes.alternatives.enumerated() where other != column {
          best = max(best, nodes.utilities[other * nodes.count + node] - alpha * prices[rival])
        }
        // At 40 units of noise below the best, one customer in 1e17 still buys.
        highest = max(highest, (nodes.utilities[column * nodes.count + node] - best + 40) / alpha)
      }
    }
    return highest
  }
}

extension LogitNodes {
  /// The nodes of several segments in the same category as one, each weighted by its segment's share.
  init?(joining parts: [(share: Double, nodes: LogitNodes)]) {
    guard let first = parts.first?.nodes else { return nil }
    alternatives = first.alternatives
    products = first.products
    tails = HeavyTails(joining: parts.map { ($0.share, $0.nodes.tails) })
    hasOutside = first.hasOutside
    isQuasiRandom = false
    nests = first.nests
    dissimilarities = []
    weights = parts.flatMap { part in part.nodes.weights.map { part.share * $0 } }
    sensitivities = parts.flatMap(\.nodes.sensitivities)
    utilities = first.alternatives.indices.flatMap { column in
      parts.flatMap { part in part.nodes.utilities[(column * part.nodes.count)..<((column + 1) * part.nodes.count)] }
    }
  }
}
