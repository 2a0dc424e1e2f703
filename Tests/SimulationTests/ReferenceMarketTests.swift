import Demand
import Selling
import Simulation
import Testing

/// Customers who compare prices with those that they remember, in the market.
struct ReferenceMarketTests {
  private static let rule = ReferencePrice(
    memory: 0.75, loss: 0.6, gain: 0.3, fairness: Fairness(tolerance: 0.1, penalty: 0.5))

  /// Linear demand at 6, 8 and 5: the references are 6, 6 and 0.75 x 6 + 0.25 x 8 = 6.5, so that the prices feel like 6,
  /// 8 + 0.6 x 2 + 0.5 x (8 - 6.6) = 9.9 and 5 - 0.3 x 1.5 = 4.55. Units, money and surplus in closed form, to 1e-9
  /// relative: the integral is exact.
  @Test func closedForm() throws {
    let market = try OutlookGym.monopoly(.uniform(low: 0, high: 10), referencePrice: Self.rule, periods: 3)
    let outcome = try OutlookGym.study(market, [PricePath([6, 8, 5])], demand: .expected).outcomes()[0]
    let felt = [6, 9.9, 4.55]
    let units = outcome.offers.values.first?.map { $0?.units ?? -1 } ?? []
    var largest = 0.0
    for (unit, felt) in zip(units, felt) { largest = max(largest, abs(unit - 1000 * (1 - felt / 10))) }
    let revenue = zip([6.0, 8, 5], felt).reduce(0) { $0 + $1.0 * 1000 * (1 - $1.1 / 10) }
    let surplus = felt.reduce(0) { $0 + 1000 * (10 - $1) * (10 - $1) / 20 }
    largest = max(largest, abs(outcome.sellers[0].revenue - revenue), abs(outcome.surplus - surplus))
    print("reference prices: largest error against the closed form \(largest)")
    #expect(units.count == 3)
    #expect(largest < 1e-9 * surplus)
  }

  /// Sampled and expected demand agree, with segments that remember and one that does not; 4.5 standard errors.
  @Test func sampledAgainstExpected() throws {
    let market = try OutlookGym.market((Self.rule, nil), (ReferencePrice(memory: 0.4, loss: 1, gain: 1), nil))
    let paths = [
      [[20, 25, 9, 7], [15, 22, 6, 9], [18, 20, 9, 5], [14, 28, 8, 6], [19, 23, 7, 7], [19, 23, 7, 7]],
      [[16, 22, 7, 6]],
    ].map { PricePath($0.map { PriceList(prices: $0) }, announced: nil) }
    let rival = PricePath([17.0, 15, 19, 16].map { PriceList(prices: [$0, 7]) }, announced: nil)
    let sampled = try OutlookGym.study(market, paths, rivals: [rival], replications: 300).tallied().tally
    let expected = try OutlookGym.study(market, paths, rivals: [rival], demand: .expected).outcomes()
    for (tally, outcome) in zip(sampled.candidates, expected) {
      for (found, value) in [
        (tally.revenue, outcome.sellers[0].revenue), (tally.units, outcome.sellers[0].units),
        (tally.surplus, outcome.surplus), (tally.sellers[1].revenue, outcome.sellers[1].revenue),
      ] {
        let error = found.standardError ?? .infinity
        let limit: Double = 4.5 * error + 3e-4 * value
        // 3e-4 of the value for the quasi-random points that stand for taste and two substitutes.
        #expect(abs(found.mean - value) < limit, "\(found.mean), expected \(value)")
        #expect(error < 0.002 * value, "power: 0.9% of bias would show")
      }
    }
  }

  /// A price that was always the same is its own reference: to the last bit as if nobody remembered, with bundles and
  /// capacity that runs out.
  @Test(arguments: [nil, 40, 150] as [Int?]) func constantPricesAreNeutral(units: Int?) throws {
    func books(_ rule: ReferencePrice?) throws -> [OutlookBooks] {
      let market = try OutlookGym.market(
        (rule, nil), (rule, nil),
        capacities: units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 2, 1, 0])] } ?? [],
        arrivals: Arrivals(.poisson, mean: 700))
      let offers = [
        Offer(product: 0, price: 17.3), Offer(product: 1, price: 23.1), Offer(product: 2, price: 8.7),
        Offer(product: 3, price: 6.9), Offer(ProductSet([1, 2, 3]), price: 31.7),
      ]
      return try OutlookGym.study(market, [Scripted(offers)], rivals: [Scripted(prices: [16, 7])])
        .outcomes().map(OutlookBooks.init)
    }
    #expect(try books(Self.rule) == books(nil))
  }

  /// A stated first reference holds for the product from every seller, and not for a bundle.
  @Test func statedStart() throws {
    let rule = ReferencePrice(memory: 1, loss: 1, gain: 0.5, start: [0: 10, 2: 4])
    let assortment = try Small.assortment(categoriesByProduct: [0, 1, 2], sources: [[0, 1, 2]])
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions([Valuation](repeating: .uniform(low: 0, high: 20), count: 3), correlation: nil),
      referencePrice: rule)
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: ["a", "b", "c"].map { SellerProduct(name: $0, unitCost: 0) })],
      periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 1000))
    // 12 feels like 12 + 2, and it always will; 7 has no stated reference; 2 feels like 2 - 0.5 x 2.
    let outcome = try OutlookGym.study(market, [Scripted(prices: [12, 7, 2])], demand: .expected).outcomes()[0]
    let units = (0..<3).map { outcome.offers[OfferKey(seller: 0, contents: ProductSet([$0]))]?.map { $0?.units ?? 0 } }
    for (found, felt) in zip(units, [14.0, 7, 1]) {
      for unit in found ?? [] { #expect(abs(unit - 1000 * (1 - felt / 20)) < 1e-8, "\(unit)") }
      #expect(found?.count == 2)
    }
    // Both parts at once, dearer than their references: the bundle starts at its own price.
    let bundle = Scripted([Offer(ProductSet([0, 2]), price: 20)])
    let sold = try OutlookGym.study(market, [bundle], demand: .expected).outcomes()[0]
    // The sum of two uniforms exceeds its middle half of the time.
    #expect(abs(sold.sellers[0].units - 2 * 2 * 500) < 1e-6)
  }

  /// Customers of a segment that remembers nothing buy as if no other segment did, and the memory of one candidate's
  /// prices is not that of another's.
  @Test func memoriesAreApart() throws {
    let path = (0..<6).map { period in PriceList(prices: [15 + Double(3 * period % 7), 24, 8, 6]) }
    let candidates: [any PricingStrategy] = [
      PricePath(path, announced: nil), PricePath(path.reversed(), announced: nil),
    ]
    let rivals = [Scripted(prices: [16, 7])]
    let study = try OutlookGym.study(try OutlookGym.market((Self.rule, nil), (nil, nil)), candidates, rivals: rivals)
    let forgetful = try OutlookGym.study(try OutlookGym.market((nil, nil), (nil, nil)), candidates, rivals: rivals)
    let (with, without) = (try study.outcomes(), try forgetful.outcomes())
    for index in candidates.indices {
      #expect(with[index].segments[0] != without[index].segments[0])
      #expect(with[index].segments.dropFirst() == without[index].segments.dropFirst())
      var alone = Engine(study, candidates: [study.candidates[index]])
      #expect(try alone.run(replication: 0).map(OutlookBooks.init) == [OutlookBooks(with[index])])
    }
  }
}
