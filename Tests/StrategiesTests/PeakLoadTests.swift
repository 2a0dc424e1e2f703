import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Prices that charge for scarce capacity, against closed forms for linear demand and a search by hand.
@Suite struct PeakLoadTests {
  private static let goals = ["welfare", "profit"]
  /// Willingness to pay is uniform on [0, 10], so that N customers demand N (1 - p/10).
  private static let choke = 10.0
  private static let unitCost = 2.0

  private static func garage(capacity: Int, capacityCost: Double, periods: Int) -> TestMarket {
    TestMarket(
      categories: [0], sources: [[0]], unitCosts: [unitCost],
      capacities: [
        Capacity(name: "places", units: capacity, renewal: .eachPeriod, use: [1], unitCost: capacityCost)
      ], periodCount: periods)
  }

  private static func uniformDemand() throws -> ExpectedSystem {
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.uniform(low: 0, high: choke)], correlation: nil))
    return try ExpectedSystem(
      Population(
        segments: [segment], assortment: try garage(capacity: 1, capacityCost: 1, periods: 1).market().assortment))
  }

  /// The prices of all periods.
  private static func prices(
    _ goal: String, run: String, customers: [Double], capacity: Int, capacityCost: Double = 1
  ) throws -> [Double] {
    let market = garage(capacity: capacity, capacityCost: capacityCost, periods: customers.count)
    let belief = MarketBelief(
      demand: try uniformDemand(), unitCosts: [unitCost],
      regimes: [.init(first: 0, alternatives: [0], owners: [0], equilibrium: nil)], customers: customers)
    var strategy = try market.strategy(PeakLoad.self, ["goal": .choice(goal), "run": .choice(run)])
    return try customers.indices.map { period in
      try strategy.postPrices(
        market.view(period: period, posted: [PriceList([])], capacityLeft: [capacity], belief: belief)
      ).offers[0].price
    }
  }

  /// What the best price is at unit cost and charge together: that cost, or halfway from it to the choke price.
  private static func price(_ goal: String, charge: Double) -> Double {
    goal == "welfare" ? unitCost + charge : (choke + unitCost + charge) / 2
  }

  /// The price at which N customers just fill a capacity.
  private static func filling(_ capacity: Double, _ customers: Double) -> Double { choke * (1 - capacity / customers) }

  /// Of 1e-7: the best response of a monopoly comes from a search (`BestResponseTests`).
  private static func agree(_ found: [Double], _ expected: [Double], _ what: String) {
    for (price, right) in zip(found, expected) {
      #expect(abs(price - right) < 1e-7, "\(what): \(found), expected \(expected)")
    }
    #expect(found.count == expected.count)
  }

  /// Short run: the price that just fills the capacity where more would come, else as if there were no limit.
  @Test(arguments: goals, [20, 30, 50, 200]) func givenCapacity(goal: String, capacity: Int) throws {
    let customers = [100.0, 40, 100, 0, 70]
    let expected = customers.map { count in
      max(Self.price(goal, charge: 0), count > 0 ? Self.filling(Double(capacity), count) : 0)
    }
    Self.agree(
      try Self.prices(goal, run: "short", customers: customers, capacity: capacity), expected, "\(goal), \(capacity)")
  }

  /// Firm peak: 100 and 40 customers come in turn; a unit of capacity costs 1.5 in each of two periods. The peak alone pays
  /// its 3: price 5 by marginal cost and 50 places, of which the others use 32; (10 + 2 + 3) / 2 for profit.
  @Test(arguments: goals) func firmPeak(goal: String) throws {
    let found = try Self.prices(
      goal, run: "long", customers: [100, 40, 100, 40, 100, 40], capacity: 1000, capacityCost: 1.5)
    let cycle = [Self.price(goal, charge: 3), Self.price(goal, charge: 0)]
    Self.agree(found, cycle + cycle + cycle, goal)
    #expect(goal == "profit" || abs(found[0] - 5) < 1e-9)
  }

  /// Shifting peak: with 90 customers off-peak, 72 would come at unit cost where the peak at 5 has 50. Both then pay part,
  /// and both fill one capacity K, so that the charges choke x (1 - r K / N) - cost, r = 1 for welfare and 2 for profit,
  /// add up to 3.
  @Test(arguments: goals) func shiftingPeak(goal: String) throws {
    let found = try Self.prices(goal, run: "long", customers: [100, 90, 100, 90], capacity: 1000, capacityCost: 1.5)
    let slope = goal == "welfare" ? 1.0 : 2
    let capacity = (2 * Self.choke - 2 * Self.unitCost - 3) / (slope * Self.choke * (1 / 100.0 + 1 / 90))
    let cycle = [Self.filling(capacity, 100), Self.filling(capacity, 90)]
    Self.agree(found, cycle + cycle, goal)
    // Neither price is that of a firm peak, and the peak still pays more.
    #expect(found[0] < Self.price(goal, charge: 3) - 0.5 && found[1] > Self.price(goal, charge: 0) + 0.5)
    #expect(found[0] > found[1])
  }

  /// Random cycles of up to eight phases: the conditions that make the prices the best ones (Kuhn & Tucker). Charges are not
  /// negative and add up to the cost of capacity; phases with a charge have one and the same demand, the others no more.
  @Test(arguments: goals) func conditionsHold(goal: String) throws {
    var random = SeededNumbers(seed: 11)
    var shifting = 0
    for _ in 0..<40 {
      let customers = (0..<(2 + Int(random.next() * 7))).map { _ in 20 + 100 * random.next() }
      let cost = 0.2 + random.next()
      let found = try Self.prices(goal, run: "long", customers: customers, capacity: 10, capacityCost: cost)
      let charges = found.map { goal == "welfare" ? $0 - Self.unitCost : 2 * $0 - Self.choke - Self.unitCost }
      let demand = zip(customers, found).map { $0 * (1 - $1 / Self.choke) }
      let total = cost * Double(customers.count)
      #expect(abs(charges.reduce(0, +) - total) < 1e-6 * total, "\(charges), \(total)")
      let capacity = demand.max() ?? 0
      for (charge, units) in zip(charges, demand) {
        #expect(charge > -1e-7)
        #expect(charge < 1e-6 || abs(units - capacity) < 1e-6 * capacity)
      }
      if charges.filter({ $0 > 1e-6 }).count > 1 { shifting += 1 }
    }
    // Both kinds of peak came up.
    #expect((5...35).contains(shifting), "\(shifting) of 40 peaks shift")
  }

  /// Two products that use one and two units, beside a rival, in a logit market: a random search over prices within the
  /// capacity finds nothing better by more than 1e-6 of the goal.
  @Test(arguments: goals) func severalProducts(goal: String) throws {
    let market = TestMarket(
      categories: [0, 0], sources: [[0, 1], [0]], unitCosts: [2, 3],
      capacities: [Capacity(name: "places", units: 60, renewal: .eachPeriod, use: [1, 2])], periodCount: 1)
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(9), .fixed(12)], correlation: nil), taste: 1.5)
    let assortment = try market.market().assortment
    let demand = try LogitDemand(Population(segments: [segment], assortment: assortment))
    let belief = MarketBelief(
      demand: demand, unitCosts: [2, 3, 2],
      regimes: [.init(first: 0, alternatives: [0, 1, 2], owners: [0, 0, 1], equilibrium: nil)], customers: [100])
    var strategy = try market.strategy(PeakLoad.self, ["goal": .choice(goal)])
    let rival = 7.0
    let list = try strategy.postPrices(
      market.view(
        period: 0, posted: [PriceList([]), PriceList(prices: [rival])], capacityLeft: [60], belief: belief))
    let own = assortment.alternativesBySource[0]
    let other = assortment.alternativesBySource[1][0]
    func outcome(_ trial: [Double]) throws -> (worth: Double, use: Double) {
      var all = [0.0, 0, 0]
      all[own[0]] = trial[0]
      all[own[1]] = trial[1]
      all[other] = rival
      let response = try demand.response(at: all, hasSlopes: false)
      let units = own.map { 100 * response.units[$0] }
      let profit = units[0] * (trial[0] - 2) + units[1] * (trial[1] - 3)
      return (goal == "profit" ? profit : profit + 100 * response.surplus, units[0] + 2 * units[1])
    }
    let found = list.offers.map(\.price)
    let best = try outcome(found)
    #expect(abs(best.use - 60) < 1e-6)
    var random = SeededNumbers(seed: 5)
    for scale in [5, 1, 0.1, 0.01] {
      for _ in 0..<500 {
        let trial = found.map { $0 + scale * (2 * random.next() - 1) }
        let other = try outcome(trial)
        #expect(other.use > 60 || other.worth <= best.worth + 1e-6 * best.worth, "\(trial) against \(found)")
      }
    }
  }

  @Test func refusals() throws {
    var market = Self.garage(capacity: 10, capacityCost: 0, periods: 4)
    #expect(
      refusal { try market.strategy(PeakLoad.self, ["run": .choice("long")]) }
        == "places costs nothing, so that in the long run there is no end to it; give its `unit cost`")
    market.hasOutsideOption = false
    #expect(refusal { try market.strategy(PeakLoad.self) }.hasPrefix("peak-load needs customers who may buy nothing"))
    market.capacities = [Capacity(name: "stock", units: 9, renewal: .never, use: [1])]
    #expect(
      refusal { try market.strategy(PeakLoad.self) }
        == "peak-load charges for one capacity of each period (`per: period`); Own has none")
    let places = Capacity(name: "places", units: 9, renewal: .eachPeriod, use: [1])
    market.capacities = [places, places]
    #expect(refusal { try market.strategy(PeakLoad.self) }.hasSuffix("Own has 2 of them"))
    market.capacities = [Capacity(name: "places", units: 0, renewal: .eachPeriod, use: [1])]
    #expect(refusal { try market.strategy(PeakLoad.self) }.hasSuffix("Own has none"))
    // Nobody values it at what it costs.
    #expect(
      refusal {
        try Self.prices("welfare", run: "long", customers: [50, 50], capacity: 10, capacityCost: 8.5)
      }
        == "no capacity pays for itself: a unit of places costs 17.0 over the calendar, and not even the first earns that"
    )
    var strategy = try Self.garage(capacity: 10, capacityCost: 1, periods: 4).strategy(PeakLoad.self)
    let view = try Self.garage(capacity: 10, capacityCost: 1, periods: 4).view(period: 0, capacityLeft: [10])
    #expect(
      refusal { try strategy.postPrices(view) } == "peak-load has to know demand and how many customers come")
  }
}

/// Numbers between 0 and 1 for tests, from a seed (Steele, Lea & Flood 2014: SplitMix64).
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }
}
