import Demand
import Selling
import Simulation
import Testing

/// Synergies and several units in the engine: against a plain one that lets each customer try every set of offers in
/// every number of units that stock allows.
struct LinkedReferenceTests {
  /// Units of an offer of a seller.
  private struct Purchase {
    let seller: Int
    let offer: Int
    let units: Int
  }

  private struct Books: Equatable {
    var units: [OfferKey: [Double]] = [:]
    var buyers: [Double]
    var surplus: [Double]
    var short = 0
  }

  private static func lists() -> [PriceList] {
    [
      PriceList([
        Offer(product: 0, price: 17), Offer(product: 1, price: 23), Offer(product: 2, price: 5.5),
        Offer(product: 3, price: 6), Offer(ProductSet([0, 2]), price: 21), Offer(ProductSet([2, 3]), price: 11),
      ]),
      PriceList([Offer(product: 0, price: 18), Offer(product: 1, price: 6), Offer(ProductSet([0, 1]), price: 23)]),
    ]
  }

  private static func market(_ capacities: [Capacity], rival: [Capacity]) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1, 2], sources: [[0, 1, 2, 3], [0, 2]])
    let curve = try UsageCurve(upTo: 4, satiation: 0.2)
    let segments = [
      try Segment(
        name: "one", share: 0.4,
        valuations: .distributions(
          [
            .normal(mean: 20, standardDeviation: 6), .normal(mean: 26, standardDeviation: 8),
            .uniform(low: 0, high: 15), .exponential(mean: 7),
          ], correlation: nil), taste: 2,
        synergies: [Synergy(of: [0, 2], worth: 3), Synergy(of: [2, 3], worth: -2)], usage: [2: curve]),
      try Segment(
        name: "two", share: 0.4,
        valuations: .distributions(
          [
            .logNormal(mean: 18, standardDeviation: 6), .gumbel(location: 18, scale: 4),
            .normal(mean: 9, standardDeviation: 3), .uniform(low: 2, high: 9),
          ], correlation: nil),
        usage: [
          2: curve, 3: UsageCurve(upTo: 3, satiation: 0.1, decline: .linear), 0: UsageCurve(upTo: 2, satiation: 0.1),
        ]),
      try Segment(
        name: "plain", share: 0.2,
        valuations: .distributions(
          [
            .normal(mean: 20, standardDeviation: 3), .normal(mean: 24, standardDeviation: 3),
            .uniform(low: 0, high: 12), .uniform(low: 0, high: 12),
          ], correlation: nil)),
    ]
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b", "c", "d"].map { SellerProduct(name: $0, unitCost: 2) },
          capacities: capacities),
        SellerProfile(
          name: "they", products: ["a", "c"].map { SellerProduct(name: $0, unitCost: 2) }, capacities: rival),
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 600))
  }

  /// The market by brute force, with constant prices.
  private func reference(_ study: Study, _ lists: [PriceList], replication: Int) -> Books {
    let market = study.market
    let assortment = market.population.assortment
    let zeros = [Double](repeating: 0, count: market.population.segments.count)
    var books = Books(buyers: zeros, surplus: zeros)
    for (seller, list) in lists.enumerated() {
      for offer in list.offers {
        books.units[OfferKey(seller: seller, contents: offer.contents)] = .init(repeating: 0, count: market.periodCount)
      }
    }
    var left = market.profiles.map { $0.capacities.map(\.units) }
    for period in 0..<market.periodCount {
      for (seller, profile) in market.profiles.enumerated() {
        for (index, capacity) in profile.capacities.enumerated() where capacity.renewal == .eachPeriod {
          left[seller][index] = capacity.units
        }
      }
      let key = DrawKey(
        seed: study.seed, replication: UInt32(replication), purpose: .customers, period: UInt32(period))
      let count = Int(market.arrivals.mean(period: period).rounded())
      for customer in SampledValuations.customers(of: market.population, count: count, key: key) {
        let segment = market.population.segments[customer.segment]
        var best = (surplus: 0.0, purchases: [Purchase](), wished: 0.0)
        func extend(
          _ purchases: [Purchase], _ owned: [Int], _ surplus: Double, from seller: Int, _ offer: Int, _ left: [[Int]],
          fits: Bool
        ) {
          let total = surplus + segment.synergies.worth(of: owned)
          best.wished = max(best.wished, total)
          if fits, total > best.surplus { (best.surplus, best.purchases) = (total, purchases) }
          for nextSeller in seller..<lists.count {
            let first = nextSeller == seller ? offer : 0
            for next in first..<max(first, lists[nextSeller].offers.count) {
              let own = lists[nextSeller].offers[next]
              let alternatives = own.contents.positions.map { assortment.alternativesBySource[nextSeller][$0] }
              let products = alternatives.map { assortment.alternatives[$0] }
              let categories = (owned + products).map { assortment.products[$0].category }
              guard Set(categories).count == categories.count else { continue }
              var worth = surplus + alternatives.reduce(-own.price) { $0 + customer.values[$1] }
              let weights =
                products.count == 1 ? segment.usageCurve(ofProduct: products[0])?.weights ?? [1] : [1]
              var rest = left
              var stillFits = fits
              for (unit, weight) in weights.enumerated() {
                if unit > 0 { worth += weight * customer.valuations[products[0]] - own.price }
                for (index, capacity) in market.profiles[nextSeller].capacities.enumerated() {
                  rest[nextSeller][index] -= capacity.use(of: own.contents)
                  if rest[nextSeller][index] < 0 { stillFits = false }
                }
                extend(
                  purchases + [Purchase(seller: nextSeller, offer: next, units: unit + 1)], owned + products, worth,
                  from: nextSeller, next + 1, rest, fits: stillFits)
              }
            }
          }
        }
        extend([], [], 0, from: 0, 0, left, fits: true)
        books.surplus[customer.segment] += best.surplus
        if best.purchases.contains(where: { $0.seller == study.studied }) { books.buyers[customer.segment] += 1 }
        if best.wished > best.surplus, !best.purchases.isEmpty { books.short += 1 }
        for purchase in best.purchases {
          let contents = lists[purchase.seller].offers[purchase.offer].contents
          books.units[OfferKey(seller: purchase.seller, contents: contents)]?[period] += Double(purchase.units)
          for (index, capacity) in market.profiles[purchase.seller].capacities.enumerated() {
            left[purchase.seller][index] -= purchase.units * capacity.use(of: contents)
          }
        }
      }
    }
    return books
  }

  /// Units and buyers to the unit, surplus to 1e-9 of its sum, with stock that runs out early, late, and never.
  @Test(arguments: [nil, 25, 160, 512, 1100, 9000]) func sameAsOneByOne(units: Int?) throws {
    let own = units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 2, 1, 1])] } ?? []
    let stock = units.map { [Capacity(name: "stock", units: 2 * $0 + 1, renewal: .never, use: [3, 1])] } ?? []
    let market = try Self.market(own, rival: stock)
    let lists = Self.lists()
    let study = try Small.study(
      market, [Scripted(lists[0].offers)], rivals: [Scripted(lists[1].offers)], replications: 2, seed: 77)
    for replication in 0..<2 {
      let outcome = try study.outcomes(replication: replication)[0]
      let expected = reference(study, lists, replication: replication)
      #expect(outcome.offers.mapValues { $0.map { $0?.units ?? -1 } } == expected.units)
      #expect(outcome.segments.map(\.buyers) == expected.buyers)
      for (segment, surplus) in zip(outcome.segments, expected.surplus) {
        #expect(abs(segment.surplus - surplus) <= 1e-9 * max(1, surplus))
      }
      for (seller, profile) in outcome.sellers.enumerated() {
        var revenue = 0.0
        var sold = 0.0
        for (key, periods) in expected.units where key.seller == seller {
          let price = lists[seller].offers.first { $0.contents == key.contents }?.price ?? 0
          revenue += price * periods.reduce(0, +)
          sold += Double(key.contents.count) * periods.reduce(0, +)
        }
        #expect(profile.units == sold)
        #expect(abs(profile.revenue - revenue) <= 1e-9 * max(1, revenue))
        #expect(profile.unitCost == 2 * sold)
      }
      // It would be no test of short stock if nobody had to settle for less.
      if let units, units < 9000 { #expect(expected.short > 0) }
    }
  }

  /// Five units are left for two customers who want three each, one by one; the second takes two. Fixed values: 10, 8,
  /// 6.4 at a price of 6.
  @Test func theLastUnitsAreShared() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(10)], correlation: nil),
      usage: [0: UsageCurve(upTo: 9, satiation: 0.2)])
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: [SellerProduct(name: "a", unitCost: 1)],
          capacities: [Capacity(name: "stock", units: 5, renewal: .never, use: [1])])
      ], periodCount: 1, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 4))
    let outcome = try Small.study(market, [Scripted(prices: [6])]).outcomes()[0]
    #expect(outcome.sellers[0].units == 5)
    #expect(outcome.segments[0].buyers == 2)
    #expect(outcome.segments[0].units == 5)
    #expect(abs(outcome.segments[0].surplus - ((4 + 2 + 0.4) + (4 + 2))) < 1e-12)
  }

  /// Expected mode: 1000 customers, uniform values, units and buyers in closed form.
  @Test func expectedUnitsAndBuyers() throws {
    let market = try Self.single(.uniform(low: 0, high: 10), UsageCurve(upTo: 3, satiation: 0.5))
    let outcome = try Small.study(market, [Scripted(prices: [2])], demand: .expected).outcomes()[0]
    #expect(abs(outcome.sellers[0].units - 1000 * (0.8 + 0.6 + 0.2)) < 1e-9)
    #expect(abs(outcome.segments[0].buyers - 800) < 1e-9)
  }

  /// A delivery that costs by customer is paid once by whoever takes three units: 10, 8, 6.4 at a price of 6.
  @Test func aDeliveryOfSeveralUnitsIsOne() throws {
    let plain = try Self.single(.fixed(10), UsageCurve(upTo: 3, satiation: 0.2))
    let item = ServiceItem(name: "delivery", cost: 2, basis: .customer, products: ProductSet([0]))
    let market = Market(
      population: plain.population,
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 1)], serviceItems: [item])],
      periodCount: 1, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 4))
    let outcome = try Small.study(market, [Scripted(prices: [6])]).outcomes()[0]
    #expect(outcome.sellers[0].units == 12)
    #expect(outcome.sellers[0].unitCost == 4 * (3 + 2))
    #expect(throws: SimulationError.self) {
      try Small.study(market, [Scripted(prices: [6])], demand: .expected)
    }
  }

  private static func single(_ valuation: Valuation, _ curve: UsageCurve, capacities: [Capacity] = []) throws -> Market
  {
    let plain = try Small.monopoly(valuation, unitCost: 0, capacities: capacities)
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([valuation], correlation: nil), usage: [0: curve])
    return Market(
      population: try Population(segments: [segment], assortment: plain.population.assortment),
      profiles: plain.profiles, periodCount: 1, periodUnit: "week", arrivals: plain.arrivals)
  }

  /// Perfect knowledge counts further units: U[0,1] with a second unit of half the worth is best sold at 1/3. With scarce
  /// stock the programme for single buyers does not apply, and nothing is claimed.
  @Test func perfectKnowledgeOfSeveralUnits() throws {
    let curve = try UsageCurve(upTo: 2, satiation: 0.5)
    let study = try Small.study(try Self.single(.uniform(low: 0, high: 1), curve), [Scripted(prices: [0.5])])
    let knowledge = try PerfectKnowledge(study)
    #expect(knowledge.kind == .exact)
    #expect(abs(try PerfectKnowledgeTests.prices(knowledge, study)[0] - 1.0 / 3) < 1e-4)
    let scarce = try Small.study(
      try Self.single(
        .uniform(low: 0, high: 1), curve, capacities: [Capacity(name: "x", units: 300, renewal: .never, use: [1])]),
      [Scripted(prices: [0.5])])
    #expect(try PerfectKnowledge(scarce).kind == .bestFound)
  }

  /// Two products that complete each other are not priced apart, and nothing is claimed.
  @Test func perfectKnowledgeOfSynergies() throws {
    func kind(_ synergies: [Synergy]) throws -> ClairvoyantKind {
      let assortment = try Small.assortment(categoriesByProduct: [0, 1], sources: [[0, 1]])
      let segment = try Segment(
        name: "all", share: 1,
        valuations: .distributions([.uniform(low: 0, high: 10), .uniform(low: 0, high: 10)], correlation: nil),
        synergies: synergies)
      let market = Market(
        population: try Population(segments: [segment], assortment: assortment),
        profiles: [
          SellerProfile(name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 0) })
        ], periodCount: 1, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 1000))
      return try PerfectKnowledge(Small.study(market, [Scripted(prices: [5, 5])])).kind
    }
    #expect(try kind([]) == .exact)
    #expect(try kind([Synergy(of: [0, 1], worth: 0)]) == .exact)
    #expect(try kind([Synergy(of: [0, 1], worth: 3)]) == .bestFound)
    #expect(try kind([Synergy(of: [0, 1], worth: -3)]) == .bestFound)
  }
}
