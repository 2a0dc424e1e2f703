import Demand
import Foundation
import Scenarios
import Selling
import Simulation
import Testing

/// The larger of two errors; infinity where one is no number, which `max` may overlook.
private func worst(_ one: Double, _ other: Double) -> Double { one.isNaN || other.isNaN ? .infinity : max(one, other) }

/// Calibrating whole scenario files.
struct CalibratedScenarioTests {
  private static let beerFile = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios/calibration/us-beer.yaml").path

  private static func calibrated(_ text: String) throws -> CalibratedScenario {
    try CalibratedScenario(text: text, file: "kiosk.yaml", program: "test 1")
  }

  /// The published coefficient, and unit costs to the seven digits of scenarios/us-beer.yaml.
  @Test func publishedBeers() throws {
    let beers = try CalibratedScenario(contentsOf: Self.beerFile, program: "test 1")
    #expect(abs(beers.calibration.priceCoefficient - -73.1483) < 5e-5)
    #expect(beers.products.map(\.name) == ["Bud", "Old Style", "Miller", "Miller Lite", "other light", "other"])
    #expect(beers.products.map(\.seller) == ["Bud", "Old Style", "Miller", "Miller", "other light", "other"])
    let study = try Scenario(text: #require(beers.text), file: "beers.yaml").study
    let costs = study.market.profiles.flatMap { $0.products.map(\.unitCost) }
    for (cost, known) in zip(costs, [0.0294631, 0.0162893, 0.0164878, 0.0151878, 0.0235270, 0.0321056]) {
      #expect(abs(cost - known) < 6e-8)
    }
  }

  /// What is written, read again as any scenario: expected demand at the observed prices is the observed shares to
  /// 1e-12, and no seller gains by another price of any of its products, or of all together, from -30% to +30%.
  @Test(arguments: [beerFile, "kiosk"]) func writtenScenarioIsInEquilibrium(file: String) throws {
    let found =
      file == "kiosk" ? try Self.calibrated(Self.kiosk) : try CalibratedScenario(contentsOf: file, program: "test 1")
    let market = try Scenario(text: #require(found.text), file: "x.yaml").study.market
    var demand = ExpectedDemand(market.population)
    let observed = found.calibration.products
    var largest = 0.0

    func profits(_ prices: [Double]) throws -> (shares: [Double], profits: [Double]) {
      var rest = prices[...]
      let lists = market.profiles.map { profile in
        defer { rest = rest.dropFirst(profile.products.count) }
        return PriceList(prices: Array(rest.prefix(profile.products.count)))
      }
      let menu = try Menu(lists, in: market.population.assortment)
      let choice = try demand.choice(from: menu)
      let shares = menu.slots.flatMap { $0.map { choice.units($0, in: menu) } }
      let costs = market.profiles.flatMap { $0.products.map(\.unitCost) }
      let profits = market.profiles.indices.map { seller in
        observed.indices.filter { observed[$0].owner == seller }
          .reduce(0) { $0 + shares[$1] * (prices[$1] - costs[$1]) }
      }
      return (shares, profits)
    }

    let today = try profits(observed.map(\.price))
    for (share, product) in zip(today.shares, observed) { largest = worst(largest, abs(share - product.share)) }
    print("shares at the observed prices, largest error:", largest)
    #expect(largest < 1e-12)
    for seller in market.profiles.indices {
      let own = observed.indices.filter { observed[$0].owner == seller }
      for changed in own.map({ [$0] }) + [own] {
        for percent in [-30, -10, -3, -1, -0.1, 0.1, 1, 3, 10, 30] {
          var prices = observed.map(\.price)
          for product in changed { prices[product] *= 1 + percent / 100 }
          #expect(try profits(prices).profits[seller] < today.profits[seller], "\(changed) \(percent)%")
        }
      }
    }
  }

  /// The equilibrium of the written scenario, searched for without being told the observed prices, is these prices, to
  /// 1e-9 relative; and after the merger of Bud and Old Style prices rise by the published percentages, which are given to
  /// four decimals (`antitrust`'s coefficient is rounded too: 0.0002 points are allowed).
  @Test func searchFindsTheObservedPrices() throws {
    var largest = 0.0
    for text in [Self.kiosk, try String(contentsOfFile: Self.beerFile, encoding: .utf8)] {
      let found = try Self.calibrated(text)
      let market = try MarketScenario(text: #require(found.text), file: "x.yaml")
      let game = try PricingGame(market.demand, unitCosts: market.unitCosts, owners: market.owners)
      let search = try EquilibriumSearch(game)
      #expect(search.equilibria.count == 1)
      let prices = try #require(search.equilibria.first).prices
      for (product, price) in zip(found.calibration.products, prices) {
        largest = worst(largest, abs(price / product.price - 1))
      }
      guard found.title == "Six beers" else { continue }
      let merged = try EquilibriumSearch(game.owned(by: [0, 0, 2, 2, 3, 4]))
      let rises = zip(try #require(merged.equilibria.first).prices, prices).map { 100 * ($0 / $1 - 1) }
      for (rise, published) in zip(rises, [6.6097, 3.1741, 0.7622, 0.7872, 0.1515, 0.2920]) {
        #expect(abs(rise - published) < 0.0002, "\(rises)")
      }
    }
    print("equilibrium of calibrated scenarios against observed prices, largest relative error:", largest)
    #expect(largest < 1e-9)
  }

  static let kiosk = """
    # yaml-language-server: $schema=scenario.schema.json
    # My kiosk, from the till.
    scenario: "Kiosk: north"
    question: What should coffee cost?
    currency: CHF
    periods: { count: 3, unit: day }
    customers:
      arrivals: { poisson: 60, season: { every: 7, swing: 30%, peak: 6 }, trend: 1% }
      segments:
        - name: all
          share: 100%
          logit: calibrate   # from what is observed
    sellers:
      - name: Rival
        products:
          tea: { category: hot, observed: { price: 2.2, share: 25% } }
      - name: We
        products:
          coffee: { category: hot, uses: { cups: 1 }, observed: { price: 2.5, share: 30%, margin: 70% } }
          cocoa: { category: hot, uses: { cups: 2 }, observed: { price: 3.1, share: 10%, margin: 50% } }
        fixed cost: 40
        capacity:
          cups: { units: 100, unit cost: 0.01 }
        candidates:
          now: { fixed-price: { coffee: 2.5, cocoa: 3.1 } }
          "dear: both": { fixed-price: { coffee: 3, cocoa: 3.5 } }
          cost plus: { full-cost-markup: { markup: 150%, planned units: 60 } }
      - name: Third
        products: { water: { category: hot, observed: { price: 1.5, share: 5% } } }
        strategy:
          going-rate: { premium: -5%, floor: 10% }
    study: { baseline: "dear: both", replications: 12, seed: 3, confidence: 90% }

    """

  /// Everything else that the user wrote is as it was.
  @Test func otherFieldsSurvive() throws {
    let found = try Self.calibrated(Self.kiosk)
    let text = try #require(found.text)
    let study = try Scenario(text: text, file: "x.yaml").study
    #expect(study.name == "Kiosk: north")
    #expect(study.question == "What should coffee cost?")
    #expect(study.currency == "CHF")
    #expect(study.market.periodCount == 3)
    #expect(study.market.periodUnit == "day")
    #expect(
      study.market.arrivals
        == Arrivals(.poisson, mean: 60, seasonLength: 7, seasonSwing: 0.3, seasonPeak: 6, trend: 0.01))
    #expect(study.replications == 12)
    #expect(study.seed == 3)
    #expect(study.confidence == 0.9)
    #expect(study.candidates.map(\.label) == ["now", "dear: both", "cost plus"])
    #expect(study.baseline == 1)
    #expect(study.studied == 1)
    let we = study.market.profiles[1]
    #expect(we.fixedCost == 40)
    #expect(we.capacities.map(\.use) == [[1, 2]])
    #expect(we.capacities.map(\.unitCost) == [0.01])
    #expect(we.products.map(\.unitCost) == Array(found.calibration.unitCosts[1...2]), "to the last bit")
    #expect(text.contains("going-rate"))
    #expect(text.contains("strategy: { fixed-price: { tea: 2.2 } }"))
    #expect(text.contains("price coefficient: \(found.calibration.priceCoefficient)\n"))
    for value in found.calibration.meanValues { #expect(text.contains(": \(value)\n")) }
    let lines = text.components(separatedBy: "\n")
    #expect(lines[0].contains("yaml-language-server"), "editors look for it first")
    #expect(lines.contains("# My kiosk, from the till."))
    #expect(lines.contains { $0.contains("Calibrated by test 1") && $0.contains("kiosk.yaml") })
    #expect(lines.filter { $0.hasPrefix("#") }.allSatisfy { $0.count <= 120 })
  }

  /// Without candidates the first seller whose prices are open gets three, also where others have strategies.
  @Test func candidatesFromNothing() throws {
    let text = Self.kiosk.replacingOccurrences(of: "baseline: \"dear: both\", ", with: "")
    let start = try #require(text.range(of: "    candidates:"))
    let end = try #require(text.range(of: "  - name: Third"))
    let found = try Self.calibrated(text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""))
    let study = try Scenario(text: #require(found.text), file: "x.yaml").study
    #expect(study.studied == 0)
    #expect(study.candidates.map(\.label) == ["today", "5% dearer", "5% cheaper"])
    #expect(found.text?.contains("5% dearer: { fixed-price: { tea: 2.31 } }") ?? false)
  }

  /// With a cost below 0 there is a result, but no scenario.
  @Test func negativeCost() throws {
    let found = try Self.calibrated(
      Self.kiosk.replacingOccurrences(of: "price: 3.1, share: 10%, margin: 50%", with: "price: 0.5, share: 10%"))
    #expect(found.text == nil)
    #expect(found.calibration.unitCosts.contains { $0 < 0 })
  }

  /// What was calibrated is complete, and is not calibrated again.
  @Test func notTwice() throws {
    let text = try #require(Self.calibrated(Self.kiosk).text)
    #expect(throws: ScenarioProblems.self) { try Self.calibrated(text) }
  }
}
