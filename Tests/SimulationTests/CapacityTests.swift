import Demand
import Selling
import Simulation
import Testing

/// What is not there cannot be sold.
struct CapacityTests {
  /// Two products of different categories and a bundle of both that takes two units.
  private static func study(_ renewal: Capacity.Renewal, units: Int, seed: UInt64) throws -> Study {
    let assortment = try Small.assortment(categoriesByProduct: [0, 1], sources: [[0, 1]])
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions([.uniform(low: 0, high: 20), .uniform(low: 0, high: 20)], correlation: nil))
    let capacities = [
      Capacity(name: "rooms", units: units, renewal: renewal, use: [1, 1]),
      Capacity(name: "staff", units: units + 15, renewal: .eachPeriod, use: [2, 0]),
    ]
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 1) }, capacities: capacities)
      ], periodCount: 6, periodUnit: "week", arrivals: Arrivals(.poisson, mean: 60))
    let offers = [Offer(product: 0, price: 9), Offer(product: 1, price: 8), Offer(ProductSet([0, 1]), price: 13)]
    return try Small.study(market, [Scripted(offers), Scripted(prices: [1, 1])], seed: seed)
  }

  /// Units of a capacity that one candidate used in each period.
  private func used(_ outcome: CandidateOutcome, _ capacity: Capacity, periods: Int) -> [Int] {
    (0..<periods).map { period in
      outcome.offers.reduce(0) { $0 + Int($1.value[period]?.units ?? 0) * capacity.use(of: $1.key.contents) }
    }
  }

  @Test(arguments: [Capacity.Renewal.eachPeriod, .never], [0, 1, 7, 40])
  func neverMoreThanThereIs(renewal: Capacity.Renewal, units: Int) throws {
    for seed in 1...5 {
      let study = try Self.study(renewal, units: units, seed: UInt64(seed))
      for outcome in try study.outcomes() {
        for capacity in study.market.profiles[0].capacities {
          let used = used(outcome, capacity, periods: 6)
          switch capacity.renewal {
          case .eachPeriod: #expect(used.allSatisfy { $0 <= capacity.units }, "\(capacity.name): \(used)")
          case .never: #expect(used.reduce(0, +) <= capacity.units, "\(capacity.name): \(used)")
          }
        }
        for segment in outcome.segments { #expect(segment.surplus >= 0) }
      }
      // At prices of 1 everything goes: the rooms are a limit that is reached.
      let rooms = study.market.profiles[0].capacities[0]
      let cheap = used(try study.outcomes()[1], rooms, periods: 6)
      #expect(renewal == .never ? cheap.reduce(0, +) == units : cheap.allSatisfy { $0 == units })
    }
  }

  /// Ten customers value both products, and one unit of the shared capacity is left for the only one served: he takes
  /// the product that he likes more, wherever it stands in the list.
  @Test(arguments: [(10.0, 14.0, 1), (14.0, 10.0, 0)]) func oneUnitLeft(first: Double, second: Double, taken: Int)
    throws
  {
    let assortment = try Small.assortment(categoriesByProduct: [0, 1], sources: [[0, 1]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(first), .fixed(second)], correlation: nil))
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 0) },
          capacities: [Capacity(name: "rooms", units: 1, renewal: .eachPeriod, use: [1, 1])])
      ], periodCount: 1, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 10))
    let outcome = try Small.study(market, [Scripted(prices: [5, 5])]).outcomes()[0]
    let sold = [0, 1].map { outcome.offers[OfferKey(seller: 0, contents: ProductSet([$0]))]?[0]?.units }
    #expect(sold == (taken == 0 ? [1, 0] : [0, 1]))
    #expect(outcome.segments[0].customers == 10)
    #expect(outcome.segments[0].buyers == 1)
    #expect(outcome.segments[0].surplus == max(first, second) - 5)
  }

  /// A bundle that takes two units is not sold where one is left; the customer then takes its better half.
  @Test func bundleOfTwoUnits() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0, 1], sources: [[0, 1]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(10), .fixed(12)], correlation: nil))
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 0) },
          capacities: [Capacity(name: "rooms", units: 5, renewal: .never, use: [1, 1])])
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 4))
    let offers = [Offer(product: 0, price: 9), Offer(product: 1, price: 9), Offer(ProductSet([0, 1]), price: 11)]
    let outcome = try Small.study(market, [Scripted(offers)]).outcomes()[0]
    let sold = offers.map { offer in
      (outcome.offers[OfferKey(seller: 0, contents: offer.contents)] ?? []).map { $0?.units ?? 0 }
    }
    #expect(sold == [[0, 0], [1, 0], [2, 0]])
    #expect(outcome.segments[0].surplus == 2 * 11 + 3)
  }

  /// A rival's empty shelf sends customers to the studied seller.
  @Test func rivalSellsOut() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0], [0]])
    let segment = try Segment(name: "all", share: 1, valuations: .distributions([.fixed(10)], correlation: nil))
    let product = SellerProduct(name: "product 0", unitCost: 0)
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(name: "we", products: [product]),
        SellerProfile(
          name: "they", products: [product],
          capacities: [Capacity(name: "stock", units: 30, renewal: .never, use: [1])]),
      ], periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 25))
    let outcome = try Small.study(market, [Scripted(prices: [8])], rivals: [Scripted(prices: [6])]).outcomes()[0]
    #expect(outcome.sellers.map(\.units) == [20, 30])
    #expect(outcome.segments[0].surplus == 30 * 4 + 20 * 2)
    #expect(outcome.segments[0].buyers == 20)
  }

  /// What the strategy sees of its capacity at the start of each period is what the sales left.
  @Test func capacityLeftIsSeen() throws {
    let market = try Small.monopoly(
      .fixed(10), arrivals: Arrivals(.fixed, mean: 4), periods: 3,
      capacities: [
        Capacity(name: "stock", units: 10, renewal: .never, use: [1]),
        Capacity(name: "rooms", units: 5, renewal: .eachPeriod, use: [1]),
      ])
    let study = try Small.study(
      market,
      [
        Scripted { view in
          let expected = view.period <= 0 ? [10, 5] : [10 - 4 * view.period, 5]
          guard view.capacityLeft == expected else { throw StrategyError("saw \(view.capacityLeft)") }
          return PriceList(prices: [5])
        }
      ])
    #expect(try study.outcomes()[0].sellers[0].units == 10)
  }
}
