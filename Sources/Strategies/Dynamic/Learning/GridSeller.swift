import Demand
import GSL
import Selling

/// A seller that prices each of its products on a grid by a learning rule of its own: what a price of one product does to
/// the sales of another is not learnt.
///
/// It looks at the sales of the last period alone. A price that was posted counts for the nearest one of the grid, so that
/// price rules, which round or delay prices, do not mislead it.
struct GridSeller<Rule: LearningRule>: Sendable {
  private let grids: [[Double]]
  private let stocks: [ProductStock]
  private var rules: [Rule]
  /// Whether the product was for sale in the last period, so that its sales say something about demand.
  private var wasForSale: [Bool]
  /// The places of the last prices.
  private var last: [Int]

  /// A seller.
  ///
  /// - Parameters:
  ///   - stocks: how each product's stock is made to last.
  ///   - rule: the rule for a grid.
  init(_ grids: [[Double]], stocks: [ProductStock], rule: ([Double]) throws -> Rule) rethrows {
    self.grids = grids
    self.stocks = stocks
    rules = try grids.map(rule)
    wasForSale = grids.map { _ in false }
    last = grids.map { ($0.count - 1) / 2 }
  }

  /// The prices of a period, after learning from the last one. The opening list shows the middle of each grid.
  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period >= 0 else { return PriceList(prices: zip(grids, last).map { $0[$1] }) }
    var random = view.random
    var offers: [Offer] = []
    for product in rules.indices {
      learn(product, view)
      wasForSale[product] = stocks[product].hasLeft(view)
      if wasForSale[product] {
        let unitCost = view.seller.products[product].unitCost
        let choice = try rules[product].choose(
          margins: grids[product].map { $0 - unitCost }, allowance: stocks[product].allowance(view), random: &random)
        guard let choice else { continue }
        last[product] = choice
      }
      offers.append(Offer(product: product, price: grids[product][last[product]]))
    }
    return PriceList(offers)
  }

  private mutating func learn(_ product: Int, _ view: SellerView) {
    guard wasForSale[product], let sold = view.lastSales(ofProduct: product) else { return }
    let grid = grids[product]
    let nearest = grid.indices.min { abs(grid[$0] - sold.offer.price) < abs(grid[$1] - sold.offer.price) }
    rules[product].learn(
      price: nearest ?? 0, units: sold.units,
      contribution: sold.revenue - sold.units * view.seller.products[product].unitCost)
  }
}

extension SellerView {
  /// What a product sold in the last period, on its own; nil where it was not offered.
  func lastSales(ofProduct product: Int) -> OfferSales? {
    sales.last?.first { $0.offer.contents == ProductSet([product]) }
  }
}
