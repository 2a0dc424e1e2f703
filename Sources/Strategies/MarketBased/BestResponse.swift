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
    formula:
      "own prices that maximise the sum of (p_k - c_k) q_k(p), with all rivals' prices as last seen. Demand q is "
      + "that of the market (`knowledge: perfect`), of the respondents of a survey one by one (`survey`), or of a logit "
      + "with the mean and the pooled variance of what they say they would pay, category by category (`fitted`)",
    needs:
      "the demand for every product on the market, or a survey of willingness to pay for all of them, its own unit "
      + "costs, and rivals' posted prices",
    works: "rivals keep their prices for a while after a change",
    fails:
      "rivals answer at once: each then undercuts the other, and the gain of each step is gone before it is earned",
    example: "price-war", belief: "perfect",
    source: "Cournot (1838) for the idea; Tirole (1988), The Theory of Industrial Organization, chapter 5",
    parameters: [opening, knowledge] + Research.parameters(.willingnessToPay))

  static let opening = Parameter(
    "opening", .prices, default: .absent,
    "the prices of the opening list, which rivals see before the first period. Without them there is none; where customers "
      + "cannot buy nothing, so that somebody has to name a price first, unit cost plus a half")

  static let knowledge = Parameter(
    "knowledge", .choice(["perfect", "survey", "fitted"]), default: .choice("perfect"),
    "what it knows of demand: the model itself, the answers to a survey, or a logit fitted to them")

  private let opening: PriceList
  /// Nil where demand is known.
  private let research: Research?
  private let fitsLogit: Bool
  private var lastSeen: [Double] = []
  private var lastRivals: [PriceList] = []
  private var last: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for an opening list that leaves a product out, and for answers of the user's own that
  ///   nobody is going to read.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let knowledge = try arguments.choice(Self.knowledge)
    let own = Research.own(.willingnessToPay)
    guard knowledge != "perfect" || arguments.answers(own) == nil else {
      throw StrategyError(
        "say how to use the answers: write `knowledge: survey` or `knowledge: fitted`", parameter: own.name)
    }
    research = knowledge == "perfect" ? nil : try Research(arguments, .willingnessToPay, .willingnessToPay)
    fitsLogit = knowledge == "fitted"
    let given = arguments.prices(Self.opening)
    guard !given.isEmpty else {
      // Before rivals' prices are seen there is no best answer unless customers may buy nothing.
      guard !market.assortment.hasOutsideOption else {
        opening = PriceList([])
        return
      }
      for sold in seller.products where sold.unitCost <= 0 {
        throw StrategyError(
          "\(sold.name) costs nothing, so that an opening price cannot be derived from its cost; give its price under "
            + "`opening`")
      }
      opening = PriceList(prices: seller.products.map { 1.5 * $0.unitCost })
      return
    }
    opening = PriceList(given)
    for (product, sold) in seller.products.enumerated() where opening.price(ofProduct: product) == nil {
      throw StrategyError("no opening price is given for \(sold.name)", parameter: Self.opening.name)
    }
  }

  /// It wants to know demand, unless it asks customers.
  public var belief: BeliefPlan? { research == nil ? .demand : nil }
  /// The survey that it wants before period 1.
  public var survey: SurveyPlan? { research?.plan }
  /// Where its prices come from.
  public var beliefSource: String { research?.belief ?? Self.entry.belief }

  /// The best response; at the opening, the opening list.
  ///
  /// - Throws: ``StrategyError`` where this seller could charge any price.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let research, view.postedLists != nil { return try surveyedPrices(view, research) }
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

  /// The best response if the market is as the answers say.
  private mutating func surveyedPrices(_ view: SellerView, _ research: Research) throws -> PriceList {
    let answers = try SurveyedDemand(research.answers(view))
    let posted = view.postedLists ?? []
    let rivals = posted.indices.map { $0 == view.market.own ? PriceList([]) : posted[$0] }
    let costs = view.seller.products.map(\.unitCost)
    if rivals == lastRivals, costs == lastSeen, let last { return last }
    let list = try answers.bestPrices(rivals, unitCosts: costs, view.market, fitsLogit: fitsLogit)
    (lastRivals, lastSeen, last) = (rivals, costs, list)
    return list
  }
}
