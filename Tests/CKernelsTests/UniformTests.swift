import CKernels
import Testing

/// Philox4x32-10 written out plainly, one counter at a time.
private enum Philox {
  static let multiplier0: UInt32 = 0xD251_1F53
  static let multiplier2: UInt32 = 0xCD9E_8D57

  static func keys(_ seed: UInt64) -> [(UInt32, UInt32)] {
    (0..<10).map { round in
      (
        UInt32(truncatingIfNeeded: seed) &+ UInt32(round) &* 0x9E37_79B9,
        UInt32(truncatingIfNeeded: seed >> 32) &+ UInt32(round) &* 0xBB67_AE85
      )
    }
  }

  static func words(counter: [UInt32], seed: UInt64) -> [UInt32] {
    var words = counter
    for (key0, key1) in keys(seed) {
      let product0 = words[0].multipliedFullWidth(by: multiplier0)
      let product2 = words[2].multipliedFullWidth(by: multiplier2)
      words = [
        product2.high ^ words[1] ^ key0, UInt32(product2.low), product0.high ^ words[3] ^ key1, UInt32(product0.low),
      ]
    }
    return words
  }

  /// The counter whose output these words are: every round is a bijection, because the multipliers are odd.
  static func counter(of words: [UInt32], seed: UInt64) -> [UInt32] {
    var words = words
    for (key0, key1) in keys(seed).reversed() {
      let word0 = words[3] &* inverse(multiplier0)
      let word2 = words[1] &* inverse(multiplier2)
      let high0 = word0.multipliedFullWidth(by: multiplier0).high
      let high2 = word2.multipliedFullWidth(by: multiplier2).high
      words = [word0, words[0] ^ high2 ^ key0, word2, words[2] ^ high0 ^ key1]
    }
    return words
  }

  private static func inverse(_ odd: UInt32) -> UInt32 {
    // Newton's iteration doubles the number of right bits, of which odd * odd = 1 mod 8 gives three.
    (0..<4).reduce(odd) { guess, _ in guess &* (2 &- odd &* guess) }
  }

  static func uniform(low: UInt32, high: UInt32) -> Double {
    (Double((UInt64(high) << 32 | UInt64(low)) >> 12) + 0.5) * 0x1p-52
  }

  static func uniforms(_ words: [UInt32]) -> [Double] {
    [uniform(low: words[0], high: words[1]), uniform(low: words[2], high: words[3])]
  }
}

private func kernelUniforms(counter: [UInt32], seed: UInt64) -> [Double] {
  let pair = uniformPairs(
    customers: [counter[0]], lane: counter[1], period: counter[2], replication: counter[3], seed: seed)
  return pair.first + pair.second
}

/// Draws are right if they are the published ones: everything here is compared bit by bit.
@Suite struct UniformTests {
  /// The known answers that the authors of Philox publish with Random123 (kat_vectors).
  @Test(
    arguments: [
      ([0, 0, 0, 0], 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], 0xffff_ffff_ffff_ffff,
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], 0x299f_31d0_a409_3822,
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], UInt64, [UInt32])])
  func knownAnswers(counter: [UInt32], seed: UInt64, words: [UInt32]) {
    #expect(Philox.words(counter: counter, seed: seed) == words)
    #expect(kernelUniforms(counter: counter, seed: seed) == Philox.uniforms(words))
  }

  @Test func everyLengthAgreesWithThePlainGenerator() {
    var random = SplitMix(state: 1)
    for count in Array(0...70) + [255, 256, 257, 1000] {
      let customers = (0..<count).map { _ in random.next() as UInt32 }
      let (lane, period, replication) = (random.next() as UInt32, random.next() as UInt32, random.next() as UInt32)
      let seed: UInt64 = random.next()
      let pairs = uniformPairs(
        customers: customers, lane: lane, period: period, replication: replication, seed: seed)
      let plain = customers.map {
        Philox.uniforms(Philox.words(counter: [$0, lane, period, replication], seed: seed))
      }
      #expect(pairs.first == plain.map { $0[0] })
      #expect(pairs.second == plain.map { $0[1] })
    }
  }

  /// The generator run backwards says which counter leads to the smallest and to the largest words.
  @Test func extremeWordsStayInsideTheOpenInterval() {
    let seed: UInt64 = 0x0123_4567_89ab_cdef
    let zeros = Philox.counter(of: [0, 0, 0, 0], seed: seed)
    #expect(kernelUniforms(counter: zeros, seed: seed) == [0x1p-53, 0x1p-53])
    let ones = Philox.counter(of: [.max, .max, .max, .max], seed: seed)
    #expect(kernelUniforms(counter: ones, seed: seed) == [1 - 0x1p-53, 1 - 0x1p-53])
    let mixed = Philox.counter(of: [.max, .max, 0, 0], seed: seed)
    #expect(kernelUniforms(counter: mixed, seed: seed) == [1 - 0x1p-53, 0x1p-53])
  }

  /// Not a test of Philox, which has passed better ones, but of its use: five standard errors.
  @Test func momentsAreThoseOfIndependentUniforms() {
    let count = 1 << 20
    let pairs = uniformPairs(customers: Array(0..<UInt32(count)), lane: 3, period: 4, replication: 5, seed: 6)
    let bound = 5 / Double(count).squareRoot()
    let mean = pairs.first.reduce(0, +) / Double(count)
    let square = zip(pairs.first, pairs.first).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
    let product = zip(pairs.first, pairs.second).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } / Double(count)
    #expect(abs(mean - 1 / 2.0) < bound * (1 / 12.0).squareRoot())
    #expect(abs(square - 1 / 3.0) < bound * (4 / 45.0).squareRoot())
    #expect(abs(product) < bound / 12)
  }
}
