import CKernels
import Testing

/// FNV-1a over the bits of numbers.
func fingerprint(_ values: [Double]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (value.bitPattern >> shift & 0xff)) &* 0x100_0000_01b3
    }
  }
  return hash
}

/// The same scenario must give the same bytes on every processor, so these fingerprints hold whichever copy of a kernel
/// the machine runs, with and without optimisation. They were taken from the copies for plain x86-64, AVX2 and AVX-512
/// alike. A change of a kernel that moves them moves every result of the program: then, and only then, renew them.
@Suite struct SameBitsTests {
  /// A length that leaves a remainder for every width of vector.
  static let count = 4099

  static let inputs: [String: [Double]] = [
    "normal quantiles": uniforms(count) + uniforms(count).map { $0 * 1e-9 } + [1e-300, 1e-13],
    "normal probabilities": uniforms(count).map { 46 * $0 - 37 },
    "exponentials": uniforms(count).map { 1500 * $0 - 750 } + uniforms(count),
    "logarithms": uniforms(count) + uniforms(count).map { 1e300 * $0 } + uniforms(count).map { 1e-308 * $0 },
    "Gumbel quantiles": uniforms(count) + uniforms(count).map { 1 - 1e-9 * $0 },
    "exponential quantiles": uniforms(count) + uniforms(count).map { 1e-9 * $0 },
  ]

  static let fingerprints: [String: UInt64] = [
    "normal quantiles": 0xf35b_349a_e3aa_121e,
    "normal probabilities": 0xbde9_635f_643e_b4f2,
    "exponentials": 0xcf8c_5f18_8e4c_e2e3,
    "logarithms": 0x6b9e_d93b_b0aa_fb95,
    "Gumbel quantiles": 0x5fa5_66d1_5d20_e0aa,
    "exponential quantiles": 0xfcaf_773b_233f_b9f1,
  ]

  @Test(arguments: elementwiseKernels)
  func elementwiseKernelsHaveTheirFingerprints(named: NamedKernel) throws {
    let input = try #require(Self.inputs[named.description])
    let found = fingerprint(applied(named.kernel, to: input))
    #expect(found == Self.fingerprints[named.description], "0x\(String(found, radix: 16))")
  }

  @Test func otherKernelsHaveTheirFingerprints() {
    let alternatives = 6
    let values = uniforms(alternatives * Self.count, lane: 1)
    let prices = [0.3, 0.5, 0.1, .infinity, 0.4, 0.2]
    let noises = applied({ bertrand_standard_gumbel_quantiles($0, $1, $2) }, to: uniforms(Self.count, lane: 2))

    var choices = [Int32](repeating: 0, count: Self.count)
    var surpluses = noises
    _ = bertrand_best_alternatives(
      values, Self.count, prices, alternatives, Self.count, 0.1, &choices, &surpluses)
    var counts = [Double](repeating: 0, count: alternatives)
    var total = 0.0
    bertrand_tally(choices, surpluses, Self.count, 0, alternatives, &counts, &total)
    bertrand_scale_and_shift(&surpluses, Self.count, 1 / 3.0, 0.7)
    bertrand_add_scaled(noises, Self.count, 1 / 7.0, &surpluses)
    let found = fingerprint(choices.map(Double.init) + surpluses + counts + [total])
    #expect(found == 0x0002_4903_c3c0_fb17, "0x\(String(found, radix: 16))")
  }

  /// An element's result must not depend on where in a vector, in a block or in a remainder it stands.
  @Test(arguments: elementwiseKernels)
  func resultsDoNotDependOnThePlace(named: NamedKernel) throws {
    let input = Array(try #require(Self.inputs[named.description]).prefix(600))
    let together = bits(applied(named.kernel, to: input))
    #expect(input.map { applied(named.kernel, to: [$0])[0].bitPattern } == together)
    for start in [1, 2, 3, 5, 17, 255, 300] {
      #expect(bits(applied(named.kernel, to: Array(input[start...]))) == Array(together[start...]))
    }
    #expect(applied(named.kernel, to: []).isEmpty)
  }

  @Test(arguments: elementwiseKernels)
  func inputAndOutputMayBeOneArray(named: NamedKernel) throws {
    let input = try #require(Self.inputs[named.description])
    #expect(bits(appliedInPlace(named.kernel, to: input)) == bits(applied(named.kernel, to: input)))
  }
}
