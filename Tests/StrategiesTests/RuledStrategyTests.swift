import Demand
import Selling
import Strategies
import Testing

/// Strategies under rules, over a calendar.
struct RuledStrategyTests {
  private let small = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [10, 4])

  private func markdown(cut: Double = 0.1, lowest: Double = 0, announced: String = "yes") throws -> Markdown {
    try small.strategy(
      Markdown.self,
      [
        "opening": prices([100, 50]), "cut": .number(cut), "lowest": .number(lowest), "announced": .choice(announced),
      ])
  }

  private func ruled(_ strategy: any PricingStrategy, _ change: (inout PriceRules) throws -> Void) throws
    -> RuledStrategy
  {
    var rules = PriceRules()
    try change(&rules)
    return try RuledStrategy(strategy, rules: rules, seller: small.seller)
  }

  /// The prices of the first product from the opening list on.
  private func course(_ strategy: RuledStrategy, periods: Int = 8) throws -> [Double] {
    var strategy = strategy
    return try (-1..<periods).map { period in
      try strategy.postPrices(small.view(period: period)).price(ofProduct: 0) ?? .nan
    }
  }

  /// A price that was decided waits; until the first has waited, the opening list stays.
  @Test func notice() throws {
    let plain = try course(ruled(try markdown()) { $0.costOfChange = 1 })
    #expect(plain[0] == 100 && plain[1] == 100 && abs(plain[2] - 90) < 1e-12)
    let late = try course(ruled(try markdown()) { $0.notice = 3 })
    #expect(late == [100, 100, 100, 100] + plain[1...5])
  }

  /// One change in so many periods; the first is free.
  @Test func periodsBetweenChanges() throws {
    let prices = try course(ruled(try markdown()) { $0.fewestPeriods = 3 })
    let plain = try course(ruled(try markdown()) { $0.costOfChange = 1 })
    #expect(prices == [100, 100, plain[2], plain[2], plain[2], plain[5], plain[5], plain[5], plain[8]])
  }

  /// Prices that fall by 10% may fall by 4%: from the opening list on, 100 x 0.96^t.
  @Test func steps() throws {
    var expected = 100.0
    for price in try course(ruled(try markdown()) { $0.largestStep = 0.04 }).dropFirst(2) {
      expected -= 0.04 * expected
      #expect(abs(price - expected) < 1e-12)
    }
  }

  /// What is announced is what comes, with every rule at work and for every notice: the same numbers.
  @Test(arguments: [0, 1, 2, 5]) func announcementsAreKept(notice: Int) throws {
    for announced in ["yes", "no"] {
      var strategy = try ruled(try markdown(announced: announced)) {
        $0.notice = notice
        $0.largestStep = 0.08
        $0.ending = try PriceEnding(every: 1, at: 0.99)
        $0.fewestPeriods = 2
        $0.floor = .all(30)
      }
      let future = strategy
      for period in -1..<12 {
        let view = try small.view(period: period)
        _ = try strategy.postPrices(view)
        guard period >= 0 else { continue }
        let lists = strategy.announcedPrices(view, periods: 4)
        #expect(lists?.count == (announced == "yes" ? 4 : notice == 0 ? nil : min(4, notice)))
        var later = future
        for earlier in -1...period { _ = try later.postPrices(small.view(period: earlier)) }
        for (ahead, list) in (lists ?? []).enumerated() {
          #expect(try later.postPrices(small.view(period: period + ahead + 1)) == list)
        }
      }
    }
  }

  /// Bundles have endings and limits of their own.
  @Test func offerByOffer() throws {
    let both = ProductSet([0, 1])
    let fixed = try small.strategy(
      FixedPrice.self,
      [
        "prices": .prices([
          Offer(product: 0, price: 20.2), Offer(product: 1, price: 8), Offer(both, price: 25.1),
        ])
      ])
    var strategy = try ruled(fixed) {
      $0.ending = try PriceEnding(every: 1, at: 0.99)
      $0.floor = .some([both: 26])
    }
    let list = try strategy.postPrices(small.view(period: -1))
    #expect(list.offers.map(\.price) == [19.99, 7.99, 26.99])
    #expect(list.offers.map(\.contents) == [ProductSet([0]), ProductSet([1]), both])
  }

  /// What the strategy inside wants, is called and promises is still told.
  @Test func whatIsInsideIsTold() throws {
    let value = try small.strategy(EconomicValue.self, ["survey": .number(30)])
    let strategy = try ruled(value) { ($0.costOfChange, $0.notice) = (7, 1) }
    #expect(strategy.survey == value.survey && strategy.survey?.respondents == 30)
    #expect(strategy.catalogueEntry.name == "economic-value")
    #expect(strategy.costOfChange == 7 && value.costOfChange == 0)
    #expect(!strategy.isConstant)
    #expect(try ruled(small.strategy(BertrandNash.self)) { $0.notice = 1 }.belief == .equilibrium)
    let fixed = try small.strategy(FixedPrice.self, ["prices": prices([20, 10])])
    #expect(try ruled(fixed) { $0.leastMarkup = 0.1 }.isConstant)
    // Limits that follow a cost which changes.
    let shaken = SellerProfile(
      name: "Own", products: small.seller.products, costShocks: [DatedChange(2...3, change: 0.5)])
    var rules = PriceRules()
    rules.leastMarkup = 0.1
    #expect(try !RuledStrategy(fixed, rules: rules, seller: shaken).isConstant)
    rules = PriceRules()
    rules.floor = .all(1)
    #expect(try RuledStrategy(fixed, rules: rules, seller: shaken).isConstant)
  }

  /// Constant prices stay constant under random rules, from the opening list on (fixed seed).
  @Test func constantStaysConstant() throws {
    var generator = FixedRandom(state: 5)
    for _ in 0..<2_000 {
      let fixed = try small.strategy(
        FixedPrice.self,
        ["prices": prices((0..<2).map { _ in Double.random(in: 0...40, using: &generator) })])
      let rounding = PriceEnding.Rounding.allCases.randomElement(using: &generator)
      var strategy = try ruled(fixed) {
        $0.ending = try PriceEnding(every: [0.5, 1, 5].randomElement(using: &generator) ?? 1, at: 0.49)
        $0.rounding = rounding
        $0.largestStep = Double.random(in: 0...0.3, using: &generator)
        if Bool.random(using: &generator) { $0.floor = .all(Double.random(in: 0...20, using: &generator)) }
        if Bool.random(using: &generator) { $0.ceiling = .all(Double.random(in: 20...40, using: &generator)) }
      }
      let opening = try strategy.postPrices(small.view(period: -1))
      for period in 0..<3 { #expect(try strategy.postPrices(small.view(period: period)) == opening) }
    }
  }
}
