import CKernels
import Foundation

/// A kernel that maps one array to one array.
typealias Kernel = @Sendable (UnsafePointer<Double>?, Int, UnsafeMutablePointer<Double>?) -> Void

/// A kernel with the name that a failing test shows.
struct NamedKernel: CustomStringConvertible, Sendable {
  let description: String
  let kernel: Kernel

  init(_ description: String, _ kernel: @escaping Kernel) {
    self.description = description
    self.kernel = kernel
  }
}

let elementwiseKernels = [
  NamedKernel("normal quantiles") { bertrand_normal_quantiles($0, $1, $2) },
  NamedKernel("normal probabilities") { bertrand_normal_probabilities($0, $1, $2) },
  NamedKernel("exponentials") { bertrand_exponentials($0, $1, $2) },
  NamedKernel("logarithms") { bertrand_logarithms($0, $1, $2) },
  NamedKernel("Gumbel quantiles") { bertrand_standard_gumbel_quantiles($0, $1, $2) },
  NamedKernel("exponential quantiles") { bertrand_standard_exponential_quantiles($0, $1, $2) },
]

func applied(_ kernel: Kernel, to values: [Double]) -> [Double] {
  var results = [Double](repeating: .nan, count: values.count)
  values.withUnsafeBufferPointer { input in
    results.withUnsafeMutableBufferPointer { output in
      kernel(input.baseAddress, input.count, output.baseAddress)
    }
  }
  return results
}

func appliedInPlace(_ kernel: Kernel, to values: [Double]) -> [Double] {
  var values = values
  values.withUnsafeMutableBufferPointer { kernel($0.baseAddress, $0.count, $0.baseAddress) }
  return values
}

func uniformPairs(
  customers: [UInt32], lane: UInt32 = 0, period: UInt32 = 0, replication: UInt32 = 0, seed: UInt64 = 0
) -> (first: [Double], second: [Double]) {
  var first = [Double](repeating: .nan, count: customers.count)
  var second = first
  bertrand_uniform_pairs(customers, customers.count, lane, period, replication, seed, &first, &second)
  return (first, second)
}

/// Uniforms for tests that need many; the kernel that draws them has tests of its own.
func uniforms(_ count: Int, lane: UInt32 = 0, seed: UInt64 = 20) -> [Double] {
  uniformPairs(customers: Array(0..<UInt32(count)), lane: lane, seed: seed).first
}

func grid(from low: Double, to high: Double, steps: Int) -> [Double] {
  (0...steps).map { low + (high - low) * (Double($0) / Double(steps)) }
}

/// The largest distance of results from references, in units in the last place of the reference, and where it is.
/// Equal infinities and two NaNs are no distance apart; any other pair that is not finite is infinitely far.
func largestError(of results: [Double], from references: [Double]) -> (ulps: Double, index: Int) {
  var worst = (ulps: 0.0, index: 0)
  for (index, (result, reference)) in zip(results, references).enumerated() {
    if result == reference || (result.isNaN && reference.isNaN) { continue }
    let distance = abs(result - reference) / reference.ulp
    let ulps = distance.isFinite ? distance : .infinity
    if ulps > worst.ulps { worst = (ulps, index) }
  }
  return worst
}

func bits(_ values: [Double]) -> [UInt64] {
  values.map(\.bitPattern)
}

/// A small generator for random test inputs (SplitMix64: Steele, Lea & Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
