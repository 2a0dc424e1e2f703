import GSL

/// Each price with the probability that it is the best one, given the sales so far (Thompson 1933; with limited stock
/// Ferreira, Simchi-Levi & Wang 2018, Operations Research 66, algorithms 1 and 2).
///
/// Demand at each price is drawn from its own posterior distribution, as if nothing were known of how demand falls with
/// the price. While no period sold more than one unit, sales are taken for Bernoulli trials with a uniform prior: after s
/// sales in n periods Beta(1 + s, 1 + n - s). From the first period with more on, all of them are taken for Poisson counts
/// with a flat prior: Gamma(1 + s, 1 / n); a price without any period then goes first, as its draw would be without bound.
/// The price with the highest drawn contribution is posted, ties at random; with a limited stock, the drawn demand goes
/// into ``PriceMixture``.
///
/// Verified against the exact regret of two prices, by enumeration of all histories and by published values
/// (`BanditRegretTests`), and with stock against the linear programme's bound (`ThompsonStockTests`).
public struct ThompsonRule: LearningRule {
  private var record: PriceRecord
  private var sellsMany = false

  /// A rule that knows nothing yet.
  ///
  /// - Parameter count: the number of prices.
  public init(count: Int) { record = PriceRecord(count: count) }

  /// The price of the next period; nil where the stock is better kept for later ones.
  public mutating func choose(margins: [Double], allowance: Double?, random: inout RandomStream) throws -> Int? {
    let prices = record.periods.indices
    if sellsMany, record.firstUntried != nil {
      return try random.best(of: prices) { record.periods[$0] == 0 ? 1 : 0 }
    }
    let demands = try prices.map { try demand($0, &random) }
    guard let allowance else { return try random.best(of: prices) { margins[$0] * demands[$0] } }
    return PriceMixture(demands: demands, margins: margins, allowance: allowance).price(random.uniform())
  }

  /// A draw from the posterior of units per period at a price.
  private func demand(_ price: Int, _ random: inout RandomStream) throws -> Double {
    let (periods, units) = (record.periods[price], record.rewards[price])
    return sellsMany
      ? try random.gamma(shape: 1 + units, scale: 1 / periods)
      : try random.beta(alpha: 1 + units, beta: 1 + periods - units)
  }

  /// Adds what the price sold.
  public mutating func learn(price: Int, units: Double, contribution: Double) {
    if units > 1 { sellsMany = true }
    record.add(price: price, reward: units)
  }
}
