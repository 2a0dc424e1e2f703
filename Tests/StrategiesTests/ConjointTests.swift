import Demand
import Foundation
import Selling
import Strategies
import Testing

/// Conjoint analysis: prices from known part-worths, and what it refuses.
@Suite struct ConjointTests {
  private static let duel = TestMarket(categories: [0, 0], sources: [[0], [1]], unitCosts: [3])

  private static func price(
    _ answers: ResearchAnswers, rival: Double?, _ given: [String: Arguments.Value] = [:], _ market: TestMarket = duel
  ) throws -> Double {
    var strategy = try market.strategy(Conjoint.self, given.merging(["answers": .answers(answers)]) { $1 })
    let posted = rival.map { [PriceList(prices: [0]), PriceList(prices: [$0])] }
    return try strategy.postPrices(market.view(period: posted == nil ? -1 : 0, posted: posted)).price(ofProduct: 0)
      ?? .nan
  }

  /// Ratings 5 + 0.4 x (value - price), values 14, 11 and 0 for nothing, without noise.
  private static func ratings(hasNothing: Bool = true) -> ResearchAnswers {
    var rated: [RatedProfile] = []
    for (product, value) in [14.0, 11].enumerated() {
      for price in [6.0, 9, 13] {
        rated.append(RatedProfile(Profile(product: product, price: price), rating: 5 + 0.4 * (value - price)))
      }
    }
    return .ratings(rated + (hasNothing ? [RatedProfile(.nothing, rating: 5)] : []))
  }

  /// Noise-free least squares: price = best other choice's price + captured x difference, to 1e-10. At 8 the rival leaves
  /// 3, at 12 it leaves less than nothing does.
  @Test func ratingsGiveTheValuesBack() throws {
    var largest = 0.0
    for captured in [0, 0.3, 0.5, 1] {
      for (rival, expected) in [(8.0, 8 + captured * 3), (12, captured * 14)] {
        let found = try Self.price(Self.ratings(), rival: rival, ["captured": .number(captured)])
        largest = max(largest, abs(found - max(3, expected)))
      }
      // Without a rating of nothing, the rival is the only other choice.
      let found = try Self.price(Self.ratings(hasNothing: false), rival: 12, ["captured": .number(captured)])
      largest = max(largest, abs(found - (12 + captured * 3)))
    }
    print("conjoint from noise-free ratings: largest error \(largest) in money")
    #expect(largest < 1e-10)
    #expect(abs(try Self.price(Self.ratings(hasNothing: false), rival: nil) - 28.0 / 3) < 1e-10, "the mean price shown")
  }

  /// Choice counts that a logit meets exactly: the product alone against nothing at three prices as in `GaborGrangerTests`,
  /// so that the best price fulfils b (p - c) (1 - share) = 1, here with a rival at its value less 1/b.
  @Test func choicesGiveTheBestPrice() throws {
    let b = log(4.0) / 10
    var tasks: [ChoiceTask] = []
    for (price, yes) in [(10.0, 8), (20, 5), (30, 2)] {
      for product in 0..<2 {
        for answer in 0..<10 {
          tasks.append(ChoiceTask([Profile(product: product, price: price), .nothing], chosen: answer < yes ? 0 : 1))
        }
      }
    }
    let found = try Self.price(.choices(tasks), rival: 20 - 1 / b)
    let share = 1 / (1 + exp(b * (found - 20)) * (1 + exp(1)))
    print("conjoint from choices: first-order condition off by \(abs(b * (found - 3) * (1 - share) - 1))")
    #expect(abs(b * (found - 3) * (1 - share) - 1) < 1e-10)
    let alone = try Self.price(.choices(tasks), rival: nil)
    #expect(alone > found, "no rival, a higher price")
    #expect(abs(b * (alone - 3) * (1 - 1 / (1 + exp(b * (alone - 20)))) - 1) < 1e-10)
  }

  @Test func refusals() throws {
    func task(_ prices: [Double], _ chosen: Int) -> ChoiceTask {
      ChoiceTask(prices.enumerated().map { Profile(product: $0, price: $1) } + [.nothing], chosen: chosen)
    }
    func said(_ answers: ResearchAnswers) -> String { refusal { try Self.price(answers, rival: 9) } }
    #expect(
      said(.choices([task([5, 6], 1), task([6, 5], 2)]))
        == "nobody chose product 0 in the study at any price shown; show lower prices, or ask more respondents")
    #expect(
      said(.choices([task([5, 6], 0), task([6, 5], 1)]))
        == "nobody ever chose to buy nothing, so that the study does not tell how high prices may go; show higher prices"
    )
    // Everybody alike and sure: the cheaper one is always taken, nothing above 10.
    let strict = [task([5, 6], 0), task([6, 5], 1), task([11, 12], 2), task([12, 9], 1), task([9, 12], 0)]
    #expect(said(.choices(strict)).contains("no finite coefficients fit best"))
    #expect(
      said(.choices([ChoiceTask([Profile(product: 1, price: 4), .nothing], chosen: 0)])).hasPrefix(
        "the study never shows"))
    let dear = (1...9).flatMap { price in
      (0..<10).map { task([Double(price), 10], $0 < price ? 0 : $0 == 9 ? 1 : 2) }
    }
    #expect(said(.choices(dear)).contains("dearer profiles are chosen more often"))
    #expect(
      said(.ratings([RatedProfile(Profile(product: 0, price: 4), rating: 3)]))
        .hasPrefix("1 ratings do not tell what product 0 and money are worth"))
    let liked = (1...5).map { RatedProfile(Profile(product: 0, price: Double($0)), rating: Double($0 * $0)) }
    #expect(said(.ratings(liked)).hasPrefix("in the study ratings rise with the price"))
    #expect(said(.willingnessToPay([[1]])).contains("the name of a CSV file"))
  }
}
