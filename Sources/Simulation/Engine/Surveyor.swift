import Demand
import Foundation
import GSL
import Selling

/// Conducts the research that strategies ask for on the true customers, once a replication; strategies that ask the same
/// get the same answers, and a larger survey begins with the respondents of the smaller one.
struct Surveyor {
  private let market: Market
  private let seed: UInt64
  private let replication: UInt32
  private var answered: [Request: SurveyAnswers] = [:]

  private struct Request: Hashable {
    let seller: Int
    let plan: SurveyPlan
  }

  init(_ study: Study, replication: UInt32) {
    market = study.market
    seed = study.seed
    self.replication = replication
  }

  mutating func answers(to plan: SurveyPlan, for seller: Int) throws -> SurveyAnswers {
    let request = Request(seller: seller, plan: plan)
    if let known = answered[request] { return known }
    // Sellers ask different people: the seller's number stands where other draws have the period.
    let customers = SampledValuations.customers(
      of: market.population, count: plan.respondents,
      key: DrawKey(seed: seed, replication: replication, purpose: .respondents, period: UInt32(seller)))
    var rows = customers.map(\.values)
    let products = market.population.assortment.alternatives
    let mayTakeSeveral = market.population.segments.contains { segment in
      products.contains { segment.usageCurve(ofProduct: $0) != nil }
    }
    var further = mayTakeSeveral ? rows.map { $0.map { _ in [Double]() } } : []
    for respondent in rows.indices {
      let segment = market.population.segments[customers[respondent].segment]
      var stream = RandomStream(
        seed: seed, replication: replication, purpose: DrawKey.Purpose.answers.rawValue, period: UInt32(seller),
        index: UInt32(respondent))
      for alternative in rows[respondent].indices {
        var factor = 1 + plan.bias
        if plan.noise > 0 {
          let error = try stream.normal(mean: 0, standardDeviation: plan.noise)
          factor *= exp(error - plan.noise * plan.noise / 2)
        }
        rows[respondent][alternative] *= factor
        guard mayTakeSeveral, let curve = segment.usageCurve(ofProduct: products[alternative]) else { continue }
        let valuation = customers[respondent].valuations[products[alternative]]
        further[respondent][alternative] = curve.weights.dropFirst().map { $0 * valuation * factor }
      }
    }
    let answers = SurveyAnswers(
      willingnessToPay: rows, furtherUnits: further,
      groups: market.population.groups.isEmpty
        ? [] : customers.map { market.population.segments[$0.segment].group })
    answered[request] = answers
    return answers
  }
}
