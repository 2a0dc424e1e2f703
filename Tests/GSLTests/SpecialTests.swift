import Foundation
import GSL
import Testing

@Suite struct SpecialTests {
  /// W(x) e^W(x) = x. The product is W + 1 times as sensitive as W, hence the factor on 4e-15.
  @Test func lambertW0UndoesItsDefinition() throws {
    for x in [-0.367, -0.3, -0.1, -1e-8, 1e-12, 1e-3, 0.5, 1, 2.718, 10, 1e5, 1e100, 1e300] {
      let w = try Special.lambertW0(x)
      #expect(w >= -1)
      #expect(isClose(w * exp(w), x, relative: 4e-15 * (2 + abs(w))), "x = \(x)")
    }
    #expect(try Special.lambertW0(0) == 0)
    #expect(isClose(try Special.lambertW0(1), 0.567_143_290_409_783_873, relative: 1e-15))
    #expect(isClose(try Special.lambertW0(-0.36), -0.806_084_315_970_817_778, relative: 1e-13))
  }

  @Test func lambertWMinus1UndoesItsDefinition() throws {
    for x in [-0.367, -0.3, -0.1, -1e-3, -1e-8, -1e-100, -1e-300] {
      let w = try Special.lambertWMinus1(x)
      #expect(w <= -1)
      #expect(isClose(w * exp(w), x, relative: 4e-15 * (2 + abs(w))), "x = \(x)")
    }
    #expect(isClose(try Special.lambertWMinus1(-0.1), -3.577_152_063_957_297_22, relative: 1e-15))
  }

  /// w + ln w = z, also where e^z overflows; the two regimes meet at 500.
  @Test func lambertW0OfAnExponential() throws {
    for z in [-700.0, -30, -1, 0, 1, 30, 499, 499.999, 500.001, 501, 709, 1e3, 1e6, 1e15, 1e308] {
      let w = try Special.lambertW0(ofExponentialOf: z)
      #expect(isClose(w + log(w), z, relative: 1e-14, absolute: 1e-14), "z = \(z)")
    }
    #expect(isClose(try Special.lambertW0(ofExponentialOf: 2), try Special.lambertW0(exp(2)), relative: 1e-15))
    #expect(try Special.lambertW0(ofExponentialOf: -1e6) == 0)
  }

  /// Reference values from mpmath at 30 digits; GSL promises a few roundings.
  @Test func errorFunctions() throws {
    #expect(isClose(try Special.erf(0.5), 0.520_499_877_813_046_538, relative: 1e-15))
    #expect(isClose(try Special.erfc(0.5), 0.479_500_122_186_953_462, relative: 1e-15))
    #expect(isClose(try Special.erfc(5), 1.537_459_794_428_034_85e-12, relative: 4e-15))
    #expect(isClose(try Special.erfc(20), 5.395_865_611_607_900_93e-176, relative: 4e-14))
    #expect(try Special.erf(0) == 0 && Special.erfc(60) == 0)
    #expect(isClose(try Special.erfc(0), 1, relative: 1e-15))
    #expect(try Special.erf(.infinity) == 1 && Special.erf(-.infinity) == -1)
    #expect(try Special.erfc(.infinity) == 0 && Special.erfc(-.infinity) == 2)
  }

  @Test func logisticAndLogit() throws {
    #expect(try Special.logistic(0) == 0.5 && Special.logistic(800) == 1 && Special.logistic(-.infinity) == 0)
    #expect(isClose(try Special.logistic(-700), exp(-700), relative: 1e-15))
    for p in [1e-300, 1e-9, 0.2, 0.5, 0.999] {
      // The exponential magnifies rounding of the log-odds, up to 690, by as much.
      #expect(isClose(try Special.logistic(Special.logit(p)), p, relative: 2e-13))
    }
  }

  @Test func argumentsOutsideTheDomainThrow() {
    let error = #expect(throws: GSLError.self) { try Special.lambertW0(-1) }
    #expect(error == #expect(throws: GSLError.self) { try Special.lambertW0(-1) })
    #expect(error?.description == "gsl_sf_lambert_W0_e: input domain error (x = -1.0)")
    for bad in [-0.4, Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try Special.lambertW0(bad) }
    }
    for bad: Double in [-0.4, 0, 0.1, .nan, -.infinity] {
      #expect(throws: GSLError.self) { try Special.lambertWMinus1(bad) }
    }
    for bad in [Double.nan, .infinity] {
      #expect(throws: GSLError.self) { try Special.lambertW0(ofExponentialOf: bad) }
    }
    #expect(throws: GSLError.self) { try Special.erf(.nan) }
    #expect(throws: GSLError.self) { try Special.erfc(.nan) }
    #expect(throws: GSLError.self) { try Special.logistic(.nan) }
    for bad in [0, 1, -0.1, Double.nan] {
      #expect(throws: GSLError.self) { try Special.logit(bad) }
    }
  }
}
