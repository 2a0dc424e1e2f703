import Demand
import Selling

/// The equilibrium price: what nobody would change alone.
public struct BertrandNash: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "bertrand-nash", family: .marketBased,
    idea:
      "Charge what theory says the market settles at: prices where every seller's are the best answer to the others'. "
      + "Right where rivals are as clever; where they are not, a best response earns more.",
    formula:
      "prices p with q_j + sum over own k of (p_k - c_k) dq_k/dp_j = 0 for every product j of every seller, verified to "
      + "leave nobody a better answer. Before the seller enters, those of its first period",
    needs: "the demand for every product on the market and every seller's unit costs",
    works: "every rival knows demand and costs and optimises too",
    fails: "rivals follow rules of thumb: the best response to those rules earns more", example: "price-war",
    belief: "perfect",
    source: "Bertrand (1883); Morrow & Skerlos (2011), Operations Research 59",
    parameters: [])

  private var prices: [Double]?

  /// A strategy for a seller.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {}

  /// It wants to know the equilibrium.
  public var belief: BeliefPlan? { .equilibrium }

  /// The seller's prices of the equilibrium, which change only where sellers come, go or merge.
  ///
  /// - Throws: ``StrategyError`` where no equilibrium was found.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    // Rivals see its opening list before it is there: the equilibrium of its own first period.
    let presence = view.seller.presence
    let period = min(max(view.period, presence.lowerBound), presence.upperBound)
    guard let equilibrium = view.belief?.regime(period: period)?.equilibrium else {
      throw StrategyError(
        "no equilibrium in pure strategies was found in this market; `bertrand equilibrium` tells what was tried")
    }
    return PriceList(prices: view.market.assortment.alternativesBySource[view.market.own].map { equilibrium[$0] })
  }
}
