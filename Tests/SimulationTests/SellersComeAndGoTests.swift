import Demand
import Selling
import Simulation
import Strategies
import Testing

/// Sellers that see late, enter, leave, and belong to each other.
struct SellersComeAndGoTests {
  /// Substitutes of several sellers with one product each, of unit cost 2 and fixed cost 10.
  static func market(
    _ count: Int, periods: Int, presences: [Int: ClosedRange<Int>] = [:], delays: [Int: Int] = [:],
    mergers: [Merger] = [], hasOutsideOption: Bool = true, arrivals: Arrivals = Arrivals(.poisson, mean: 200),
    capacities: [Int: [Capacity]] = [:]
  ) throws -> Market {
    let assortment = try Small.assortment(
      categoriesByProduct: [Int](repeating: 0, count: count), sources: (0..<count).map { [$0] },
      hasOutsideOption: hasOutsideOption)
    let segments = try [0.4, 0.6].map { share in
      try Segment(
        name: "\(share)", share: share,
        valuations: .distributions(
          (0..<count).map { _ in .normal(mean: 10, standardDeviation: 3) }, correlation: nil), taste: 2)
    }
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: (0..<count).map {
        SellerProfile(
          name: "seller \($0)", products: [SellerProduct(name: "product \($0)", unitCost: 2)], fixedCost: 10,
          capacities: capacities[$0] ?? [], priceDelay: delays[$0] ?? 1,
          presence: presences[$0] ?? SellerProfile.always)
      }, periodCount: periods, periodUnit: "week", arrivals: arrivals,
      ownership: try Ownership(sellerCount: count, mergers: mergers))
  }

  private static func prices(_ outcome: CandidateOutcome, _ seller: Int) -> [Double?] {
    outcome.offers[OfferKey(seller: seller, contents: ProductSet([0]))]?.map { $0?.price } ?? []
  }

  /// A seller with a delay of n copies what was posted n periods ago; before that it sees the opening list, which is
  /// that of period -1.
  @Test(arguments: [1, 2, 3, 7]) func delay(delay: Int) throws {
    let copy = Scripted { view in
      PriceList(prices: [view.rivalPrice(seller: 1, product: 0) ?? 7])
    }
    let rival = Scripted { PriceList(prices: [100 + Double($0.period)]) }
    let study = try Small.study(try Self.market(2, periods: 6, delays: [0: delay]), [copy], rivals: [rival])
    let expected = (0..<6).map { 100 + Double(max(-1, $0 - delay)) }
    #expect(Self.prices(try study.outcomes()[0], 0) == expected)
  }

  /// Two rivals with different delays at once, and one's own list always of a period ago.
  @Test func ownListIsKnownAtOnce() throws {
    let counting = Scripted { view in
      let own = view.postedLists?[view.market.own].price(ofProduct: 0) ?? 0
      return PriceList(prices: [own + 1])
    }
    let study = try Small.study(
      try Self.market(3, periods: 5, delays: [0: 3, 1: 2]), [counting], rivals: [counting, counting])
    let outcome = try study.outcomes()[0]
    for seller in 0..<3 { #expect(Self.prices(outcome, seller) == [2, 3, 4, 5, 6]) }
  }

  /// Before entry and after exit: nothing on sale, no cost, no price to see, no call of the strategy but for the opening.
  @Test func entryAndExit() throws {
    let watcher = Scripted { view in
      let seen = view.postedLists?[1].price(ofProduct: 0)
      let isThere = (2...4).contains(view.period - 1)
      guard (seen != nil) == isThere else { throw StrategyError("period \(view.period): \(seen ?? -1)") }
      return PriceList(prices: [8])
    }
    let guest = Scripted { view in
      guard view.period == -1 || (2...4).contains(view.period) else { throw StrategyError("called") }
      guard view.sales.count == max(0, view.period) else { throw StrategyError("sales") }
      return PriceList(prices: [9])
    }
    let market = try Self.market(
      2, periods: 8, presences: [1: 2...4], arrivals: Arrivals(.fixed, mean: 400))
    let outcome = try Small.study(market, [watcher], rivals: [guest]).outcomes()[0]
    #expect(Self.prices(outcome, 1) == [nil, nil, 9, 9, 9, nil, nil, nil])
    #expect(outcome.sellers[1].standingCost == 30)
    #expect(outcome.sellers[0].standingCost == 80)
    let units = outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]))]?.map { $0?.units ?? 0 } ?? []
    // Three in ten buyers go over to the guest, more or less: far more than chance.
    #expect([2, 3, 4].allSatisfy { guest in [0, 1, 5, 6, 7].allSatisfy { units[guest] < 0.85 * units[$0] } })
  }

  /// The studied seller may be dated too; its candidates are paired, and both ways of demand agree on who is there.
  @Test(arguments: [DemandMode.sampled, .expected]) func studiedSellerEnters(demand: DemandMode) throws {
    let market = try Self.market(2, periods: 6, presences: [0: 3...Int.max])
    let study = try Small.study(
      market, [Scripted(prices: [8]), Scripted(prices: [9])], rivals: [Scripted(prices: [8])], demand: demand)
    for outcome in try study.outcomes() {
      #expect(Self.prices(outcome, 0).prefix(3).allSatisfy { $0 == nil })
      #expect(Self.prices(outcome, 0).suffix(3).allSatisfy { $0 != nil })
      #expect(outcome.sellers[0].standingCost == 30)
      #expect(outcome.sellers[0].units > 0)
    }
    #expect(try PerfectKnowledge(study).kind == .bestFound)
  }

  /// Where everybody must buy, a time without a seller, or with one only, is told before anything runs.
  @Test func everybodyLeaves() throws {
    func refusal(_ presences: [Int: ClosedRange<Int>]) throws -> String {
      let market = try Self.market(2, periods: 10, presences: presences, hasOutsideOption: false)
      do {
        _ = try Small.study(market, [Scripted(prices: [1])], rivals: [Scripted(prices: [1])])
        return ""
      } catch let error as SimulationError { return error.description }
    }
    #expect(try refusal([:]).isEmpty)
    #expect(try refusal([0: 0...4, 1: 0...4]).contains("nobody sells category 0 in period 6"))
    #expect(try refusal([0: 0...9, 1: 0...3]).contains("monopoly in category 0 in period 5"))
    #expect(try refusal([1: 2...Int.max]).contains("monopoly in category 0 in period 1 "))
    #expect(try refusal([0: 0...9, 1: 0...20]).isEmpty)
  }

  /// From the merger on, the target's money, units and cost count as the buyer's; before, each keeps its own. The sums
  /// over sellers are those without the merger, and every total is that of the offers.
  @Test(arguments: [1, 4]) func mergedBooks(chain: Int) throws {
    let mergers =
      chain == 1
      ? [Merger(period: 4, buyer: 0, target: 1)]
      : [Merger(period: 6, buyer: 0, target: 1), Merger(period: 4, buyer: 1, target: 2)]
    let prices = [7.0, 8, 9]
    func outcome(_ mergers: [Merger]) throws -> CandidateOutcome {
      try Small.study(
        try Self.market(3, periods: 10, mergers: mergers), [Scripted(prices: [prices[0]])],
        rivals: [Scripted(prices: [prices[1]]), Scripted(prices: [prices[2]])]
      ).outcomes()[0]
    }
    let (apart, merged) = (try outcome([]), try outcome(mergers))
    let owners = { (period: Int) -> [Int] in
      if chain == 1 { return period >= 4 ? [0, 0, 2] : [0, 1, 2] }
      return period >= 6 ? [0, 0, 0] : (period >= 4 ? [0, 1, 1] : [0, 1, 2])
    }
    for owner in 0..<3 {
      var (units, revenue, standing) = (0.0, 0.0, 0.0)
      for seller in 0..<3 {
        let key = OfferKey(seller: seller, contents: ProductSet([0]))
        #expect(apart.offers[key] == merged.offers[key], "choices are as before")
        for period in 0..<10 where owners(period)[seller] == owner {
          units += merged.offers[key]?[period]?.units ?? 0
          revenue += merged.offers[key]?[period]?.revenue ?? 0
          standing += 10
        }
      }
      let books = merged.sellers[owner]
      #expect(books.units == units)
      #expect(abs(books.revenue - revenue) < 1e-9)
      #expect(abs(books.unitCost - 2 * units) < 1e-9)
      #expect(books.standingCost == standing)
    }
    let own = merged.sellers[0]
    #expect(abs(merged.segments.reduce(0) { $0 + $1.revenue } - own.revenue) < 1e-9)
    #expect(merged.segments.reduce(0) { $0 + $1.units } == own.units)
    #expect(merged.segments.reduce(0) { $0 + $1.buyers } == own.units, "one product a customer")
    let profits = [apart, merged].map { $0.sellers.reduce(0) { $0 + $1.profit } }
    #expect(abs(profits[0] - profits[1]) < 1e-8)
  }

  /// Who owns whom is public, by period; a strategy can price for its group. New management begins with the merger, after
  /// an opening that nobody sees.
  @Test func newManagementAndGroups() throws {
    let joint = Scripted { view in PriceList(prices: [5 + Double(view.market.group(period: view.period).count)]) }
    let market = try Self.market(3, periods: 6, mergers: [Merger(period: 2, buyer: 0, target: 2)])
    let manager = Scripted { view in
      guard view.period == -1 || view.period >= 2 else { throw StrategyError("called in \(view.period)") }
      return PriceList(prices: [20 + Double(view.period)])
    }
    let study = try Study(
      name: "", question: "", currency: "", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: []), joint, Scripted(prices: [9])],
      candidates: [Candidate(label: "joint", strategy: joint)], baseline: 0, replications: 1, seed: 3,
      newManagement: [NewManagement(period: 2, seller: 2, strategy: manager)])
    let outcome = try study.outcomes()[0]
    #expect(Self.prices(outcome, 0) == [6, 6, 7, 7, 7, 7])
    #expect(Self.prices(outcome, 1) == [6, 6, 6, 6, 6, 6])
    #expect(Self.prices(outcome, 2) == [9, 9, 22, 23, 24, 25])
    #expect(try PerfectKnowledge(study).kind == .bestFound)
  }

  @Test func ownership() throws {
    let owners = try Ownership(
      sellerCount: 4,
      mergers: [
        Merger(period: 9, buyer: 3, target: 0), Merger(period: 5, buyer: 0, target: 1),
        Merger(period: 5, buyer: 0, target: 2),
      ])
    #expect(owners.owners(period: -1) == [0, 1, 2, 3])
    #expect(owners.owners(period: 4) == [0, 1, 2, 3])
    #expect(owners.owners(period: 5) == [0, 0, 0, 3])
    #expect(owners.owners(period: 100) == [3, 3, 3, 3])
    for wrong in [
      [Merger(period: 0, buyer: 1, target: 1)], [Merger(period: 0, buyer: 1, target: 4)],
      [Merger(period: 0, buyer: 0, target: 1), Merger(period: 3, buyer: 2, target: 1)],
      [Merger(period: 0, buyer: 0, target: 1), Merger(period: 3, buyer: 1, target: 2)],
    ] {
      #expect(throws: OwnershipError.self) { try Ownership(sellerCount: 4, mergers: wrong) }
    }
    let bought = try Self.market(2, periods: 4, mergers: [Merger(period: 2, buyer: 1, target: 0)])
    #expect(throws: SimulationError.self) {
      try Small.study(bought, [Scripted(prices: [1])], rivals: [Scripted(prices: [1])])
    }
  }

  /// Random markets of sellers that come, go and merge: money adds up over owners, nobody sells while away, stock is
  /// kept, and threads do not matter.
  @Test(arguments: 0..<12) func properties(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ range: ClosedRange<Int>) -> Int {
      for _ in 0..<3 { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
      return range.lowerBound + Int(state >> 33) % (range.upperBound - range.lowerBound + 1)
    }
    let (count, periods) = (random(2...4), random(4...9))
    var presences: [Int: ClosedRange<Int>] = [:]
    var delays: [Int: Int] = [:]
    var capacities: [Int: [Capacity]] = [:]
    for seller in 0..<count {
      let first = random(0...(periods - 1))
      if random(0...1) == 1 { presences[seller] = first...random(first...periods) }
      delays[seller] = random(1...4)
      if random(0...2) == 0 {
        capacities[seller] = [Capacity(name: "stock", units: random(5...200), renewal: .never, use: [1])]
      }
    }
    let mergers = [Merger(period: random(0...(periods - 1)), buyer: 0, target: count - 1)]
    let market = try Self.market(
      count, periods: periods, presences: presences, delays: delays, mergers: mergers, capacities: capacities)
    let follower = Scripted { view in
      let seen = (view.postedLists ?? []).compactMap { $0.price(ofProduct: 0) }
      return PriceList(prices: [(seen.min() ?? 10) * 0.97 + 0.2])
    }
    let rivals = [Scripted](repeating: follower, count: count - 1)
    let study = try Small.study(
      market, [follower, Scripted(prices: [8])], rivals: rivals, replications: 6, seed: UInt64(seed))
    for outcome in try study.outcomes() {
      var revenue = 0.0
      for (key, offers) in outcome.offers {
        let profile = market.profiles[key.seller]
        for (period, sold) in offers.enumerated() where sold != nil { #expect(profile.isPresent(in: period)) }
        let units = offers.reduce(0) { $0 + ($1?.units ?? 0) }
        revenue += offers.reduce(0) { $0 + ($1?.revenue ?? 0) }
        if let stock = profile.capacities.first { #expect(units <= Double(stock.units)) }
      }
      #expect(abs(outcome.sellers.reduce(0) { $0 + $1.revenue } - revenue) < 1e-8)
      for seller in outcome.sellers { #expect(abs(seller.revenue - seller.cost - seller.profit) < 1e-9) }
    }
    #expect(try study.tallied(threads: 1).profits == study.tallied(threads: 4).profits)
  }

  /// Any seller may run any strategy of the catalogue: a rival that follows, one that watches its stock (also when it
  /// enters late), one that asks customers.
  @Test(arguments: [0, 3]) func rivalsRunTheCatalogue(entry: Int) throws {
    let stock = [Capacity(name: "stock", units: 300, renewal: .never, use: [1])]
    let market = try Self.market(
      4, periods: 10, presences: [1: entry...Int.max, 2: entry...Int.max, 3: entry...8], delays: [1: 2],
      capacities: [2: stock])
    func arguments<Strategy: PricingStrategy>(
      _ type: Strategy.Type, _ given: [String: Arguments.Value], _ seller: Int
    ) throws -> Strategy {
      try Strategy(
        Arguments(given, for: type.entry.parameters), seller: market.profiles[seller],
        market: market.publicFacts(for: seller))
    }
    let opening = Arguments.Value.prices([Offer(product: 0, price: 8)])
    let study = try Study(
      name: "", question: "", currency: "", market: market, studied: 0,
      rivalStrategies: [
        Scripted(prices: []),
        try arguments(GoingRate.self, ["premium": .number(-0.05), "otherwise": opening], 1),
        try arguments(SalesPace.self, ["opening": opening], 2),
        try arguments(EconomicValue.self, ["survey": .number(50), "survey cost": .number(2)], 3),
      ],
      candidates: [
        Candidate(label: "fixed", strategy: Scripted(prices: [9])),
        Candidate(label: "changing", strategy: Scripted { PriceList(prices: [9 - 0.3 * Double(max(0, $0.period))]) }),
      ], baseline: 0, replications: 2, seed: 8)
    for outcome in try study.outcomes() {
      for seller in 1..<4 {
        #expect(outcome.sellers[seller].units > 0)
        #expect(Self.prices(outcome, seller).prefix(entry).allSatisfy { $0 == nil })
      }
      #expect(Self.prices(outcome, 2)[entry] == 8, "sales-pace opens with its opening price")
      #expect(outcome.sellers[3].researchCost == 100)
      // The follower is 5% below the mean of what the others posted two periods ago (once all of them were there).
      let seen = [0, 2, 3].compactMap { Self.prices(outcome, $0)[6] }
      let expected = seen.reduce(0, +) / 3 * 0.95
      #expect(abs((Self.prices(outcome, 1)[8] ?? 0) - max(2, expected)) < 1e-12)
    }
  }
}
