import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Gabor-Granger against enumeration, and its logistic curve against what it was made from.
@Suite struct GaborGrangerTests {
  private static func price(
    _ answers: [PurchaseAnswers], _ costs: [Double], _ given: [String: Arguments.Value] = [:]
  ) throws -> [Double] {
    let market = TestMarket(
      categories: Array(costs.indices), sources: [Array(costs.indices)], unitCosts: costs)
    let all = given.merging(["prices": .numbers([1, 2])]) { own, _ in own }
    var strategy = try market.strategy(GaborGranger.self, all)
    return try strategy.postPrices(market.view(period: 0, answers: SurveyAnswers(.purchase(answers)))).offers.map(
      \.price)
  }

  /// Reads the same answers as a file of the user's own, which is refused where a simulated survey falls back
  /// (`FallbackPriceTests`).
  private static func read(
    _ answers: [PurchaseAnswers], _ costs: [Double], _ given: [String: Arguments.Value] = [:]
  ) throws -> GaborGranger {
    try TestMarket(
      categories: Array(costs.indices), sources: [Array(costs.indices)], unitCosts: costs
    ).strategy(GaborGranger.self, given.merging(["answers": .answers(.purchase(answers))]) { own, _ in own })
  }

  private static func answers(_ prices: [Double], willing: [Double]) -> PurchaseAnswers {
    PurchaseAnswers(prices: prices, buys: willing.map { most in prices.map { $0 <= most } })
  }

  /// 10: 5 of 5 leave 8 each, 40. 12: 3 leave 10, 30. 15: 3 leave 13, 39. 20: 1 leaves 18.
  @Test func byHand() throws {
    let asked = Self.answers([10, 12, 15, 20], willing: [11, 11, 15, 19, 30])
    #expect(try Self.price([asked], [2]) == [10])
    #expect(try Self.price([asked], [4]) == [15], "6 x 5 = 30, 11 x 3 = 33")
    #expect(try Self.price([asked, asked], [2, 4]) == [10, 15], "each product by itself")
  }

  @Test func ofEqualPricesTheLowest() throws {
    #expect(try Self.price([Self.answers([10, 20], willing: [10, 20])], [0]) == [10])
  }

  /// Exact on every grid: no price asked earns more, and none below earns as much. Whole numbers, also answers that
  /// contradict themselves.
  @Test(arguments: 0..<200) func bestOfTheGrid(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let prices = Set((0..<(2 + random.below(8))).map { _ in Double(1 + random.below(30)) } + [31, 40]).sorted()
    let buys = (0..<(2 + random.below(20))).map { _ in prices.map { _ in random.below(3) > 0 } }
    let cost = Double(random.below(25))
    let found = try Self.price([PurchaseAnswers(prices: prices, buys: buys)], [cost])[0]
    func earned(_ price: Double) -> Double {
      let place = prices.firstIndex(of: price) ?? 0
      return (price - cost) * Double(buys.count { $0[place] })
    }
    for price in prices { #expect(earned(price) < earned(found) || price >= found && earned(price) == earned(found)) }
  }

  /// Shares that lie exactly on a logistic curve give it back, and with it the closed-form price: with
  /// share = 1/(1 + e^(b p - a)) the first-order condition is b (p - c) (1 - share) = 1.
  @Test func logisticCurve() throws {
    // 8 of 10, 5 of 10 and 2 of 10 at 10, 20, 30: log-odds ln 4, 0, -ln 4, so that b = ln 4 / 10 and a = 2 ln 4.
    let prices = [10.0, 20, 30]
    let buys = (0..<10).map { [$0 < 8, $0 < 5, $0 < 2] }
    let b = log(4.0) / 10
    let found = try Self.price([PurchaseAnswers(prices: prices, buys: buys)], [6], ["fit": .choice("logistic")])[0]
    let share = 1 / (1 + exp(b * found - 2 * log(4.0)))
    print("gabor-granger, logistic: first-order condition off by \(abs(b * (found - 6) * (1 - share) - 1))")
    #expect(abs(b * (found - 6) * (1 - share) - 1) < 1e-10)
  }

  @Test func refusals() throws {
    let nobody =
      "nobody would buy product 0 at any of the prices asked above its unit cost; ask more respondents, or "
      + "about other prices"
    #expect(refusal { try Self.read([Self.answers([5, 6], willing: [1, 2])], [2]) } == nobody)
    #expect(refusal { try Self.read([Self.answers([5, 6], willing: [9, 9])], [6]) } == nobody)
    let noCurve =
      "no logistic curve fits the answers about product 0: it needs prices at which some would buy and some "
      + "would not, in no strict order; use `fit: none`, or ask more respondents"
    // All alike: all yes up to 12, all no above.
    let alike = Self.answers([10, 12, 15], willing: [13, 13])
    #expect(try Self.price([alike], [2]) == [12])
    for willing in [[13.0, 13], [1, 2], [20, 20]] {
      let asked = Self.answers([10, 12, 15], willing: willing)
      #expect(refusal { try Self.read([asked], [2], ["fit": .choice("logistic")]) } == noCurve)
    }
    let rising = PurchaseAnswers(
      prices: [5, 10], buys: [[false, true], [false, true], [true, true], [false, false]])
    #expect(
      refusal { try Self.read([rising], [2], ["fit": .choice("logistic")]) }
        == "the share who would buy product 0 does not fall with its price, so that no price is best")
    let market = TestMarket(categories: [0], sources: [[0]], unitCosts: [2])
    #expect(
      refusal { try market.strategy(GaborGranger.self) }.hasPrefix("say which prices to ask about under `prices`"))
    #expect(
      refusal { try market.strategy(GaborGranger.self, ["prices": .numbers([3, 3])]) }
        == "one price says nothing about another; ask about two or more")
  }

  @Test func ownAnswers() throws {
    let market = TestMarket(categories: [0], sources: [[0]], unitCosts: [2])
    let own = ResearchAnswers.purchase([Self.answers([10, 12, 15, 20], willing: [11, 11, 15, 19, 30])])
    var strategy = try market.strategy(GaborGranger.self, ["answers": .answers(own)])
    #expect(strategy.isConstant && strategy.survey == nil)
    #expect(try strategy.postPrices(market.view(period: -1)).price(ofProduct: 0) == 10)
    let useless = ResearchAnswers.purchase([Self.answers([10, 12], willing: [0, 0])])
    #expect(
      refusal { try market.strategy(GaborGranger.self, ["answers": .answers(useless)]) }.hasPrefix("nobody would buy"),
      "already when the scenario is checked")
  }
}
