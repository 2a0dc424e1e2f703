import Demand
import Selling
import Simulation
import Testing

/// Who sees what, and when.
struct TimingTests {
  private func duopoly(periods: Int) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0], [0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 0, high: 100)], correlation: nil))
    let product = SellerProduct(name: "product 0", unitCost: 0)
    return Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [product]), SellerProfile(name: "they", products: [product])],
      periodCount: periods, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 50))
  }

  /// The rival posts 100 + period; the studied seller copies what it sees. Period -1 is the opening list, for which
  /// nothing has been seen.
  @Test func rivalsAreSeenAPeriodLate() throws {
    let study = try Small.study(
      try duopoly(periods: 4),
      [
        Scripted { view in
          guard (view.postedLists == nil) == (view.period == -1) else { throw StrategyError("period \(view.period)") }
          return PriceList(prices: [view.rivalPrice(seller: 1, product: 0) ?? 7])
        }
      ], rivals: [Scripted { view in PriceList(prices: [100 + Double(view.period)]) }])
    let outcome = try study.outcomes()[0]
    let prices = [0, 1].map { seller in
      outcome.offers[OfferKey(seller: seller, contents: ProductSet([0]))]?.map { $0?.price }
    }
    #expect(prices[0] == [99, 100, 101, 102])
    #expect(prices[1] == [100, 101, 102, 103])
  }

  /// Both undercut each other by 1 from their opening lists of 50 and 60: at the same time, not one after the other.
  @Test func bothPostAtTheSameTime() throws {
    let undercut: @Sendable (SellerView) -> PriceList = { view in
      let other = 1 - view.market.own
      return PriceList(prices: [(view.rivalPrice(seller: other, product: 0) ?? (other == 1 ? 51 : 61)) - 1])
    }
    let study = try Small.study(try duopoly(periods: 3), [Scripted(undercut)], rivals: [Scripted(undercut)])
    let outcome = try study.outcomes()[0]
    #expect(outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]))]?.map { $0?.price } == [59, 48, 57])
    #expect(outcome.offers[OfferKey(seller: 1, contents: ProductSet([0]))]?.map { $0?.price } == [49, 58, 47])
  }

  /// Sales of past periods and no others; nobody buys from the opening list.
  @Test func salesAreSeen() throws {
    let study = try Small.study(
      try duopoly(periods: 5),
      [
        Scripted { view in
          guard view.sales.count == max(0, view.period) else { throw StrategyError("\(view.sales.count) periods") }
          return PriceList(prices: [view.period == 0 ? 0 : 20 + view.unitsSold(ofProduct: 0, period: view.period - 1)])
        }
      ], rivals: [Scripted(prices: [200])])
    let outcome = try study.outcomes()[0]
    let periods = try #require(outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]))])
    #expect(periods.first??.units == 50)
    for (before, after) in zip(periods, periods.dropFirst()) { #expect(after?.price == 20 + (before?.units ?? -1)) }
  }

  /// An offer that is posted in some periods only has no price in the others.
  @Test func offersComeAndGo() throws {
    let study = try Small.study(
      try duopoly(periods: 4), [Scripted { view in view.period % 2 == 0 ? PriceList(prices: [10]) : PriceList([]) }],
      rivals: [Scripted(prices: [90])])
    let outcome = try study.outcomes()[0]
    let periods = outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]))]
    #expect(periods?.map { $0?.price } == [10, nil, 10, nil])
    let tally = try study.tallied().tally.candidates[0]
    #expect(tally.offers.first?.periods.map(\.price.count) == [1, 0, 1, 0])
  }

  /// What a strategy learnt in one replication is forgotten in the next.
  @Test func eachReplicationStartsAnew() throws {
    struct Counting: PricingStrategy {
      static let entry = Scripted.entry
      var calls = 0
      init() {}
      init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {}
      mutating func postPrices(_ view: SellerView) throws -> PriceList {
        calls += 1
        guard calls == view.period + 2 else { throw StrategyError("call \(calls) in period \(view.period)") }
        return PriceList(prices: [Double(calls)])
      }
    }
    let market = try duopoly(periods: 3)
    let study = try Study(
      name: "", question: "", currency: "", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: []), Counting()],
      candidates: [Candidate(label: "a", strategy: Counting()), Candidate(label: "b", strategy: Counting())],
      baseline: 0, replications: 40, seed: 1)
    #expect(try study.tallied(threads: 3).tally.replications == 40)
  }
}
