import CKernels
import Foundation
import Testing

private struct MixedLogit {
  var utilities: [Double]
  var stride: Int
  var sensitivities: [Double]
  var weights: [Double]
  var prices: [Double]
  var hasOutside: Bool

  struct Totals {
    var units: [Double]
    var own: [Double]
    var cross: [Double]
    var surplus: Double

    var all: [Double] { units + own + cross + [surplus] }
  }

  /// What the kernel adds to zeros.
  func totals(hasSlopes: Bool = true) -> Totals {
    let count = prices.count
    var totals = Totals(
      units: [Double](repeating: 0, count: count), own: [Double](repeating: 0, count: count),
      cross: [Double](repeating: 0, count: count * count), surplus: 0)
    var scratch = [Double](repeating: .nan, count: max(1, count * 256))
    totals.own.withUnsafeMutableBufferPointer { own in
      totals.cross.withUnsafeMutableBufferPointer { cross in
        bertrand_mixed_logit(
          utilities, stride, sensitivities, weights, prices, count, weights.count, hasOutside ? 1 : 0, &scratch,
          &totals.units, hasSlopes ? own.baseAddress : nil, hasSlopes ? cross.baseAddress : nil, &totals.surplus)
      }
    }
    return totals
  }

  /// The same by the textbook formula with libm's functions, customer by customer.
  func plain() -> Totals {
    let count = prices.count
    var totals = Totals(
      units: [Double](repeating: 0, count: count), own: [Double](repeating: 0, count: count),
      cross: [Double](repeating: 0, count: count * count), surplus: 0)
    for customer in weights.indices {
      let alpha = sensitivities[customer]
      let offered = prices.indices.map { utilities[$0 * stride + customer] - alpha * prices[$0] }
      let largest = (offered + (hasOutside ? [0] : [])).max() ?? 0
      guard largest > -.infinity else { continue }
      let powers = offered.map { exp($0 - largest) }
      let sum = powers.reduce(hasOutside ? exp(-largest) : 0, +)
      let shares = powers.map { $0 / sum }
      totals.surplus += weights[customer] * (largest + log(sum)) / alpha
      for row in 0..<count {
        totals.units[row] += weights[customer] * shares[row]
        totals.own[row] += weights[customer] * alpha * shares[row]
        for column in row..<count {
          totals.cross[row * count + column] += weights[customer] * alpha * shares[row] * shares[column]
        }
      }
    }
    return totals
  }

  /// A market of random customers; the third price of four or more is infinite.
  static func random(_ alternatives: Int, _ customers: Int, hasOutside: Bool) -> MixedLogit {
    let stride = customers + 3
    let lanes = (0..<3).map { uniforms(max(1, customers), lane: UInt32($0)) }
    return MixedLogit(
      utilities: uniforms(max(1, alternatives * stride), lane: 7).map { 12 * $0 - 4 }, stride: stride,
      sensitivities: lanes[0].prefix(customers).map { 0.2 + 3 * $0 },
      weights: lanes[1].prefix(customers).map { 0.1 + $0 },
      prices: (0..<alternatives).map { alternatives > 3 && $0 == 2 ? .infinity : 0.5 + 0.3 * Double($0) },
      hasOutside: hasOutside)
  }
}

/// Logit demand of customers who differ in everything, with slopes.
@Suite struct MixedLogitKernelTests {
  /// Shares err by 1e-15 of themselves; sums over customers by as little, since all terms are of one sign. Surplus may
  /// cancel, so that its error is relative to the weight.
  @Test(arguments: 1...9, [true, false]) func agreesWithThePlainFormula(alternatives: Int, hasOutside: Bool) {
    var worst = 0.0
    for customers in [0, 1, 2, 7, 8, 9, 255, 256, 257, 511, 512, 513, 600] {
      let market = MixedLogit.random(alternatives, customers, hasOutside: hasOutside)
      let (found, exact) = (market.totals(), market.plain())
      for (one, other) in zip(found.units + found.own + found.cross, exact.units + exact.own + exact.cross) {
        worst = max(worst, one == other ? 0 : abs(one - other) / max(abs(one), abs(other)))
      }
      let weight = market.weights.reduce(1, +)
      worst = max(worst, abs(found.surplus - exact.surplus) / weight / 10)
      // Below the diagonal the kernel writes nothing.
      for row in 0..<alternatives {
        for column in 0..<row { #expect(found.cross[row * alternatives + column] == 0) }
      }
      // Without slopes, the same units to the last bit.
      let units = market.totals(hasSlopes: false)
      #expect(bits(units.units) == bits(found.units) && units.surplus == found.surplus)
      #expect(units.own.allSatisfy { $0 == 0 } && units.cross.allSatisfy { $0 == 0 })
    }
    print("mixed logit, \(alternatives) alternatives: relative error \(worst)")
    #expect(worst < 5e-15)
  }

  @Test func whatIsNotOfferedHasNoShare() {
    for hasOutside in [true, false] {
      var market = MixedLogit.random(4, 300, hasOutside: hasOutside)
      market.prices = [1, .infinity, 2, .infinity]
      let totals = market.totals()
      #expect(totals.units[1] == 0 && totals.own[1] == 0 && totals.cross[5] == 0 && totals.cross[1] == 0)
      market.prices = [.infinity, .infinity, .infinity, .infinity]
      let nothing = market.totals()
      #expect(nothing.all.allSatisfy { $0 == 0 })
    }
  }

  @Test func hugeUtilitiesNeitherOverflowNorVanish() {
    for hasOutside in [true, false] {
      let market = MixedLogit(
        utilities: [1e6, -1e6, 700, -800, 1e6, -1e6, -700, -800], stride: 4, sensitivities: [1, 2, 3, 0.5],
        weights: [1, 1, 1, 1], prices: [0, 0], hasOutside: hasOutside)
      let totals = market.totals()
      #expect(totals.all.allSatisfy { $0.isFinite })
      // Customers 1 and 3 are torn between the two; the outside option is better for them by far.
      #expect(totals.units == (hasOutside ? [1.5, 0.5] : [2.5, 1.5]))
      let gains = 1e6 + log(2) + 700 / 3 + (hasOutside ? 0 : (-1e6 + log(2)) / 2 + (-800 + log(2)) / 0.5)
      #expect(abs(totals.surplus - gains) < 1e-9)
    }
    let priced = MixedLogit(
      utilities: [3, 4], stride: 1, sensitivities: [2], weights: [1], prices: [1e300, -1e300], hasOutside: true)
    #expect(priced.totals().units == [0, 1])
  }

  /// It adds to what is there: half of the customers after the other half.
  @Test func addsToWhatIsThere() {
    let market = MixedLogit.random(5, 512, hasOutside: true)
    var totals = market.totals()
    let before = totals
    var scratch = [Double](repeating: 0, count: 2 * 5 * 256)
    bertrand_mixed_logit(
      market.utilities, market.stride, market.sensitivities, market.weights, market.prices, 5, 512, 1, &scratch,
      &totals.units, &totals.own, &totals.cross, &totals.surplus)
    for (twice, once) in zip(totals.all, before.all) { #expect(abs(twice - 2 * once) <= 1e-14 * abs(twice)) }
  }

  /// Against all slopes, which are sums of the same terms in another order: terms are positive, so that an error of some
  /// ulps is all there is.
  @Test(arguments: 1...9, [true, false]) func conditionsFollowFromAllSlopes(alternatives: Int, hasOutside: Bool) {
    for customers in [0, 1, 5, 8, 20, 257, 513] {
      let market = MixedLogit.random(alternatives, customers, hasOutside: hasOutside)
      var all = market.totals()
      bertrand_mirror(&all.cross, alternatives)
      let owners = (0..<alternatives).map { Int32($0 % 3) }
      let markups = (0..<alternatives).map { 0.2 + 0.1 * Double($0) }
      var units = [Double](repeating: 0, count: alternatives)
      var (own, effects) = (units, units)
      var scratch = [Double](repeating: .nan, count: (alternatives + 3) * 256)
      bertrand_logit_conditions(
        market.utilities, market.stride, market.sensitivities, market.weights, market.prices, markups, owners, 3,
        alternatives, customers, hasOutside ? 1 : 0, &scratch, &units, &own, &effects)
      #expect(bits(units) == bits(all.units) && bits(own) == bits(all.own))
      for row in 0..<alternatives {
        var sum = 0.0
        for column in 0..<alternatives where owners[column] == owners[row] {
          sum += markups[column] * all.cross[row * alternatives + column]
          #expect(all.cross[row * alternatives + column] == all.cross[column * alternatives + row])
        }
        #expect(abs(effects[row] - sum) <= 1e-14 * sum)
      }
    }
  }

  /// The same bits on every processor; see ``SameBitsTests``.
  @Test func hasItsFingerprint() {
    let totals = MixedLogit.random(9, 600, hasOutside: true).totals()
    let rest = MixedLogit.random(5, 259, hasOutside: false).totals()
    let found = fingerprint(totals.all + rest.all)
    #expect(found == 0xbe4d_85a8_e82e_7b52, "0x\(String(found, radix: 16))")
  }
}
