import Demand

/// A strategy in a market with price terms: it thinks in what customers pay, and posts the list prices that come to it.
///
/// Everything that the strategy sees is in customers' prices: what customers count of its own and its rivals' list prices
/// (they tell), surveys and demand, and its own costs, grossed up to the customers' price that just covers them. So a
/// markup on cost is one on what the seller keeps, a price that follows rivals follows what their customers pay, and an
/// optimum is one of the pocket. Verified: strategies of every family against the same market written without terms
/// (`PriceTermsMarketTests`).
public struct TermedStrategy: PricingStrategy {
  /// Stands for that of the strategy inside, which is what ``PricingStrategy/catalogueEntry`` tells.
  public static let entry = CatalogueEntry(
    name: "termed", family: .given, idea: "A strategy that posts list prices.", formula: "see PriceTerms",
    needs: "what the strategy needs", belief: "", source: "", parameters: [])

  private var strategy: any PricingStrategy
  private let terms: PriceTerms?
  /// Own sales in customers' prices, as far as they were seen.
  private var sales: SalesHistory = []

  /// A strategy that was made for the seller in customers' prices.
  public init(_ strategy: any PricingStrategy, terms: PriceTerms?) {
    self.strategy = strategy
    self.terms = terms
  }

  /// Terms need a strategy.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("price terms are no strategy of their own")
  }

  /// That of the strategy inside.
  public var catalogueEntry: CatalogueEntry { strategy.catalogueEntry }
  /// That of the strategy inside.
  public var beliefSource: String { strategy.beliefSource }
  /// Those of the strategy inside.
  public var offerKinds: Set<OfferKind> { strategy.offerKinds }
  /// If the strategy inside does.
  public var repricesContinuously: Bool { strategy.repricesContinuously }
  /// That of the strategy inside.
  public var survey: SurveyPlan? { strategy.survey }
  /// That of the strategy inside.
  public var belief: BeliefPlan? { strategy.belief }
  /// If the strategy inside never changes.
  public var isConstant: Bool { strategy.isConstant }
  /// That of the strategy inside.
  public var costOfChange: Double { strategy.costOfChange }

  /// The strategy's prices as list prices.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    for period in sales.count..<max(sales.count, view.sales.count) {
      sales.append(
        view.sales[period].map { sold in
          let list = PriceList([sold.offer]).inCustomerPrices(terms)
          return OfferSales(offer: list.offers[0], units: sold.units)
        })
    }
    return try strategy.postPrices(inCustomerPrices(view)).inListPrices(terms)
  }

  /// The strategy's announcements as list prices.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    strategy.announcedPrices(inCustomerPrices(view), periods: periods)?.map { $0.inListPrices(terms) }
  }

  private func inCustomerPrices(_ view: SellerView) -> SellerView {
    SellerView(
      seller: view.seller.inCustomerPrices, market: view.market, period: view.period,
      postedLists: view.postedLists.map { lists in
        zip(lists, view.market.terms).map { $0.inCustomerPrices($1) }
      }, sales: sales, capacityLeft: view.capacityLeft, survey: view.survey, belief: view.belief,
      random: view.random, elapsed: view.elapsed)
  }
}
