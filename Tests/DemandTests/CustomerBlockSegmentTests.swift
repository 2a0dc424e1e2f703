import Demand
import Foundation
import Testing

/// Segments, respondents and taste noise of sampled customers.
@Suite struct CustomerBlockSegmentTests {
  /// A million customers; 4.5 standard errors. A share that is off by 1% of itself is seen with a probability above
  /// 0.999 for shares of 10% and more.
  @Test func segmentsHaveTheirShares() throws {
    let shares = [0.01, 0.1, 0.3, 0.59]
    let population = try Population(
      segments: shares.enumerated().map {
        try Segment(
          name: "\($0)", share: $1, valuations: .distributions([.fixed(Double($0))], correlation: nil))
      },
      assortment: assortment(categories: [0], sources: [[0]]))
    let values = sampledValues(population, count: 1_000_000)
    for (segment, share) in shares.enumerated() {
      let found = Double(values.count { $0 == Double(segment) }) / 1e6
      #expect(abs(found - share) < 4.5 * (share * (1 - share) / 1e6).squareRoot(), "share \(share)")
    }
    // No memory: who comes next does not depend on who came last.
    let pairs = zip(values, values.dropFirst()).count { $0 == 3 && $1 == 3 }
    #expect(abs(Double(pairs) / 1e6 - 0.59 * 0.59) < 4.5 * 0.001)
  }

  /// A simulated customer is a whole row of the survey. Of 700,000 customers each of 7 rows gets 100,000; the bound of
  /// 4.5 standard errors sees a row that is 2% too frequent with a probability above 0.98.
  @Test func respondentsStayWholeAndAreEquallyFrequent() throws {
    let rows: [[Double]] = (0..<7).map { [Double($0), Double(10 * $0 + 1), -Double($0)] }
    let population = try Population(
      segments: [Segment(name: "surveyed", share: 1, valuations: .respondents(rows))],
      assortment: assortment(categories: [0, 1, 0], sources: [[0, 1, 2]]))
    let count = 700_000
    // Alternatives are ordered by category: products 0, 2, 1.
    #expect(population.assortment.alternatives == [0, 2, 1])
    var found: [[Double]: Int] = [:]
    for row in SampledValuations.rows(of: population, count: count) {
      found[[row[0], row[2], row[1]], default: 0] += 1
    }
    #expect(Set(found.keys) == Set(rows))
    for (row, times) in found {
      let standardError = (Double(count) / 7 * 6 / 7).squareRoot()
      #expect(abs(Double(times) - Double(count) / 7) < 4.5 * standardError, "\(row)")
    }
  }

  static func tastePopulation(hasOutsideOption: Bool) throws -> Population {
    try Population(
      segments: [
        Segment(
          name: "all", share: 1,
          valuations: .distributions([.fixed(4), .fixed(-2), .fixed(1), .fixed(0), .fixed(3)], correlation: nil),
          taste: 1.5)
      ],
      assortment: assortment(
        categories: [0, 0, 1, 2, 3], sources: [[0, 1, 2, 3, 4], [0]], hasOutsideOption: hasOutsideOption))
  }

  /// Gumbel noise less Gumbel noise is logistic; without an outside option the noise is Gumbel itself. Half a million
  /// customers: the distance of a scale that is off by 2% (0.0047) is 1.7 times the limit.
  @Test func tasteIsGumbelWithItsOwnDrawOnTheOutsideOption() throws {
    let count = 500_000
    let inside = try Self.tastePopulation(hasOutsideOption: true)
    let outside = try Self.tastePopulation(hasOutsideOption: false)
    let values = inside.assortment.alternatives.map { [4.0, -2, 1, 0, 3][$0] }
    for (alternative, value) in values.enumerated() {
      let logistic = sampledValues(inside, alternative: alternative, count: count)
      #expect(kolmogorovDistance(logistic) { 1 / (1 + exp(-($0 - value) / 1.5)) } < kolmogorovLimit(count))
      let gumbel = sampledValues(outside, alternative: alternative, count: count)
      #expect(kolmogorovDistance(gumbel) { exp(-exp(-($0 - value) / 1.5)) } < kolmogorovLimit(count))
    }
  }

  /// Alternatives of one category share the outside option's draw, hence a correlation of 1/2; those of different
  /// categories share nothing, and two sources of one product have tastes of their own.
  @Test func theOutsideOptionIsDrawnForEachCategory() throws {
    let count = 500_000
    let inside = try Self.tastePopulation(hasOutsideOption: true)
    let categories = inside.assortment.alternatives.indices.map { inside.assortment.category(ofAlternative: $0) }
    let columns = inside.assortment.alternatives.indices.map { sampledValues(inside, alternative: $0, count: count) }
    for first in columns.indices {
      for second in 0..<first {
        let expected = categories[first] == categories[second] ? 0.5 : 0
        #expect(abs(correlation(columns[first], columns[second]) - expected) < 4.5 / Double(count).squareRoot())
      }
    }
    let bare = try Self.tastePopulation(hasOutsideOption: false)
    let noise = bare.assortment.alternatives.indices.map { sampledValues(bare, alternative: $0, count: count) }
    for first in noise.indices {
      for second in 0..<first {
        #expect(abs(correlation(noise[first], noise[second])) < 4.5 / Double(count).squareRoot())
      }
    }
  }
}
