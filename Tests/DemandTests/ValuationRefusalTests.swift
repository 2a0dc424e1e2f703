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
      (.logistic(location: 1, scale: 0), "logistic(1.0, 0.0): the scale must be more than 0"),
      (.pareto(minimum: 0, elasticity: 2), "pareto(0.0, 2.0): the minimum must be more than 0"),
      (
        .pareto(minimum: 3, elasticity: 1),
        "pareto(3.0, 1.0): the elasticity must be more than 1; otherwise the mean valuation, and with it what customers "
          + "gain, is infinite"
      ),
      (.weibull(shape: 0, scale: 2), "weibull(0.0, 2.0): the shape must lie between 0.1 and 1000"),
      (.weibull(shape: 1, scale: 0), "weibull(1.0, 0.0): the scale must be more than 0"),
      (.gamma(shape: 1001, scale: 2), "gamma(1001.0, 2.0): the shape must lie between 0.1 and 1000"),
      (.beta(alpha: 0, beta: 2, low: 0, high: 1), "beta(0.0, 2.0, 0.0, 1.0): alpha must lie between 0.1 and 1000"),
      (.beta(alpha: 2, beta: -1, low: 0, high: 1), "beta(2.0, -1.0, 0.0, 1.0): beta must lie between 0.1 and 1000"),
      (
        .beta(alpha: 2, beta: 2, low: 1, high: 1),
        "beta(2.0, 2.0, 1.0, 1.0): the low bound must be below the high one"
      ),
      (
        .triangular(low: 3, mode: 3, high: 3), "triangular(3.0, 3.0, 3.0): the low bound must be below the high one"
      ),
      (
        .triangular(low: 1, mode: 4, high: 3), "triangular(1.0, 4.0, 3.0): the mode must lie between the bounds"
      ),
      (.truncatedNormal(mean: 1, standardDeviation: 0), "truncated-normal(1.0, 0.0): " + deviation),
      (
        .truncatedNormal(mean: -41, standardDeviation: 4),
        "truncated-normal(-41.0, 4.0): the mean must not lie more than 10 standard deviations below 0; what is left of "
          + "such a normal is exponential"
      ),
    ]
    for (valuation, sentence) in cases { #expect(refusal { try valuation.check() } == sentence) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersThatAreNotFinite(_ bad: Double) {
    let valuations: [Valuation] = [
      .fixed(bad), .normal(mean: bad, standardDeviation: 1), .normal(mean: 1, standardDeviation: bad),
      .logNormal(mean: bad, standardDeviation: 1), .logNormal(mean: 1, standardDeviation: bad),
      .uniform(low: bad, high: 1), .uniform(low: 0, high: bad), .exponential(mean: bad),
      .gumbel(location: bad, scale: 1), .gumbel(location: 1, scale: bad), .pareto(minimum: bad, elasticity: 2),
      .pareto(minimum: 1, elasticity: bad), .logistic(location: bad, scale: 1), .logistic(location: 1, scale: bad),
      .weibull(shape: bad, scale: 1), .weibull(shape: 1, scale: bad), .gamma(shape: bad, scale: 1),
      .gamma(shape: 1, scale: bad), .beta(alpha: bad, beta: 1, low: 0, high: 1),
      .beta(alpha: 1, beta: bad, low: 0, high: 1), .beta(alpha: 1, beta: 1, low: bad, high: 1),
      .beta(alpha: 1, beta: 1, low: 0, high: bad), .triangular(low: bad, mode: 1, high: 2),
      .triangular(low: 0, mode: bad, high: 2), .triangular(low: 0, mode: 1, high: bad),
      .truncatedNormal(mean: bad, standardDeviation: 1), .truncatedNormal(mean: 1, standardDeviation: bad),
      .mixture([.init(share: bad, valuation: .fixed(1))]), .mixture([.init(share: 1, valuation: .fixed(bad))]),
    ]
    for valuation in valuations { #expect(throws: DemandError.self) { try valuation.check() } }
  }

  @Test(arguments: everyKind)
  func whatExistsIsAccepted(_ valuation: Valuation) { #expect(throws: Never.self) { try valuation.check() } }
}
