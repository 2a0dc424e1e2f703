/// What a market looks like at given prices: what antitrust and pricing people read off it.
public struct MarketMeasures: Sendable {
  /// The prices, by alternative.
  public let prices: [Double]
  /// Demand per customer with its slopes.
  public let response: DemandResponse
  /// Share of all units sold of each alternative.
  public let shares: [Double]
  /// Profit over unit cost per customer of each seller, by number; those who sell nothing here have 0.
  public let profits: [Double]
  /// Share of all units sold of each seller.
  public let sellerShares: [Double]
  /// The Herfindahl-Hirschman index of units: the sum of squared shares of sellers in percent, at most 10,000.
  public let concentration: Double

  /// Measures of a game at prices.
  ///
  /// - Throws: what demand throws.
  public init(_ game: PricingGame, prices: [Double]) throws {
    self.prices = prices
    response = try game.demand.response(at: prices, hasSlopes: true)
    let units = response.units
    let total = units.reduce(0, +)
    shares = units.map { total > 0 ? $0 / total : 0 }
    let count = (game.owners.max() ?? -1) + 1
    profits = (0..<count).map { game.profit(of: $0, at: prices, units: units) }
    var sellerShares = [Double](repeating: 0, count: count)
    for (alternative, share) in shares.enumerated() { sellerShares[game.owners[alternative]] += share }
    self.sellerShares = sellerShares
    concentration = sellerShares.reduce(0) { $0 + 1e4 * $1 * $1 }
  }
}
