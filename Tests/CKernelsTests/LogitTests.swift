import CKernels
import Foundation
import Testing

private struct Logit {
  var values: [Double]
  var stride: Int
  var prices: [Double]
  var count: Int
  var inverseScale: Double
  var hasOutside: Bool

  /// Shares in the layout of the values, and log-sums. What the kernel leaves alone stays -1.
  var results: (shares: [Double], logSums: [Double]) {
    var shares = [Double](repeating: -1, count: values.count)
    var logSums = [Double](repeating: -1, count: count)
    bertrand_logit_shares(
      values, stride, prices, prices.count, count, inverseScale, hasOutside ? 1 : 0, &shares, &logSums)
    return (shares, logSums)
  }

  /// One customer by the textbook formula with libm's functions.
  func plain(_ customer: Int) -> (shares: [Double], logSum: Double) {
    let utilities = prices.indices.map { (values[$0 * stride + customer] - prices[$0]) * inverseScale }
    let largest = (utilities + (hasOutside ? [0] : [])).max() ?? 0
    let weights = utilities.map { exp($0 - largest) }
    let sum = weights.reduce(hasOutside ? exp(-largest) : 0, +)
    return (weights.map { $0 / sum }, largest + log(sum))
  }
}

@Suite struct LogitTests {
  /// Both sides round each utility difference in the same way; what differs is an ulp of each exponential and of the
  /// quotient: a relative 1e-15. The log-sum adds its own rounding where it is large.
  @Test(arguments: [1, 2, 5, 12], [true, false])
  func agreesWithThePlainFormula(alternatives: Int, hasOutside: Bool) {
    for count in [0, 1, 9, 255, 256, 257, 600] {
      let stride = count + 2
      let logit = Logit(
        values: uniforms(alternatives * stride, lane: 2).map { 100 * $0 }, stride: stride,
        prices: (0..<alternatives).map { $0 == 3 ? .infinity : 50 + Double($0) }, count: count, inverseScale: 0.3,
        hasOutside: hasOutside)
      let results = logit.results
      for customer in 0..<count {
        let plain = logit.plain(customer)
        var total = 0.0
        for alternative in 0..<alternatives {
          let share = results.shares[alternative * stride + customer]
          #expect(abs(share - plain.shares[alternative]) <= 1.5e-15 * plain.shares[alternative])
          total += share
        }
        let logSum = results.logSums[customer]
        #expect(abs(logSum - plain.logSum) <= 4e-16 * max(1, abs(plain.logSum)))
        // Shares sum to one with what the outside option has; each of them is off by at most 1.5e-15 of itself.
        let outsideShare = hasOutside ? exp(-logSum) : 0
        #expect(abs(total + outsideShare - 1) < 2e-14)
        if !hasOutside { #expect(abs(total - 1) < 2e-15) }
      }
      // Elements between count and stride belong to somebody else.
      for alternative in 0..<alternatives {
        #expect(results.shares[(alternative * stride + count)..<((alternative + 1) * stride)].allSatisfy { $0 == -1 })
      }
    }
  }

  @Test func hugeUtilitiesNeitherOverflowNorVanish() {
    let logit = Logit(
      values: [1e6, -1e6, 0, 1e6, -1e6, 5], stride: 3, prices: [0, 0], count: 3, inverseScale: 10, hasOutside: true)
    let results = logit.results
    #expect(results.shares[0] == 0.5 && results.shares[3] == 0.5)
    #expect(results.shares[1] == 0 && results.shares[4] == 0)
    #expect(results.logSums[0] == 1e7 + log(2) && results.logSums[1] == 0)
    #expect(abs(results.shares[5] - 1 / (1 + 2 * exp(-50))) < 1e-15)
  }

  @Test func whatIsNotOfferedHasNoShare() {
    let prices = [Double.infinity, .infinity]
    for hasOutside in [true, false] {
      let logit = Logit(
        values: [1, .infinity, 2, -.infinity], stride: 2, prices: prices, count: 2, inverseScale: 1,
        hasOutside: hasOutside)
      let results = logit.results
      #expect(results.shares == [0, 0, 0, 0])
      #expect(results.logSums == (hasOutside ? [0, 0] : [-.infinity, -.infinity]))
    }
    let nothing = Logit(values: [], stride: 2, prices: [], count: 2, inverseScale: 1, hasOutside: true)
    #expect(nothing.results.logSums == [0, 0])
  }

  /// The derivative of the log-sum by a value is the share times the inverse scale. Central differences with a step of
  /// 1e-5 err by about 1e-10 (curvature) and 1e-11 (rounding).
  @Test func sharesAreTheSlopeOfTheLogSum() {
    let values = uniforms(4 * 300, lane: 4)
    var logit = Logit(
      values: values, stride: 300, prices: [0.1, 0.2, 0.3, 0.4], count: 300, inverseScale: 5, hasOutside: true)
    let shares = logit.results.shares
    for alternative in 0..<4 {
      let range = (alternative * 300)..<((alternative + 1) * 300)
      for index in range { logit.values[index] = values[index] + 1e-5 }
      let above = logit.results.logSums
      for index in range { logit.values[index] = values[index] - 1e-5 }
      let below = logit.results.logSums
      for index in range { logit.values[index] = values[index] }
      for customer in 0..<300 {
        let slope = (above[customer] - below[customer]) / 2e-5
        #expect(abs(slope - 5 * shares[alternative * 300 + customer]) < 2e-9)
      }
    }
  }
}
