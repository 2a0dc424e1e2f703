import Demand
import Selling

/// Own prices that move with a leader's, in percent and some periods late.
public struct FollowLeader: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "follow-leader", family: .marketBased,
    idea:
      "Let one rival lead: when it moves its price, the own price moves by the same percentage, or a part of it, some "
      + "periods later. Unlike the going rate it keeps the own level.",
    formula:
      "price = max(own price x (1 + pass through x (leader's price seen `delay` periods ago / its first price - 1)), "
      + "unit cost x (1 + floor)). The leader's first price is the first that is seen, the mean of several substitutes; while "
      + "the leader is absent the price holds",
    needs: "one rival's posted prices, and its own unit costs",
    works: "the leader knows the market best and its moves tell of cost and demand that concern everybody",
    fails: "the leader's moves tell of itself only: a follower into somebody else's war lowers its price for nothing",
    example: "price-war", belief: "a rival's prices",
    source:
      "Stigler (1947), Journal of Political Economy 55: barometric price leadership; Scherer & Ross (1990), Industrial Market Structure and Economic Performance",
    parameters: [prices, leader, passThrough, delay, RivalPrices.floor])

  static let prices = Parameter(
    "prices", .prices, default: .required, "the own price of each product or bundle to start with")
  static let leader = Parameter("leader", .rival, default: .required, "the rival whose moves are followed")
  static let passThrough = Parameter(
    "pass through", .share(0...10), default: .number(1), "which share of the leader's move is made")
  static let delay = Parameter(
    "delay", .count(0...1000, unit: "periods"), default: .number(0),
    "periods that pass after the leader's price is seen")

  private let own: PriceList
  private let watch: RivalPrices
  private let passThrough: Double
  private let delay: Int
  /// By product: the leader's first price, and its factor on that by period since.
  private var first: [Double?]
  private var factors: [[Double]]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without an own price, and a leader without a substitute for any.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    own = try arguments.priceList(Self.prices, of: seller)
    watch = RivalPrices(
      seller: seller, market: market, only: arguments.rival(Self.leader), floor: try arguments.number(RivalPrices.floor)
    )
    guard watch.rivals.contains(where: { !$0.isEmpty }) else {
      throw StrategyError("the leader sells no substitute for anything of \(seller.name)", parameter: Self.leader.name)
    }
    passThrough = try arguments.number(Self.passThrough)
    delay = try arguments.count(Self.delay)
    first = seller.products.map { _ in nil }
    factors = seller.products.map { _ in [] }
  }

  /// Makes the leader's moves; while it has no price, none. Bundles and products that it does not sell keep their price.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    for product in view.seller.products.indices {
      guard let price = watch.meansBySeller(product, view).first?.price, price > 0 else {
        if let last = factors[product].last { factors[product].append(last) }
        continue
      }
      let start = first[product] ?? price
      first[product] = start
      factors[product].append(price / start)
    }
    return PriceList(
      own.offers.map { offer in
        guard offer.contents.count == 1, let product = offer.contents.positions.first, !factors[product].isEmpty else {
          return offer
        }
        let factor = factors[product][max(0, factors[product].count - 1 - delay)]
        return Offer(
          offer.contents, price: max(offer.price * (1 + passThrough * (factor - 1)), watch.least(product, view)))
      })
  }
}
