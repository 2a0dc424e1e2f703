import Demand
import Foundation
import Selling
import Simulation
import Testing

/// What volumes, experience and services cost, in closed form and unit by unit.
struct CostTests {
  private static let steps = [VolumeCost.Step(above: 100, unitCost: 8), VolumeCost.Step(above: 250, unitCost: 5)]

  /// Sums of a few products: rounding only.
  @Test func volumeCosts() {
    let added = SellerProduct(name: "a", unitCost: 10, volume: VolumeCost(Self.steps))
    let all = SellerProduct(name: "a", unitCost: 10, volume: VolumeCost(Self.steps, reach: .allUnits))
    for (units, ofAdded, ofAll) in [
      (0.0, 0.0, 0.0), (60, 600, 600), (100, 1000, 1000), (101, 1008, 808), (250, 2200, 2000), (300, 2450, 1500),
      (62.5, 625, 625),
    ] {
      #expect(abs(added.productionCost(ofUnits: units) - ofAdded) < 1e-9)
      #expect(abs(all.productionCost(ofUnits: units) - ofAll) < 1e-9)
    }
  }

  /// Wright's law: at twice the starting experience a unit costs 15% less, at four times 15% less again; the integral is
  /// the closed form, the sum of a million small lots (midpoints, error 1e-9), and independent of how it is cut.
  @Test(arguments: [0.15, 0.3, 0.5, 0.75, 0]) func experience(learning: Double) {
    let curve = ExperienceCurve(learning: learning, start: 1000)
    #expect(abs(curve.factor(produced: 0) - 1) < 1e-15)
    #expect(abs(curve.factor(produced: 1000) - (1 - learning)) < 1e-14)
    #expect(abs(curve.factor(produced: 3000) - (1 - learning) * (1 - learning)) < 1e-14)
    let units = 5000.0
    let b = -log2(1 - learning)
    let closed =
      b == 1 ? 1000 * log(6.0) : pow(1000, b) * (pow(6000, 1 - b) - pow(1000, 1 - b)) / (1 - b)
    let whole = curve.costlyUnits(units, produced: 0)
    #expect(abs(whole / closed - 1) < 1e-12)
    let lots = 1_000_000
    let summed = (0..<lots).reduce(0.0) {
      $0 + curve.factor(produced: (Double($1) + 0.5) * units / Double(lots)) * units / Double(lots)
    }
    #expect(abs(whole / summed - 1) < 1e-9)
    let cut = curve.costlyUnits(1234, produced: 0) + curve.costlyUnits(3766, produced: 1234)
    #expect(abs(whole / cut - 1) < 1e-12)
  }

  /// Volume steps and experience together: each small lot at its step's cost times its experience.
  @Test(arguments: [VolumeCost.Reach.addedUnits, .allUnits]) func volumeAndExperience(reach: VolumeCost.Reach) {
    let curve = ExperienceCurve(learning: 0.2, start: 50)
    let product = SellerProduct(
      name: "a", unitCost: 10, volume: VolumeCost(Self.steps.reversed(), reach: reach), experience: curve)
    let lots = 300_000
    let summed = (0..<lots).reduce(0.0) { total, lot in
      let at = (Double(lot) + 0.5) / 1000
      let unitCost: Double = reach == .allUnits ? 5 : (at > 250 ? 5 : (at > 100 ? 8 : 10))
      return total + unitCost * curve.factor(produced: 70 + at) / 1000
    }
    #expect(abs(product.productionCost(ofUnits: 300, produced: 70) / summed - 1) < 1e-8)
  }

  @Test func stepCosts() {
    let shifts = StepCost(name: "shift", cost: 900, every: 500)
    for (units, cost) in [(0.0, 0.0), (0.001, 900), (499, 900), (500, 900), (500.000_000_000_000_1, 900), (501, 1800)] {
      #expect(shifts.cost(ofUnits: units) == cost)
    }
  }

  /// A delivery is paid once by customer, a hotline by unit; a bundle's unit cost counts a delivery once.
  @Test func serviceItems() {
    let profile = SellerProfile(
      name: "we", products: [SellerProduct(name: "a", unitCost: 3), SellerProduct(name: "b", unitCost: 4)],
      serviceItems: [
        ServiceItem(name: "delivery", cost: 5, basis: .customer, products: ProductSet([0, 1])),
        ServiceItem(name: "hotline", cost: 0.5, products: ProductSet([1])),
      ])
    #expect(profile.products.map(\.unitCost) == [8, 9.5])
    #expect(profile.unitCost(of: ProductSet([0])) == 8)
    #expect(profile.unitCost(of: ProductSet([0, 1])) == 12.5)
    #expect(!profile.hasPlainCosts)
    #expect(profile.hasConstantUnitCosts)
  }
}

/// The books of whole runs against accounts kept by hand from the sales that strategies saw.
struct CostLedgerTests {
  private static func market(
    _ profile: SellerProfile, periods: Int = 12, capacities: Bool = false, arrivals: Arrivals? = nil
  ) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 1], sources: [[0, 1]])
    let segment = try Segment(
      name: "all", share: 1,
      valuations: .distributions([.uniform(low: 0, high: 20), .uniform(low: 0, high: 30)], correlation: nil))
    return Market(
      population: try Population(segments: [segment], assortment: assortment), profiles: [profile],
      periodCount: periods, periodUnit: "week", arrivals: arrivals ?? Arrivals(.poisson, mean: 300))
  }

  private static func profile(
    items: [ServiceItem] = [], capacities: [Capacity] = [], random: RandomFactor? = nil
  ) -> SellerProfile {
    SellerProfile(
      name: "we",
      products: [
        SellerProduct(
          name: "a", unitCost: 6, volume: VolumeCost([.init(above: 80, unitCost: 4)]),
          experience: ExperienceCurve(learning: 0.2, start: 200)),
        SellerProduct(name: "b", unitCost: 5, volume: VolumeCost([.init(above: 120, unitCost: 3)], reach: .allUnits)),
      ], fixedCost: 10, capacities: capacities, serviceItems: items,
      stepCosts: [StepCost(name: "van", cost: 40, every: 100)],
      costShocks: [DatedChange(3...5, change: 0.5), DatedChange(5...7, change: -0.2)], randomCostShocks: random)
  }

  /// What the dated shocks of the profile come to.
  private static let shocks: [Int: Double] = [3: 1.5, 4: 1.5, 5: 1.2, 6: 0.8, 7: 0.8]

  private static let offers = [
    Offer(product: 0, price: 9), Offer(product: 1, price: 14), Offer(ProductSet([0, 1]), price: 20),
  ]

  /// Period by period from the outcome's offers, unit by unit: experience by small lots, shocks by date, started blocks.
  /// Lots of a hundredth of a unit at their midpoints leave a relative error of about 1e-10; 1e-8 is tested.
  @Test func bruteForce() throws {
    let profile = Self.profile(items: [
      ServiceItem(name: "hotline", cost: 0.7, products: ProductSet([0, 1])),
      ServiceItem(name: "manual", cost: 1, basis: .customer, products: ProductSet([0])),
    ])
    let study = try Small.study(try Self.market(profile), [Scripted(Self.offers)], replications: 3)
    var largest = 0.0
    for replication in 0..<3 {
      let outcome = try study.outcomes(replication: replication)[0]
      let own = outcome.sellers[0]
      var (unitCost, stepCost, produced) = (0.0, 0.0, 0.0)
      for period in 0..<12 {
        func units(_ contents: [Int]) -> Double {
          outcome.offers[OfferKey(seller: 0, contents: ProductSet(contents))]?[period]?.units ?? 0
        }
        let a = units([0]) + units([0, 1])
        let b = units([1]) + units([0, 1])
        let shock = Self.shocks[period] ?? 1
        var production: Double = b * (b > 120 ? 3.0 : 5.0)
        for lot in 0..<Int(a * 100) {
          let at: Double = (Double(lot) + 0.5) / 100
          let step: Double = at > 80 ? 4 : 6
          production += step * pow((200 + produced + at) / 200, log2(0.8)) / 100
        }
        produced += a
        unitCost += shock * production + 0.7 * (a + b) + a
        stepCost += 40 * ((a + b) / 100).rounded(.up)
      }
      largest = max(largest, abs(own.unitCost / unitCost - 1))
      #expect(abs(own.unitCost / unitCost - 1) < 1e-8)
      #expect(own.stepCost == stepCost)
      #expect(own.standingCost == 120)
      #expect(abs(own.revenue - own.unitCost - own.stepCost - own.standingCost - own.profit) < 1e-9)
      #expect(abs(own.contribution - (own.profit + own.standingCost)) < 1e-9)
    }
    print("cost books: largest relative error against unit by unit \(largest)")
  }

  /// One delivery for who takes several products, with and without a stock that sells out: customers of the segment are
  /// the only buyers, so that deliveries are its buyers. What is sold in a bundle and apart differs.
  @Test(arguments: [false, true]) func itemsByCustomer(isScarce: Bool) throws {
    let items = [ServiceItem(name: "delivery", cost: 5, basis: .customer, products: ProductSet([0, 1]))]
    let stock = Capacity(name: "stock", units: 900, renewal: .never, use: [1, 1])
    let profile = SellerProfile(
      name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 0) },
      capacities: isScarce ? [stock] : [], serviceItems: items)
    for offers in [Self.offers, Array(Self.offers.prefix(2))] {
      let study = try Small.study(try Self.market(profile), [Scripted(offers)])
      let outcome = try study.outcomes()[0]
      #expect(outcome.sellers[0].unitCost == 5 * outcome.segments[0].buyers)
      #expect(outcome.segments[0].buyers < outcome.segments[0].units)
      #expect(!isScarce || outcome.segments[0].units >= 899)
    }
    #expect(throws: SimulationError.self) {
      try Small.study(
        try Self.market(
          SellerProfile(name: "we", products: profile.products, serviceItems: items)), [Scripted(Self.offers)],
        demand: .expected)
    }
  }

  /// Demand of the market as a whole has no customers who could share a delivery.
  @Test func itemsByCustomerNeedCustomers() throws {
    let items = [ServiceItem(name: "delivery", cost: 5, basis: .customer, products: ProductSet([0, 1]))]
    let base = try Self.market(Self.profile())
    let market = Market(
      population: base.population,
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b"].map { SellerProduct(name: $0, unitCost: 0) }, serviceItems: items)
      ], periodCount: 2, periodUnit: "week", arrivals: base.arrivals,
      aggregate: .linear(try LinearDemand(intercepts: [10, 10], interaction: [[1, 0], [0, 1]])))
    #expect(throws: SimulationError.self) { try Small.study(market, [Scripted(prices: [5, 5])]) }
  }

  /// Expected demand of a constant number of customers: the same books at fractional units.
  @Test func expectedDemand() throws {
    let study = try Small.study(
      try Self.market(Self.profile(), arrivals: Arrivals(.fixed, mean: 250)), [Scripted(prices: [10, 15])],
      demand: .expected)
    let own = try study.outcomes()[0].sellers[0]
    let curve = ExperienceCurve(learning: 0.2, start: 200)
    var expected = 0.0
    for period in 0..<12 {
      let shock = Self.shocks[period] ?? 1
      let produced = 125 * Double(period)
      let first = 6 * curve.costlyUnits(80, produced: produced)
      let second = 4 * curve.costlyUnits(45, produced: produced + 80)
      expected += shock * (first + second + 125 * 3)
    }
    #expect(abs(own.unitCost / expected - 1) < 1e-10)
    #expect(own.stepCost == 12 * 3 * 40)
  }

  /// A strategy sees the experience reached, the last period's volume and the last period's shock, never the coming one.
  @Test func whatTheSellerKnows() throws {
    let profile = Self.profile(random: RandomFactor(spread: 0.3, persistence: 0.5))
    let study = try Small.study(
      try Self.market(profile),
      [
        Scripted { view in
          let costs = view.seller.products.map(\.unitCost)
          if view.period <= 0 {
            guard costs == [6, 5] else { throw StrategyError("\(costs) before anything was sold") }
          }
          return PriceList(prices: [costs[0] + 3, costs[1] + 9])
        }
      ])
    let outcome = try study.outcomes()[0]
    let sold = [0, 1].map { outcome.offers[OfferKey(seller: 0, contents: ProductSet([$0]))] ?? [] }
    // Both products are made under the same random factor: what is left of each after the rest of the rule is it.
    var produced = 0.0
    var factors: [Double] = []
    for period in 1..<12 {
      let (a, b) = (sold[0][period - 1]?.units ?? 0, sold[1][period - 1]?.units ?? 0)
      produced += a
      let dated = Self.shocks[period - 1] ?? 1
      let average: Double = a > 80 ? (80 * 6 + (a - 80) * 4) / a : 6
      let unitCost: Double = b > 120 ? 3 : 5
      let knownA = (sold[0][period]?.price ?? 0) - 3
      let knownB = (sold[1][period]?.price ?? 0) - 9
      let experience: Double = pow((200 + produced) / 200, log2(0.8))
      let one: Double = knownA / (dated * average * experience)
      let other: Double = knownB / (dated * unitCost)
      #expect(abs(one / other - 1) < 1e-9)
      factors.append(one)
    }
    #expect(Set(factors).count == factors.count)
  }

  /// The mean cost over replications of a random factor is that without: its mean is 1. 4.5 standard errors of 3000
  /// replications, below 1% of the cost.
  @Test func randomShocksKeepTheMean() throws {
    func profile(_ random: RandomFactor?) -> SellerProfile {
      SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 6)], randomCostShocks: random)
    }
    let base = try Small.monopoly(.fixed(10), arrivals: Arrivals(.fixed, mean: 100), periods: 5)
    let market = Market(
      population: base.population, profiles: [profile(RandomFactor(spread: 0.3, persistence: 0.6))], periodCount: 5,
      periodUnit: "week", arrivals: base.arrivals)
    let study = try Small.study(market, [Scripted(prices: [10]), Scripted(prices: [9])], replications: 3000)
    let (_, profits) = try study.tallied()
    let found = summary(profits[0])
    #expect(abs(found.mean - 5 * 100 * (10 - 6)) < 4.5 * found.error)
    #expect(found.error < 0.01 * 3000)
    // All candidates meet the same costs: they differ by the price alone.
    for (one, other) in zip(profits[0], profits[1]) { #expect(abs(one - other - 500) < 1e-6) }
  }

  /// With costs that change, perfect knowledge is what was found, never exact; with plain service items it stays exact.
  @Test func benchmarkClaims() throws {
    func kind(_ profile: SellerProfile) throws -> ClairvoyantKind {
      let base = try Small.monopoly(.uniform(low: 0, high: 20), arrivals: Arrivals(.poisson, mean: 100), periods: 3)
      let market = Market(
        population: base.population, profiles: [profile], periodCount: 3, periodUnit: "week", arrivals: base.arrivals)
      return try PerfectKnowledge(try Small.study(market, [Scripted(prices: [12])])).kind
    }
    func seller(
      volume: VolumeCost? = nil, experience: ExperienceCurve? = nil, items: [ServiceItem] = [],
      steps: [StepCost] = [], shocks: [DatedChange] = [], random: RandomFactor? = nil
    ) -> SellerProfile {
      SellerProfile(
        name: "we", products: [SellerProduct(name: "product 0", unitCost: 4, volume: volume, experience: experience)],
        serviceItems: items, stepCosts: steps, costShocks: shocks, randomCostShocks: random)
    }
    #expect(try kind(seller()) == .exact)
    #expect(
      try kind(seller(items: [ServiceItem(name: "x", cost: 2, basis: .customer, products: ProductSet([0]))])) == .exact)
    #expect(try kind(seller(volume: VolumeCost([.init(above: 10, unitCost: 3)]))) == .bestFound)
    #expect(try kind(seller(experience: ExperienceCurve(learning: 0.2, start: 10))) == .bestFound)
    #expect(try kind(seller(steps: [StepCost(name: "x", cost: 9, every: 10)])) == .bestFound)
    #expect(try kind(seller(shocks: [DatedChange(1...1, change: 0.2)])) == .bestFound)
    #expect(try kind(seller(random: RandomFactor(spread: 0.2))) == .bestFound)
  }

  /// To the last bit, with everything that chance moves.
  @Test func sameForAnyNumberOfThreads() throws {
    let arrivals = Arrivals(
      .negativeBinomial, mean: 80, spread: 0.3, profile: [1, 2],
      randomShocks: RandomFactor(spread: 0.2, persistence: 0.9))
    let study = try Small.study(
      try Self.market(Self.profile(random: RandomFactor(spread: 0.3, persistence: 0.5)), arrivals: arrivals),
      [Scripted(Self.offers), Scripted { PriceList(prices: $0.seller.products.map { $0.unitCost * 2 }) }],
      replications: 60)
    let one = try study.tallied(threads: 1).profits
    #expect(try study.tallied(threads: 2).profits == one)
    #expect(try study.tallied(threads: 5).profits == one)
  }
}
