import Selling

/// The alternative that a product's value is measured against: the rivals' last posted prices of it or its substitutes,
/// reduced to one.
struct ReferenceAlternative: Sendable {
  static let nextBest = Parameter(
    "next best", .rival, default: .absent,
    "the rival whose product customers would take instead; else `reference` chooses")
  static let reference = Parameter(
    "reference", .choice(["cheapest", "mean", "dearest"]), default: .choice("cheapest"),
    "which of the rivals' prices stands for the next best alternative, unless `next best` names a rival")
  static let otherwise = Parameter(
    "otherwise", .prices, default: .absent,
    "prices of the next best alternative where no rival is seen: something that is not on this market, or the opening, or "
      + "after a rival has left")

  private let rivals: [[(seller: Int, product: Int)]]
  private let reference: String
  private let otherwise: [Double?]

  /// - Throws: ``StrategyError`` where a product has no rival and no price is given instead.
  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket, products: [Int]) throws {
    let named = arguments.rival(Self.nextBest)
    reference = try arguments.choice(Self.reference)
    let offers = arguments.prices(Self.otherwise)
    otherwise = seller.products.indices.map { product in
      offers.first { $0.contents.positions == [product] }?.price
    }
    rivals = seller.products.indices.map { market.rivals(ofOwnProduct: $0, only: named) }
    for product in products where rivals[product].isEmpty && otherwise[product] == nil {
      let who = named.map { market.sellers[$0] + " does not sell" } ?? "no rival sells"
      throw StrategyError(
        "\(who) \(seller.products[product].name) or a substitute; give the alternative's price under `otherwise`",
        parameter: named == nil ? Self.otherwise.name : Self.nextBest.name)
    }
  }

  /// The price without an alternative: as last posted but not below unit cost, or else unit cost.
  func fallback(_ product: Int, _ view: SellerView) -> Double {
    let unitCost = view.seller.products[product].unitCost
    return max(unitCost, view.postedLists?[view.market.own].price(ofProduct: product) ?? unitCost)
  }

  /// The alternative's price; nil where none is seen and none was given.
  func price(ofProduct product: Int, _ view: SellerView) -> Double? {
    let seen = rivals[product].compactMap { view.rivalPrice(seller: $0.seller, product: $0.product) }
    guard !seen.isEmpty else { return otherwise[product] }
    switch reference {
    case "cheapest": return seen.min()
    case "dearest": return seen.max()
    default: return seen.reduce(0, +) / Double(seen.count)
    }
  }
}
