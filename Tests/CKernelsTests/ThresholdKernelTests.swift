import CKernels
import Testing

/// The price that earns most, against every threshold tried in turn.
@Suite struct ThresholdKernelTests {
  struct Case {
    var thresholds: [Double] = []
    var takers: [Double] = []
    var refusers: [Double] = []
    var weights: [Double] = []

    func earned(at price: Double) -> Double {
      thresholds.indices.reduce(0) { sum, i in
        sum + weights[i] * (thresholds[i] >= price ? takers[i] + price : refusers[i])
      }
    }

    func best(otherwise: Double) -> (price: Double, earned: Double) {
      var numbers = [Double](repeating: .nan, count: 2 * thresholds.count)
      var scratch = [UInt32](repeating: .max, count: 6 * thresholds.count + 1)
      var earned = Double.nan
      let price = bertrand_best_threshold(
        thresholds, takers, refusers, weights, thresholds.count, otherwise, &numbers, &scratch, &earned)
      return (price, earned)
    }
  }

  static func random(_ count: Int, seed: UInt64, steps: Double?, whole: Bool) -> Case {
    var random = SplitMix(state: seed)
    var result = Case()
    for _ in 0..<count {
      let threshold = Double.random(in: -10...120, using: &random)
      result.thresholds.append(steps.map { (threshold / $0).rounded() * $0 } ?? threshold)
      result.takers.append(Double.random(in: -60 ... -20, using: &random))
      result.refusers.append(Double.random(in: 0...15, using: &random))
      result.weights.append(whole ? 1 : Double.random(in: 0.1...3, using: &random))
    }
    return result
  }

  @Test(arguments: [1, 2, 7, 8, 9, 100, 400, 3000], [nil, 5.0, 130.0])
  func isTheBestOfAllThresholds(count: Int, steps: Double?) {
    for seed in UInt64(0)..<20 {
      let one = Self.random(count, seed: seed, steps: steps, whole: seed % 2 == 0)
      let best = one.best(otherwise: 1000)
      let all = one.thresholds.filter { $0 >= 0 } + [1000]
      // Sums of so many numbers below 400 each, in another order.
      let tolerance = 1e-13 * 400 * Double(count)
      #expect(all.contains(best.price))
      #expect(abs(best.earned - one.earned(at: best.price)) <= tolerance)
      #expect(all.count > 500 || best.earned >= (all.map(one.earned).max() ?? 0) - tolerance)
    }
  }

  @Test func nobodyBuysBelowZeroOrWithoutANumber() {
    let nobody = Case(
      thresholds: [-1, .nan, -.infinity], takers: [9, 9, 9], refusers: [1, 2, 4], weights: [1, 1, 1])
    #expect(nobody.best(otherwise: 7) == (7, 7))
    let one = Case(thresholds: [-1, .nan, 5], takers: [9, 9, -1], refusers: [1, 2, 1], weights: [1, 1, 2])
    #expect(one.best(otherwise: 7) == (5, 11))
  }

  @Test func ofEqualPricesTheHighest() {
    // Two at 10 or four at 5: 20 each.
    let four = Case(
      thresholds: [5, 10, 5, 10], takers: [0, 0, 0, 0], refusers: [0, 0, 0, 0], weights: [1, 1, 1, 1])
    #expect(four.best(otherwise: 99) == (10, 20))
  }
}
