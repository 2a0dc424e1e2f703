import Demand
import Foundation
import Selling
import Simulation
import Testing

/// Customers who weigh buying now against waiting for a markdown.
struct PatienceTests {
  private static func patience(_ factor: Double, _ periods: Int, _ belief: Patience.Belief = .announced) -> Patience {
    Patience(discountFactor: factor, periods: periods, belief: belief)
  }

  /// A markdown from p1 to p2 announced to customers with valuations uniform on [0, 1]: in period 1 those buy whose
  /// v - p1 >= d (v - p2), that is v >= (p1 - d p2)/(1 - d), if any; the rest who value it at p2 or more buy in period 2,
  /// beside those who come then. Eight million customers in each period: 5 standard errors of the smallest share, 12.9%,
  /// are 0.06 points, so that a bias of 0.5% of any of these shares would show.
  @Test(arguments: [(0.6, 0.45, 0.6), (0.7, 0.3, 0.3), (0.9, 0.4, 0.9), (0.5, 0.5, 0.9)])
  func announcedMarkdown(first: Double, second: Double, factor: Double) throws {
    let customers = 20_000.0
    let market = try OutlookGym.monopoly(
      .uniform(low: 0, high: 1), patience: Self.patience(factor, 1), arrivals: customers, periods: 2)
    let study = try OutlookGym.study(market, [PricePath(announcing: [first, second])], replications: 400, seed: 3)
    let tally = try study.tallied().tally.candidates[0]
    let threshold = min(1, max(first, (first - factor * second) / (1 - factor)))
    let early = 1 - threshold
    let late = (threshold - second) + (1 - second)
    let replications = 400.0
    func agrees(_ found: Double, _ expected: Double, _ error: Double, _ what: String) {
      print("\(what), markdown \(first) to \(second): \(found), expected \(expected), standard error \(error)")
      #expect(abs(found - expected) < 5 * error + 1e-12, "\(what): \(found), expected \(expected)")
    }
    let periods = tally.offers[0].periods
    func deviation(_ share: Double) -> Double { (share * (1 - share) / (customers * replications)).squareRoot() }
    agrees(periods[0].units / (customers * replications), early, deviation(early), "early buyers")
    // Two independent groups in period 2.
    let lateError = (pow(deviation(threshold - second), 2) + pow(deviation(1 - second), 2)).squareRoot()
    agrees(periods[1].units / (customers * replications), late, lateError, "late buyers")
    agrees(
      tally.revenue.mean, customers * (first * early + second * late), tally.revenue.standardError ?? 0, "revenue")
    // Surplus of those who waited is discounted to the period in which they came.
    let waited = (pow(threshold - second, 2)) / 2
    let surplus = pow(1 - first, 2) / 2 - pow(threshold - first, 2) / 2 + factor * waited + pow(1 - second, 2) / 2
    agrees(tally.surplus.mean, customers * surplus, tally.surplus.standardError ?? 0, "surplus")
    #expect(tally.customers.mean == 2 * customers)
  }

  /// Where prices stay, nobody waits: all books are those of customers without patience to the last bit, with bundles,
  /// taste and capacity that runs out, whatever is believed; and also where a discount factor of 1 makes waiting free.
  @Test(arguments: [nil, 40, 150] as [Int?], [Patience.Belief.announced, .adaptive(memory: 0.5)])
  func constantPrices(units: Int?, belief: Patience.Belief) throws {
    let offers = [
      Offer(product: 0, price: 17), Offer(product: 1, price: 23), Offer(product: 2, price: 8),
      Offer(product: 3, price: 6), Offer(ProductSet([1, 2, 3]), price: 31), Offer(ProductSet([2, 3]), price: 12),
    ]
    func books(_ patience: Patience?) throws -> [OutlookBooks] {
      let market = try OutlookGym.market(
        (nil, patience), (nil, patience),
        capacities: units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 2, 1, 0])] } ?? [],
        rival: units.map { [Capacity(name: "stock", units: 2 * $0, renewal: .never, use: [1, 1])] } ?? [],
        arrivals: Arrivals(.poisson, mean: 700))
      return try OutlookGym.study(
        market, [Scripted(offers), Scripted(prices: [15, 22, 7, 5])], rivals: [Scripted(prices: [16, 7])]
      ).outcomes().map(OutlookBooks.init)
    }
    let plain = try books(nil)
    #expect(try books(Self.patience(1, 4, belief)) == plain)
    #expect(try books(Self.patience(0.9, 100, belief)) == plain)
  }

  /// Ten customers a period who value the product at 10, at 9, 8, 7 and 1, with a factor of 0.9 and two periods of
  /// patience. The first would gain 1, 1.8 or 0.81 x 3 = 2.43 and wait for the 7; one period later 0.9 x 3 still beats 2;
  /// then their patience ends. All others can wait for the 1.
  @Test func patienceEnds() throws {
    let market = try OutlookGym.monopoly(
      .fixed(10), patience: Self.patience(0.9, 2), arrivals: 10, periods: 4)
    let outcome = try OutlookGym.study(market, [PricePath(announcing: [9, 8, 7, 1])]).outcomes()[0]
    #expect(outcome.offers.values.first?.map { $0?.units } == [0, 0, 10, 30])
    #expect(outcome.segments[0].customers == 40)
    #expect(outcome.segments[0].buyers == 40)
    #expect(outcome.sellers[0].revenue == 100)
    let surplus = 10 * (0.81 * 3 + 0.81 * 9 + 0.9 * 9 + 9)
    #expect(abs(outcome.surplus - surplus) < 1e-9 * surplus)
  }

  /// Who cannot pay today's price waits for one that he can, and leaves when nothing is to be gained any more: a price
  /// that was announced, was not kept, and is announced no longer.
  @Test func whoGainsNothingLeaves() throws {
    let market = try OutlookGym.monopoly(.fixed(5), patience: Self.patience(0.9, 3), arrivals: 10, periods: 4)
    let path = [9.0, 9, 9, 4].map { PriceList(prices: [$0]) }
    let broken = [9.0, 4, 9, 9].map { PriceList(prices: [$0]) }
    let study = try OutlookGym.study(market, [PricePath(path, announced: path), PricePath(path, announced: broken)])
    let outcomes = try study.outcomes()
    #expect(outcomes[0].offers.values.first?.map { $0?.units } == [0, 0, 0, 40])
    #expect(outcomes[1].offers.values.first?.map { $0?.units } == [0, 0, 0, 10])
    #expect(outcomes.map(\.customers) == [40, 40])
  }

  /// From 10 to 8 with a memory of one half, a change of 0.5 x 0 + 0.5 x (-20%) = -10% is expected: 7.2, then 6.48. Who
  /// values it at 10 gains 2 now, 2.8 d or 3.52 d^2 later: d = 0.714 and 0.754 are where he changes his mind.
  @Test(arguments: [(0.71, 1, true), (0.72, 1, false), (0.74, 2, false), (0.70, 2, true), (0.713, 2, true)])
  func adaptiveBelief(factor: Double, periods: Int, buysAtOnce: Bool) throws {
    let market = try OutlookGym.monopoly(
      .fixed(10), patience: Self.patience(factor, periods, .adaptive(memory: 0.5)), arrivals: 10, periods: 5)
    let outcome = try OutlookGym.study(market, [PricePath([10, 8, 8, 8, 8])]).outcomes()[0]
    let units = outcome.offers.values.first?.map { $0?.units ?? -1 }
    #expect((units?[1] ?? 0) == (buysAtOnce ? 10 : 0), "\(units ?? [])")
    // At a surplus of exactly 0 customers buy, as they do without patience.
    #expect(units?[0] == 10)
    #expect(units?.reduce(0, +) == 50)
  }

  /// Ten places in each of two periods: those who waited are served before those who come.
  @Test func whoWaitedComesFirst() throws {
    let market = try OutlookGym.monopoly(
      .fixed(10), patience: Self.patience(0.5, 1), arrivals: 10, periods: 2,
      capacities: [Capacity(name: "places", units: 10, renewal: .eachPeriod, use: [1])])
    let outcome = try OutlookGym.study(market, [PricePath(announcing: [9, 2])]).outcomes()[0]
    #expect(outcome.offers.values.first?.map { $0?.units } == [0, 10])
    #expect(outcome.surplus == 10 * 0.5 * 8)
  }

  /// What waits is kept apart for each candidate, thread and replication.
  @Test func worldsDiffer() throws {
    let market = try OutlookGym.market(
      (nil, Self.patience(0.95, 3, .adaptive(memory: 0.3))), (nil, Self.patience(0.9, 2)),
      capacities: [Capacity(name: "seats", units: 200, renewal: .eachPeriod, use: [1, 2, 1, 0])],
      arrivals: Arrivals(.poisson, mean: 700))
    let falling = (0..<6).map { period in PriceList(prices: [22, 28, 10, 8].map { $0 * pow(0.9, Double(period)) }) }
    let candidates: [any PricingStrategy] = [
      PricePath(falling, announced: falling), Scripted(prices: [18, 23, 8, 6]), PricePath(falling, announced: nil),
    ]
    let study = try OutlookGym.study(market, candidates, rivals: [Scripted(prices: [16, 7])], replications: 6)
    for replication in 0..<3 {
      let together = try study.outcomes(replication: replication).map(OutlookBooks.init)
      #expect(Set(together.map(\.segments)).count == 3)
      for (index, candidate) in study.candidates.enumerated() {
        var engine = Engine(study, candidates: [candidate])
        #expect(try engine.run(replication: replication).map(OutlookBooks.init) == [together[index]])
      }
    }
    let one = try study.tallied(threads: 1)
    let three = try study.tallied(threads: 3)
    #expect(one.profits == three.profits)
    #expect(one.tally.candidates.map(\.surplus) == three.tally.candidates.map(\.surplus))
  }

  @Test func refusals() throws {
    let market = try OutlookGym.monopoly(.uniform(low: 0, high: 1), patience: Self.patience(0.9, 2), periods: 2)
    let expected = #expect(throws: SimulationError.self) {
      try OutlookGym.study(market, [Scripted(prices: [0.5])], demand: .expected)
    }
    #expect(expected?.description.contains("may wait") ?? false)
    #expect(expected?.description.contains("use sampled") ?? false)
    let broken = try OutlookGym.study(
      market, [PricePath([PriceList(prices: [1])], announced: [1, .nan].map { PriceList(prices: [$0]) })])
    let error = #expect(throws: SimulationError.self) { try broken.outcomes() }
    #expect(error?.description.contains("we, announced in period 1") ?? false, "\(String(describing: error))")
  }

  /// Who must buy cannot wait.
  @Test func nobodyWaitsWhoMustBuy() throws {
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 0, high: 9)], correlation: nil),
      patience: Self.patience(0.9, 2))
    let market = Market(
      population: try Population(
        segments: [segment],
        assortment: try Small.assortment(categoriesByProduct: [0], sources: [[0], [0]], hasOutsideOption: false)),
      profiles: ["we", "they"].map { SellerProfile(name: $0, products: [SellerProduct(name: "a", unitCost: 0)]) },
      periodCount: 3, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 10))
    let error = #expect(throws: SimulationError.self) {
      try OutlookGym.study(market, [Scripted(prices: [1])], rivals: [Scripted(prices: [1])])
    }
    #expect(error?.description.contains("everybody must buy") ?? false)
  }
}
