import Demand
import Selling

/// Prices that perfect knowledge posts: always the same, or by period and remaining stock. It thinks in customers' prices,
/// and posts the list prices that come to them.
struct PostedPolicy: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "perfect-knowledge", family: .benchmark,
    idea: "What a seller would post who knew the demand model and the rivals' rules.", formula: "computed",
    needs: "everything but the individual draws", belief: "perfect", source: "see PerfectKnowledge", parameters: [])

  private let list: PriceList
  /// By period, if prices change but do not depend on stock.
  private var lists: [PriceList] = []
  /// The price of the only product by period and units that can still be sold; empty if prices do not depend on stock.
  private let table: [[Double]]
  private let terms: PriceTerms?

  init(_ list: PriceList, _ terms: PriceTerms?) {
    self.list = list
    table = []
    self.terms = terms
  }

  init(_ lists: [PriceList], _ terms: PriceTerms?) {
    self.init(lists.first ?? PriceList([]), terms)
    self.lists = lists
  }

  init(_ table: [[Double]], _ terms: PriceTerms?) {
    self.table = table
    list = PriceList(prices: [table.first?.last ?? 0])
    self.terms = terms
  }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("perfect knowledge is a benchmark, not a strategy that a seller can run")
  }

  var isConstant: Bool { table.isEmpty && Set(lists).count < 2 }

  var offerKinds: Set<OfferKind> { list.offerKinds }

  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if lists.indices.contains(view.period) { return lists[view.period].inListPrices(terms) }
    guard view.period >= 0, table.indices.contains(view.period) else { return list.inListPrices(terms) }
    let left =
      zip(view.capacityLeft, view.seller.capacities)
      .filter { $0.1.use[0] > 0 }.map { $0.0 / $0.1.use[0] }.min() ?? 0
    return PriceList(prices: [table[view.period][min(left, table[view.period].count - 1)]]).inListPrices(terms)
  }
}
