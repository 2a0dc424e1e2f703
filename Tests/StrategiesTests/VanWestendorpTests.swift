import Demand
import Foundation
import Selling
import Strategies
import Testing

/// The price sensitivity meter on samples small enough for a pencil, against the curves themselves, and in the limit.
@Suite struct VanWestendorpTests {
  private static let monopoly = TestMarket(categories: [0], sources: [[0]], unitCosts: [2])

  private static func row(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> PriceThresholds {
    PriceThresholds(tooCheap: a, cheap: b, expensive: c, tooExpensive: d)
  }

  private static func price(
    _ rows: [PriceThresholds], _ given: [String: Arguments.Value] = [:], unitCost: Double = 2
  ) throws -> Double {
    let market = TestMarket(categories: [0], sources: [[0]], unitCosts: [unitCost])
    var strategy = try market.strategy(VanWestendorp.self, given)
    let list = try strategy.postPrices(market.view(period: 0, answers: SurveyAnswers(.priceThresholds([rows]))))
    return list.price(ofProduct: 0) ?? .nan
  }

  /// One respondent: the curves jump at the four prices and meet along the whole stretch between two of them.
  @Test func oneRespondentMeetsHalfWay() throws {
    let meter = try #require(PriceSensitivityMeter([Self.row(4, 7, 10, 15)], dropsDisorder: true))
    #expect(meter.optimal == 9.5 && meter.indifference == 8.5)
    #expect(meter.marginalCheapness == 5.5 && meter.marginalExpensiveness == 12.5)
  }

  /// Three respondents, by hand. Too cheap 2, 4, 6 and too expensive 5, 9, 12: at 5 one of three finds it too cheap
  /// (who said 6) and, from 5 on, one too expensive, up to 6: they meet from 5 to 6, in the middle at 5.5. Cheap 3, 6, 8
  /// and expensive 4, 8, 10: just below 6 two find it cheap and one expensive, above 6 one and one, up to 8: 7.
  @Test func threeRespondents() throws {
    let rows = [Self.row(2, 3, 4, 5), Self.row(4, 6, 8, 9), Self.row(6, 8, 10, 12)]
    let meter = try #require(PriceSensitivityMeter(rows, dropsDisorder: true))
    #expect(meter.optimal == 5.5)
    #expect(meter.indifference == 7)
    #expect(meter.marginalCheapness == 5, "2 3 4 | 6 6 8: from 4 to 6")
    #expect(meter.marginalExpensiveness == 8.5, "4 5 8 | 9 10 12")
    #expect(meter.dropped == 0)
    for (point, expected) in [("optimal", 5.5), ("indifference", 7), ("cheapness", 5), ("expensiveness", 8.5)] {
      #expect(try Self.price(rows, ["point": .choice(point)]) == expected)
    }
    #expect(try Self.price(rows, ["point": .choice("optimal")], unitCost: 6.25) == 6.25, "not below unit cost")
  }

  /// Ties are jumps of a curve: here both jump over each other at 6, which is the only crossing.
  @Test func tiesCrossInsideAJump() throws {
    let rows = [Self.row(6, 7, 8, 9), Self.row(6, 7, 8, 9), Self.row(1, 2, 3, 6)]
    let meter = try #require(PriceSensitivityMeter(rows, dropsDisorder: true))
    #expect(meter.optimal == 6, "1 6 6 | 6 9 9")
    #expect(meter.indifference == 7, "2 3 7 | 7 8 8")
    let same = try #require(PriceSensitivityMeter(Array(repeating: rows[0], count: 5), dropsDisorder: true))
    #expect(same.optimal == 7.5 && same.marginalCheapness == 6.5, "everybody alike: as one respondent")
  }

  /// The definition itself on random samples with many ties: below the point not more find it too expensive than too
  /// cheap, above it not fewer, and on a stretch where as many do the point is its middle. Exact, in whole cents.
  @Test(arguments: 0..<200) func pointsAreCrossingsOfTheCurves(_ seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let count = 1 + random.below(12)
    let rows = (0..<count).map { _ -> PriceThresholds in
      let prices = (0..<4).map { _ in Double(random.below(seed % 2 == 0 ? 8 : 40)) }
      return Self.row(prices[0], prices[1], prices[2], prices[3])
    }
    let meter = try #require(PriceSensitivityMeter(rows, dropsDisorder: false))
    // Rising minus falling share, just beside a price.
    func check(_ point: Double, falling: [Double], rising: [Double]) {
      func balance(_ price: Double) -> Int { rising.count { $0 <= price } - falling.count { $0 >= price } }
      #expect(balance(point - 0.01) <= 0 && balance(point + 0.01) >= 0)
      var grid: [Double] = []
      for step in -1...4001 where balance(Double(step) / 100 + 0.005) == 0 { grid.append(Double(step) / 100 + 0.005) }
      if let first = grid.first, let last = grid.last { #expect(abs(point - (first + last) / 2) < 1e-9) }
    }
    check(meter.optimal, falling: rows.map(\.tooCheap), rising: rows.map(\.tooExpensive))
    check(meter.indifference, falling: rows.map(\.cheap), rising: rows.map(\.expensive))
    // Not cheap at p: whose bargain lies below p. Not expensive: whose "expensive" lies above.
    check(meter.marginalCheapness, falling: rows.map(\.tooCheap), rising: rows.map(\.cheap))
    check(meter.marginalExpensiveness, falling: rows.map(\.expensive), rising: rows.map(\.tooExpensive))
  }

  /// Willingness to pay uniform on 10 to 30 and fractions f < g: shares (30 - p/f)/20 and (p/g - 10)/20 are equal where
  /// p (1/f + 1/g) = 40. With n answers on even ranks the median lies within one step of that; steps are 20 g/n.
  @Test func uniformThresholdsHaveAClosedForm() throws {
    let count = 200_000
    let truth = (0..<count).map { 10 + 20 * (Double($0) + 0.5) / Double(count) }
    let rows = truth.map { Self.row(0.4 * $0, 0.65 * $0, 0.9 * $0, $0) }
    let meter = try #require(PriceSensitivityMeter(rows, dropsDisorder: true))
    // Too cheap ends at 12 and too expensive begins at 10, so that they overlap there.
    let pairs = [
      (meter.optimal, 0.4, 1.0), (meter.indifference, 0.65, 0.9), (meter.marginalCheapness, 0.4, 0.65),
      (meter.marginalExpensiveness, 0.9, 1.0),
    ]
    var largest = 0.0
    for (found, low, high) in pairs {
      let expected = 40 / (1 / low + 1 / high)
      largest = max(largest, abs(found - expected))
      #expect(abs(found - expected) < 20 / Double(count))
    }
    print("van Westendorp on uniform answers: largest error \(largest) of \(20 / Double(count)) allowed")
  }

  @Test func disorderIsDroppedAndCounted() throws {
    let rows = [Self.row(4, 7, 10, 15), Self.row(9, 7, 10, 15), Self.row(0, 0, 0, 0), Self.row(4, 7, 7, 15)]
    let meter = try #require(PriceSensitivityMeter(rows, dropsDisorder: true))
    #expect(meter.dropped == 3 && meter.optimal == 9.5)
    let kept = try #require(PriceSensitivityMeter(rows, dropsDisorder: false))
    #expect(kept.dropped == 0)
    #expect(kept.optimal == 6.5, "0 0 4 4 | 9 15 15 15")
    #expect(try Self.price(rows, ["disorder": .choice("kept")]) == 6.5)
  }

  @Test func refusals() throws {
    #expect(PriceSensitivityMeter([], dropsDisorder: false) == nil)
    // A sample in which nobody named four rising prices says nothing: the price is unit cost.
    let cost = try Self.monopoly.view(period: 0).seller.products[0].unitCost
    #expect(try Self.price([Self.row(0, 0, 0, 0), Self.row(4, 3, 2, 1)]) == cost)
    for wrong in [[0.5, 0.6, 0.7], [0.5, 0.5, 0.6, 0.7], [0.7, 0.6, 0.5, 0.4]] {
      #expect(
        refusal { try Self.monopoly.strategy(VanWestendorp.self, ["thresholds": .numbers(wrong)]) }
          == "the thresholds are four rising shares: too cheap, cheap, expensive, too expensive")
    }
    var unasked = try Self.monopoly.strategy(VanWestendorp.self)
    #expect(refusal { try unasked.postPrices(Self.monopoly.view(period: 0)) } == "no survey was conducted")
  }

  @Test func ownAnswersAreEnough() throws {
    let own = ResearchAnswers.priceThresholds([[Self.row(4, 7, 10, 15)]])
    var strategy = try Self.monopoly.strategy(VanWestendorp.self, ["answers": .answers(own)])
    #expect(strategy.survey == nil && strategy.isConstant && strategy.beliefSource == "own answers")
    #expect(try strategy.postPrices(Self.monopoly.view(period: 3)).price(ofProduct: 0) == 9.5)
    let paid = try Self.monopoly.strategy(
      VanWestendorp.self, ["answers": .answers(own), "research cost": .number(500), "survey cost": .number(9)])
    #expect(paid.survey?.cost == 500 && paid.survey?.respondents == 0)
    let simulated = try Self.monopoly.strategy(
      VanWestendorp.self,
      ["survey": .number(50), "research cost": .number(500), "survey cost": .number(9), "bias": .number(0.1)])
    #expect(simulated.survey?.cost == 950 && simulated.survey?.bias == 0.1 && !simulated.isConstant)
    #expect(simulated.survey?.method == .priceThresholds(fractions: [0.4, 0.65, 0.9, 1]))
    #expect(
      refusal { try Self.monopoly.strategy(VanWestendorp.self, ["answers": .answers(.willingnessToPay([[1]]))]) }
        .contains("the name of a CSV file"))
  }
}

/// A small generator for test data (Steele, Lea & Flood 2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Strictly between 0 and 1.
  mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) / 4_503_599_627_370_496 }
}
