import Demand
import Foundation
import Selling
import Simulation
import Synchronization
import Testing

/// The response model: what each method of research hears follows from the same true willingness to pay.
struct ResearchMethodTests {
  private final class Heard: Sendable {
    let answers = Mutex<[Int: ResearchAnswers]>([:])
  }

  /// Two sellers of one product each in one category.
  private static func duel(_ values: [Valuation], taste: Double = 0) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0], sources: [[0], [1]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions(values, correlation: nil), taste: taste)
    return Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: ["we", "they"].enumerated().map { place, name in
        SellerProfile(name: name, products: [SellerProduct(name: "product \(place)", unitCost: 0)])
      }, periodCount: 1, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 10))
  }

  private static let normal: [Valuation] = [
    .normal(mean: 12, standardDeviation: 5), .normal(mean: 10, standardDeviation: 4),
  ]

  /// What each plan hears.
  private func answers(to plans: [SurveyPlan], _ market: Market) throws -> [ResearchAnswers] {
    let heard = Heard()
    let candidates = plans.enumerated().map { index, plan in
      Scripted(survey: plan) { view in
        heard.answers.withLock { $0[index] = view.survey?.answers }
        return PriceList(prices: [1])
      }
    }
    _ = try Small.study(market, candidates, rivals: [Scripted(prices: [1])], seed: 3).outcomes()
    return heard.answers.withLock { found in plans.indices.compactMap { found[$0] } }
  }

  private static let design = ConjointDesign(prices: [6, 9, 12], tasks: 4)
  private static let methods: [ResearchMethod] = [
    .willingnessToPay, .purchase(prices: [12, 6, 9, 9]), .priceThresholds(fractions: [0.4, 0.65, 0.9, 1]),
    .ratings(design), .choices(design),
  ]

  private func plan(
    _ method: ResearchMethod, _ respondents: Int = 40, bias: Double = 0, noise: Double = 0
  ) -> SurveyPlan {
    SurveyPlan(respondents: respondents, bias: bias, noise: noise, method: method)
  }

  private func willingness(_ answers: ResearchAnswers) -> [[Double]] {
    if case .willingnessToPay(let rows) = answers { rows } else { [] }
  }

  /// Whoever states an amount says yes up to it and no above, with bias and noise, and prices are sorted.
  @Test func purchaseIsAThresholdOfWhatIsStated() throws {
    let plans = Self.methods.prefix(2).map { plan($0, bias: 0.1, noise: 0.3) }
    let heard = try answers(to: plans, Self.duel(Self.normal, taste: 1))
    let stated = willingness(heard[0])
    guard case .purchase(let products) = heard[1] else { throw StrategyError("another method") }
    #expect(products.count == 1 && products[0].prices == [6, 9, 12] && stated.count == 40)
    #expect(products[0].buys == stated.map { row in [6.0, 9, 12].map { row[0] >= $0 } })
  }

  @Test func thresholdsAreFractionsOfTheTruth() throws {
    let heard = try answers(to: [plan(.willingnessToPay), plan(Self.methods[2], bias: 0.5)], Self.duel(Self.normal))
    guard case .priceThresholds(let products) = heard[1] else { throw StrategyError("another method") }
    for (truth, answer) in zip(willingness(heard[0]), products[0]) {
      let value = max(0, 1.5 * truth[0])
      let expected = [0.4, 0.65, 0.9, 1].map { $0 * value }
      let found = [answer.tooCheap, answer.cheap, answer.expensive, answer.tooExpensive]
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-12 * value })
      #expect(answer.isInOrder == (truth[0] > 0))
    }
    #expect(products.count == 1 && products[0].count == 40)
    // Noise of their own can bring four prices out of order.
    let noisy = try answers(to: [plan(Self.methods[2], 2000, noise: 0.3)], Self.duel(Self.normal))
    guard case .priceThresholds(let rows) = noisy[0] else { throw StrategyError("another method") }
    #expect(rows[0].contains { !$0.isInOrder && $0.tooCheap > 0 } && rows[0].count(where: \.isInOrder) > 500)
  }

  /// Without noise, ratings are the surplus; everything is rated alike often, at prices of the design.
  @Test func ratingsAreSurplus() throws {
    let heard = try answers(to: [plan(.willingnessToPay), plan(Self.methods[3], bias: 0.25)], Self.duel(Self.normal))
    guard case .ratings(let ratings) = heard[1] else { throw StrategyError("another method") }
    let truth = willingness(heard[0])
    #expect(ratings.count == 40 * 5)
    for (place, rated) in ratings.enumerated() {
      let row = truth[place / 5]
      guard let product = rated.profile.product else {
        #expect(rated.rating == 0 && place % 5 == 4)
        continue
      }
      #expect(Self.design.prices.contains(rated.profile.price))
      #expect(abs(rated.rating - (1.25 * row[product] - rated.profile.price)) < 1e-12 * 100)
    }
    #expect(ratings.count { $0.profile.product == 0 } == 80 && ratings.count { $0.profile.product == 1 } == 80)
  }

  /// Without noise, the choice is what leaves most.
  @Test func choicesMaximiseSurplus() throws {
    let heard = try answers(to: [plan(.willingnessToPay), plan(Self.methods[4])], Self.duel(Self.normal))
    guard case .choices(let tasks) = heard[1] else { throw StrategyError("another method") }
    let truth = willingness(heard[0])
    #expect(tasks.count == 160 && Set(tasks.map(\.chosen)) == [0, 1, 2])
    for (place, task) in tasks.enumerated() {
      #expect(task.profiles.map(\.product) == [0, 1, nil])
      let surplus = task.profiles.map { profile in profile.product.map { truth[place / 4][$0] - profile.price } ?? 0 }
      #expect(surplus[task.chosen] == surplus.max())
    }
  }

  /// Where all value products alike, choices with noise are a logit: of scale noise x mean price x sqrt(6)/pi, here
  /// 0.2 x 9 x 0.7797. Estimates within 4.5 standard errors.
  @Test func noisyChoicesAreALogit() throws {
    let heard = try answers(
      to: [plan(.choices(ConjointDesign(prices: [6, 9, 12], tasks: 10)), 1000, noise: 0.2)],
      Self.duel([.fixed(10), .fixed(9)]))
    guard case .choices(let tasks) = heard[0] else { throw StrategyError("another method") }
    let fit = try LogitEstimate(
      tasks.map { task in
        LogitEstimate.Choice(
          task.profiles.map { LogitEstimate.Option(product: $0.product, price: $0.price) }, chosen: task.chosen)
      }, productCount: 2)
    let sensitivity = Double.pi / (0.2 * 9 * 6.0.squareRoot())
    let expected = [10 * sensitivity, 9 * sensitivity, sensitivity]
    let found = fit.constants + [fit.priceSensitivity]
    for place in 0..<3 { #expect(abs(found[place] - expected[place]) < 4.5 * fit.standardErrors[place]) }
    print("conjoint choices with noise: \(found) against \(expected), errors \(fit.standardErrors)")
  }

  /// By every method a larger survey begins with the smaller one, and the same question gets the same answers.
  @Test func largerSurveyBeginsWithTheSmaller() throws {
    let market = try Self.duel(Self.normal, taste: 1)
    for method in Self.methods {
      let plans = [600, 40, 40].map { plan(method, $0, bias: 0.1, noise: 0.2) }
      let heard = try answers(to: plans, market)
      #expect(heard[1] == heard[2])
      #expect(first(heard[0], of: 600, 40) == heard[1], "\(method)")
    }
  }

  private func first(_ answers: ResearchAnswers, of all: Int, _ count: Int) -> ResearchAnswers {
    switch answers {
    case .willingnessToPay(let rows): .willingnessToPay(Array(rows.prefix(count)))
    case .purchase(let products):
      .purchase(products.map { PurchaseAnswers(prices: $0.prices, buys: Array($0.buys.prefix(count))) })
    case .priceThresholds(let products): .priceThresholds(products.map { Array($0.prefix(count)) })
    case .ratings(let rows): .ratings(Array(rows.prefix(rows.count / all * count)))
    case .choices(let rows): .choices(Array(rows.prefix(rows.count / all * count)))
    }
  }

  @Test func theStudyItselfCosts() throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 2), periods: 4)
    let plan = SurveyPlan(
      respondents: 60, costPerRespondent: 2.5, method: .purchase(prices: [1, 2]), fixedCost: 400)
    let nobody = SurveyPlan(respondents: 0, fixedCost: 70)
    let study = try Small.study(
      market, [plan, nobody].map { plan in Scripted(survey: plan) { _ in PriceList(prices: [1]) } })
    #expect(try study.outcomes().map { $0.sellers[0].researchCost } == [550, 70])
  }
}
