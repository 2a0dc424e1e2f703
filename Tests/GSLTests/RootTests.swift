import Foundation
import GSL
import Testing

@Suite struct RootTests {
  /// The fixed point of the cosine to 16 digits; 1e-14 is the promise.
  @Test func solvesCosXEqualsX() throws {
    let root = try findRoot(from: 0, to: 2) { cos($0) - $0 }
    #expect(isClose(root, 0.739_085_133_215_160_642, relative: 1e-14))
  }

  @Test(arguments: [1e-9, 1e-3, 0.3, 1, 77, 123_456.789]) func keepsRelativePrecision(exact: Double) throws {
    let root = try findRoot(from: 0, to: 1e6) { x in x * x - exact * exact }
    #expect(isClose(root, exact, relative: 2e-14))
    let falling = try findRoot(from: 0, to: 1e6) { x in exact - x }
    #expect(isClose(falling, exact, relative: 1e-14))
  }

  @Test func findsRootsAtEndsAtZeroAndOfOrderThree() throws {
    #expect(try findRoot(from: 2, to: 5) { $0 - 2 } == 2)
    #expect(try findRoot(from: 2, to: 5) { $0 - 5 } == 5)
    #expect(abs(try findRoot(from: -1, to: 3) { $0 }) < 1e-29)
    // Rounding hides a root of order three in about the cube root of 1e-16.
    #expect(isClose(try findRoot(from: 0, to: 3) { pow($0 - 1, 3) }, 1, absolute: 1e-5))
    #expect(abs(try findRoot(from: -1, to: 2) { $0 * $0 * $0 }) < 1e-20)
    #expect(isClose(try findRoot(from: 0, to: 1) { $0 < 0.3 ? -1 : 1 }, 0.3, relative: 1e-13))
  }

  @Test func saysWhatItFoundWhereThereIsNoChangeOfSign() throws {
    let error = #expect(throws: GSLError.self) { try findRoot(from: 1, to: 2) { $0 * $0 } }
    #expect(error?.code == 4)
    #expect(
      error?.description
        == "gsl_root_fsolver_brent: invalid argument supplied by user (no change of sign: 1.0 at 1.0, 4.0 at 2.0)")
  }

  @Test func passesErrorsOn() {
    #expect(throws: Interruption()) { try findRoot(from: 0, to: 1) { _ in throw Interruption() } }
    #expect(throws: Interruption()) {
      try findRoot(from: 0, to: 1) { x in
        if x != 0 && x != 1 { throw Interruption() }
        return x - 0.3
      }
    }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1) { _ in .nan } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1) { x in x == 0 || x == 1 ? x - 0.3 : .nan } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1) { x in x == 0 || x == 1 ? x - 0.3 : .infinity } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1) { x in x == 0 ? -.infinity : 1 } }
    #expect(throws: GSLError.self) { try findRoot(from: 1, to: 0) { $0 } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: .nan) { $0 } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1, relativeTolerance: 0) { $0 - 0.3 } }
    #expect(throws: GSLError.self) { try findRoot(from: 0, to: 1, maximumIterations: 2) { cos($0) - $0 } }
  }
}
