import Demand
import Selling
import Strategies
import Testing

/// What is posted where the formula gives no price: nothing sold, no rival seen, a sample that tells nothing.
@Suite struct FallbackPriceTests {
  private static let duel = TestMarket(categories: [0, 0], sources: [[0], [1]], unitCosts: [3])

  /// Without sales the price of what bears fixed cost stands at the cap, 3 times the planned one; what costs nothing bears
  /// nothing. Exact.
  @Test func nothingSoldOfAProductWithoutCost() throws {
    let shop = TestMarket(categories: [0, 1], sources: [[0, 1]], unitCosts: [10, 0], fixedCost: 100)
    var strategy = try shop.strategy(
      FullCostMarkup.self,
      [
        "planned units": .number(10), "volume": .choice("trailing"), "spread": .choice("cost"), "markup": .number(0),
        "largest rise": .number(2),
      ])
    let list = try strategy.postPrices(shop.view(period: 1, sales: [[]]))
    #expect(list.offers.map(\.price) == [3 * (10 + 2 * 10), 0])
  }

  @Test func targetReturnIsNeverNegative() throws {
    let shop = TestMarket(categories: [0], sources: [[0]], unitCosts: [10])
    var strategy = try shop.strategy(
      TargetReturn.self,
      ["planned units": .number(1), "return": .number(-0.5), "capital": .number(10_000), "over": .number(1)])
    #expect(try strategy.postPrices(shop.view(period: 0)).offers.map(\.price) == [0])
  }

  /// A rival that has left has an empty list: the own last price stays.
  @Test func whenARivalLeaves() throws {
    let drivers: [String: Arguments.Value] = ["economic": .amounts([.init(name: "x", index: 0, value: 10)])]
    let saves: [String: Arguments.Value] = ["saves": .amounts([.init(name: "x", index: 0, value: 3)])]
    let strategies: [any PricingStrategy] = [
      try Self.duel.strategy(GoingRate.self), try Self.duel.strategy(ValueDrivers.self, drivers),
      try Self.duel.strategy(ValueInUse.self, saves), try Self.duel.strategy(Undercut.self),
    ]
    for var strategy in strategies {
      let seen = try strategy.postPrices(Self.duel.view(period: 0, posted: [PriceList([]), PriceList(prices: [60])]))
      let price = try #require(seen.price(ofProduct: 0))
      #expect(price > 50)
      let alone = try strategy.postPrices(Self.duel.view(period: 1, posted: [seen, PriceList([])]))
      #expect(alone.price(ofProduct: 0) == price, "\(strategy.catalogueEntry.name)")
      let low = [PriceList(prices: [1]), PriceList([])]
      #expect(try strategy.postPrices(Self.duel.view(period: 2, posted: low)).price(ofProduct: 0) == 3)
    }
  }

  /// Nothing is posted that rivals could take for a price; where everybody buys, an opening price has to come from somewhere.
  @Test func bestResponseWithoutAnOpening() throws {
    var strategy = try Self.duel.strategy(BestResponse.self)
    #expect(try strategy.postPrices(Self.duel.view(period: -1)).offers.isEmpty)
    var captive = Self.duel
    captive.hasOutsideOption = false
    var first = try captive.strategy(BestResponse.self)
    #expect(try first.postPrices(captive.view(period: -1)).offers.map(\.price) == [4.5])
    captive.unitCosts = [0]
    #expect(
      refusal { try captive.strategy(BestResponse.self) }.contains("give its price under `opening`"))
  }

  /// Nobody would pay the unit cost of 3.
  @Test func noVersionIsWorthItsCost() throws {
    let shop = TestMarket(categories: [0, 0], sources: [[0, 1]], unitCosts: [3, 5])
    var strategy = try shop.strategy(GoodBetterBest.self)
    let list = try strategy.postPrices(shop.view(period: 0, survey: [[1, 2], [2, 4]]))
    #expect(list.offers.map(\.price) == [3, 5])
  }

  /// A simulated study in which nobody chose the product, or in an order that no curve fits: the mean price shown; the same
  /// answers from a file are refused (`ConjointTests`).
  @Test func conjointOnAnUnluckySample() throws {
    func task(_ prices: [Double], _ chosen: Int) -> ChoiceTask {
      ChoiceTask(prices.enumerated().map { Profile(product: $0, price: $1) } + [.nothing], chosen: chosen)
    }
    for tasks in [
      [task([5, 6], 1), task([6, 5], 2)], [task([5, 6], 0), task([6, 5], 1)],
      [task([5, 6], 0), task([6, 5], 1), task([11, 12], 2), task([12, 9], 1), task([9, 12], 0)],
    ] {
      var strategy = try Self.duel.strategy(Conjoint.self, ["prices": .numbers([5, 6])])
      let answers = SurveyAnswers(.choices(tasks))
      let list = try strategy.postPrices(
        Self.duel.view(period: 0, posted: [PriceList([]), PriceList(prices: [9])], answers: answers))
      let shown = tasks.flatMap(\.profiles).filter { $0.product != nil }.map(\.price)
      #expect(list.price(ofProduct: 0) == shown.reduce(0, +) / Double(shown.count))
    }
  }

  /// Each product has its own cost below it, not that of the first of its category.
  @Test func conjointWithDifferentCosts() throws {
    let shop = TestMarket(categories: [0, 0], sources: [[0, 1]], unitCosts: [90, 10])
    let rated = [0, 1].flatMap { product in
      [20.0, 40].map { RatedProfile(Profile(product: product, price: $0), rating: 100 - $0) }
    }
    var strategy = try shop.strategy(Conjoint.self, ["answers": .answers(.ratings(rated))])
    #expect(try strategy.postPrices(shop.view(period: 0)).offers.map(\.price) == [90, 30])
  }

  /// Nobody would buy at any price asked above cost; and a curve that rises: what was asked, as it is.
  @Test func purchaseIntentionsOfAFew() throws {
    func price(_ buys: [[Bool]], _ fit: String) throws -> Double? {
      var strategy = try Self.duel.strategy(GaborGranger.self, ["prices": .numbers([4, 6]), "fit": .choice(fit)])
      let answers = ResearchAnswers.purchase([PurchaseAnswers(prices: [4, 6], buys: buys)])
      return try strategy.postPrices(
        Self.duel.view(period: 0, answers: SurveyAnswers(answers))
      ).price(ofProduct: 0)
    }
    #expect(try price([[false, false], [false, false]], "none") == 3)
    #expect(try price([[false, false], [false, false]], "logistic") == 3)
    #expect(try price([[true, false], [true, false]], "logistic") == 4)
  }

  @Test func thresholdsThatNeverRise() throws {
    var strategy = try Self.duel.strategy(VanWestendorp.self)
    let equal = PriceThresholds(tooCheap: 4, cheap: 4, expensive: 8, tooExpensive: 9)
    let answers = SurveyAnswers(.priceThresholds([[equal]]))
    #expect(try strategy.postPrices(Self.duel.view(period: 0, answers: answers)).price(ofProduct: 0) == 3)
  }
}
