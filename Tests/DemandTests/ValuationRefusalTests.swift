import Demand
import Testing

/// Distributions that do not exist are refused with the rule that they break.
@Suite struct ValuationRefusalTests {
  @Test func everyRuleIsStated() {
    let deviation = "the standard deviation must be more than 0"
    let both = "the mean and the standard deviation must be more than 0"
    let cases: [(Valuation, String)] = [
      (.fixed(.infinity), "inf: the value must be finite"),
      (.normal(mean: 1, standardDeviation: 0), "normal(1.0, 0.0): " + deviation),
      (.normal(mean: 1, standardDeviation: -2), "normal(1.0, -2.0): " + deviation),
      (.logNormal(mean: 0, standardDeviation: 1), "log-normal(0.0, 1.0): " + both),
      (.logNormal(mean: 1, standardDeviation: 0), "log-normal(1.0, 0.0): " + both),
      (.uniform(low: 2, high: 2), "uniform(2.0, 2.0): the first bound must be below the second"),
      (.uniform(low: 3, high: 2), "uniform(3.0, 2.0): the first bound must be below the second"),
      (.exponential(mean: 0), "exponential(0.0): the mean must be more than 0"),
      (.exponential(mean: -1), "exponential(-1.0): the mean must be more than 0"),
      (.gumbel(location: 1, scale: 0), "gumbel(1.0, 0.0): the scale must be more than 0"),
    ]
    for (valuation, sentence) in cases { #expect(refusal { try valuation.check() } == sentence) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersThatAreNotFinite(_ bad: Double) {
    let valuations: [Valuation] = [
      .fixed(bad), .normal(mean: bad, standardDeviation: 1), .normal(mean: 1, standardDeviation: bad),
      .logNormal(mean: bad, standardDeviation: 1), .logNormal(mean: 1, standardDeviation: bad),
      .uniform(low: bad, high: 1), .uniform(low: 0, high: bad), .exponential(mean: bad),
      .gumbel(location: bad, scale: 1), .gumbel(location: 1, scale: bad),
    ]
    for valuation in valuations { #expect(throws: DemandError.self) { try valuation.check() } }
  }

  @Test(arguments: everyKind)
  func whatExistsIsAccepted(_ valuation: Valuation) { #expect(throws: Never.self) { try valuation.check() } }
}
