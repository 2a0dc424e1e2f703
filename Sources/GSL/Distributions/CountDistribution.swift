import Foundation

internal import CGSL

/// A probability distribution of a count, such as the customers of a period.
public protocol CountDistribution: Sendable {
  /// The probability of exactly this count; 0 outside the possible ones.
  ///
  /// - Throws: `GSLError` if GSL fails, which no argument is known to cause.
  func probability(_ count: Int) throws -> Double
  /// The probability of at most this count.
  ///
  /// - Throws: `GSLError` if GSL fails, which no argument is known to cause.
  func cdf(_ count: Int) throws -> Double
  /// The probability of more than this count.
  ///
  /// - Throws: `GSLError` if GSL fails, which no argument is known to cause.
  func survival(_ count: Int) throws -> Double
  /// The least count whose ``cdf(_:)`` reaches the probability.
  ///
  /// - Throws: `GSLError` unless the probability lies between 0 and 1, or where no finite count reaches it.
  func quantile(_ probability: Double) throws -> Int
}

extension CountDistribution {
  /// Finds the quantile by galloping from a guess, then halving: two or three evaluations when the guess is good.
  ///
  /// Above the median it asks the upper tail, where 1 - probability is exact and the cdf has no digits left.
  func quantile(_ probability: Double, in counts: ClosedRange<Int>, from guess: Double) throws -> Int {
    func reaches(_ count: Int) throws -> Bool {
      probability < 0.5 ? try cdf(count) >= probability : try survival(count) <= 1 - probability
    }
    var above = guess < Double(counts.upperBound) ? max(counts.lowerBound, Int(guess)) : counts.upperBound
    var below = above
    var step = 1
    if try reaches(above) {
      repeat {
        above = below
        guard above > counts.lowerBound else { return above }
        below = max(counts.lowerBound, above - step)
        step *= 2
      } while try reaches(below)
    } else {
      repeat {
        below = above
        guard below < counts.upperBound else { return below }
        above = min(counts.upperBound, below + step)
        step *= 2
      } while try !reaches(above)
    }
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if try reaches(middle) { above = middle } else { below = middle }
    }
    return above
  }
}

/// The pieces of probability mass that the counts share, after C. Loader, "Fast and accurate computation of
/// binomial probabilities" (2000).
///
/// The textbook form, exponential of log-factorials, subtracts numbers of the size n log n: GSL's own
/// `gsl_ran_poisson_pdf` has a relative error of 3e-8 at a mean of 1e7, and `gsl_cdf_poisson_P`, whose series stops
/// after 10 000 terms, one of 3e-2. Here the large parts cancel on paper.
enum CountMass {
  /// x log(expected / x) + x - expected, for x > 0: minus half the deviance of one cell, at most 0.
  static func logRatio(_ x: Double, _ expected: Double) throws -> Double {
    let excess = (expected - x) / x
    guard abs(excess) < 0.5 else { return x * log(expected / x) + x - expected }
    return try smallLogRatio(x, excess)
  }

  /// The same from the excess (expected - x) / x and the ratio expected / x, where both are known to more digits than the
  /// expected count.
  static func logRatio(_ x: Double, excess: Double, ratio: Double) throws -> Double {
    abs(excess) < 0.5 ? try smallLogRatio(x, excess) : x * (log(ratio) - excess)
  }

  private static func smallLogRatio(_ x: Double, _ excess: Double) throws -> Double {
    var result = gsl_sf_result()
    try GSLLibrary.check("gsl_sf_log_1plusx_mx_e", "x = \(excess)") { gsl_sf_log_1plusx_mx_e(excess, &result) }
    return x * result.val
  }

  /// The correction to Stirling's formula: Gamma(x) over sqrt(2 pi) x^(x - 1/2) e^-x.
  static func stirling(_ x: Double) throws -> Double {
    var result = gsl_sf_result()
    try GSLLibrary.check("gsl_sf_gammastar_e", "x = \(x)") { gsl_sf_gammastar_e(x, &result) }
    return result.val
  }

  /// 1 + r(1) + r(1) r(2) + ..., where r(i) is the mass of the i-th count further out relative to the one before it.
  ///
  /// Summing away from the mean, all terms are positive and fall, so the sum is good to rounding. It takes some nine
  /// standard deviations of terms: 0.1 ms at a mean of 1e7.
  @inline(__always)
  static func tail(_ terms: Int, ratio: (Double) -> Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var i = 1.0
    while i <= Double(terms) && term > 1e-20 * sum {
      term *= ratio(i)
      sum += term
      i += 1
    }
    return sum
  }
}
