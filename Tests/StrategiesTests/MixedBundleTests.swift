import Demand
import Selling
import Strategies
import Testing

/// Bundling on a survey.
@Suite struct MixedBundleTests {
  private static let two = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [20, 30])

  /// Adams & Yellen's four customers: with components 230 in total, as a pure bundle 200.
  @Test func fourRespondents() throws {
    let rows: [[Double]] = [[10, 90], [50, 50], [60, 40], [90, 10]]
    for (components, offers, total) in [("sold", 3, 230.0), ("withheld", 1, 200)] {
      var strategy = try Self.two.strategy(MixedBundle.self, ["components": .choice(components)])
      let list = try strategy.postPrices(Self.two.view(period: -1, survey: rows))
      #expect(list.offers.count == offers)
      // Each takes what leaves most, and of equally good things what earns more, as at prices a hair lower.
      var earned = 0.0
      for row in rows {
        let choices = list.offers.map { offer in
          let positions = offer.contents.positions
          return (
            surplus: positions.reduce(-offer.price) { $0 + row[$1] },
            margin: positions.reduce(offer.price) { $0 - Self.two.unitCosts[$1] }
          )
        }
        let best = max(0, choices.map(\.surplus).max() ?? 0)
        earned += choices.filter { $0.surplus == best }.map(\.margin).max() ?? 0
      }
      #expect(isHairBelow(earned, total))
    }
  }

  @Test func pricesAreKept() throws {
    var strategy = try Self.two.strategy(MixedBundle.self)
    let first = try strategy.postPrices(Self.two.view(period: -1, survey: [[40, 50], [60, 35]]))
    #expect(try strategy.postPrices(Self.two.view(period: 3, survey: [[1, 1]])) == first)
  }

  /// With rivals there is nothing to post before their prices are seen.
  @Test func rivalsAreSeenFirst() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1], [0]], unitCosts: [0, 0])
    var strategy = try market.strategy(MixedBundle.self)
    // Rows: own product 0, the rival's product 0, own product 1.
    let rows: [[Double]] = [[10, 10, 6], [8, 8, 6]]
    #expect(try strategy.postPrices(market.view(period: -1, survey: rows)).offers.isEmpty)
    let list = try strategy.postPrices(
      market.view(period: 0, posted: [PriceList([]), PriceList(prices: [3])], survey: rows))
    // Nobody pays more than the rival's 3 for the one and 6 for the other, alone or together.
    let singles = (list.price(ofProduct: 0) ?? 0, list.price(ofProduct: 1) ?? 0)
    let bundle = list.offers.first { $0.contents.count == 2 }?.price ?? 0
    #expect(isHairBelow(min(bundle, singles.0 + singles.1), 9))
  }

  @Test func everyBundleOfThreeProducts() throws {
    let market = TestMarket(categories: [0, 1, 1], sources: [[0, 1, 2]], unitCosts: [0, 0, 0])
    let rows: [[Double]] = [[3, 4, 5], [5, 1, 2]]
    var sold = try market.strategy(MixedBundle.self)
    let all = try sold.postPrices(market.view(period: -1, survey: rows)).offers.map(\.contents.positions)
    // Products 1 and 2 are substitutes: nobody takes both.
    #expect(all == [[0], [1], [2], [0, 1], [0, 2]])
    var withheld = try market.strategy(MixedBundle.self, ["components": .choice("withheld")])
    let pure = try withheld.postPrices(market.view(period: -1, survey: rows)).offers.map(\.contents.positions)
    #expect(pure == [[0, 1], [0, 2]])
  }

  /// Two U[0,1] goods without cost: what prices from a survey really earn approaches the best possible 0.549201, from
  /// below, and with 20,000 respondents lacks less than 0.2% of it.
  @Test func convergesToTheOptimum() throws {
    let market = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [0, 0])
    let population = try Population(
      segments: [
        Segment(
          name: "all", share: 1,
          valuations: .distributions([.uniform(low: 0, high: 1), .uniform(low: 0, high: 1)], correlation: nil))
      ], assortment: market.market().assortment)
    var gaps: [Double] = []
    for count in [20, 200, 2000, 20_000] {
      var gap = 0.0
      let surveys = count > 2000 ? 3 : 20
      for survey in 0..<surveys {
        let rows = SampledValuations.rows(
          of: population, count: count, key: DrawKey(seed: 4, replication: UInt32(survey), purpose: .respondents))
        var strategy = try market.strategy(MixedBundle.self)
        let list = try strategy.postPrices(market.view(period: -1, survey: rows))
        let menu = try Menu([list], in: population.assortment)
        var demand = ExpectedDemand(population)
        let choice = try demand.choice(from: menu)
        let earned = zip(list.offers, menu.slots[0]).reduce(0) { $0 + $1.0.price * choice.units($1.1, in: menu) }
        #expect(earned < 0.549201 + 1e-6)
        gap += (1 - earned / 0.549201) / Double(surveys)
      }
      gaps.append(gap)
    }
    #expect(gaps[0] > gaps[1] && gaps[1] > gaps[2] && gaps[2] > gaps[3], "\(gaps)")
    #expect(gaps[3] < 2e-3, "\(gaps)")
  }

  @Test func refusals() throws {
    let one = TestMarket(categories: [0, 0], sources: [[0, 1]], unitCosts: [0, 0])
    #expect(
      refusal { try one.strategy(MixedBundle.self) }
        == "a bundle needs products of at least two categories; Own sells in one")
    let many = TestMarket(
      categories: Array(0..<11), sources: [Array(0..<11)], unitCosts: .init(repeating: 0, count: 11))
    #expect(refusal { try many.strategy(MixedBundle.self) } == "11 products; mixed-bundle prices up to 10")
    var strategy = try Self.two.strategy(MixedBundle.self)
    #expect(
      refusal { try strategy.postPrices(Self.two.view(period: -1)) } == "mixed-bundle needs the answers of a survey")
  }
}
