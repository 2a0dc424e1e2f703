import Demand
import Selling

/// The best answer to the prices that rivals posted last.
public struct BestResponse: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "best-response", family: .marketBased,
    idea:
      "Take the rivals' posted prices as they are and charge what then earns most. Against rivals who do the same, "
      + "prices move towards an equilibrium, or go round where there is none.",
    formula: "own prices that maximise the sum of (p_k - c_k) q_k(p), with all rivals' prices as last seen",
    needs: "the demand for every product on the market, its own unit costs, and rivals' posted prices",
    works: "rivals keep their prices for a while after a change",
    fails:
      "rivals answer at once: each then undercuts the other, and the gain of each step is gone before it is earned",
    example: "coffee-chain", belief: "perfect",
    source: "Cournot (1838) for the idea; Tirole (1988), The Theory of Industrial Organization, chapter 5",
    parameters: [opening])

  static let opening = Parameter(
    "opening", .prices, default: .absent, "the prices of the opening list; without them, unit cost plus a half")

  private let opening: PriceList
  private var lastSeen: [Double] = []
  private var last: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for an opening list that leaves a product out.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let given = arguments.prices(Self.opening)
    guard !given.isEmpty else {
      opening = PriceList(prices: seller.products.map { 1.5 * max($0.unitCost, 1e-6) })
      return
    }
    opening = PriceList(given)
    for (product, sold) in seller.products.enumerated() where opening.price(ofProduct: product) == nil {
      throw StrategyError("no opening price is given for \(sold.name)", parameter: Self.opening.name)
    }
  }

  /// It wants to know demand.
  public var belief: BeliefPlan? { .demand }

  /// The best response; at the opening, the opening list.
  ///
  /// - Throws: ``StrategyError`` where this seller could charge any price.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let assortment = view.market.assortment
    guard let posted = view.postedLists, let belief = view.belief else { return opening }
    var prices = [Double](repeating: .infinity, count: assortment.alternatives.count)
    for (seller, places) in assortment.alternativesBySource.enumerated() {
      for (position, alternative) in places.enumerated() {
        prices[alternative] = posted[seller].price(ofProduct: position) ?? .infinity
      }
    }
    let own = assortment.alternativesBySource[view.market.own]
    let known =
      prices.enumerated().filter { !own.contains($0.offset) }.map(\.element) + view.seller.products.map(\.unitCost)
    if known == lastSeen, let last { return last }
    var costs = belief.unitCosts
    for (position, alternative) in own.enumerated() {
      costs[alternative] = view.seller.products[position].unitCost
      if !prices[alternative].isFinite {
        prices[alternative] = opening.price(ofProduct: position) ?? costs[alternative]
      }
    }
    let onSale = prices.indices.filter { prices[$0].isFinite }
    let market = Submarket(belief.demand, alternatives: onSale)
    do {
      let game = try PricingGame(
        market, unitCosts: onSale.map { costs[$0] }, owners: onSale.map { own.contains($0) ? 0 : 1 })
      let best = market.wholePrices(try game.bestResponse(of: 0, to: onSale.map { prices[$0] }).prices)
      let list = PriceList(prices: own.map { best[$0] })
      (lastSeen, last) = (known, list)
      return list
    } catch {
      throw StrategyError("\(error)")
    }
  }
}
