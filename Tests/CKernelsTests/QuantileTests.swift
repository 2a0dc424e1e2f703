import CKernels
import Foundation
import Testing

/// -log(-log(u)) at exactly these doubles in 60 digits (mpmath), rounded to the nearest double.
private let gumbelQuantiles: [(probability: Double, quantile: Double)] = [
  (0x1p-1064, -6.6032777493199255), (1e-300, -6.537814919904156), (1e-100, -5.439202631236047),
  (1e-20, -3.829764718801947), (1.1102230246251565e-16, -3.6037789929704576), (1e-10, -3.1366175382420014),
  (1e-5, -2.443470357682056), (0.001, -1.9326447339160655), (0.05, -1.0971887003649488),
  (0.2, -0.4758849953271106), (0.3, -0.18562675886236568), (0.36, -0.02142018846782331),
  (0.37, 0.005764308405759777), (0.4, 0.08742157179075516), (0.5, 0.36651292058166435),
  (0.6, 0.6717269920921219), (0.7, 1.030930433158723), (0.75, 1.2458993237072382), (0.9, 2.2503673273124454),
  (0.99, 4.600149226776579), (0.9999, 9.210290369892835), (0.99999999, 18.420680733927608),
  (0.9999999990686774, 20.794415416332697), (0.9999999999990905, 27.725887222397358),
  (0.9999999999999991, 34.657359027997266), (0.9999999999999998, 36.04365338911715),
  (0.9999999999999999, 36.7368005696771),
]

/// -log1p(-u) likewise.
private let exponentialQuantiles: [(probability: Double, quantile: Double)] = [
  (0x1p-1074, 0x1p-1074), (1e-300, 1e-300), (1e-100, 1e-100), (1e-20, 1e-20),
  (1.1102230246251565e-16, 1.1102230246251565e-16), (1e-10, 1.00000000005e-10), (1e-5, 1.0000050000333337e-5),
  (0.001, 0.0010005003335835335), (0.05, 0.051293294387550536), (0.2, 0.22314355131420976),
  (0.29, 0.3424903089467759), (0.2928932188134524, 0.3465735902799726),
  (0.2928932188134525, 0.34657359027997264), (0.3, 0.35667494393873234), (0.4, 0.5108256237659907),
  (0.49999999999999994, 0.6931471805599452), (0.5, 0.6931471805599453), (0.6, 0.916290731874155),
  (0.75, 1.3862943611198906), (0.9, 2.302585092994046), (0.99, 4.605170185988091),
  (0.9999, 9.210340371976294), (0.9999999990686774, 20.79441541679836),
  (0.9999999999999998, 36.04365338911715), (0.9999999999999999, 36.7368005696771),
]

@Suite struct QuantileTests {
  /// Two logarithms within an ulp. The inner one's relative error turns into an absolute error of the outer, so near
  /// the zero at 1/e the bound is absolute: 4e-16 of at least 1.
  @Test func gumbelQuantilesAgreeWithTheTable() {
    let results = applied(bertrand_standard_gumbel_quantiles, to: gumbelQuantiles.map(\.probability))
    for (entry, result) in zip(gumbelQuantiles, results) {
      #expect(abs(result - entry.quantile) <= 4e-16 * max(1, abs(entry.quantile)), "at \(entry.probability)")
    }
  }

  /// Near 1 the reference goes through log1p of the exact distance to 1.
  @Test func gumbelQuantilesNearOne() {
    let distances = (0...1_000_000).map { Double(1 + $0 * 3) * 0x1p-53 }
    let results = applied(bertrand_standard_gumbel_quantiles, to: distances.map { 1 - $0 })
    let worst = largestError(of: results, from: distances.map { -log(-log1p(-$0)) })
    print("Gumbel quantile near 1: largest error \(worst.ulps) ulp at 1 - \(distances[worst.index])")
    #expect(worst.ulps < 2)
  }

  @Test func gumbelQuantilesNearZero() {
    let points = (0...1_000_000).map { exp(-700 * Double($0 + 10_000) / 1_010_000) }
    let results = applied(bertrand_standard_gumbel_quantiles, to: points)
    var worst = 0.0
    for (point, result) in zip(points, results) {
      let reference = -log(-log(point))
      worst = max(worst, abs(result - reference) / max(1, abs(reference)))
    }
    print("Gumbel quantile near 0: largest error \(worst)")
    #expect(worst < 6e-16)
  }

  /// Within an ulp or two, like the logarithm itself; the table includes both sides of the joint at 1 - sqrt(1/2).
  @Test func exponentialQuantilesAgreeWithTheTable() {
    let results = applied(bertrand_standard_exponential_quantiles, to: exponentialQuantiles.map(\.probability))
    let worst = largestError(of: results, from: exponentialQuantiles.map(\.quantile))
    #expect(worst.ulps <= 2, "at \(exponentialQuantiles[worst.index].probability)")
  }

  @Test func exponentialQuantilesAgreeWithLog1p() {
    let small = (0...1_000_000).map { exp(-700 * Double($0) / 1_000_000) }.map { min($0, 0.999) }
    let points = small + uniforms(1_000_000, lane: 5)
    let worst = largestError(
      of: applied(bertrand_standard_exponential_quantiles, to: points), from: points.map { -log1p(-$0) })
    print("exponential quantile: largest error \(worst.ulps) ulp at \(points[worst.index])")
    #expect(worst.ulps < 2.5)
  }

  @Test func edges() {
    let gumbel = applied(bertrand_standard_gumbel_quantiles, to: [0, -0.0, 1])
    #expect(gumbel == [-.infinity, -.infinity, .infinity])
    #expect(applied(bertrand_standard_gumbel_quantiles, to: [-0.1, 1.1, .infinity]).allSatisfy { $0.isNaN })
    let exponential = applied(bertrand_standard_exponential_quantiles, to: [0, -0.0, 1])
    #expect(exponential == [0, 0, .infinity])
    #expect(applied(bertrand_standard_exponential_quantiles, to: [1.1, .infinity]).allSatisfy { $0.isNaN })
  }
}
