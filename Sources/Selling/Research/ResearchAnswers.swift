/// What respondents answered, in a simulated survey or in the user's own, by ``ResearchMethod``.
public enum ResearchAnswers: Sendable, Hashable {
  /// One row a respondent, one stated willingness to pay for each alternative of the market's assortment, in money.
  case willingnessToPay([[Double]])
  /// Gabor-Granger, for each of the seller's products.
  case purchase([PurchaseAnswers])
  /// Van Westendorp, for each of the seller's products: one row a respondent.
  case priceThresholds([[PriceThresholds]])
  /// Ratings of profiles.
  case ratings([RatedProfile])
  /// Choices among profiles.
  case choices([ChoiceTask])
}

/// Who would buy one product at which price.
public struct PurchaseAnswers: Sendable, Hashable {
  /// The prices asked, rising, in money.
  public let prices: [Double]
  /// One row a respondent: whether they would buy at each price.
  public let buys: [[Bool]]

  /// Answers for one product.
  public init(prices: [Double], buys: [[Bool]]) {
    self.prices = prices
    self.buys = buys
  }

  /// The share of respondents who would buy at each price.
  public var shares: [Double] {
    prices.indices.map { price in Double(buys.count { $0[price] }) / Double(max(1, buys.count)) }
  }
}

/// One respondent's four prices for a product, in money.
public struct PriceThresholds: Sendable, Hashable {
  /// So cheap that quality is in doubt.
  public let tooCheap: Double
  /// A bargain.
  public let cheap: Double
  /// Expensive, but not out of the question.
  public let expensive: Double
  /// Too expensive to consider.
  public let tooExpensive: Double

  /// Four prices.
  public init(tooCheap: Double, cheap: Double, expensive: Double, tooExpensive: Double) {
    self.tooCheap = tooCheap
    self.cheap = cheap
    self.expensive = expensive
    self.tooExpensive = tooExpensive
  }

  /// Whether each price is above the one before, as the questions mean it.
  public var isInOrder: Bool { tooCheap < cheap && cheap < expensive && expensive < tooExpensive }
}

/// A product at a price.
public struct Profile: Sendable, Hashable {
  /// The product, by its place in the assortment's products; nil for buying nothing.
  public let product: Int?
  /// The price in money; 0 for buying nothing.
  public let price: Double

  /// A profile.
  public init(product: Int?, price: Double) {
    self.product = product
    self.price = price
  }

  /// Buying nothing.
  public static let nothing = Profile(product: nil, price: 0)
}

/// A profile and how somebody rated it.
public struct RatedProfile: Sendable, Hashable {
  /// What was rated.
  public let profile: Profile
  /// The rating, on any scale that rises with liking.
  public let rating: Double

  /// A rated profile.
  public init(_ profile: Profile, rating: Double) {
    self.profile = profile
    self.rating = rating
  }
}

/// Profiles of which somebody chose one.
public struct ChoiceTask: Sendable, Hashable {
  /// What could be chosen, buying nothing included where it could.
  public let profiles: [Profile]
  /// The place of the chosen one.
  public let chosen: Int

  /// A task.
  public init(_ profiles: [Profile], chosen: Int) {
    self.profiles = profiles
    self.chosen = chosen
  }
}
