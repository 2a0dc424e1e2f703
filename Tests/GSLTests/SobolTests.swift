import GSL
import Testing

@Suite struct SobolTests {
  /// The sequence's first points in two dimensions (Bratley and Fox 1988, without the origin).
  @Test func startsAtOneHalf() throws {
    var sequence = try SobolSequence(dimensions: 2)
    #expect(try sequence.next() == [0.5, 0.5])
    #expect(try sequence.next(3) == [[0.75, 0.25], [0.25, 0.75], [0.375, 0.375]])
    #expect(try sequence.next(0) == [])
  }

  /// The first 2^k - 1 points are the multiples of 2^-k in each dimension, each once, and none is 0 or 1.
  @Test func everyDimensionIsBalanced() throws {
    var sequence = try SobolSequence(dimensions: 40)
    let points = try sequence.next(1023)
    for dimension in 0..<40 {
      #expect(points.map { $0[dimension] }.sorted() == (1...1023).map { Double($0) / 1024 })
    }
  }

  /// The product of (1/2 + x) over 6 dimensions integrates to 1, with a standard deviation of 0.79 for a random point.
  /// At 2^14 - 1 points a random mean would err by 0.006; Sobol's has to be ten times better.
  @Test func integratesBetterThanChance() throws {
    var sequence = try SobolSequence(dimensions: 6)
    let n = 1 << 14 - 1
    let sum = try sequence.next(n).reduce(0) { $0 + $1.reduce(1) { $0 * (0.5 + $1) } }
    #expect(abs(sum / Double(n) - 1) < 6e-4)
  }

  @Test func refusesNonsense() throws {
    let error = #expect(throws: GSLError.self) { _ = try SobolSequence(dimensions: 41) }
    #expect(error?.detail == "dimensions 41, allowed 1 to 40")
    #expect(throws: GSLError.self) { _ = try SobolSequence(dimensions: 0) }
    #expect(throws: GSLError.self) { _ = try SobolSequence(dimensions: -1) }
    var sequence = try SobolSequence(dimensions: 1)
    do {
      _ = try sequence.next(-1)
      Issue.record("a negative count passed")
    } catch {
      #expect(error is GSLError)
    }
  }
}
