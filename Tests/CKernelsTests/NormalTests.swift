import CKernels
import Foundation
import Testing

/// Quantiles at exactly these doubles, by Newton's method in 60 digits (mpmath 1.x), rounded to the nearest double. The
/// points include the joints of the approximation (0.075, 0.925 and exp(-25)) and both ends.
private let quantiles: [(probability: Double, quantile: Double)] = [
  (0x1p-1074, -38.467405617144344), (0x1p-1030, -37.666780465078375), (2.2250738585072014e-308, -37.5193793471445),
  (1e-300, -37.0470962993612), (1e-200, -30.20559417957964), (1e-100, -21.273453560965326),
  (1e-50, -14.933337534788489), (1e-20, -9.262340089798407), (1e-16, -8.222082216130435),
  (1.1102230246251565e-16, -8.209536151601387), (1e-12, -7.034483825301132), (1.38e-11, -6.658838502850766),
  (1.39e-11, -6.657777073049202), (1e-10, -6.361340902404057), (1e-8, -5.612001244174789),
  (1e-6, -4.753424308822899), (0.0001, -3.7190164854556804), (0.001, -3.0902323061678136),
  (0.01, -2.326347874040841), (0.02425, -1.972961051311885), (0.05, -1.6448536269514726),
  (0.0749, -1.4402382675279637), (0.075, -1.439531470938456), (0.0751, -1.43882539275254),
  (0.1, -1.2815515655446004), (0.2, -0.8416212335729142), (0.25, -0.6744897501960817),
  (0.3, -0.5244005127080408), (0.4, -0.2533471031357997), (0.45, -0.12566134685507402),
  (0.49, -0.025068908258711057), (0.4999, -0.00025066283008800747), (0.499999999, -2.5066283428845328e-9),
  (0.5, 0.0), (0.5000001, 2.506628273311648e-7), (0.51, 0.025068908258711057), (0.6, 0.2533471031357997),
  (0.7, 0.5244005127080407), (0.8, 0.8416212335729144), (0.9, 1.2815515655446006),
  (0.9249, 1.4388253927525403), (0.925, 1.4395314709384561), (0.9251, 1.440238267527964),
  (0.95, 1.6448536269514722), (0.975, 1.9599639845400538), (0.99, 2.3263478740408408),
  (0.999, 3.090232306167813), (0.999999, 4.753424308817087), (0.9999999999, 6.361340889697422),
  (0.99999999999, 6.706023143414748), (0.9999999999990905, 7.047700256664409),
  (0.9999999999999998, 8.125890664701906), (0.9999999999999999, 8.209536151601387),
]

/// erfc(-x / sqrt(2)) / 2 in 60 digits (mpmath), rounded to the nearest double.
private let probabilities: [(value: Double, probability: Double)] = [
  (-37.5, 4.605353009581955e-308), (-37.0, 5.725571222524577e-300), (-36.6, 1.4300370427625566e-293),
  (-30.0, 4.906713927148187e-198), (-25.3, 1.5971151302422e-141), (-20.0, 2.7536241186062337e-89),
  (-15.7, 7.56210317468378e-56), (-10.0, 7.619853024160525e-24), (-8.0, 6.220960574271784e-16),
  (-6.5, 4.016000583859118e-11), (-5.0, 2.866515718791939e-7), (-4.0, 3.1671241833119924e-5),
  (-3.0, 0.0013498980316300946), (-2.5, 0.006209665325776135), (-2.0, 0.02275013194817921),
  (-1.5, 0.06680720126885807), (-1.0, 0.15865525393145705), (-0.75, 0.2266273523768682),
  (-0.5, 0.3085375387259869), (-0.25, 0.4012936743170763), (-0.1, 0.460172162722971),
  (-0.001, 0.49960105778608893), (-1e-10, 0.49999999996010575), (0.0, 0.5), (1e-10, 0.5000000000398942),
  (0.001, 0.500398942213911), (0.1, 0.539827837277029), (0.25, 0.5987063256829237), (0.5, 0.6914624612740131),
  (0.75, 0.7733726476231318), (1.0, 0.8413447460685429), (1.5, 0.9331927987311419), (2.0, 0.9772498680518208),
  (2.5, 0.9937903346742238), (3.0, 0.9986501019683699), (4.0, 0.9999683287581669), (5.0, 0.9999997133484281),
  (6.0, 0.9999999990134123), (7.0, 0.9999999999987201), (8.0, 0.9999999999999993), (8.2, 0.9999999999999999),
  (9.0, 1.0),
]

@Suite struct NormalTests {
  /// AS 241 promises 1e-16; rounding in two polynomials, a quotient and a root leaves a few ulp of 1.1e-16 each.
  @Test func quantilesAgreeWithTheTable() {
    let results = applied(bertrand_normal_quantiles, to: quantiles.map(\.probability))
    for (entry, result) in zip(quantiles, results) {
      #expect(abs(result - entry.quantile) <= 1.5e-15 * abs(entry.quantile), "at \(entry.probability)")
    }
  }

  /// The fit leaves 1e-16; the exponential, the polynomial and the reciprocal a few ulp each.
  @Test func probabilitiesAgreeWithTheTable() {
    let results = applied(bertrand_normal_probabilities, to: probabilities.map(\.value))
    for (entry, result) in zip(probabilities, results) {
      #expect(abs(result - entry.probability) <= 2e-15 * entry.probability, "at \(entry.value)")
    }
  }

  /// libm's erfc is exact to an ulp or so, but its argument is rounded: x * dx of the tail's relative error.
  @Test func probabilitiesAgreeWithErfcEverywhere() {
    let values = grid(from: -37, to: 9, steps: 1_000_000)
    let results = applied(bertrand_normal_probabilities, to: values)
    var worst = 0.0
    for (value, result) in zip(values, results) {
      let reference = 0.5 * erfc(-value / 2.0.squareRoot())
      worst = max(worst, abs(result / reference - 1) / (1 + value * value))
    }
    print("normal probabilities: largest relative error / (1 + x^2) \(worst)")
    #expect(worst < 1.5e-15)
  }

  /// The inverse of Phi brings x back. An error e of Phi moves x by e / density: in the lower tail, where Phi is known
  /// to a relative 2e-15, by less than that over |x|; above 0 by half an ulp of 1 over the density.
  @Test func quantilesInvertProbabilities() {
    let values = grid(from: -37, to: 8, steps: 500_000)
    let returned = applied(bertrand_normal_quantiles, to: applied(bertrand_normal_probabilities, to: values))
    var worst = 0.0
    for (value, result) in zip(values, returned) {
      let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
      let allowed = 4e-15 * max(1, abs(value)) + (value > 0 ? 0x1p-53 / density : 0)
      worst = max(worst, abs(result - value) / allowed)
    }
    print("normal quantile of probability: largest error \(worst) of what is allowed")
    #expect(worst < 1)
  }

  /// Where 1 - p is exact, the two tails are one computation.
  @Test func quantilesAreSymmetric() {
    let lower = uniforms(100_000).map { $0 / 2 }.map { (1 - (1 - $0)) }.filter { $0 > 0 }
    let below = applied(bertrand_normal_quantiles, to: lower)
    let above = applied(bertrand_normal_quantiles, to: lower.map { 1 - $0 })
    #expect(below.map { -$0 } == above)
  }

  /// Neighbours on a fine grid must not be out of order across the joints of the approximation.
  @Test(arguments: [0.075, 0.925, exp(-25.0)])
  func quantilesRiseAcrossTheJoints(joint: Double) {
    let points = grid(from: joint * (1 - 1e-9), to: min(joint * (1 + 1e-9), 1), steps: 2000)
    let results = applied(bertrand_normal_quantiles, to: points)
    #expect(zip(results, results.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// Uniforms in, normals out: the first four moments within five standard errors.
  @Test func quantilesOfUniformsAreNormal() {
    let normals = applied(bertrand_normal_quantiles, to: uniforms(1 << 20, seed: 11))
    for (power, moment, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)] {
      let mean = normals.reduce(0) { $0 + pow($1, Double(power)) } / Double(normals.count)
      #expect(abs(mean - moment) < 5 * (variance / Double(normals.count)).squareRoot(), "moment \(power)")
    }
  }

  @Test func edges() {
    let outside = [0, -0.0, 1, -1e-300, 1.0000000000000002, -.infinity, .infinity, .nan]
    let quantiles = applied(bertrand_normal_quantiles, to: outside)
    #expect(quantiles[0...2] == [-.infinity, -.infinity, .infinity])
    #expect(quantiles[3...].allSatisfy { $0.isNaN })

    let far = [-.infinity, -1e300, -50, -38, 9, 50, 1e300, .infinity]
    #expect(applied(bertrand_normal_probabilities, to: far) == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(applied(bertrand_normal_probabilities, to: [.nan])[0].isNaN)
    #expect(applied(bertrand_normal_probabilities, to: [0, -0.0]) == [0.5, 0.5])
  }
}
