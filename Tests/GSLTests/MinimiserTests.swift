import Foundation
import GSL
import Testing

/// Near a minimum f changes by c (x - m)^2, so rounding of f hides |x - m| below sqrt(eps f / c): about 1.5e-8 of x. The
/// tolerance of 1e-7 leaves a margin of six; values are compared far closer.
@Suite struct BrentMinimiserTests {
  @Test(arguments: [(-3.0, 5.0), (0.9, 1e4), (-1e6, 2), (1, 1.5)]) func findsAQuadraticsMinimum(a: Double, b: Double)
    throws
  {
    let found = try minimise(from: a, to: b) { x in 7 + 3 * (x - 1.25) * (x - 1.25) }
    #expect(isClose(found.point, 1.25, relative: 1e-7))
    #expect(isClose(found.value, 7, relative: 1e-14))
    #expect(found.hasConverged)
  }

  @Test func findsAMinimumAtZero() throws {
    let found = try minimise(from: -1, to: 3) { x in x * x }
    #expect(abs(found.point) < 4e-8)
    #expect(found.hasConverged)
  }

  /// A quartic is flat: x is only as good as the fourth root of rounding, but the value is.
  @Test func findsAFlatMinimum() throws {
    let found = try minimise(from: 0, to: 3) { x in 1 + pow(x - 2, 4) }
    #expect(isClose(found.point, 2, absolute: 2e-4))
    #expect(found.value - 1 < 1e-15)
    #expect(found.hasConverged)
  }

  /// The optimal price at logit demand, cost 3, value 10, scale 1.5: p = c + mu (1 + W(exp((v - c)/mu - 1))).
  @Test func findsTheLogitMonopolysPrice() throws {
    let found = try minimise(from: 3, to: 40) { p in -(p - 3) * (try Special.logistic((10 - p) / 1.5)) }
    let exact = 3 + 1.5 * (1 + (try Special.lambertW0(exp(7 / 1.5 - 1))))
    #expect(isClose(found.point, exact, relative: 1e-7))
  }

  @Test func returnsTheEndWhereTheFunctionFallsToIt() throws {
    let left = try minimise(from: 2, to: 9) { x in x.squareRoot() }
    #expect(left.point == 2 && left.hasConverged)
    let right = try minimise(from: 2, to: 9) { x in -x }
    #expect(right.point == 9 && right.hasConverged)
    let steep = try minimise(from: 0, to: 1) { x in exp(-1000 * x) }
    #expect(steep.point == 1 || steep.value < 1e-300)
    let near = try minimise(from: 0, to: 100) { x in abs(x - 0.01) }
    #expect(isClose(near.point, 0.01, absolute: 1e-7))
  }

  /// The scan finds the lowest of several dips; a search by sections alone would stop in the first.
  @Test func findsTheLowestOfSeveralDips() throws {
    let found = try minimise(from: 0, to: 20) { x in cos(x) - 0.05 * x }
    #expect(isClose(found.point, 5 * .pi + asin(0.05), relative: 1e-7))
  }

  @Test func copesWithPlateausTiesAndPoints() throws {
    let plateau = try minimise(from: 0, to: 10) { _ in 4 }
    #expect(plateau.value == 4 && plateau.hasConverged)
    // The minimum lies midway between two points of the scan, which tie.
    let tie = try minimise(from: 0, to: 1) { x in (x - 0.53125) * (x - 0.53125) }
    #expect(isClose(tie.point, 0.53125, relative: 1e-7))
    let step = try minimise(from: 0, to: 10) { x in x < 6.1 ? 1 : x - 6.1 }
    #expect(isClose(step.point, 6.1, absolute: 1e-6))
    let point = try minimise(from: 3, to: 3) { x in x * x }
    #expect(point.point == 3 && point.value == 9 && point.hasConverged)
  }

  @Test func treatsInfinityAsInfeasible() throws {
    let found = try minimise(from: 0, to: 10) { x in x < 4 ? .infinity : x }
    #expect(isClose(found.point, 4, relative: 1e-6))
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1) { _ in .infinity } }
  }

  @Test func reportsTheCapAsNotConverged() throws {
    let found = try minimise(from: 0, to: 10, maximumIterations: 2) { x in cos(x / 3) }
    #expect(!found.hasConverged && found.iterations == 2)
    #expect(isClose(found.point, 3 * .pi, absolute: 0.5))
  }

  @Test func passesErrorsOn() {
    #expect(throws: Interruption()) { try minimise(from: 0, to: 1) { _ in throw Interruption() } }
    var calls = 0
    #expect(throws: Interruption()) {
      try minimise(from: 0, to: 1) { x in
        calls += 1
        if calls > 20 { throw Interruption() }
        return (x - 0.3) * (x - 0.3)
      }
    }
    #expect(calls == 21, "nothing is called after an error")
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1) { _ in .nan } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1) { x in x == 0.5 ? .nan : x } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1) { _ in -.infinity } }
    #expect(throws: GSLError.self) { try minimise(from: 1, to: 0) { $0 } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: .infinity) { $0 } }
    #expect(throws: GSLError.self) { try minimise(from: .nan, to: 1) { $0 } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1, scanSteps: 1) { $0 } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1, tolerance: 0) { $0 } }
    #expect(throws: GSLError.self) { try minimise(from: 0, to: 1, maximumIterations: 0) { $0 } }
  }
}

private func rosenbrock(_ x: [Double]) -> Double {
  100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
}

private func rosenbrockGradient(_ x: [Double]) -> [Double] {
  let valley = x[1] - x[0] * x[0]
  return [-400 * x[0] * valley - 2 * (1 - x[0]), 200 * valley]
}

@Suite struct NelderMeadTests {
  /// The last simplex is 1e-8 in size; the valley's curvature, 1 to 2500, lets a corner lie 100 times further out.
  @Test func descendsRosenbrocksValley() throws {
    let found = try minimiseNelderMead(from: [-1.2, 1], rosenbrock)
    #expect(found.hasConverged)
    #expect(isClose(found.point[0], 1, absolute: 1e-6) && isClose(found.point[1], 1, absolute: 1e-6))
    #expect(found.value < 1e-12)
  }

  @Test func findsQuadraticsInOneToFiveDimensions() throws {
    for count in 1...5 {
      let found = try minimiseNelderMead(from: Array(repeating: 0, count: count)) { x in
        x.enumerated().reduce(3) { $0 + Double($1.offset + 1) * pow($1.element - Double($1.offset), 2) }
      }
      #expect(found.hasConverged)
      #expect(isClose(found.value, 3, relative: 1e-12))
      for (i, x) in found.point.enumerated() { #expect(isClose(x, Double(i), absolute: 1e-6)) }
    }
  }

  /// A bound by infinity; the free minimum at 3 lies outside.
  @Test func stopsAtABound() throws {
    let found = try minimiseNelderMead(from: [0, 0]) { x in
      x[0] > 2 ? .infinity : (x[0] - 3) * (x[0] - 3) + (x[1] - 1) * (x[1] - 1)
    }
    #expect(isClose(found.point[0], 2, absolute: 1e-5) && isClose(found.point[1], 1, absolute: 1e-2))
  }

  @Test func reportsTheCapAsNotConverged() throws {
    let found = try minimiseNelderMead(from: [-1.2, 1], maximumIterations: 5, rosenbrock)
    #expect(!found.hasConverged && found.iterations == 5)
  }

  @Test func passesErrorsOn() {
    var calls = 0
    #expect(throws: Interruption()) {
      try minimiseNelderMead(from: [1, 2]) { x in
        calls += 1
        if calls > 9 { throw Interruption() }
        return rosenbrock(x)
      }
    }
    #expect(calls == 10, "nothing is called after an error")
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1]) { _ in .nan } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1]) { _ in -.infinity } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1]) { _ in .infinity } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: []) { _ in 0 } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [.nan]) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1], steps: [0]) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1], steps: [1, 2]) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1], tolerance: .nan) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseNelderMead(from: [1], maximumIterations: 0) { $0[0] } }
  }
}

@Suite struct BFGSTests {
  /// Converged at a gradient of 1e-8: with a curvature of at least 0.4 the point is within 1e-7.
  @Test func descendsRosenbrocksValleyWithAGradient() throws {
    let found = try minimiseBFGS(from: [-1.2, 1], gradient: rosenbrockGradient, rosenbrock)
    #expect(found.hasConverged)
    #expect(isClose(found.point[0], 1, absolute: 1e-7) && isClose(found.point[1], 1, absolute: 1e-7))
  }

  /// Central differences know the gradient to 1e-9 or so here, and the point to ten times that.
  @Test func descendsRosenbrocksValleyWithoutAGradient() throws {
    let found = try minimiseBFGS(from: [-1.2, 1], rosenbrock)
    #expect(found.hasConverged)
    #expect(isClose(found.point[0], 1, absolute: 1e-6) && isClose(found.point[1], 1, absolute: 1e-6))
  }

  @Test func findsQuadraticsInOneToEightDimensions() throws {
    for count in 1...8 {
      let found = try minimiseBFGS(from: Array(repeating: 0, count: count)) { x in
        x.enumerated().reduce(3) { $0 + Double($1.offset + 1) * pow($1.element - Double($1.offset), 2) }
      }
      #expect(found.hasConverged)
      for (i, x) in found.point.enumerated() { #expect(isClose(x, Double(i), absolute: 1e-6)) }
    }
  }

  /// Money is large: rounding of values near 1e6 stops the line search before the gradient is small, which is no error.
  @Test func lackOfProgressAtTheOptimumIsNoError() throws {
    let found = try minimiseBFGS(from: [3, 3], tolerance: 1e-14) { x in
      1e6 + (x[0] - 1) * (x[0] - 1) + 2 * (x[1] - 2) * (x[1] - 2)
    }
    #expect(found.hasConverged)
    #expect(isClose(found.point[0], 1, absolute: 1e-3) && isClose(found.point[1], 2, absolute: 1e-3))
  }

  @Test func startsAtTheOptimumOrNearABarrier() throws {
    let still = try minimiseBFGS(from: [1, 1], gradient: rosenbrockGradient, rosenbrock)
    #expect(still.hasConverged && still.iterations == 0 && still.point == [1, 1])
    let barrier = try minimiseBFGS(from: [0.1], firstStep: 10) { x in x[0] > 1 ? .infinity : (x[0] - 0.5) * (x[0] - 0.5)
    }
    #expect(isClose(barrier.point[0], 0.5, absolute: 1e-6))
  }

  @Test func passesErrorsOn() {
    var calls = 0
    #expect(throws: Interruption()) {
      try minimiseBFGS(from: [-1.2, 1]) { x in
        calls += 1
        if calls > 40 { throw Interruption() }
        return rosenbrock(x)
      }
    }
    #expect(calls == 41, "nothing is called after an error")
    #expect(throws: Interruption()) {
      try minimiseBFGS(from: [-1.2, 1], gradient: { _ in throw Interruption() }, rosenbrock)
    }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1], gradient: { _ in [.nan] }) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1], gradient: { _ in [1, 2] }) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1]) { _ in .nan } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1]) { _ in .infinity } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: []) { _ in 0 } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [.infinity]) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1], firstStep: 0) { $0[0] } }
    #expect(throws: GSLError.self) { try minimiseBFGS(from: [1], tolerance: 0) { $0[0] } }
  }

  @Test func anUnboundedFunctionEndsAtTheCap() throws {
    let found = try? minimiseBFGS(from: [1], maximumIterations: 50) { -$0[0] }
    #expect(found?.hasConverged != true || (found?.value ?? 0) < -1e8)
  }
}
