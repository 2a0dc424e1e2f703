import Demand
import Selling
import Simulation
import Testing

/// Prices for groups and tariffs in the engine: against a plain one that lets each customer try everything that they may
/// take, one by one.
struct OfferReferenceTests {
  private struct Books {
    var units: [OfferKey: Double] = [:]
    var revenue: [OfferKey: Double] = [:]
    var surplus: [String: Double] = [:]
    var spent: [String: Double] = [:]
  }

  private static func market(_ capacities: [Capacity]) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1], sources: [[0, 2], [1]])
    let curve = try UsageCurve(upTo: 5, satiation: 0.15)
    let first = try Segment(
      name: "one", share: 0.5,
      valuations: .distributions(
        [.normal(mean: 12, standardDeviation: 4), .normal(mean: 11, standardDeviation: 3), .uniform(low: 0, high: 12)],
        correlation: nil), taste: 1, usage: [0: curve, 2: UsageCurve(upTo: 3, satiation: 0.2, decline: .linear)])
    let second = try Segment(
      name: "two", share: 0.5,
      valuations: .distributions(
        [.uniform(low: 4, high: 25), .normal(mean: 15, standardDeviation: 5), .exponential(mean: 6)],
        correlation: nil), usage: [1: curve])
    return Market(
      population: try Population(
        segments: try first.divided(among: [0.6, 0.2]) + second.divided(among: [0.1, 0]), assortment: assortment,
        groups: ["card", "pass"]),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "c"].map { SellerProduct(name: $0, unitCost: 2) }, capacities: capacities),
        SellerProfile(name: "they", products: [SellerProduct(name: "b", unitCost: 2)]),
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 700))
  }

  private static let lists = [
    "groups": [
      PriceList([
        Offer(product: 0, price: 12), Offer(product: 0, price: 9, group: 0), Offer(product: 0, price: 14, group: 1),
        Offer(product: 1, price: 5), Offer(ProductSet([0, 1]), price: 15, group: 1),
        Offer(ProductSet([0, 1]), price: 16), Offer(ProductSet([0, 1]), price: 12.5, group: 0),
      ]),
      PriceList([Offer(product: 0, price: 11), Offer(product: 0, price: 8, group: 1)]),
    ],
    "tariffs": [
      PriceList([
        Offer(product: 0, fee: 6, unitPrice: 4), Offer(product: 1, price: 5), Offer(ProductSet([0, 1]), price: 13),
      ]),
      PriceList([
        Offer(
          product: 0, price: 11,
          tariff: .quantitySteps([.init(from: 2, unitPrice: 9), .init(from: 4, unitPrice: 5)], .allUnits))
      ]),
    ],
  ]

  private func reference(_ study: Study, _ lists: [PriceList]) -> Books {
    let market = study.market
    let assortment = market.population.assortment
    var books = Books()
    for period in 0..<market.periodCount {
      var left = market.profiles[0].capacities.first?.units ?? .max
      let key = DrawKey(seed: study.seed, replication: 0, purpose: .customers, period: UInt32(period))
      for customer in SampledValuations.customers(of: market.population, count: 700, key: key) {
        let segment = market.population.segments[customer.segment]
        var best = (surplus: 0.0, purchases: [(key: OfferKey, units: Int, paid: Double)]())
        func extend(_ purchases: [(OfferKey, Int, Double)], _ taken: Set<Int>, _ surplus: Double, from next: Int) {
          if surplus > best.surplus { best = (surplus, purchases.map { (key: $0.0, units: $0.1, paid: $0.2) }) }
          let all = lists.enumerated().flatMap { seller, list in list.offers.map { (seller, $0) } }
          for index in next..<max(next, all.count) {
            let (seller, offer) = all[index]
            guard offer.group == nil || offer.group == segment.group else { continue }
            let alternatives = offer.contents.positions.map { assortment.alternativesBySource[seller][$0] }
            let categories = alternatives.map(assortment.category(ofAlternative:))
            guard taken.isDisjoint(with: categories) else { continue }
            let product = assortment.alternatives[alternatives[0]]
            let weights = alternatives.count == 1 ? segment.usageCurve(ofProduct: product)?.weights ?? [1] : [1]
            var worth = alternatives.reduce(0) { $0 + customer.values[$1] }
            for units in 1...weights.count {
              if units > 1 { worth += weights[units - 1] * customer.valuations[product] }
              let used = purchases.reduce(units * (seller == 0 ? alternatives.count : 0)) {
                $0 + ($1.0.seller == 0 ? $1.1 * $1.0.contents.count : 0)
              }
              guard used <= left else { break }
              let paid = offer.payment(for: units)
              extend(
                purchases + [(OfferKey(seller: seller, contents: offer.contents, group: offer.group), units, paid)],
                taken.union(categories), surplus + worth - paid, from: index + 1)
            }
          }
        }
        extend([], [], 0, from: 0)
        books.surplus[segment.name, default: 0] += best.surplus
        for purchase in best.purchases {
          books.units[purchase.key, default: 0] += Double(purchase.units)
          books.revenue[purchase.key, default: 0] += purchase.paid
          if purchase.key.seller == 0 {
            books.spent[segment.name, default: 0] += purchase.paid
            left -= purchase.units * purchase.key.contents.count
          }
        }
      }
    }
    return books
  }

  /// Units to the unit; money to 1e-9 of its sum, which only the order of adding up moves.
  @Test(arguments: ["groups", "tariffs"], [nil, 40, 300, 700]) func sameAsOneByOne(kind: String, units: Int?) throws {
    let capacities = units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 1])] } ?? []
    let lists = try #require(Self.lists[kind])
    let study = try Small.study(
      try Self.market(capacities), [Scripted(lists[0].offers)], rivals: [Scripted(lists[1].offers)], seed: 12)
    let outcome = try study.outcomes()[0]
    let expected = reference(study, lists)
    var sold: [OfferKey: Double] = [:]
    for (key, periods) in outcome.offers {
      let units = periods.reduce(0) { $0 + ($1?.units ?? 0) }
      if units > 0 { sold[key] = units }
      let revenue = periods.reduce(0) { $0 + ($1?.revenue ?? 0) }
      #expect(abs(revenue - (expected.revenue[key] ?? 0)) <= 1e-9 * max(1, revenue))
    }
    #expect(sold == expected.units)
    #expect(outcome.segments.count == 2)
    for (segment, name) in zip(outcome.segments, study.market.population.segmentNames) {
      #expect(abs(segment.surplus - (expected.surplus[name] ?? 0)) <= 1e-9 * segment.surplus)
      #expect(abs(segment.revenue - (expected.spent[name] ?? 0)) <= 1e-9 * segment.revenue)
    }
    #expect(abs(outcome.sellers[0].revenue - expected.spent.values.reduce(0, +)) <= 1e-9 * outcome.sellers[0].revenue)
  }

  /// Those who wait choose by their group's menu now and later: a price for card holders that falls makes only them wait.
  @Test func onlyTheGroupWaits() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(10)], correlation: nil),
      patience: Patience(discountFactor: 0.9, periods: 3, belief: .adaptive(memory: 0)))
    let market = Market(
      population: try Population(segments: segment.divided(among: [0.5]), assortment: assortment, groups: ["card"]),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 0)])], periodCount: 4,
      periodUnit: "week", arrivals: Arrivals(.fixed, mean: 400))
    let falling = Scripted { view in
      let price = [8.0, 6, 4, 4][max(0, view.period)]
      return PriceList([Offer(product: 0, price: 9), Offer(product: 0, price: price, group: 0)])
    }
    let outcome = try Small.study(market, [falling]).outcomes()[0]
    let general = outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]))] ?? []
    let members = outcome.offers[OfferKey(seller: 0, contents: ProductSet([0]), group: 0)] ?? []
    let perPeriod = general.map { $0?.units ?? 0 }
    let memberUnits = members.map { $0?.units ?? 0 }
    #expect(perPeriod.allSatisfy { $0 > 150 && $0 < 250 })
    #expect(memberUnits.reduce(0, +) + perPeriod.reduce(0, +) == 1600)
    // Having seen 8, then 6, members of the second period expect less and wait.
    #expect(memberUnits[1] == 0)
    #expect(memberUnits[2] + memberUnits[3] > 500)
  }

  @Test func tariffsAreRefusedWhereTheyHaveNoMeaning() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(10)], correlation: nil),
      referencePrice: ReferencePrice(memory: 0.5, loss: 1))
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 0)])], periodCount: 1,
      periodUnit: "week", arrivals: Arrivals(.fixed, mean: 10))
    let study = try Small.study(market, [Scripted([Offer(product: 0, fee: 2, unitPrice: 1)])])
    #expect(throws: SimulationError.self) { try study.outcomes() }
    let fenced = try Small.study(market, [Scripted([Offer(product: 0, price: 2, group: 0)])])
    #expect(throws: SimulationError.self) { try fenced.outcomes() }
  }
}
