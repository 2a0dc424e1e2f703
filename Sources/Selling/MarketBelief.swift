import Demand

/// What a strategy wants to know of demand and of everybody's costs.
public enum BeliefPlan: Sendable, Hashable {
  /// Demand, and every seller's unit costs.
  case demand
  /// The same, and the Bertrand-Nash equilibrium that follows from them.
  case equilibrium
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

    /// A regime.
    public init(first: Int, alternatives: [Int], owners: [Int], equilibrium: [Double]?) {
      self.first = first
      self.alternatives = alternatives
      self.owners = owners
      self.equilibrium = equilibrium
    }
  }

  /// Demand per customer by alternative.
  public let demand: any DemandSystem
  /// Unit cost by alternative, in money.
  public let unitCosts: [Double]
  private let regimes: [Regime]

  /// A belief.
  public init(demand: any DemandSystem, unitCosts: [Double], regimes: [Regime]) {
    self.demand = demand
    self.unitCosts = unitCosts
    self.regimes = regimes
  }

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
