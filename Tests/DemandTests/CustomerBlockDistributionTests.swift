import Demand
import Foundation
import Testing

/// A million sampled customers of each distribution against its formulas. Bounds are 4.5 standard errors, which chance
/// alone exceeds once in 150,000 times. A bias of 1% of the standard deviation in the mean (10 standard errors) is seen
/// with a probability above 0.999999; of 0.5% of a demand of one half (5 standard errors), of 0.7.
@Suite struct CustomerBlockDistributionTests {
  static let count = 1_000_000

  @Test(arguments: everySpreadKind)
  func meanVarianceAndDemandCurve(_ valuation: Valuation) throws {
    let values = sampledValues(try monopoly([valuation]), count: Self.count)
    let count = Double(Self.count)
    let sample = moments(values)
    let deviation = valuation.variance.squareRoot()
    #expect(abs(sample.mean - valuation.mean) < 4.5 * deviation / count.squareRoot())

    // The variance's standard error from the sample's own fourth moment. That of log-normal(3, 6) has hardly begun to
    // converge, nor has that of a Pareto, so there only the demand curve is asked.
    let isHeavy = if case .pareto = valuation { true } else { valuation == .logNormal(mean: 3, standardDeviation: 6) }
    if !isHeavy {
      let fourth = values.reduce(0) { $0 + pow($1 - sample.mean, 4) } / count
      let standardError = ((fourth - sample.variance * sample.variance) / count).squareRoot()
      #expect(abs(sample.variance - valuation.variance) < 4.5 * standardError)
    }
    #expect(kolmogorovDistance(values) { 1 - valuation.demand(at: $0) } < kolmogorovLimit(Self.count))
    for probability in [0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999] {
      let price = try valuation.quantile(probability)
      let share = Double(values.count { $0 >= price }) / count
      let standardError = (probability * (1 - probability) / count).squareRoot()
      #expect(abs(share - (1 - probability)) < 4.5 * standardError, "quantile \(probability)")
    }
  }

  @Test func fixedIsFixed() throws {
    #expect(sampledValues(try monopoly([.fixed(7)]), count: 2000).allSatisfy { $0 == 7 })
  }

  /// Products are drawn two at a time: an odd number must not spoil the last, and neighbours must not go together. The
  /// bound on a correlation is 4.5/sqrt(n): a true correlation of 1% is seen with a probability above 0.9999999.
  @Test func productsAreIndependent() throws {
    let population = try monopoly([
      .uniform(low: 0, high: 1), .normal(mean: 0, standardDeviation: 1), .exponential(mean: 1),
      .gumbel(location: 0, scale: 1), .uniform(low: 0, high: 1),
    ])
    let columns = (0..<5).map { sampledValues(population, alternative: $0, count: Self.count) }
    for first in 0..<5 {
      for second in 0..<first {
        #expect(abs(correlation(columns[first], columns[second])) < 4.5e-3, "\(first) and \(second)")
      }
    }
    #expect(kolmogorovDistance(columns[4]) { min(1, max(0, $0)) } < kolmogorovLimit(Self.count))
  }

  /// For normal valuations the matrix is that of the valuations; the standard error of r is (1 - r^2)/sqrt(n).
  @Test func normalsHaveTheStatedCorrelations() throws {
    let stated = [[1, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 1]]
    let population = try monopoly(
      [
        .normal(mean: 5, standardDeviation: 2), .normal(mean: -1, standardDeviation: 0.1),
        .normal(mean: 100, standardDeviation: 30),
      ], correlation: stated)
    let columns = (0..<3).map { sampledValues(population, alternative: $0, count: Self.count) }
    for first in 0..<3 {
      let sample = moments(columns[first])
      #expect(
        kolmogorovDistance(columns[first]) {
          0.5 * erfc(-($0 - [5, -1, 100][first]) / [2, 0.1, 30][first] / 2.0.squareRoot())
        } < kolmogorovLimit(Self.count), "\(sample)")
      for second in 0..<first {
        let r = stated[first][second]
        let standardError = (1 - r * r) / Double(Self.count).squareRoot()
        #expect(abs(correlation(columns[first], columns[second]) - r) < 4.5 * standardError)
      }
    }
  }

  /// A Gaussian copula of correlation r gives uniforms a rank correlation (Spearman) of 6/pi asin(r/2), which for
  /// uniforms is their Pearson correlation. Its standard error is at most 1/sqrt(n).
  @Test(arguments: [-0.8, -0.3, 0.5, 0.95])
  func copulaUniformsHaveTheRankCorrelation(_ r: Double) throws {
    let population = try monopoly(
      [.uniform(low: 2, high: 5), .uniform(low: 0, high: 1)], correlation: equicorrelation(2, r))
    let columns = (0..<2).map { sampledValues(population, alternative: $0, count: Self.count) }
    let spearman = 6 / Double.pi * asin(r / 2)
    #expect(abs(correlation(columns[0], columns[1]) - spearman) < 4.5e-3)
    #expect(kolmogorovDistance(columns[0]) { min(1, max(0, ($0 - 2) / 3)) } < kolmogorovLimit(Self.count))
    #expect(kolmogorovDistance(columns[1]) { min(1, max(0, $0)) } < kolmogorovLimit(Self.count))
  }

  /// Correlation must leave every margin as it was, whatever the kind.
  @Test(arguments: everySpreadKind)
  func correlationKeepsTheMargins(_ valuation: Valuation) throws {
    let population = try monopoly([.exponential(mean: 3), valuation], correlation: equicorrelation(2, 0.7))
    let values = sampledValues(population, alternative: 1, count: 200_000)
    #expect(kolmogorovDistance(values) { 1 - valuation.demand(at: $0) } < kolmogorovLimit(200_000))
  }
}
