import Demand
import Selling
import Simulation
import Testing

/// Money adds up. Sums are compared to a relative 1e-11: a few hundred additions of doubles.
struct BookkeepingTests {
  private func isClose(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-11 * max(1, abs(one), abs(other))
  }

  @Test func profitIsRevenueLessCost() throws {
    let study = try EngineTests.study(replications: 4)
    for replication in 0..<4 {
      for outcome in try study.outcomes(replication: replication) {
        for seller in outcome.sellers {
          #expect(isClose(seller.revenue - seller.cost, seller.profit))
          #expect(isClose(seller.unitCost + seller.standingCost + seller.researchCost, seller.cost))
          #expect(isClose(seller.revenue - seller.unitCost - seller.researchCost, seller.contribution))
        }
      }
    }
  }

  /// Revenue, units and unit cost of each seller are those of its offers; of the studied seller also of the segments.
  @Test func offersAndSegmentsAddUp() throws {
    let study = try EngineTests.study(replications: 1)
    for outcome in try study.outcomes() {
      for (index, seller) in outcome.sellers.enumerated() {
        let profile = study.market.profiles[index]
        var revenue = 0.0
        var units = 0.0
        var cost = 0.0
        for (key, periods) in outcome.offers where key.seller == index {
          #expect(periods.count == study.market.periodCount)
          for case .some(let sold) in periods {
            #expect(isClose(sold.revenue, sold.units * sold.price))
            revenue += sold.revenue
            units += sold.units * Double(key.contents.count)
            cost += sold.units * profile.unitCost(of: key.contents)
          }
        }
        #expect(revenue > 0)
        #expect(isClose(revenue, seller.revenue))
        #expect(isClose(units, seller.units))
        #expect(isClose(cost, seller.unitCost))
        #expect(isClose(seller.standingCost, profile.fixedCost * Double(study.market.periodCount)))
      }
      let own = outcome.sellers[0]
      #expect(isClose(outcome.segments.reduce(0) { $0 + $1.revenue }, own.revenue))
      #expect(isClose(outcome.segments.reduce(0) { $0 + $1.units }, own.units))
      for segment in outcome.segments {
        #expect(segment.buyers <= segment.customers)
        #expect(segment.buyers <= segment.units)
        #expect(segment.units <= 2 * segment.buyers, "at most one product of each of the two categories")
      }
    }
  }

  /// Fixed cost and capacity are paid each period, sold or not; research once.
  @Test func standingCost() throws {
    let market = try Small.monopoly(
      .fixed(10), unitCost: 2, arrivals: Arrivals(.fixed, mean: 7), periods: 3, fixedCost: 100,
      capacities: [Capacity(name: "rooms", units: 5, renewal: .eachPeriod, use: [1], unitCost: 4)])
    let plan = SurveyPlan(respondents: 20, costPerRespondent: 1.5)
    let own = try Small.study(market, [Scripted(survey: plan) { _ in PriceList(prices: [10]) }]).outcomes()[0].sellers[
      0]
    #expect(own.units == 15)
    #expect(own.revenue == 150)
    #expect(own.unitCost == 30)
    #expect(own.standingCost == 3 * (100 + 5 * 4))
    #expect(own.researchCost == 30)
    #expect(own.profit == 150 - 30 - 360 - 30)
    #expect(own.contribution == 150 - 30 - 30)
  }

  /// The tally's means are those of the replications (two passes; 1e-12 relative), and the baseline differs by nothing.
  @Test func tallyIsTheMean() throws {
    let study = try EngineTests.study(replications: 30)
    let (tally, profits) = try study.tallied()
    for (index, candidate) in tally.candidates.enumerated() {
      let expected = summary(profits[index])
      #expect(abs(candidate.profit.mean - expected.mean) < 1e-12 * abs(expected.mean) + 1e-9)
      #expect(abs((candidate.profit.standardError ?? 0) - expected.error) < 1e-9)
      #expect(isClose(candidate.revenue.mean - candidate.cost.mean, candidate.profit.mean))
      let difference = summary(zip(profits[index], profits[0]).map { $0 - $1 })
      #expect(abs(candidate.difference.mean - difference.mean) < 1e-9)
    }
    #expect(tally.candidates[0].difference.mean == 0)
    #expect(tally.candidates[3].difference.standardError == 0, "the baseline's twin")
  }

  /// Without an outside option surplus is told relative to the baseline.
  @Test func everybodyBuys() throws {
    let assortment = try Small.assortment(categoriesByProduct: [0], sources: [[0], [0]], hasOutsideOption: false)
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([.fixed(-5)], correlation: nil), taste: 2)
    let product = SellerProduct(name: "product 0", unitCost: 1)
    let market = Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [SellerProfile(name: "we", products: [product]), SellerProfile(name: "they", products: [product])],
      periodCount: 2, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 600))
    let study = try Small.study(
      market, [Scripted(prices: [4]), Scripted(prices: [6])], rivals: [Scripted(prices: [5])], replications: 3)
    for outcome in try study.outcomes() { #expect(outcome.sellers.reduce(0) { $0 + $1.units } == 1200) }
    let tally = try study.tallied().tally
    #expect(tally.candidates[0].surplus.mean == 0)
    #expect(tally.candidates[1].surplus.mean < 0, "a dearer offer leaves customers less")
  }
}
