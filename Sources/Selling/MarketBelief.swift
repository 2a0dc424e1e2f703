import Demand

/// What a strategy wants to know of demand and of everybody's costs.
public enum BeliefPlan: Sendable, Hashable {
  /// Demand, and every seller's unit costs.
  case demand
  /// The same, and the Bertrand-Nash equilibrium that follows from them.
  case equilibrium
  /// The same, and the prices that earn all sellers together most.
  case collusion

  /// How much it asks for.
  public var depth: Int {
    switch self {
    case .demand: 0
    case .equilibrium: 1
    case .collusion: 2
    }
  }
}

/// A model of the market on which a strategy computes prices: demand for every alternative, everybody's unit costs, and
/// who is there. Made by the simulation, once for all replications.
public struct MarketBelief: Sendable {
  /// A span of periods in which the same sellers are there and belong to the same owners.
  public struct Regime: Sendable {
    /// The first period, from 0.
    public let first: Int
    /// The alternatives on sale.
    public let alternatives: [Int]
    /// The owner of each of them.
    public let owners: [Int]
    /// The price of every alternative of the market in equilibrium, infinite where it is not on sale; nil where no
    /// equilibrium was found, or none was asked for.
    public let equilibrium: [Double]?
    /// The same where one hand sets all prices to earn all sellers together most; nil where there are no such prices, or
    /// none were asked for.
    public let collusion: [Double]?

    /// A regime.
    public init(
      first: Int, alternatives: [Int], owners: [Int], equilibrium: [Double]?, collusion: [Double]? = nil
    ) {
      self.first = first
      self.alternatives = alternatives
      self.owners = owners
      self.equilibrium = equilibrium
      self.collusion = collusion
    }
  }

  /// Demand per customer by alternative, over the whole calendar.
  public let demand: any DemandSystem
  /// Customers who are expected in each period.
  public let customers: [Double]
  /// Demand per customer in each of the mixes of customers that come; empty where it is always the same.
  private let mixes: [any DemandSystem]
  /// By period: the mix that comes.
  private let mixNumbers: [Int]
  /// Unit cost by alternative, in money.
  public let unitCosts: [Double]
  private let regimes: [Regime]

  /// A belief.
  ///
  /// - Parameters:
  ///   - mixes: demand in each mix of customers, where it changes from period to period.
  ///   - mixNumbers: by period, the mix that comes.
  public init(
    demand: any DemandSystem, unitCosts: [Double], regimes: [Regime], customers: [Double] = [],
    mixes: [any DemandSystem] = [], mixNumbers: [Int] = []
  ) {
    self.customers = customers
    self.mixes = mixes
    self.mixNumbers = mixNumbers
    self.demand = demand
    self.unitCosts = unitCosts
    self.regimes = regimes
  }

  /// Demand per customer of a period, counted from 0.
  public func demand(period: Int) -> any DemandSystem {
    mixNumbers.indices.contains(period) ? mixes[mixNumbers[period]] : demand
  }

  /// By period: a number that is the same for periods in which the same mix of customers comes.
  public var mixByPeriod: [Int] { mixNumbers.isEmpty ? customers.map { _ in 0 } : mixNumbers }

  /// Who is there in a period, counted from 0; before the first period, as in it.
  public func regime(period: Int) -> Regime? { regimes.last { $0.first <= max(0, period) } }

  /// The pricing game of a period.
  ///
  /// - Parameter costs: unit costs by alternative, where they are known better.
  /// - Throws: ``DemandError`` for costs that are not finite.
  public func game(period: Int, costs: [Double]? = nil) throws -> (game: PricingGame, market: Submarket)? {
    guard let regime = regime(period: period) else { return nil }
    let market = Submarket(demand, alternatives: regime.alternatives)
    let costs = costs ?? unitCosts
    return (try PricingGame(market, unitCosts: regime.alternatives.map { costs[$0] }, owners: regime.owners), market)
  }
}
