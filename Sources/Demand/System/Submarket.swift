/// The part of a market that is on sale: some alternatives of a demand system, the others at infinite prices.
public struct Submarket: DemandSystem {
  private let whole: any DemandSystem
  /// The alternatives of the whole that are on sale, in the order in which this system numbers them.
  public let alternatives: [Int]

  /// A part of a market.
  public init(_ whole: any DemandSystem, alternatives: [Int]) {
    self.whole = whole
    self.alternatives = alternatives
  }

  /// How many alternatives are on sale.
  public var alternativeCount: Int { alternatives.count }
  /// Whether customers may buy nothing.
  public var hasOutsideOption: Bool { whole.hasOutsideOption }
  /// Whether demand at a price of 0 is finite.
  public var hasLimitAtNoPrice: Bool { whole.hasLimitAtNoPrice }

  /// Prices of the whole market, those not on sale infinite.
  public func wholePrices(_ prices: [Double]) -> [Double] {
    var all = [Double](repeating: .infinity, count: whole.alternativeCount)
    for (place, alternative) in alternatives.enumerated() { all[alternative] = prices[place] }
    return all
  }

  /// Demand at prices by alternative on sale; see ``DemandSystem``.
  public func response(at prices: [Double], hasSlopes: Bool) throws -> DemandResponse {
    let full = try whole.response(at: wholePrices(prices), hasSlopes: hasSlopes)
    let count = whole.alternativeCount
    var part = full
    part.units = alternatives.map { full.units[$0] }
    part.directSlopes = full.directSlopes.isEmpty ? [] : alternatives.map { full.directSlopes[$0] }
    part.slopes =
      full.slopes.isEmpty ? [] : alternatives.flatMap { row in alternatives.map { full.slopes[row * count + $0] } }
    return part
  }

  /// How what owners earn changes with prices; see ``DemandSystem``.
  public func earnings(at prices: [Double], markups: [Double], owners: [Int]) throws -> EarningSlopes {
    // Whoever owns what is not on sale earns nothing with it.
    var (allMarkups, allOwners) = (
      [Double](repeating: 0, count: whole.alternativeCount), [Int](repeating: 0, count: whole.alternativeCount)
    )
    for (place, alternative) in alternatives.enumerated() {
      (allMarkups[alternative], allOwners[alternative]) = (markups[place], owners[place])
    }
    var found = try whole.earnings(at: wholePrices(prices), markups: allMarkups, owners: allOwners)
    guard !found.directSlopes.isEmpty else { return found }
    found.slopes = alternatives.map { found.slopes[$0] }
    found.directSlopes = alternatives.map { found.directSlopes[$0] }
    return found
  }

  /// The price above which nearly nobody buys an alternative; see ``DemandSystem``.
  public func highestPrice(of alternative: Int, at prices: [Double]) throws -> Double {
    try whole.highestPrice(of: alternatives[alternative], at: wholePrices(prices))
  }

  /// Prices to start a search from; see ``DemandSystem``.
  public func sampledPrices(of own: [Int], at prices: [Double], unitCosts: [Double]) throws -> [Double]? {
    var costs = [Double](repeating: 0, count: whole.alternativeCount)
    for (place, alternative) in alternatives.enumerated() { costs[alternative] = unitCosts[place] }
    return try whole.sampledPrices(
      of: own.map { alternatives[$0] }, at: wholePrices(prices), unitCosts: costs)
  }
}
