import CKernels
import Foundation
import Testing

/// Against libm, whose exp and log are themselves within 0.52 ulp of the truth (glibc's manual says 1): a kernel with
/// an error below 1 ulp is then less than 2 ulp away.
@Suite struct ElementaryTests {
  @Test(arguments: [(-708.39, 709.78), (-40.0, 40.0), (-1.0, 1.0), (-1e-3, 1e-3)])
  func exponentials(low: Double, high: Double) {
    let values = grid(from: low, to: high, steps: 2_000_000)
    let worst = largestError(of: applied(bertrand_exponentials, to: values), from: values.map { exp($0) })
    print("exp on [\(low), \(high)]: largest error \(worst.ulps) ulp at \(values[worst.index])")
    #expect(worst.ulps <= 1)
  }

  /// Random bit patterns cover every exponent, subnormal numbers too; the grids look where cancellation could bite.
  @Test func logarithmsOfAllMagnitudes() {
    var random = SplitMix(state: 3)
    let values = (0..<2_000_000).map { _ in Double(bitPattern: random.next() >> 1) }.filter { $0.isFinite }
    let worst = largestError(of: applied(bertrand_logarithms, to: values), from: values.map { log($0) })
    print("log of all magnitudes: largest error \(worst.ulps) ulp at \(values[worst.index])")
    #expect(worst.ulps <= 1)
  }

  @Test(arguments: [(0.5, 2.0), (0.999, 1.001), (0x1p-1060, 0x1p-1000)])
  func logarithms(low: Double, high: Double) {
    let values = grid(from: low, to: high, steps: 2_000_000)
    let worst = largestError(of: applied(bertrand_logarithms, to: values), from: values.map { log($0) })
    print("log on [\(low), \(high)]: largest error \(worst.ulps) ulp at \(values[worst.index])")
    #expect(worst.ulps <= 1)
  }

  @Test func edgesOfTheExponential() {
    let largest = log(Double.greatestFiniteMagnitude)
    let smallest = log(Double.leastNormalMagnitude)
    let results = applied(
      bertrand_exponentials, to: [0, -0.0, .infinity, -.infinity, largest.nextUp, smallest.nextDown, 1e300, -1e300])
    #expect(results == [1, 1, .infinity, 0, .infinity, 0, .infinity, 0])
    let inside = applied(bertrand_exponentials, to: [largest, smallest])
    #expect(largestError(of: inside, from: [exp(largest), exp(smallest)]).ulps < 2)
    #expect(inside[0].isFinite && inside[1] > 0)
  }

  @Test func edgesOfTheLogarithm() {
    let results = applied(bertrand_logarithms, to: [1, 0, -0.0, .infinity, .leastNonzeroMagnitude])
    #expect(results == [0, -.infinity, -.infinity, .infinity, log(.leastNonzeroMagnitude)])
    #expect(applied(bertrand_logarithms, to: [-1, -0x1p-1060, -.infinity]).allSatisfy { $0.isNaN })
  }

  @Test(arguments: elementwiseKernels)
  func nanPasses(named: NamedKernel) {
    let payload = Double(nan: 0x7_ffff_ffff, signaling: false)
    let results = applied(named.kernel, to: [.nan, -.nan, payload, -payload])
    #expect(results.allSatisfy { $0.isNaN })
  }

  @Test func transforms() {
    for count in [0, 1, 7, 256, 1001] {
      let values = uniforms(count)
      let addend = uniforms(count, lane: 1)
      var results = values
      bertrand_scale_and_shift(&results, count, 3.7, -0.3)
      #expect(results == values.map { (-0.3).addingProduct($0, 3.7) })
      results = values
      bertrand_add_scaled(addend, count, 1 / 3.0, &results)
      #expect(results == zip(values, addend).map { $0.addingProduct(1 / 3.0, $1) })
    }
  }
}
