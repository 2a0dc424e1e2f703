import Foundation

/// Expected demand of any population as a demand system: units by ``ExpectedDemand``; slopes by logit formulas in segments
/// with taste noise and by the density at thresholds in those without; where some respondents or agents have none, whose
/// demand falls in steps, or a value is the same for all, by central differences of the units.
///
/// Verified against the closed forms of ``LogitDemand`` and of uniform and exponential valuations, against quadrature and
/// against differences (`DemandSystemTests`).
public struct ExpectedSystem: DemandSystem {
  private let demand: ExpectedDemand
  private let scale: Double
  private let hasSlopes: Bool
  /// Of the differences, relative to the price: far enough to see several steps where demand falls in steps.
  private let relativeStep: Double

  /// Expected demand of a population.
  ///
  /// - Parameter pointCount: quasi-random points for three or more uncertain valuations at once, in all segments together
  ///   but at least 1024 in each.
  public init(_ population: Population, pointCount: Int = 8192) throws {
    let pointCount = max(min(1024, pointCount), pointCount / max(1, population.segments.count))
    var demand = ExpectedDemand(population, pointCount: pointCount)
    // Points are drawn once, here, and not again in every copy.
    let assortment = population.assortment
    let menu = try Menu(Self.lists(assortment.alternatives.map { _ in 1 }, assortment), in: assortment)
    _ = try demand.choice(from: menu)
    hasSlopes = try demand.slopes(at: menu) != nil
    self.demand = demand
    relativeStep = population.segments.contains(where: \.hasSteps) ? 0.05 : 1e-3
    scale = population.segments.reduce(0) { scale, segment in
      max(scale, segment.tasteInMoney, segment.meanValuations.reduce(0) { max($0, abs($1)) })
    }
  }

  /// How many alternatives there are.
  public var alternativeCount: Int { demand.population.assortment.alternatives.count }
  /// Whether customers may buy nothing.
  public var hasOutsideOption: Bool { demand.population.assortment.hasOutsideOption }

  /// Demand at prices by alternative; see ``DemandSystem``.
  public func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse {
    let choice = try choice(at: prices)
    let count = alternativeCount
    var response = DemandResponse(
      units: choice.units, slopes: [], directSlopes: [], surplus: choice.surplus, error: choice.error)
    guard hasSlopes else { return response }
    if self.hasSlopes, let slopes = try slopes(at: prices) {
      response.slopes = slopes
      return response
    }
    response.slopes = [Double](repeating: 0, count: count * count)
    for price in prices.indices where prices[price].isFinite {
      // Two central differences, the error of the second order removed (Richardson).
      let step = relativeStep * max(abs(prices[price]), 1e-3 * scale)
      let (near, far) = (try difference(price, prices, step), try difference(price, prices, 2 * step))
      for alternative in 0..<count {
        response.slopes[alternative * count + price] = (4 * near[alternative] - far[alternative]) / 3
      }
    }
    return response
  }

  private func slopes(at prices: [Double]) throws -> [Double]? {
    var demand = demand
    let assortment = demand.population.assortment
    return try demand.slopes(at: Menu(Self.lists(prices, assortment), in: assortment, isComplete: false))
  }

  private func difference(_ price: Int, _ prices: [Double], _ step: Double) throws -> [Double] {
    var (above, below) = (prices, prices)
    above[price] += step
    below[price] -= step
    let (high, low) = (try choice(at: above).units, try choice(at: below).units)
    return zip(high, low).map { ($0 - $1) / (above[price] - below[price]) }
  }

  private func choice(at prices: [Double]) throws -> (units: [Double], surplus: Double, error: Double) {
    var demand = demand
    let assortment = demand.population.assortment
    let menu = try Menu(Self.lists(prices, assortment), in: assortment, isComplete: false)
    let choice = try demand.choice(from: menu)
    return (Array(choice.units.prefix(prices.count)), choice.surplus, choice.error)
  }

  private static func lists(_ prices: [Double], _ assortment: Assortment) -> [PriceList] {
    assortment.alternativesBySource.map { places in
      PriceList(
        places.enumerated().filter { prices[$1].isFinite }.map { Offer(product: $0, price: prices[$1]) })
    }
  }

  /// The best prices on 300 sampled customers, or on all where they can be listed; nil for alternatives of several
  /// sources. See ``DemandSystem``.
  public func sampledPrices(of own: [Int], at prices: [Double], unitCosts: [Double]) throws -> [Double]? {
    let assortment = demand.population.assortment
    guard assortment.hasOutsideOption,
      let source = assortment.alternativesBySource.firstIndex(where: { Set(own).isSubset(of: $0) })
    else { return nil }
    let places = assortment.alternativesBySource[source]
    let problem = PricingProblem(
      demand, source: source, contents: own.compactMap { places.firstIndex(of: $0) }.map { ProductSet([$0]) },
      unitCosts: places.map { unitCosts[$0] }, others: Self.lists(prices, assortment))
    return try problem.sampledOptimum(count: 300)
  }

  /// The price above which nearly nobody buys an alternative; see ``DemandSystem``.
  public func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double {
    let assortment = demand.population.assortment
    guard
      let source = assortment.alternativesBySource.firstIndex(where: { $0.contains(alternative) }),
      let position = assortment.alternativesBySource[source].firstIndex(of: alternative)
    else { return 0 }
    var others = prices
    for own in assortment.alternativesBySource[source] { others[own] = .infinity }
    let problem = PricingProblem(
      demand, source: source, contents: [ProductSet([position])],
      unitCosts: assortment.alternativesBySource[source].map { _ in 0 }, others: Self.lists(others, assortment))
    return try problem.highestPrices()[0]
  }
}

extension Segment {
  /// Whether demand falls in steps: respondents, or agents, without taste noise.
  var hasSteps: Bool {
    guard taste == 0 else { return false }
    switch valuations {
    case .respondents, .agents: return true
    case .distributions, .utility: return false
    }
  }
}
