import Demand
import Selling

/// A price for each unit of each capacity, which a product has to cover.
public struct BidPrices: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "bid-prices", family: .dynamic,
    idea:
      "A traveller over two legs takes a seat from two others. Value a seat of each leg, and sell a trip only if its fare "
      + "covers the seats that it takes.",
    formula:
      "a product is offered where price - unit cost >= the sum of the bid prices of what it uses: the duals of maximise "
      + "(price - cost) x subject to use x <= capacity left and 0 <= x <= expected demand left, solved again `every` periods",
    needs: "the prices of the products, how many would buy each at them, and its own capacities",
    works: "products compete for several capacities, and capacity is scarce on some of them",
    fails:
      "bid prices are not worked out again: a class that just covers them then takes every seat that it is asked for; and "
      + "chance is left out, so that no seat is kept for the case that more come than expected",
    example: "airline-two-legs", belief: "perfect",
    source:
      "Simpson (1989); Williamson (1992); Talluri & van Ryzin (2004), The Theory and Practice of Revenue Management",
    parameters: [prices, every, demand])

  static let prices = Parameter("prices", .prices, default: .required, "the price of each product")
  static let every = Parameter(
    "every", .count(0...10_000, unit: "periods"), default: .number(1),
    "after how many periods bid prices are worked out again, with what is left of capacity and demand; 0 for never")
  static let demand = Parameter(
    "demand", .amounts(of: .products, 0...1e9, unit: "units"), default: .absent,
    "how many would buy each product at its price over the calendar, evenly spread. Without it, what the model of the market "
      + "expects in the periods left")

  private let list: PriceList
  private let every: Int
  private let demands: [Double]?
  /// Whether no capacity lasts, so that each period stands alone.
  private let isRenewed: Bool
  private let start: Int
  private var solvedAt: Int?
  private var bids: [Double] = []

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without capacity, a product without a price, and one without demand where
  ///   others have one.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard !seller.capacities.isEmpty else {
      throw StrategyError("bid-prices value limited capacity; \(seller.name) has no `capacity`")
    }
    list = try arguments.priceList(Self.prices, of: seller)
    guard list.offers.allSatisfy({ $0.contents.count == 1 }) else {
      throw StrategyError("bid-prices take one price for each product and no bundles", parameter: Self.prices.name)
    }
    every = try arguments.count(Self.every)
    isRenewed = seller.capacities.allSatisfy { $0.renewal == .eachPeriod }
    start = seller.presence.lowerBound
    demands = try arguments.amountsForAll(Self.demand, of: seller)
  }

  /// It wants to know demand, unless that was stated.
  public var belief: BeliefPlan? { demands == nil ? .demand : nil }
  /// Where its bid prices come from.
  public var beliefSource: String { demands == nil ? Self.entry.belief : "given forecast" }

  /// The products whose price covers what they use.
  ///
  /// - Throws: ``StrategyError`` where demand or the programme cannot be computed.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period >= 0 else { return list }
    let isDue = solvedAt.map { every > 0 && view.period >= $0 + every } ?? true
    if isDue {
      do {
        bids = try bidPrices(view)
      } catch let error as StrategyError {
        throw error
      } catch {
        throw StrategyError("bid-prices: \(error)")
      }
      solvedAt = view.period
    }
    return PriceList(
      list.offers.filter { offer in
        let worth = zip(view.seller.capacities, bids).reduce(0) { $0 + Double($1.0.use(of: offer.contents)) * $1.1 }
        // A product that sets a bid price covers it, whatever the rounding.
        return offer.price - view.seller.unitCost(of: offer.contents) >= worth * (1 - 1e-9)
      })
  }

  /// The value of a unit of each capacity for the periods left.
  private func bidPrices(_ view: SellerView) throws -> [Double] {
    let prices = view.seller.products.indices.map { list.price(ofProduct: $0) ?? 0 }
    let periods = isRenewed ? view.period..<view.period + 1 : view.periodsLeft
    let all = max(1, view.periodsLeft.upperBound - start)
    let expected =
      try demands?.map { $0 * Double(periods.count) / Double(all) }
      ?? BelievedDemand(view).units(at: prices, periods: periods)
    let capacities = view.seller.capacities.enumerated().map { index, capacity in
      Double(view.capacityLeft[index])
        + (capacity.renewal == .eachPeriod ? Double(capacity.units) * Double(periods.count - 1) : 0)
    }
    return try NetworkProgramme(
      fares: zip(prices, view.seller.products).map { $0 - $1.unitCost },
      uses: view.seller.capacities.map { $0.use.map(Double.init) }, capacities: capacities, demands: expected
    ).bidPrices
  }
}
