import Demand
import GSL
import Selling

/// What a market sells whose demand is stated as a whole: expected units per customer, times the customers of a period,
/// and in a sampled study a Poisson count around that. Every candidate meets the same uniforms, so that they stay paired.
///
/// Verified: mean and variance of counts against the demand system (`AggregateMarketTests`).
struct AggregateSales {
  private let demand: any DemandSystem
  private let customers: Double
  /// One for each alternative; nil where expected units are sold.
  private let uniforms: [Double]?

  /// The sales of one period.
  ///
  /// - Throws: `GSLError` for arrivals that cannot be drawn.
  init(
    _ study: Study, _ aggregate: AggregateDemand, factor: Double, replication: UInt32, period: Int,
    purpose: DrawKey.Purpose
  ) throws {
    demand = aggregate.system
    guard study.demand == .sampled else {
      customers = study.market.arrivals.mean(period: period)
      uniforms = nil
      return
    }
    let isResult = purpose == .customers
    var arrivals = RandomStream(
      seed: study.seed, replication: replication, purpose: DrawKey.Purpose.arrivals.rawValue, period: UInt32(period),
      index: isResult ? 0 : 1)
    customers = Double(try study.market.arrivals.count(period: period, uniform: arrivals.uniform(), factor: factor))
    var stream = RandomStream(
      seed: study.seed, replication: replication, purpose: purpose.rawValue, period: UInt32(period), index: 0)
    var draws: [Double] = []
    for _ in 0..<demand.alternativeCount { draws.append(stream.uniform()) }
    uniforms = draws
  }

  /// Units of each alternative, customers and their surplus at prices by alternative.
  ///
  /// - Throws: what demand throws at these prices.
  func outcome(at prices: [Double]) throws -> (units: [Double], customers: Double, surplus: Double) {
    let response = try demand.response(at: prices, hasSlopes: false)
    let units = try response.units.enumerated().map { alternative, mean in
      guard let uniforms, mean * customers > 0 else { return mean * customers }
      return Double(try Poisson(mean: mean * customers).quantile(uniforms[alternative]))
    }
    return (units, customers, response.surplus * customers)
  }
}

extension Study {
  /// - Throws: ``SimulationError`` where demand for the market as a whole cannot answer what the study asks.
  func checkAggregate() throws {
    guard market.aggregate != nil else { return }
    guard market.profiles.allSatisfy({ $0.capacities.isEmpty }) else {
      throw SimulationError(
        "`linear` and `ces` demand have no customers who could find a house full; remove capacities, or describe segments"
      )
    }
    let surveying = candidates.filter { $0.strategy.survey != nil }.map(\.label)
    guard surveying.isEmpty, rivalStrategies.allSatisfy({ $0.survey == nil }) else {
      throw SimulationError(
        "`linear` and `ces` demand have no customers who could be asked; leave out strategies that buy a survey"
          + (surveying.isEmpty ? "" : ": " + surveying.joined(separator: ", ")))
    }
  }
}
