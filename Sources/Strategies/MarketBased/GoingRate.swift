import Demand
import Selling

/// Follow the rivals with a premium or discount and a cost floor.
public struct GoingRate: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "going-rate", family: .marketBased,
    idea: "Follow the rivals: their price of the same product, or of its substitutes where none sells it, with a "
      + "premium or a discount, but never below cost plus a floor.",
    formula:
      "price = max(reference of rivals' last posted prices x (1 + premium), unit cost x (1 + floor)); while no rival "
      + "is seen, before one enters or after it has left: the price under `otherwise`, without it the own last price, and "
      + "without that the floor. Under price terms a rival's price is what its customers pay",
    needs: "the rivals' posted prices, one period late, and its own unit costs; for `volume-weighted` a market report",
    works: "products are alike and the rivals know the market",
    fails: "rivals err, or all follow each other: the going rate then is nobody's judgement", example: "city-gym",
    belief: "rivals' prices",
    source: "Kotler & Keller, Marketing Management: going-rate pricing",
    parameters: [premium, RivalPrices.floor, reference, RivalPrices.otherwise, leader, weights])

  static let premium = Parameter(
    "premium", .share(-0.99...100), default: .number(0), "how far above the rivals; negative is a discount")
  static let reference = Parameter(
    "reference", .choice(["mean", "lowest", "highest", "median", "leader", "volume-weighted"]),
    default: .choice("mean"),
    "which of the rivals' prices to follow: their mean, lowest, highest or median, that of the `leader`, or the mean "
      + "weighted by `weights`")
  static let leader = Parameter(
    "leader", .rival, default: .absent, "the rival that is followed; with `reference: leader`")
  static let weights = Parameter(
    "weights", .amounts(of: .rivals, 0...1e15, unit: ""), default: .absent,
    "how much each rival sells, in any unit, as a market report states it; with `reference: volume-weighted`. A rival "
      + "without a weight counts as the mean of those with one")

  private let premium: Double
  private let reference: String
  private let rivals: RivalPrices
  /// Weights by seller; empty unless prices are weighted.
  private let weights: [Double]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where a product has no rival to follow and no price is given for it, where the leader or
  ///   the weights that the reference needs are missing, and where they are given for another reference.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    premium = try arguments.number(Self.premium)
    let reference = try arguments.choice(Self.reference)
    self.reference = reference
    let leader = arguments.rival(Self.leader)
    let given = arguments.amounts(Self.weights)
    for (parameter, word, isGiven) in [
      (Self.leader, "leader", leader != nil), (Self.weights, "volume-weighted", !given.isEmpty),
    ] where isGiven != (reference == word) {
      throw StrategyError(
        isGiven
          ? "`\(parameter.name)` makes no difference unless `reference` is \(word); it is \(reference)"
          : "`reference: \(word)` needs `\(parameter.name)`: \(parameter.meaning)",
        parameter: isGiven ? parameter.name : Self.reference.name)
    }
    rivals = try RivalPrices(arguments, seller: seller, market: market, only: leader)
    guard !given.isEmpty else {
      weights = []
      return
    }
    let mean = given.reduce(0) { $0 + $1.value } / Double(given.count)
    guard mean > 0 else { throw StrategyError("all weights are 0", parameter: Self.weights.name) }
    weights = arguments.values(Self.weights, count: market.sellers.count, otherwise: mean)
  }

  /// Follows what the rivals posted a period ago. While none has a price: the price under `otherwise`, or the last own one,
  /// or the floor.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        guard let price = referencePrice(rivals.seen(product, view)) else { return rivals.fallback(product, view) }
        return max(price * (1 + premium), rivals.least(product, view))
      })
  }

  private func referencePrice(_ seen: [(seller: Int, price: Double)]) -> Double? {
    let prices = seen.map(\.price)
    switch reference {
    case "lowest": return prices.min()
    case "highest": return prices.max()
    case "median": return Self.median(prices)
    case "volume-weighted":
      // A rival with several substitutes has one weight for all of them.
      let shares = seen.map { rival in
        weights[rival.seller] / Double(seen.count { $0.seller == rival.seller })
      }
      let total = shares.reduce(0, +)
      return total > 0 ? zip(shares, prices).reduce(0) { $0 + $1.0 * $1.1 } / total : nil
    default: return prices.isEmpty ? nil : prices.reduce(0, +) / Double(prices.count)
    }
  }

  private static func median(_ prices: [Double]) -> Double? {
    guard !prices.isEmpty else { return nil }
    let sorted = prices.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
