import Demand

/// A strategy on a price grid: it charges one of a list of prices, and learns which from what it earns.
///
/// The simulation may tabulate what every combination of such sellers' prices earns, and let them learn on the table
/// against each other for millions of periods (`bertrand learn`), which no sampled customer could pay for.
public protocol PriceGridStrategy: PricingStrategy {
  /// The prices of each product that it chooses among, rising, in money.
  ///
  /// - Parameter belief: what it asked to know of the market (``PricingStrategy/belief``).
  /// - Throws: ``StrategyError`` where a grid that follows from the market does not exist.
  func priceGrids(_ belief: MarketBelief?) throws -> [[Double]]

  /// How it learns.
  var learning: QLearningRule { get }

  /// What it thinks that a period earns at any price before it has learnt anything, in money; nil for the mean against
  /// rivals who charge any price of their grids, if that is known.
  var expectedProfit: Double? { get }
}
