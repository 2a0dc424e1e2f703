import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Prices from costs that depend on volume, experience and shocks, followed period by period against the seller's ledger.
@Suite struct CostHistoryTests {
  private static let volume = VolumeCost([.init(above: 100, unitCost: 8), .init(above: 300, unitCost: 5)])
  private static let experience = ExperienceCurve(learning: 0.2, start: 50)

  /// Product 0 has volume steps, product 1 experience, product 2 both; delivery comes with all but product 1.
  private static func seller(
    shocks: [DatedChange] = [], random: RandomFactor? = nil, reach: VolumeCost.Reach = .addedUnits
  ) -> SellerProfile {
    let volume = VolumeCost(volume.steps, reach: reach)
    return SellerProfile(
      name: "Own",
      products: [
        SellerProduct(name: "product 0", unitCost: 10, volume: volume),
        SellerProduct(name: "product 1", unitCost: 20, experience: experience),
        SellerProduct(name: "product 2", unitCost: 10, volume: volume, experience: experience),
      ],
      serviceItems: [ServiceItem(name: "delivery", cost: 3, products: ProductSet([0, 2]))],
      costShocks: shocks, randomCostShocks: random)
  }

  private static let facts = TestMarket(categories: [0, 1, 2], sources: [[0, 1, 2]], unitCosts: [10, 20, 10])

  private static func strategy<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ seller: SellerProfile, _ given: [String: Arguments.Value]
  ) throws -> Strategy {
    try Strategy(Arguments(given, for: type.entry.parameters), seller: seller, market: facts.market())
  }

  private static func prices<Strategy: PricingStrategy>(
    _ strategy: inout Strategy, _ seller: SellerProfile, _ units: [[Double]] = []
  ) throws -> [Double] {
    let sales = units.map { period in
      period.enumerated().map { OfferSales(offer: Offer(product: $0, price: 1), units: $1) }
    }
    return try strategy.postPrices(
      SellerView(
        seller: seller, market: facts.market(), period: units.count, postedLists: nil, sales: SalesHistory(sales),
        capacityLeft: [],
        survey: nil)
    ).offers.map(\.price)
  }

  /// 400 units: 100 at 10, 200 at 8, 100 at 5; or all at 5. Service items are not discounted. Exact: few roundings.
  @Test func plannedVolume() throws {
    let given: [String: Arguments.Value] = [
      "planned units": CostMarkupTests.amounts([0: 400, 2: 300]), "markup": .number(0.5),
    ]
    var added = try Self.strategy(CostSteps.self, Self.seller(), given)
    let first: Double = (100 * 10 + 200 * 8 + 100 * 5) / 400
    let third: Double = (100 * 10 + 200 * 8) / 300
    let expected: [Double] = [(first + 3) * 1.5, 20 * 1.5, (third + 3) * 1.5]
    #expect(try Self.prices(&added, Self.seller()) == expected)
    var all = try Self.strategy(CostSteps.self, Self.seller(reach: .allUnits), given)
    #expect(try Self.prices(&all, Self.seller(reach: .allUnits)) == [12, 30, 16.5])
  }

  /// The last unit: of the plan, or of the last period; before there is one, the first unit.
  @Test func lastUnit() throws {
    var strategy = try Self.strategy(MarginalCost.self, Self.seller(), [:])
    #expect(try Self.prices(&strategy, Self.seller()) == [13, 20, 13])
    // 50 units double the output: 20% less.
    let found = try Self.prices(&strategy, Self.seller(), [[100.5, 50, 301]])
    #expect(found[0] == 8.0 + 3)
    #expect(abs(found[1] - 16) < 1e-14)
    #expect(abs(found[2] - (5 * pow(351.0 / 50, log2(0.8)) + 3)) < 1e-14)
    var planned = try Self.strategy(
      MarginalCost.self, Self.seller(), ["planned units": CostMarkupTests.amounts([0: 300])])
    #expect(try Self.prices(&planned, Self.seller(), [[1000, 0, 0]])[0] == 8.0 + 3)
  }

  /// 150 planned units are two doublings: 0.64 of the cost; once 350 are made, three doublings, 0.512.
  @Test func aheadOfTheCurve() throws {
    var strategy = try Self.strategy(
      ExperienceCurvePrice.self, Self.seller(),
      ["planned units": CostMarkupTests.amounts([1: 150, 2: 150]), "markup": .number(0.25)])
    let opening = try Self.prices(&strategy, Self.seller())
    #expect(opening[0] == (10.0 + 3) * 1.25)
    #expect(abs(opening[1] - 20 * 0.64 * 1.25) < 1e-13)
    #expect(abs(opening[2] - (10 * 0.64 + 3) * 1.25) < 1e-13)
    #expect(try Self.prices(&strategy, Self.seller(), [[0, 100, 50]]) == opening)
    #expect(
      abs(try Self.prices(&strategy, Self.seller(), [[0, 100, 50], [0, 250, 0]])[1] - 20 * 0.512 * 1.25) < 1e-13)
  }

  /// Against the ledger, which keeps the books: in random markets with shocks, chance, steps and experience, the cost of a
  /// further period at the planned volume is what the strategy priced, and the level of shocks is found to rounding.
  @Test func theLedgerAgrees() throws {
    var state: UInt64 = 23
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var largest = 0.0
    for run in 0..<40 {
      let seller = Self.seller(
        shocks: [DatedChange(1...3, change: 0.4 * random() - 0.2)], random: RandomFactor(spread: 0.2),
        reach: run.isMultiple(of: 2) ? .addedUnits : .allUnits)
      let planned = 20 + 600 * random()
      var steps = try Self.strategy(
        CostSteps.self, seller,
        ["planned units": CostMarkupTests.amounts([0: planned, 2: planned]), "markup": .number(0)])
      var marginal = try Self.strategy(MarginalCost.self, seller, [:])
      var ledger = CostLedger(seller)
      var units: [[Double]] = []
      for period in 0..<6 {
        let shock = period == 0 ? 1 : seller.costShocks.factor(period: period - 1) * (0.8 + 0.07 * Double(period))
        let known = ledger.known
        let byPlan = try Self.prices(&steps, known, units)
        let byLast = try Self.prices(&marginal, known, units)
        let made = seller.products.indices.map { product in units.reduce(0) { $0 + $1[product] } }
        for product in [0, 2] {
          // Mean cost of the plan by the books of a single period, without what is learnt within it.
          let plain = SellerProduct(
            name: "", unitCost: 10, volume: seller.products[product].volume)
          let learnt = product == 2 ? pow((50 + made[2]) / 50, log2(0.8)) : 1
          let expected = shock * plain.productionCost(ofUnits: planned) / planned * learnt + 3
          largest = max(largest, abs(byPlan[product] / expected - 1))
          let last = units.last?[product] ?? 0
          let lastCost = last > 300 ? 5.0 : last > 100 ? 8 : 10
          largest = max(largest, abs(byLast[product] / (shock * lastCost * learnt + 3) - 1))
        }
        let sold = (0..<3).map { _ in random() < 0.2 ? 0 : 500 * random() }
        units.append(sold)
        _ = ledger.close(period: period, units: sold, customers: [0], factor: 0.8 + 0.07 * Double(period + 1))
      }
    }
    print("costs of the planned and of the last unit against the ledger: largest relative error \(largest)")
    #expect(largest < 1e-13)
  }

  @Test func refusals() throws {
    let planned = CostMarkupTests.amounts([0: 400])
    #expect(
      refusal { try Self.strategy(CostSteps.self, Self.seller(), ["planned units": planned]) }
        == "no planned units are given for product 2")
    #expect(
      refusal { try Self.strategy(ExperienceCurvePrice.self, Self.seller(), ["planned units": planned]) }
        == "no planned units are given for product 1")
    #expect(
      refusal { try Self.facts.strategy(CostSteps.self, ["planned units": planned]) }
        == "cost-steps prices at the cost of a planned volume; no product of Own has `volume costs`")
    #expect(
      refusal { try Self.facts.strategy(ExperienceCurvePrice.self, ["planned units": planned]) }
        == "experience-curve prices at the cost that experience leads to; no product of Own has `experience`")
  }
}
