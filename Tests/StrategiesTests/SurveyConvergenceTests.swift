import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Strategies that optimise on an unbiased survey without noise come to what perfect knowledge would post, rivals fixed,
/// at the rates that theory says: the expected loss falls as n^(-2/3) on the respondents themselves (the best price of an
/// empirical curve is off by n^(-1/3); Kim & Pollard 1990) and as 1/n for a curve of the right kind (sqrt(n), and the loss is
/// quadratic). Losses are exact expected profits, for a known distribution of what customers would pay.
///
/// Slopes of log loss on log n come from 64, 512 and 4096 respondents with 250 surveys each. The mean of so many losses,
/// whose deviation is about 1.4 times their mean, is known to 9%, and a slope over ln 64 to 0.03; the tolerance of 0.15
/// is five times that, and tells 2/3 from 1 and from 1/2.
@Suite struct SurveyConvergenceTests {
  private static let sizes = [64, 512, 4096]
  private static let surveys = 250
  private static let cost = 5.0
  private static let duel = TestMarket(categories: [0, 0], sources: [[0], [1]], unitCosts: [cost])
  private static let posted = [PriceList(prices: [0]), PriceList(prices: [9])]

  private static func price(_ rows: [[Double]], _ knowledge: String) throws -> Double {
    var strategy = try duel.strategy(BestResponse.self, ["knowledge": .choice(knowledge)])
    return try strategy.postPrices(duel.view(period: 0, posted: posted, survey: rows)).price(ofProduct: 0) ?? .nan
  }

  /// The slope of the mean loss, by the outermost sizes, and the losses.
  private static func slope(
    _ knowledge: String, respondent: (inout SplitMix) -> [Double], loss: (Double) -> Double
  ) throws -> (slope: Double, losses: [Double]) {
    let losses = try sizes.map { size in
      var total = 0.0
      for survey in 0..<surveys {
        var random = SplitMix(state: UInt64(size * 1000 + survey))
        total += loss(try price((0..<size).map { _ in respondent(&random) }, knowledge))
      }
      return total / Double(surveys)
    }
    return (log(losses[2] / losses[0]) / log(Double(sizes[2]) / Double(sizes[0])), losses)
  }

  /// Own product uniform on 10 to 30; everybody values the rival's at 12, who asks 9: who would take it keeps 3. So the
  /// threshold is uniform on 7 to 27, the best price (27 + 5)/2 = 16, and profit (p - 5)(27 - p)/20.
  @Test func lossOnTheRespondentsThemselves() throws {
    let found = try Self.slope("survey") {
      [10 + 20 * $0.uniform(), 12]
    } loss: {
      ($0 - 16) * ($0 - 16) / 20
    }
    print("best response on the raw survey: losses \(found.losses), slope \(found.slope)")
    #expect(abs(found.slope + 2.0 / 3) < 0.15)
  }

  /// Values 20 and 12 with Gumbel noise of scale 3 on each and on buying nothing: the market is a logit.
  @Test func lossOfAFittedLogit() throws {
    func profit(_ price: Double) -> Double {
      let own = exp((20 - price) / 3)
      return (price - Self.cost) * own / (1 + own + exp((12.0 - 9) / 3))
    }
    let best = profit(Self.cost + (try LogitMarkup.best(scale: 3, own: [15], rivals: [3], hasNothing: true)))
    let found = try Self.slope("fitted") { random in
      let noise = (0..<3).map { _ in -3 * log(-log(random.uniform())) }
      return [20 + noise[0] - noise[2], 12 + noise[1] - noise[2]]
    } loss: {
      best - profit($0)
    }
    print("best response on a fitted logit: losses \(found.losses), slope \(found.slope)")
    #expect(found.losses.allSatisfy { $0 >= 0 })
    #expect(abs(found.slope + 1) < 0.15)
  }

  /// Gabor-Granger comes to the best price asked: of 10, 14, 18 and 22 (5, 7.2, 7.8, 6.8) that is 18. At 4096 respondents
  /// the gap of 0.6 is seven standard errors.
  @Test func gaborGrangerUpToItsGrid() throws {
    let market = TestMarket(categories: [0], sources: [[0]], unitCosts: [Self.cost])
    let asked = [10.0, 14, 18, 22]
    for survey in 0..<50 {
      var random = SplitMix(state: UInt64(survey))
      let buys = (0..<4096).map { _ in
        let most = 10 + 20 * random.uniform()
        return asked.map { $0 <= most }
      }
      var strategy = try market.strategy(GaborGranger.self, ["prices": .numbers(asked)])
      let answers = SurveyAnswers(.purchase([PurchaseAnswers(prices: asked, buys: buys)]))
      #expect(try strategy.postPrices(market.view(period: 0, answers: answers)).price(ofProduct: 0) == 18)
    }
  }

  /// Small and uniform surveys have a right price, not NaN: two respondents alike pay all that they keep above the rival.
  @Test(arguments: ["survey", "fitted"]) func twoRespondentsAlike(_ knowledge: String) throws {
    #expect(isHairBelow(try Self.price([[20, 12], [20, 12]], knowledge), 17))
    let nobody = try Self.price([[1, 12], [1, 12]], knowledge)
    #expect(nobody.isFinite && nobody >= Self.cost, "nobody would pay the cost: a price at which nothing is lost")
    #expect(
      refusal { try Self.price([[20, 12]], knowledge) }
        == "best-response needs what at least two respondents would pay")
  }

  /// Without `knowledge` it asks for the model and for no survey; before rivals have posted, it posts its opening list.
  @Test func knowledge() throws {
    let perfect = try Self.duel.strategy(BestResponse.self)
    #expect(perfect.belief == .demand && perfect.survey == nil && perfect.beliefSource == "perfect")
    var asking = try Self.duel.strategy(
      BestResponse.self, ["knowledge": .choice("survey"), "survey": .number(40), "opening": prices([11])])
    #expect(asking.belief == nil && asking.survey == SurveyPlan(respondents: 40) && asking.beliefSource == "survey")
    #expect(
      try asking.postPrices(Self.duel.view(period: -1, survey: [[20, 12], [20, 12]])).price(ofProduct: 0) == 11)
    let own = Arguments.Value.answers(.willingnessToPay([[20, 12], [20, 12]]))
    #expect(
      refusal { try Self.duel.strategy(BestResponse.self, ["answers": own]) }
        == "say how to use the answers: write `knowledge: survey` or `knowledge: fitted`")
    var read = try Self.duel.strategy(BestResponse.self, ["knowledge": .choice("survey"), "answers": own])
    #expect(read.survey == nil)
    let first = try read.postPrices(Self.duel.view(period: 0, posted: Self.posted)).price(ofProduct: 0)
    #expect(isHairBelow(first, 17))
    let dearer = [PriceList(prices: [0]), PriceList(prices: [10])]
    let second = try read.postPrices(Self.duel.view(period: 1, posted: dearer)).price(ofProduct: 0)
    #expect(isHairBelow(second, 18), "it answers")
  }
}
