import Demand
import Foundation
import Selling
import Simulation
import Synchronization
import Testing

/// Research is conducted on the true customers: strategies get answers only.
struct SurveyTests {
  /// The answers that each candidate got, by candidate.
  private func answers(
    to plans: [SurveyPlan], _ market: Market, replication: Int = 0, seed: UInt64 = 3
  ) throws -> [[[Double]]] {
    let heard = Heard(count: plans.count)
    let candidates = plans.enumerated().map { index, plan in
      Scripted(survey: plan) { view in
        heard.rows.withLock { $0[index] = view.survey?.willingnessToPay ?? [] }
        return PriceList(prices: [1])
      }
    }
    _ = try Small.study(market, candidates, seed: seed).outcomes(replication: replication)
    return heard.rows.withLock { $0 }
  }

  private final class Heard: Sendable {
    let rows: Mutex<[[[Double]]]>
    init(count: Int) { rows = Mutex([[[Double]]](repeating: [], count: count)) }
  }

  private let plain = SurveyPlan(respondents: 40)

  @Test func largerSurveyBeginsWithTheSmaller() throws {
    let market = try Small.monopoly(.normal(mean: 20, standardDeviation: 5), taste: 1)
    let noisy = { SurveyPlan(respondents: $0, bias: 0.1, noise: 0.3) }
    let rows = try answers(to: [noisy(700), noisy(40), noisy(40)], market)
    #expect(rows.map(\.count) == [700, 40, 40])
    #expect(Array(rows[0].prefix(40)) == rows[1])
    #expect(rows[1] == rows[2], "the same question, the same answers")
  }

  @Test func otherReplicationsAskOthers() throws {
    let market = try Small.monopoly(.normal(mean: 20, standardDeviation: 5))
    #expect(try answers(to: [plain], market) != answers(to: [plain], market, replication: 1))
    #expect(try answers(to: [plain], market) == answers(to: [plain], market))
    #expect(try answers(to: [plain], market) != answers(to: [plain], market, seed: 4))
  }

  /// Who is asked does not come to buy: the respondents are other people than the customers.
  @Test func respondentsAreNotTheCustomers() throws {
    let market = try Small.monopoly(.normal(mean: 20, standardDeviation: 5))
    let rows = try answers(to: [plain], market)[0]
    var block = CustomerBlock(market.population)
    block.draw(DrawKey(seed: 3, replication: 0, purpose: .customers), first: 0, count: 40)
    let customers = (0..<40).map { [block.value(ofAlternative: 0, lane: block.lane(ofArrival: $0))] }
    #expect(Set(rows).isDisjoint(with: Set(customers)))
  }

  /// Without noise an answer is the truth times 1 + bias, to rounding.
  @Test func biasIsExact() throws {
    let market = try Small.monopoly(.uniform(low: 10, high: 30))
    let rows = try answers(to: [plain, SurveyPlan(respondents: 40, bias: 0.25)], market)
    for (truth, stated) in zip(rows[0], rows[1]) { #expect(abs(stated[0] - 1.25 * truth[0]) < 1e-12 * stated[0]) }
  }

  /// Noise has mean 1 and the stated spread: everybody values the product at 10, so answers over 10 x 1.2 are the noise.
  /// 20,000 answers; the mean has a standard error of 10 x 1.2 x sqrt(e^(0.4^2) - 1) / sqrt(n), the spread of the
  /// logarithm of 0.4 / sqrt(2n). Bounds are 4.5 of them (a false alarm in 150,000 seeds): 1.3% in the mean, 2% in the
  /// spread, so that noise without its correction (a mean off by 8%) could not pass.
  @Test func noiseHasMeanOne() throws {
    let market = try Small.monopoly(.fixed(10))
    let rows = try answers(to: [SurveyPlan(respondents: 20_000, bias: 0.2, noise: 0.4)], market)[0]
    let stated = rows.map { $0[0] }
    let average = summary(stated)
    let error = 12 * (exp(0.16) - 1).squareRoot() / 20_000.0.squareRoot()
    #expect(abs(average.error / error - 1) < 0.1)
    #expect(abs(average.mean - 12) < 4.5 * error)
    let logarithms = stated.map { log($0 / 12) }
    let spread = summary(logarithms).error * 20_000.0.squareRoot()
    #expect(abs(spread - 0.4) < 4.5 * 0.4 / 40_000.0.squareRoot())
  }

  @Test func costIsBooked() throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 2), periods: 4)
    let plan = SurveyPlan(respondents: 60, costPerRespondent: 2.5)
    let study = try Small.study(
      market, [Scripted(prices: [1]), Scripted(survey: plan) { _ in PriceList(prices: [1]) }])
    let own = try study.outcomes().map { $0.sellers[0] }
    #expect(own[1].researchCost == 150)
    #expect(own[0].revenue == own[1].revenue)
    #expect(own[0].profit - own[1].profit == 150, "whole numbers of money, so exact")
    #expect(own[0].contribution - own[1].contribution == 150)
  }

  /// A strategy that asks nothing hears nothing.
  @Test func noSurveyNoAnswers() throws {
    let market = try Small.monopoly(.uniform(low: 0, high: 2))
    let study = try Small.study(
      market,
      [
        Scripted { view in
          guard view.survey == nil else { throw StrategyError("heard something") }
          return PriceList(prices: [1])
        }
      ])
    #expect(throws: Never.self) { try study.outcomes() }
  }
}
