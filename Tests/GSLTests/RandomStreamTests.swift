import Foundation
import GSL
import Testing

@Suite struct RandomStreamTests {
  static let seed: UInt64 = 0x0123_4567_89AB_CDEF

  /// The block of a slot, from the documented layout of counter and key.
  static func block(slot: UInt32) -> SIMD4<UInt32> {
    Philox.words(counter: SIMD4(9, 7 << 24 | slot, 8, 6), key: SIMD2(0x89AB_CDEF, 0x0123_4567))
  }

  static func documented() -> RandomStream {
    stream(seed: seed, replication: 6, purpose: 7, period: 8, index: 9)
  }

  /// The double of two words as documented: 52 bits and a half.
  static func double(_ low: UInt32, _ high: UInt32) -> Double {
    (Double((UInt64(high) << 32 | UInt64(low)) >> 12) + 0.5) / 4_503_599_627_370_496
  }

  @Test func wordsFollowTheDocumentedLayout() {
    var stream = Self.documented()
    for slot: UInt32 in 0..<5 {
      let block = Self.block(slot: slot)
      for i in 0..<4 { #expect(stream.word() == block[i]) }
    }
  }

  @Test func uniformsTakeTwoWordsFromAnEvenPosition() {
    var stream = Self.documented()
    let (first, second) = (Self.block(slot: 0), Self.block(slot: 1))
    #expect(stream.uniform() == Self.double(first[0], first[1]))
    #expect(stream.uniform() == Self.double(first[2], first[3]))
    #expect(stream.word() == second[0])
    #expect(stream.uniform() == Self.double(second[2], second[3]))
    #expect(stream.word() == Self.block(slot: 2)[0])
  }

  /// A slot past 2^24 would run into the next purpose; the documented wrap returns to the first block instead.
  @Test func slotsWrapWithinTheirPurpose() {
    var stream = Self.documented()
    for _ in 0..<(4 << 24) { _ = stream.word() }
    #expect(stream.word() == Self.block(slot: 0)[0])
  }

  @Test func equalKeysDrawEqualValuesAndACopyGoesOn() throws {
    var (a, b) = (stream(), stream())
    for _ in 0..<100 {
      #expect(try a.normal(mean: 1, standardDeviation: 2) == b.normal(mean: 1, standardDeviation: 2))
    }
    var copy = a
    #expect(copy.uniform() == a.uniform())
    #expect(copy.uniform() == a.uniform())
  }

  @Test func everyPartOfTheKeyChangesTheDraws() {
    let others = [
      stream(), stream(seed: 2), stream(seed: 1 | 1 << 32), stream(seed: 1 | 1 << 63), stream(replication: 1),
      stream(replication: 1 << 31), stream(purpose: 1), stream(purpose: 128), stream(period: 1),
      stream(period: 1 << 31), stream(index: 1), stream(index: 1 << 31),
    ]
    let draws = others.map { original in
      var stream = original
      return (0..<4).map { _ in stream.word() }
    }
    #expect(Set(draws).count == others.count)
  }

  /// Neighbouring keys, as a simulation uses them, show no correlation: for 100 000 independent pairs the coefficient
  /// stays below 4/sqrt(n) = 0.0126 with a probability of 0.99994, and a true one of 0.02 is found with 0.99.
  @Test(arguments: 0..<4) func neighbouringStreamsAreUncorrelated(part: Int) {
    let n = 100_000
    var sum = 0.0
    for i in 0..<UInt32(n) {
      var a = stream(index: i)
      var b =
        switch part {
        case 0: stream(index: i + 1)
        case 1: stream(period: 1, index: i)
        case 2: stream(replication: 1, index: i)
        default: stream(purpose: 1, index: i)
        }
      sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12
    }
    #expect(abs(sum / Double(n)) < 4 / Double(n).squareRoot())
  }

  @Test func uniformsStayInsideTheOpenInterval() {
    #expect(Self.double(0, 0) > 0)
    #expect(Self.double(.max, .max) < 1)
    #expect(Self.double(.max, .max) == 1.0.nextDown)
  }

  /// A sampler, its exact distribution and moments.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let draw: @Sendable (inout RandomStream) throws -> Double
    let cdf: @Sendable (Double) throws -> Double
    let mean: Double
    let standardDeviation: Double
    let kurtosis: Double
    var isDiscrete = false
  }

  static let cases: [Case] = [
    Case(
      testDescription: "uniform", draw: { $0.uniform() }, cdf: { try Uniform(from: 0, to: 1).cdf($0) },
      mean: 0.5, standardDeviation: 1 / 12.0.squareRoot(), kurtosis: 1.8),
    Case(
      testDescription: "normal", draw: { try $0.normal(mean: 24, standardDeviation: 6) },
      cdf: { try Normal(mean: 24, standardDeviation: 6).cdf($0) }, mean: 24, standardDeviation: 6, kurtosis: 3),
    Case(
      testDescription: "logNormal", draw: { try $0.logNormal(logMean: 3, logStandardDeviation: 0.4) },
      cdf: { try LogNormal(logMean: 3, logStandardDeviation: 0.4).cdf($0) }, mean: exp(3.08),
      standardDeviation: exp(3.08) * expm1(0.16).squareRoot(),
      kurtosis: exp(0.64) + 2 * exp(0.48) + 3 * exp(0.32) - 3),
    Case(
      testDescription: "exponential", draw: { try $0.exponential(mean: 40) },
      cdf: { try Exponential(mean: 40).cdf($0) }, mean: 40, standardDeviation: 40, kurtosis: 9),
    Case(
      testDescription: "gamma, small shape", draw: { try $0.gamma(shape: 0.7, scale: 3) },
      cdf: { try Gamma(shape: 0.7, scale: 3).cdf($0) }, mean: 2.1, standardDeviation: 3 * 0.7.squareRoot(),
      kurtosis: 3 + 6 / 0.7),
    Case(
      testDescription: "gamma, large shape", draw: { try $0.gamma(shape: 35, scale: 0.5) },
      cdf: { try Gamma(shape: 35, scale: 0.5).cdf($0) }, mean: 17.5, standardDeviation: 0.5 * 35.0.squareRoot(),
      kurtosis: 3 + 6.0 / 35),
    Case(
      testDescription: "beta", draw: { try $0.beta(alpha: 2, beta: 3) }, cdf: { try Beta(alpha: 2, beta: 3).cdf($0) },
      mean: 0.4, standardDeviation: 0.2, kurtosis: 33.0 / 14),
    Case(
      testDescription: "gumbel", draw: { try $0.gumbel(location: 5000, scale: 3) },
      cdf: { try Gumbel(location: 5000, scale: 3).cdf($0) }, mean: 5000 + 3 * 0.577_215_664_901_532_9,
      standardDeviation: 3 * .pi / 6.0.squareRoot(), kurtosis: 5.4),
    Case(
      testDescription: "poisson, small mean", draw: { try Double($0.poisson(mean: 3.5)) },
      cdf: { try Poisson(mean: 3.5).cdf(Int($0)) }, mean: 3.5, standardDeviation: 3.5.squareRoot(),
      kurtosis: 3 + 1 / 3.5, isDiscrete: true),
    Case(
      testDescription: "poisson, large mean", draw: { try Double($0.poisson(mean: 1e6)) },
      cdf: { try Poisson(mean: 1e6).cdf(Int($0)) }, mean: 1e6, standardDeviation: 1e3, kurtosis: 3,
      isDiscrete: true),
    Case(
      testDescription: "binomial", draw: { try Double($0.binomial(trials: 200, probability: 0.3)) },
      cdf: { try Binomial(trials: 200, successProbability: 0.3).cdf(Int($0)) }, mean: 60,
      standardDeviation: 42.0.squareRoot(), kurtosis: 3 + (1 - 6 * 0.21) / 42, isDiscrete: true),
    Case(
      testDescription: "integer", draw: { try Double($0.integer(below: 10)) }, cdf: { ($0 + 1) / 10 }, mean: 4.5,
      standardDeviation: (99.0 / 12).squareRoot(), kurtosis: 1.776, isDiscrete: true),
  ]

  /// Draws as a simulation does: one from each of 100 000 streams that differ in their index.
  ///
  /// Mean and variance have to lie within 4 of their standard errors (probability 0.99994 each for the right sampler).
  /// The Kolmogorov distance has to stay below its 0.001 quantile, 0.0062; a shift of 3% of a standard deviation moves
  /// a normal sample by 0.012, which `findsAShiftOfThreePercent` shows to be found. For counts the test is
  /// conservative, since it compares at the counts only.
  @Test(arguments: cases) func samplesFollowTheirDistribution(of sampler: Case) throws {
    let n = 100_000
    let sample = try (0..<UInt32(n)).map { index in
      var stream = stream(seed: 20, purpose: 3, index: index)
      return try sampler.draw(&stream)
    }
    let (mean, variance) = moments(sample)
    let root = Double(n).squareRoot()
    #expect(abs(mean - sampler.mean) < 4 * sampler.standardDeviation / root)
    let exact = sampler.standardDeviation * sampler.standardDeviation
    #expect(abs(variance - exact) < 4 * exact * (sampler.kurtosis - 1).squareRoot() / root)

    if sampler.isDiscrete {
      let counts = Dictionary(sample.map { ($0, 1) }, uniquingKeysWith: +)
      var (below, distance) = (0, 0.0)
      for count in counts.keys.sorted() {
        below += counts[count, default: 0]
        distance = try max(distance, abs(sampler.cdf(count) - Double(below) / Double(n)))
      }
      #expect(distance < kolmogorovLimit(n))
    } else {
      #expect(try kolmogorovDistance(sample, sampler.cdf) < kolmogorovLimit(n))
    }
  }

  @Test func findsAShiftOfThreePercent() throws {
    let n = 100_000
    var stream = stream(seed: 20)
    let sample = try (0..<n).map { _ in try stream.normal(mean: 0.03, standardDeviation: 1) }
    #expect(try kolmogorovDistance(sample, Normal().cdf) > kolmogorovLimit(n))
  }

  /// One long stream serves as well as many short ones.
  @Test func oneLongStreamIsNormal() throws {
    let n = 100_000
    var stream = stream(seed: 21)
    let sample = try (0..<n).map { _ in try stream.normal(mean: 0, standardDeviation: 1) }
    #expect(try kolmogorovDistance(sample, Normal().cdf) < kolmogorovLimit(n))
  }

  @Test func spreadsOfZeroAndCertaintiesAreExact() throws {
    var stream = stream()
    #expect(try stream.normal(mean: 7, standardDeviation: 0) == 7)
    #expect(try stream.logNormal(logMean: 0, logStandardDeviation: 0) == 1)
    #expect(try stream.exponential(mean: 0) == 0)
    #expect(try stream.gumbel(location: 7, scale: 0) == 7)
    #expect(try stream.poisson(mean: 0) == 0)
    #expect(try stream.binomial(trials: 0, probability: 0.5) == 0)
    #expect(try stream.binomial(trials: 9, probability: 0) == 0)
    #expect(try stream.binomial(trials: 9, probability: 1) == 9)
    #expect(try stream.integer(below: 1) == 0)
    #expect(try stream.choose(0, of: 5) == [])
    #expect(try stream.choose(5, of: 5) == [0, 1, 2, 3, 4])
    #expect(try stream.shuffle(0) == [])
    #expect(try stream.shuffle(1) == [0])
  }

  /// Each of the 10 pairs out of 5 and of the 24 orders of 4 comes up equally often. Chi-squared with 9 and 23 degrees
  /// of freedom exceeds 33.7 and 58.6 with a probability of 1e-4; at 24 000 draws a cell that is off by 20% adds 40.
  @Test func choicesAndOrdersAreFair() throws {
    var stream = stream(seed: 5)
    let n = 24_000
    func chiSquared(_ cells: Int, _ draw: () throws -> [Int]) rethrows -> Double {
      var counts: [[Int]: Int] = [:]
      for _ in 0..<n { counts[try draw(), default: 0] += 1 }
      let expected = Double(n) / Double(cells)
      let seen = counts.values.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      return seen + expected * Double(cells - counts.count)
    }
    let pairs = try chiSquared(10) {
      let pair = try stream.choose(2, of: 5)
      #expect(pair[0] < pair[1])
      return pair
    }
    #expect(pairs < 33.7)
    #expect(try chiSquared(24) { try stream.shuffle(4) } < 58.6)
  }

  @Test func badParametersThrow() {
    var stream = stream()
    for bad in [-1, 0, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try stream.gamma(shape: bad) }
      #expect(throws: GSLError.self) { try stream.gamma(shape: 1, scale: bad) }
      #expect(throws: GSLError.self) { try stream.beta(alpha: bad, beta: 1) }
      #expect(throws: GSLError.self) { try stream.beta(alpha: 1, beta: bad) }
    }
    for bad in [-1, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try stream.normal(mean: 0, standardDeviation: bad) }
      #expect(throws: GSLError.self) { try stream.logNormal(logMean: 0, logStandardDeviation: bad) }
      #expect(throws: GSLError.self) { try stream.exponential(mean: bad) }
      #expect(throws: GSLError.self) { try stream.gumbel(location: 0, scale: bad) }
      #expect(throws: GSLError.self) { try stream.poisson(mean: bad) }
      #expect(throws: GSLError.self) { try stream.binomial(trials: 3, probability: bad) }
    }
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(throws: GSLError.self) { try stream.normal(mean: bad, standardDeviation: 1) }
      #expect(throws: GSLError.self) { try stream.logNormal(logMean: bad, logStandardDeviation: 1) }
      #expect(throws: GSLError.self) { try stream.gumbel(location: bad, scale: 1) }
    }
    #expect(throws: GSLError.self) { try stream.logNormal(logMean: 800, logStandardDeviation: 1) }
    #expect(throws: GSLError.self) { try stream.poisson(mean: 1.1e9) }
    #expect(throws: GSLError.self) { try stream.binomial(trials: -1, probability: 0.5) }
    #expect(throws: GSLError.self) { try stream.binomial(trials: .max, probability: 0.5) }
    #expect(throws: GSLError.self) { try stream.integer(below: 0) }
    #expect(throws: GSLError.self) { try stream.integer(below: 1 << 32) }
    #expect(throws: GSLError.self) { try stream.choose(3, of: 2) }
    #expect(throws: GSLError.self) { try stream.choose(-1, of: 2) }
    #expect(throws: GSLError.self) { try stream.shuffle(-1) }
  }
}
