import Demand
import Selling
import Strategies
import Testing

/// Economic value on surveys small enough for a pencil. Sums run in another order here: 1e-14 relative is rounding.
@Suite struct EconomicValueTests {
  private static let duel = TestMarket(categories: [0, 0, 0], sources: [[0], [1], [2]], unitCosts: [2])
  private static let posted = [PriceList(prices: [0]), PriceList(prices: [10]), PriceList(prices: [12])]

  private static func price(
    _ market: TestMarket, _ answers: [[Double]], _ posted: [PriceList]?, _ given: [String: Arguments.Value] = [:]
  ) throws -> Double {
    var strategy = try market.strategy(EconomicValue.self, given)
    let list = try strategy.postPrices(market.view(period: 0, posted: posted, survey: answers))
    return list.price(ofProduct: 0) ?? .nan
  }

  private static func isRounding(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-14 * abs(other) }

  /// Alternatives per respondent: rival 1 (13 - 10 = 3), rival 2 (20 - 12 = 8), nothing (both leave less than 0).
  /// References 10, 12, 0; differences 15 - 13, 26 - 20, 9 - 0.
  private static let answers: [[Double]] = [[15, 13, 14], [26, 15, 20], [9, 8, 11]]

  @Test(arguments: [0, 0.25, 0.5, 1])
  func positiveDifference(_ captured: Double) throws {
    let expected = 22.0 / 3 + captured * (17.0 / 3)
    #expect(
      Self.isRounding(try Self.price(Self.duel, Self.answers, Self.posted, ["captured": .number(captured)]), expected))
  }

  /// Who values the product less than the alternative has to be paid for it in full: `captured` plays no part.
  @Test(arguments: [0, 0.5, 1])
  func negativeDifference(_ captured: Double) throws {
    let answers: [[Double]] = [[12, 13, 14], [16, 15, 20]]
    let expected = 11.0 - 2.5
    #expect(Self.isRounding(try Self.price(Self.duel, answers, Self.posted, ["captured": .number(captured)]), expected))
  }

  @Test func caution() throws {
    let differences = [2.0, 6, 9]
    let mean = 17.0 / 3
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
    let error = (variance / 3).squareRoot()
    let found = try Self.price(
      Self.duel, Self.answers, Self.posted, ["caution": .number(1.5), "captured": .number(0.4)])
    #expect(abs(found - (22.0 / 3 + 0.4 * (mean - 1.5 * error))) < 1e-13)
    // Enough caution turns the difference negative, and then all of it counts.
    let timid = try Self.price(Self.duel, Self.answers, Self.posted, ["caution": .number(3), "captured": .number(0.4)])
    #expect(mean - 3 * error < 0)
    #expect(abs(timid - (22.0 / 3 + mean - 3 * error)) < 1e-13)
  }

  /// Without a rival, or with nothing posted, the alternative is to buy nothing.
  @Test func noRival() throws {
    let alone = TestMarket(categories: [0], sources: [[0]], unitCosts: [2])
    #expect(try Self.price(alone, [[4], [8]], [PriceList(prices: [5])]) == 3)
    #expect(try Self.price(Self.duel, Self.answers, nil, ["captured": .number(1)]) == 50.0 / 3)
  }

  /// Where nobody may buy nothing, the best rival counts even if it leaves a loss.
  @Test func noOutsideOption() throws {
    var captive = Self.duel
    captive.hasOutsideOption = false
    let expected = (10.0 + 12 + 12) / 3 + 0.5 * ((15.0 - 13) + (26 - 20) + (9 - 11)) / 3
    #expect(Self.isRounding(try Self.price(captive, Self.answers, Self.posted), expected))
  }

  @Test func neverBelowUnitCost() throws {
    var costly = Self.duel
    costly.unitCosts = [40]
    #expect(try Self.price(costly, Self.answers, Self.posted) == 40)
  }

  /// The own price in the last list must not matter, nor products of other categories.
  @Test func onlySubstitutesCount() throws {
    let market = TestMarket(categories: [0, 0, 1], sources: [[0], [1, 2]], unitCosts: [0])
    let posted = [PriceList(prices: [999]), PriceList(prices: [10, 1])]
    #expect(try Self.price(market, [[15, 13, 500], [15, 13, 500]], posted, ["captured": .number(0.5)]) == 11)
  }

  @Test func surveyAndItsPlan() throws {
    let strategy = try Self.duel.strategy(
      EconomicValue.self,
      ["survey": .number(50), "bias": .number(0.2), "noise": .number(0.3), "survey cost": .number(4)])
    #expect(strategy.survey == SurveyPlan(respondents: 50, bias: 0.2, noise: 0.3, costPerRespondent: 4))
    #expect(strategy.survey?.cost == 200)
    let sentence = "economic-value needs the answers of at least two respondents"
    #expect(refusal { try Self.price(Self.duel, [[15, 13, 14]], Self.posted) } == sentence)
    var unanswered = strategy
    #expect(refusal { try unanswered.postPrices(Self.duel.view(period: 0)) } == sentence)
  }

  /// The spread of prices over independent surveys falls as 1/sqrt(n), and is that of a mean: captured x deviation of
  /// the difference in value, which is normal(3, 5) here. 400 surveys know a deviation to 3.5%; the bound of 4.5 such
  /// errors sees a law of n^-0.45 or n^-0.55 with a probability above 0.99.
  @Test func samplingErrorFallsAsTheRootOfTheSample() throws {
    let market = TestMarket(categories: [0, 0], sources: [[0], [1]], unitCosts: [0])
    let population = try Population(
      segments: [
        Segment(
          name: "all", share: 1,
          valuations: .distributions(
            [.normal(mean: 33, standardDeviation: 4), .normal(mean: 30, standardDeviation: 3)], correlation: nil))
      ], assortment: market.market().assortment)
    let posted = [PriceList(prices: [0]), PriceList(prices: [1])]
    for count in [25, 400, 3600] {
      var sum = 0.0
      var squares = 0.0
      for survey in 0..<400 {
        let rows = SampledValuations.rows(
          of: population, count: count, key: DrawKey(seed: 9, replication: UInt32(survey), purpose: .respondents))
        let price = try Self.price(market, rows, posted, ["captured": .number(0.5)])
        sum += price
        squares += price * price
      }
      let mean = sum / 400
      let deviation = (squares / 400 - mean * mean).squareRoot()
      let expected = 0.5 * 5 / Double(count).squareRoot()
      if count > 25 {
        // With 25 respondents the difference is negative in one survey of a thousand, which bends mean and spread.
        #expect(abs(mean - 2.5) < 4.5 * expected / 20)
      }
      #expect(abs(deviation / expected - 1) < 4.5 * 0.0354, "\(count) respondents: \(deviation) against \(expected)")
    }
  }
}
