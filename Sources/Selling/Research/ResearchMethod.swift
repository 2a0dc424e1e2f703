/// What the respondents of a survey are asked, and how they answer in a simulation. Stated willingness to pay is
/// truth x (1 + bias) x noise, with log-normal noise of mean 1. Verified by `ResearchMethodTests`.
public enum ResearchMethod: Sendable, Hashable {
  /// What would you pay? The stated willingness to pay for every product on the market, in money.
  case willingnessToPay
  /// Gabor-Granger: would you buy at this price? For each of the seller's products over prices in rising order, in money;
  /// nobody mentions rivals. A respondent says yes up to their stated willingness to pay, the one that they would give if
  /// asked for it, so that the answers of one respondent do not contradict each other.
  case purchase(prices: [Double])
  /// Van Westendorp: at which price is each of the seller's products too cheap, cheap, expensive, too expensive? Four
  /// rising fractions of the stated willingness to pay, each with a noise of its own; 0 for who would pay nothing.
  case priceThresholds(fractions: [Double])
  /// Profiles of a product at a price are rated: stated surplus, truth x (1 + bias) - price, plus normal noise, in money.
  /// Buying nothing, where one may, is rated too.
  case ratings(ConjointDesign)
  /// The best of several profiles, or none, is chosen: that with the highest stated surplus plus Gumbel noise.
  case choices(ConjointDesign)
}

/// What a conjoint study shows: in every category in which the seller has a product, all products of all sellers, each at
/// a price drawn from a list.
public struct ConjointDesign: Sendable, Hashable {
  /// The prices shown, in money; each with equal chance.
  public let prices: [Double]
  /// Profiles that a respondent rates, or choices that they make, in each category.
  public let tasks: Int

  /// A design.
  public init(prices: [Double], tasks: Int) {
    self.prices = prices
    self.tasks = tasks
  }
}
