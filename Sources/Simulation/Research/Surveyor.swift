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
    let respondents = customers.enumerated().map { number, customer in
      Respondent(
        values: customer.values, furtherUnits: furtherUnits(of: customer), plan: plan,
        stream: RandomStream(
          seed: seed, replication: replication, purpose: DrawKey.Purpose.answers.rawValue, period: UInt32(seller),
          index: UInt32(number)))
    }
    let groups =
      market.population.groups.isEmpty ? [] : customers.map { market.population.segments[$0.segment].group }
    let answers = try ask(respondents, plan.method, of: seller, groups)
    answered[request] = answers
    return answers
  }

  /// What further units of each alternative are worth to a customer; empty where nobody takes more than one of anything.
  private func furtherUnits(of customer: SampledCustomer) -> [[Double]] {
    let (products, segments) = (market.population.assortment.alternatives, market.population.segments)
    guard segments.contains(where: { segment in products.contains { segment.usageCurve(ofProduct: $0) != nil } }) else {
      return []
    }
    return products.map { product in
      let curve = segments[customer.segment].usageCurve(ofProduct: product)
      return curve?.weights.dropFirst().map { $0 * customer.valuations[product] } ?? []
    }
  }

  private func ask(
    _ respondents: [Respondent], _ method: ResearchMethod, of seller: Int, _ groups: [Int?]
  ) throws -> SurveyAnswers {
    let own = market.population.assortment.alternativesBySource[seller]
    func eachOne<T>(_ answer: (inout Respondent) throws -> T) rethrows -> [T] {
      try respondents.map {
        var respondent = $0
        return try answer(&respondent)
      }
    }
    switch method {
    case .willingnessToPay:
      let stated = try eachOne { try $0.statedWorths() }
      let isSeveral = stated.contains { !$0.further.isEmpty }
      return SurveyAnswers(
        willingnessToPay: stated.map(\.first), furtherUnits: isSeveral ? stated.map(\.further) : [], groups: groups)
    case .purchase(let prices):
      let prices = Set(prices).sorted()
      let stated = try eachOne { try $0.statedWorths().first }
      return SurveyAnswers(
        .purchase(
          own.map { alternative in
            PurchaseAnswers(prices: prices, buys: stated.map { row in prices.map { row[alternative] >= $0 } })
          }))
    case .priceThresholds(let fractions):
      let rows = try eachOne { try $0.thresholds(fractions, of: own) }
      return SurveyAnswers(.priceThresholds(own.indices.map { product in rows.map { $0[product] } }))
    case .ratings(let design):
      let shown = categories(of: own)
      return SurveyAnswers(
        .ratings(
          try eachOne { try $0.ratings(design, shown, market.population.assortment) }.flatMap { $0 }))
    case .choices(let design):
      let shown = categories(of: own)
      return SurveyAnswers(
        .choices(
          try eachOne { try $0.choices(design, shown, market.population.assortment) }.flatMap { $0 }))
    }
  }

  /// The alternatives of every category in which a seller has a product.
  private func categories(of own: [Int]) -> [[Int]] {
    market.population.assortment.alternativesByCategory
      .filter { range in own.contains { range.contains($0) } }.map(Array.init)
  }
}
