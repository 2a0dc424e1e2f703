import GSL
import Testing

@Suite struct GSLErrorTests {
  @Test func saysWhatFailedInGSLsWords() throws {
    let error = try #require(throws: GSLError.self) { try Normal().quantile(1.5) }
    #expect(error.code == 1)
    #expect(error.message == "input domain error")
    #expect(error.operation == "gsl_cdf_gaussian_Pinv")
    #expect(error.detail == "probability 1.5")
    #expect(error.description == "gsl_cdf_gaussian_Pinv: input domain error (probability 1.5)")
    #expect("\(error)" == error.description)
  }

  @Test func equalFailuresAreEqual() throws {
    let first = try #require(throws: GSLError.self) { try Normal().quantile(2) }
    let again = try #require(throws: GSLError.self) { try Normal().quantile(2) }
    let other = try #require(throws: GSLError.self) { try Normal().quantile(3) }
    #expect(first == again && first != other)
  }

  @Test func theLibraryNamesItsVersion() {
    #expect(GSLLibrary.version.wholeMatch(of: #/\d+\.\d+(\.\d+)?/#) != nil)
  }

  /// Calls may nest: an objective may itself solve, integrate and draw.
  @Test func callsNest() throws {
    let outer = try minimise(from: 0, to: 3) { a in
      let root = try findRoot(from: 0, to: 10) { x in x * x - a * a - 1 }
      return try integrate(from: 0, to: 1) { x in (root - 1.5) * (root - 1.5) + x * 0 }.value
    }
    #expect(isClose(outer.point, 1.25.squareRoot(), relative: 1e-6))
  }

  /// GSL's state is per call, so wrappers may run side by side; each has to give what it gives alone.
  @Test func callsRunSideBySide() async throws {
    @Sendable func work(_ i: Int) throws -> Double {
      let found = try minimise(from: 0, to: 10) { x in (x - Double(i % 10)) * (x - Double(i % 10)) }
      return try found.point + integrate(from: 0, to: Double(i)) { $0 }.value + Poisson(mean: Double(i)).cdf(i)
    }
    let alone = try (0..<200).map(work)
    let together = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
      for i in 0..<200 { group.addTask { (i, try work(i)) } }
      return try await group.reduce(into: [Double](repeating: .nan, count: 200)) { $0[$1.0] = $1.1 }
    }
    #expect(alone == together)
  }
}
