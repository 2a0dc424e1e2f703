import Foundation

/// A logit demand model and unit costs from the little that is known of a market: prices, shares of quantity, who owns
/// what, and some margins; as antitrust economists do it (Werden & Froeb 1994, "The Effects of Mergers in Differentiated
/// Products Industries"; Epstein & Rubinfeld 2004; Taragin & Sandfort, R package `antitrust`).
///
/// Utility is mean value + price coefficient x price + Gumbel noise of scale 1, and buying nothing, where that is
/// possible, has mean value 0. A product's share then falls with its own price by -a s (1 - s) and rises with another's by
/// a s s', where a is minus the price coefficient. Owner f sets the prices of its products as Bertrand-Nash does; the
/// first-order condition of product j, divided by its share, is
///
///     1 - a (m_j - sum over its owner's products k of s_k m_k) = 0,   m = price - unit cost,
///
/// so that an owner earns the same amount on each of its products, m = 1/(a (1 - S_f)), where S_f is the sum of its shares.
/// Nothing here depends on whether there is an outside option, which only decides what the shares are shares of. The
/// implied Lerner margins m/p are proportional to 1/a: the 1/a that fits observed margins best is an ordinary
/// regression through the origin, in closed form. With nests, `UnitMarkups` has the conditions.
///
/// Verified by the published coefficient of the US beer market, by recovering the model that random markets were made
/// from, by the first-order conditions as a linear system, and by a search for the minimum (`LogitCalibrationTests`,
/// `NestedCalibrationTests`).
public struct LogitCalibration: Sendable, Hashable {
  /// What was observed.
  public let products: [ObservedProduct]
  /// Whether customers may buy nothing.
  public let hasOutsideOption: Bool
  /// Products that are closer substitutes for each other; none in a plain logit.
  public let nests: [Nest]
  /// Utility per unit of money, less than 0: it minimises ``sumOfSquaredErrors``.
  public let priceCoefficient: Double
  /// The mean utility of each product, such that shares at the observed prices are the observed ones. Without an outside
  /// option only differences matter, and that of the first product is 0.
  public let meanValues: [Double]
  /// The unit cost of each product, in money, such that the observed prices meet every owner's first-order conditions. A
  /// cost below 0 says that margins as high as these do not go with such prices and shares.
  public let unitCosts: [Double]
  /// The Lerner margin of each product that the model implies; more than 1 where the cost is below 0.
  public let impliedMargins: [Double]
  /// By how many percent each product's quantity changes when its own price rises by one percent, others' fixed; without
  /// nests price coefficient x price x (1 - share).
  public let ownPriceElasticities: [Double]

  /// A calibration.
  ///
  /// - Parameters:
  ///   - products: what was observed of every product on the market; at least one with a margin.
  ///   - hasOutsideOption: whether customers may buy nothing. If so, shares sum to less than 1 and the rest buys nothing; if
  ///     not, shares sum to 1 (within ``shareTolerance``).
  ///   - nests: products that are closer substitutes for each other, with a known dissimilarity; none in a plain logit. Buying
  ///     nothing is outside of all nests.
  /// - Throws: ``DemandError`` for observations that cannot be, that do not fit together, or that no model of this kind
  ///   explains.
  public init(_ products: [ObservedProduct], hasOutsideOption: Bool, nests: [Nest] = []) throws {
    try Self.check(products, hasOutsideOption: hasOutsideOption, nests: nests)
    let unit = UnitMarkups(products, nests: nests)
    let scale = MarginFit(products, unit).scale
    let coefficient = -1 / scale
    guard scale.isFinite, coefficient.isFinite, coefficient < 0 else {
      throw DemandError("the observed prices lie too far apart for a price coefficient to be computed")
    }

    // Berry (1994): ln s_j - ln s_0 = utility + (1 - lambda) ln s_j|g.
    let utilities = products.indices.map {
      log(products[$0].share) - (1 - unit.dissimilarities[$0]) * log(unit.withinShares[$0])
        - coefficient * products[$0].price
    }
    let outsideShare = 1 - products.reduce(0) { $0 + $1.share }
    let reference = hasOutsideOption ? log(outsideShare) : utilities.first ?? 0
    self.products = products
    self.hasOutsideOption = hasOutsideOption
    self.nests = nests
    priceCoefficient = coefficient
    meanValues = utilities.map { $0 - reference }
    unitCosts = zip(products, unit.markups).map { $0.price - scale * $1 }
    impliedMargins = zip(products, unit.markups).map { scale * $1 / $0.price }
    ownPriceElasticities = products.indices.map { index in
      let (lambda, product) = (unit.dissimilarities[index], products[index])
      let pull = 1 / lambda - (1 / lambda - 1) * unit.withinShares[index] - product.share
      return coefficient * product.price * pull
    }
    guard (meanValues + unitCosts + impliedMargins + ownPriceElasticities).allSatisfy(\.isFinite) else {
      throw DemandError("the observed prices lie too far apart for mean values and costs to be computed")
    }
  }

  /// How far the sum of shares may be from 1 where everybody buys, and how much must be left for those who buy nothing.
  public static let shareTolerance = 1e-9

  static func check(_ products: [ObservedProduct], hasOutsideOption: Bool, nests: [Nest]) throws {
    try check(nests, productCount: products.count)
    for (index, product) in products.enumerated() { try product.check(number: index + 1) }
    guard products.contains(where: { $0.margin != nil }) else {
      throw DemandError("no product has a margin; without one nothing tells how customers react to prices")
    }
    let total = products.reduce(0) { $0 + $1.share }
    if hasOutsideOption, total > 1 - shareTolerance {
      throw DemandError("the shares sum to \(total), which leaves nothing for those who buy nothing")
    }
    if !hasOutsideOption, abs(total - 1) > shareTolerance {
      throw DemandError("the shares sum to \(total); where everybody buys they sum to 1")
    }
    if !hasOutsideOption, Set(products.map(\.owner)).count == 1 {
      throw DemandError("where everybody buys, one owner of all products could raise prices without end")
    }
  }

  /// The sum over products with an observed margin of (observed - implied margin) squared.
  public var sumOfSquaredErrors: Double {
    zip(products, impliedMargins).reduce(0) { sum, pair in
      guard let margin = pair.0.margin else { return sum }
      return sum + (margin - pair.1) * (margin - pair.1)
    }
  }

  /// The share of customers who buy nothing; 0 without an outside option.
  public var outsideShare: Double { hasOutsideOption ? 1 - products.reduce(0) { $0 + $1.share } : 0 }

  /// By how many percent all products' quantity together changes when all prices rise by one percent: price coefficient x
  /// mean price paid x outside share; 0 without an outside option.
  public var marketElasticity: Double {
    guard hasOutsideOption else { return 0 }
    let revenue = products.reduce(0) { $0 + $1.price * $1.share }
    return priceCoefficient * revenue / products.reduce(0) { $0 + $1.share } * outsideShare
  }
}
