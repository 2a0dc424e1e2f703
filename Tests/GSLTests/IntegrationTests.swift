import Foundation
import GSL
import Testing

@Suite struct IntegrationTests {
  /// Known integrals, to the default relative tolerance of 1e-9; the error estimate has to cover the true error, or
  /// rounding, 1e-15.
  @Test func matchesKnownIntegrals() throws {
    func check(_ integral: Integral, _ exact: Double) {
      #expect(isClose(integral.value, exact, relative: 1e-9))
      #expect(abs(integral.value - exact) <= integral.absoluteError + 1e-15 * abs(exact))
    }
    check(try integrate(from: 0, to: 3) { $0 * $0 }, 9)
    check(try integrate(from: 0, to: 1) { exp($0) }, expm1(1))
    check(try integrate(from: 0, to: 1) { 1 / $0.squareRoot() }, 2)
    check(try integrate(from: -1, to: 2, breakpoints: [0]) { abs($0) }, 2.5)
    check(
      try integrate(from: 0, to: 10, breakpoints: [7, .pi, -4, 99]) { $0 < .pi ? 1 : ($0 < 7 ? -2 : 5) },
      .pi - 2 * (7 - .pi) + 15)
    check(try integrate(from: -.infinity, to: .infinity, Normal().density), 1)
    check(try integrate(from: 1, to: .infinity, Normal().density), try Normal().survival(1))
    check(try integrate(from: -.infinity, to: 1, Normal().density), try Normal().cdf(1))
    check(
      try integrate(from: -.infinity, to: .infinity, breakpoints: [1, -2]) { x in x < -2 || x > 1 ? exp(-abs(x)) : 1 },
      exp(-2) + 3 + exp(-1))
    check(try integrate(from: 0, to: .infinity, breakpoints: [2]) { x in max(0, 2 - x) + exp(-x) }, 3)
  }

  @Test func directionAndEmptyRanges() throws {
    #expect(isClose(try integrate(from: 3, to: 0) { $0 * $0 }.value, -9, relative: 1e-12))
    #expect(try integrate(from: 2, to: 2) { _ in throw Interruption() }.value == 0)
    #expect(try integrate(from: 0, to: 1) { _ in 0 }.value == 0)
  }

  @Test func failuresThrow() {
    let error = #expect(throws: GSLError.self) { try integrate(from: 0, to: 1) { 1 / $0 } }
    #expect(error?.detail.contains("reached") == true)
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1) { _ in .nan } }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1) { $0 < 0.2 ? 1 : .nan } }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1) { _ in .infinity } }
    #expect(throws: Interruption()) { try integrate(from: 0, to: 1) { _ in throw Interruption() } }
    #expect(throws: Interruption()) { try integrate(from: 0, to: .infinity) { _ in throw Interruption() } }
    #expect(throws: GSLError.self) { try integrate(from: .nan, to: 1) { $0 } }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1, breakpoints: [.nan]) { $0 } }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1, absoluteTolerance: -1) { $0 } }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1, relativeTolerance: 0) { $0 } }
  }

  /// n nodes are exact for degree 2n - 1, to rounding, and not beyond.
  @Test(arguments: 1...20) func gaussLegendreIsExactToItsDegree(count: Int) throws {
    let rule = try GaussLegendre(count: count, from: 0, to: 1)
    #expect(rule.nodes == rule.nodes.sorted() && rule.nodes.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(rule.weights.allSatisfy { $0 > 0 })
    #expect(isClose(rule.weights.reduce(0, +), 1, relative: 1e-14))
    let degree = 2 * count - 1
    #expect(isClose(rule.integral { pow($0, Double(degree)) }, 1 / Double(degree + 1), relative: 1e-13))
    if count < 10 {
      #expect(!isClose(rule.integral { pow($0, Double(degree + 1)) }, 1 / Double(degree + 2), relative: 1e-13))
    }
  }

  /// Sizes outside GSL's tables are computed to about 1e-10, hence 1e-9.
  @Test func gaussLegendreOnOtherIntervalsAndSizes() throws {
    for count in [16, 32, 33, 200] {
      let rule = try GaussLegendre(count: count, from: -2, to: 3)
      #expect(isClose(rule.integral { exp($0) }, exp(3) - exp(-2), relative: 1e-9), "\(count) nodes")
    }
  }

  @Test func gaussLegendreRefusesNonsense() {
    for count in [0, -1, .max] {
      #expect(throws: GSLError.self) { try GaussLegendre(count: count, from: 0, to: 1) }
    }
    #expect(throws: GSLError.self) { try GaussLegendre(count: 3, from: 1, to: 0) }
    #expect(throws: GSLError.self) { try GaussLegendre(count: 3, from: 0, to: .nan) }
    #expect(throws: GSLError.self) { try GaussLegendre(count: 3, from: 0, to: .infinity) }
  }
}
