import Demand
import Foundation
import GSL
import Testing

/// Formulas of a single valuation against each other and against quadrature that uses none of them.
@Suite struct ValuationTests {
  /// Total mass, mean and variance by adaptive quadrature of the density, piece by piece between quantiles and far into
  /// the upper tail. Quadrature itself is good to 1e-9; 1e-6 allows for the tail of log-normal(3, 6).
  @Test(arguments: everySpreadKind)
  func momentsMatchTheDensity(_ valuation: Valuation) throws {
    let low = valuation.support.lowerBound.isFinite ? valuation.support.lowerBound : try valuation.quantile(1e-15)
    let top = try valuation.quantile(1 - 1e-15)
    let high = valuation.support.upperBound.isFinite ? valuation.support.upperBound : top + 20 * (top - valuation.mean)
    let cuts = try [0.001, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9].map { try valuation.quantile($0) } + [top]
    let ends = [low] + cuts.filter { $0 > low && $0 < high } + [high]
    func moment(_ power: Double, around centre: Double) throws -> Double {
      try zip(ends, ends.dropFirst()).reduce(0) { sum, piece in
        try sum
          + integrate(from: piece.0, to: piece.1, absoluteTolerance: 1e-11, relativeTolerance: 1e-9) {
            pow($0 - centre, power) * valuation.density(at: $0)
          }.value
      }
    }
    #expect(isClose(try moment(0, around: 0), 1, relative: 1e-9))
    #expect(isClose(try moment(1, around: 0), valuation.mean, relative: 1e-7, absolute: 1e-9))
    #expect(isClose(try moment(2, around: valuation.mean), valuation.variance, relative: 1e-6))
  }

  /// Both functions are evaluated near rounding, so that the error of a round trip is rounding over the slope.
  @Test(arguments: everySpreadKind)
  func quantileUndoesDemand(_ valuation: Valuation) throws {
    for probability in [1e-9, 1e-6, 0.001, 0.01, 0.2, 0.5, 0.77, 0.99, 0.999, 1 - 1e-6] {
      let value = try valuation.quantile(probability)
      #expect(isClose(1 - valuation.demand(at: value), probability, absolute: 1e-12))
      #expect(isClose(try valuation.quantile(1 - valuation.demand(at: value)), value, relative: 1e-7, absolute: 1e-7))
    }
  }

  /// Central differences with a step of h err by h^2/6 times the third derivative and by rounding over h; at 1e-5 of
  /// the deviation both are below 1e-8 of the largest density.
  @Test(arguments: everySpreadKind)
  func densityIsMinusTheSlopeOfDemand(_ valuation: Valuation) throws {
    let deviation = valuation.variance.squareRoot()
    let step = 1e-5 * deviation
    for probability in [0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999] {
      let price = try valuation.quantile(probability)
      let slope = (valuation.demand(at: price - step) - valuation.demand(at: price + step)) / (2 * step)
      #expect(isClose(valuation.density(at: price), slope, relative: 1e-6, absolute: 1e-8 / deviation))
    }
  }

  @Test func densityVanishesOffTheSupport() {
    #expect(Valuation.uniform(low: 2, high: 3).density(at: 1.9) == 0)
    #expect(Valuation.uniform(low: 2, high: 3).density(at: 3.1) == 0)
    #expect(Valuation.exponential(mean: 2).density(at: -0.1) == 0)
    #expect(Valuation.logNormal(mean: 2, standardDeviation: 1).density(at: -0.1) == 0)
    #expect(Valuation.fixed(2).density(at: 2) == 0)
  }

  /// The area under demand right of the price, by adaptive quadrature to 1e-12; a relative 1e-9 remains for what lies
  /// beyond the quantile of 1 - 1e-15.
  @Test(arguments: everyKind)
  func surplusIsTheAreaUnderDemand(_ valuation: Valuation) throws {
    let deviation = max(1, valuation.variance.squareRoot())
    let top = try valuation.quantile(1 - 1e-15)
    let levels = try [1e-9, 0.01, 0.5, 0.99, 1 - 1e-6, 1 - 1e-9].map { try valuation.quantile($0) }
    for price in [-30, -3, -1, -0.3, 0, 0.2, 1, 2, 3].map({ valuation.mean + $0 * deviation }) {
      let end = max(price, top + 5 * (top - valuation.mean))
      let breaks = (levels + [top, valuation.support.lowerBound, valuation.support.upperBound])
        .filter { $0 > price && $0 < end }
      let area = try integrate(
        from: price, to: end, breakpoints: breaks, absoluteTolerance: 1e-13, relativeTolerance: 1e-11
      ) { valuation.demand(at: $0) }.value
      #expect(isClose(valuation.expectedSurplus(at: price), area, relative: 1e-8, absolute: 1e-11), "\(price)")
    }
  }

  /// Far below everybody's valuation the gain is the mean less the price, far above it is nothing. A Gumbel valuation
  /// passes from its series (below a Gumbel density's mode) to the exponential integral to the plain line on the way.
  @Test(arguments: everyKind)
  func surplusReachesItsAsymptotes(_ valuation: Valuation) throws {
    let deviation = max(1, valuation.variance.squareRoot())
    for distance in [40.0, 300, 1000, 1e5, 1e9] {
      let below = valuation.mean - distance * deviation
      #expect(isClose(valuation.expectedSurplus(at: below), valuation.mean - below, relative: 1e-12))
      #expect(valuation.demand(at: below) == 1)
      let above = valuation.mean + distance * deviation
      #expect(valuation.expectedSurplus(at: above) >= 0)
      #expect(valuation.expectedSurplus(at: above) < 3e-3 * deviation)
    }
  }

  /// Ein(y) at y = 0.5, 2, 2.5, 10, from its alternating series summed in rational arithmetic to 16 digits: the formula
  /// must not jump where the series hands over to E1 at y = 2.
  @Test func gumbelSurplusIsContinuous() {
    let valuation = Valuation.gumbel(location: 3, scale: 2)
    func price(_ y: Double) -> Double { 3 - 2 * log(y) }
    #expect(isClose(valuation.expectedSurplus(at: price(0.5)), 2 * 0.4438420791177483, relative: 1e-14))
    #expect(isClose(valuation.expectedSurplus(at: price(1)), 2 * 0.7965995992970532, relative: 1e-14))
    let below = valuation.expectedSurplus(at: price(2 - 1e-12))
    let above = valuation.expectedSurplus(at: price(2 + 1e-12))
    #expect(isClose(below, above, relative: 1e-11))
    // At y = 700 the code drops an E1 of 1e-307.
    #expect(
      isClose(
        valuation.expectedSurplus(at: price(699)), valuation.expectedSurplus(at: price(701)) + 2 * log(699.0 / 701.0),
        relative: 1e-13))
  }

  @Test func demandIsOneToZeroAndNeverRises() throws {
    for valuation in everyKind {
      let deviation = max(1, valuation.variance.squareRoot())
      var last = 1.0
      for step in -1000...1000 {
        let demand = valuation.demand(at: valuation.mean + Double(step) * 0.02 * deviation)
        #expect(demand <= last && demand >= 0)
        last = demand
      }
    }
  }

  /// A customer whose valuation is exactly the price buys.
  @Test func demandIncludesThePrice() {
    #expect(Valuation.fixed(7).demand(at: 7) == 1)
    #expect(Valuation.fixed(7).demand(at: 7.000_000_1) == 0)
    #expect(Valuation.uniform(low: 1, high: 3).demand(at: 1) == 1)
    #expect(Valuation.uniform(low: 1, high: 3).demand(at: 2) == 0.5)
    #expect(Valuation.uniform(low: 1, high: 3).demand(at: 3) == 0)
  }

  /// A valuation as good as certain behaves like a certain one: nothing overflows.
  @Test func narrowDistributionsAreAlmostFixed() {
    for valuation in [
      Valuation.normal(mean: 100, standardDeviation: 1e-6), .logNormal(mean: 100, standardDeviation: 1e-6),
      .uniform(low: 100 - 1e-6, high: 100 + 1e-6), .gumbel(location: 100, scale: 1e-6),
    ] {
      #expect(valuation.demand(at: 99.9) == 1)
      #expect(valuation.demand(at: 100.1) < 1e-12)
      #expect(isClose(valuation.expectedSurplus(at: 40), 60, relative: 1e-7))
      #expect(isClose(valuation.expectedSurplus(at: 100.1), 0, absolute: 1e-12))
    }
  }
}
