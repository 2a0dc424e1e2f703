import Demand
import Foundation
import GSL
import Selling

/// The response model: what one customer answers to each method of research. See ``ResearchMethod`` for the formulas;
/// verified by `ResearchMethodTests`.
struct Respondent {
  /// What each alternative is worth to them, taste included and net of buying nothing, in money.
  let values: [Double]
  /// What each further unit of each alternative is worth to them, in money; empty where nobody takes several.
  let furtherUnits: [[Double]]
  let plan: SurveyPlan
  /// Their own draws, so that nobody's answers depend on how many others are asked.
  var stream: RandomStream

  /// What they say each alternative is worth to them, and its further units, of which they err alike.
  mutating func statedWorths() throws -> (first: [Double], further: [[Double]]) {
    var stated = (first: values, further: furtherUnits)
    for alternative in values.indices {
      let factor = try factor()
      stated.first[alternative] *= factor
      guard !furtherUnits.isEmpty else { continue }
      stated.further[alternative] = furtherUnits[alternative].map { $0 * factor }
    }
    return stated
  }

  /// What an answer is to the truth.
  private mutating func factor() throws -> Double {
    let factor = 1 + plan.bias
    guard plan.noise > 0 else { return factor }
    let error = try stream.normal(mean: 0, standardDeviation: plan.noise)
    return factor * exp(error - plan.noise * plan.noise / 2)
  }

  /// Four prices for each of some alternatives.
  mutating func thresholds(_ fractions: [Double], of alternatives: [Int]) throws -> [PriceThresholds] {
    try alternatives.map { alternative in
      var prices: [Double] = []
      for place in 0..<4 {
        let fraction = fractions.indices.contains(place) ? fractions[place] : 1
        prices.append(max(0, fraction * values[alternative] * (try factor())))
      }
      return PriceThresholds(tooCheap: prices[0], cheap: prices[1], expensive: prices[2], tooExpensive: prices[3])
    }
  }

  /// Ratings of profiles, the products of each category in turn.
  mutating func ratings(
    _ design: ConjointDesign, _ categories: [[Int]], _ assortment: Assortment
  ) throws -> [RatedProfile] {
    let spread = Self.spread(design, plan)
    var rated: [RatedProfile] = []
    for alternatives in categories {
      // Who begins with which product differs, so that all are rated alike often.
      let first = try stream.integer(below: alternatives.count)
      for task in 0..<design.tasks {
        let alternative = alternatives[(first + task) % alternatives.count]
        let price = try anyPrice(design)
        let rating = surplus(alternative, price) + spread * (try stream.normal(mean: 0, standardDeviation: 1))
        rated.append(
          RatedProfile(Profile(product: assortment.alternatives[alternative], price: price), rating: rating))
      }
    }
    if assortment.hasOutsideOption {
      rated.append(RatedProfile(.nothing, rating: spread * (try stream.normal(mean: 0, standardDeviation: 1))))
    }
    return rated
  }

  /// Choices among all products of a category and nothing.
  mutating func choices(
    _ design: ConjointDesign, _ categories: [[Int]], _ assortment: Assortment
  ) throws -> [ChoiceTask] {
    // The Gumbel scale of that standard deviation.
    let scale = Self.spread(design, plan) * 6.0.squareRoot() / .pi
    var tasks: [ChoiceTask] = []
    for alternatives in categories {
      for _ in 0..<design.tasks {
        var profiles: [Profile] = []
        var liking: [Double] = []
        for alternative in alternatives {
          let price = try anyPrice(design)
          profiles.append(Profile(product: assortment.alternatives[alternative], price: price))
          liking.append(surplus(alternative, price) + scale * (try stream.gumbel(location: 0, scale: 1)))
        }
        if assortment.hasOutsideOption {
          profiles.append(.nothing)
          liking.append(scale * (try stream.gumbel(location: 0, scale: 1)))
        }
        let best = liking.indices.max { liking[$0] < liking[$1] } ?? 0
        tasks.append(ChoiceTask(profiles, chosen: best))
      }
    }
    return tasks
  }

  private func surplus(_ alternative: Int, _ price: Double) -> Double { values[alternative] * (1 + plan.bias) - price }

  private mutating func anyPrice(_ design: ConjointDesign) throws -> Double {
    design.prices.isEmpty ? 0 : design.prices[try stream.integer(below: design.prices.count)]
  }

  /// The standard deviation of the noise on surplus, in money.
  private static func spread(_ design: ConjointDesign, _ plan: SurveyPlan) -> Double {
    design.prices.isEmpty ? 0 : plan.noise * design.prices.reduce(0, +) / Double(design.prices.count)
  }
}
