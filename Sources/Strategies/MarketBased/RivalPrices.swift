import Demand
import Selling

/// What strategies that look at rivals share: whom a product is compared with, the least price over unit cost, and what to
/// charge where no rival's price is seen.
struct RivalPrices {
  static let floor = Parameter(
    "floor", .share(-1...100), default: .number(0), "the least markup on unit cost")
  static let otherwise = Parameter(
    "otherwise", .prices, default: .absent,
    "prices while no rival's is seen: of products that no rival sells or has a substitute for, of the opening list, before "
      + "a rival enters and after it has left")

  /// The rivals' products by own product: the same where a rival has it, otherwise all substitutes.
  let rivals: [[(seller: Int, product: Int)]]
  private let floor: Double
  private let otherwise: PriceList

  /// - Parameters:
  ///   - rival: the only rival that is looked at; all if nil.
  ///   - floor: the least markup on unit cost.
  init(
    seller: SellerProfile, market: PublicMarket, only rival: Int? = nil, floor: Double,
    otherwise: PriceList = PriceList([])
  ) {
    rivals = seller.products.indices.map { market.rivals(ofOwnProduct: $0, only: rival) }
    self.floor = floor
    self.otherwise = otherwise
  }

  /// For strategies with `floor` and `otherwise` that price every product by its rivals.
  ///
  /// - Throws: ``StrategyError`` where a product has no such rival and no price is given for it.
  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket, only rival: Int? = nil) throws {
    try self.init(
      seller: seller, market: market, only: rival, floor: arguments.number(Self.floor),
      otherwise: PriceList(arguments.prices(Self.otherwise)))
    for product in seller.products.indices where rivals[product].isEmpty && stated(product) == nil {
      let name = seller.products[product].name
      throw StrategyError(
        (rival.map { "\(market.sellers[$0]) sells neither \(name) nor" } ?? "no rival sells \(name) or")
          + " a substitute; give its price under `otherwise`", parameter: Self.otherwise.name)
    }
  }

  /// The rivals' prices of an own product that are seen, with their sellers.
  func seen(_ product: Int, _ view: SellerView) -> [(seller: Int, price: Double)] {
    rivals[product].compactMap { rival in
      view.rivalPrice(seller: rival.seller, product: rival.product).map { (rival.seller, $0) }
    }
  }

  /// The mean price of each rival that is seen, in the order of the sellers: a rival with several substitutes counts once.
  func meansBySeller(_ product: Int, _ view: SellerView) -> [(seller: Int, price: Double)] {
    let seen = seen(product, view)
    var sellers: [Int] = []
    for rival in seen where sellers.last != rival.seller { sellers.append(rival.seller) }
    return sellers.map { seller in
      let prices = seen.filter { $0.seller == seller }.map(\.price)
      return (seller, prices.reduce(0, +) / Double(prices.count))
    }
  }

  /// The least price of a product, in money.
  func least(_ product: Int, _ view: SellerView) -> Double { view.seller.products[product].unitCost * (1 + floor) }

  /// The price that is stated for a product without a rival to look at.
  func stated(_ product: Int) -> Double? { otherwise.price(ofProduct: product) }

  /// The price without a rival to look at: as stated, or else as last posted but not below the least, or else the least.
  func fallback(_ product: Int, _ view: SellerView) -> Double {
    let least = least(product, view)
    let last = view.postedLists?[view.market.own].price(ofProduct: product)
    return stated(product) ?? last.map { max($0, least) } ?? least
  }
}
