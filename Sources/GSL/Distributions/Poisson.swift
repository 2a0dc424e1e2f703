import Foundation

/// The Poisson distribution: the number of customers who arrive independently of each other.
///
/// Probabilities are good to a relative 1e-12 for any mean up to ``largestMean``. Verified by high-precision values, by
/// the cumulated mass, and by sampling.
public struct Poisson: CountDistribution, Hashable {
  /// The largest mean accepted, 1e9: further up, counts leave GSL's 32-bit integers.
  public static let largestMean = 1e9

  /// The expected count, which is also the variance.
  public let mean: Double

  /// The Poisson distribution with this mean.
  ///
  /// - Throws: `GSLError` unless the mean lies between 0 and ``largestMean``.
  public init(mean: Double) throws {
    try require(mean >= 0 && mean <= Poisson.largestMean, in: "Poisson", "mean \(mean)")
    self.mean = mean
  }

  /// The probability of exactly this count: mean^count e^-mean / count!.
  public func probability(_ count: Int) throws -> Double {
    guard count >= 0 else { return 0 }
    guard count > 0 else { return exp(-mean) }
    guard mean > 0 else { return 0 }
    let k = Double(count)
    return try exp(CountMass.logRatio(k, mean)) / ((2 * .pi * k).squareRoot() * CountMass.stirling(k))
  }

  /// The probability of at most this count.
  public func cdf(_ count: Int) throws -> Double {
    guard count >= 0 else { return 0 }
    return Double(count) < mean ? try lowerTail(count) : try 1 - upperTail(count)
  }

  /// The probability of more than this count.
  public func survival(_ count: Int) throws -> Double {
    guard count >= 0 else { return 1 }
    return Double(count) < mean ? try 1 - lowerTail(count) : try upperTail(count)
  }

  /// The least count whose ``cdf(_:)`` reaches the probability.
  ///
  /// A count drawn as a quantile of a common uniform rises with the mean, so strategies that attract different numbers
  /// of customers stay paired.
  ///
  /// - Throws: `GSLError` unless the probability is at least 0 and below 1.
  public func quantile(_ probability: Double) throws -> Int {
    try require(probability >= 0 && probability < 1, in: "Poisson.quantile", "probability \(probability)")
    guard probability > 0, mean > 0 else { return 0 }
    let z = try Normal().quantile(probability)
    // The first terms of the Cornish-Fisher expansion; its error is a fraction of a count.
    let guess = mean + z * mean.squareRoot() + (z * z - 1) / 6
    return try quantile(probability, in: 0...Int.max, from: guess)
  }

  /// P(K <= count), for a count below the mean.
  private func lowerTail(_ count: Int) throws -> Double {
    let k = Double(count) + 1
    return try probability(count) * CountMass.tail(count) { (k - $0) / mean }
  }

  /// P(K > count), for a count not below the mean.
  private func upperTail(_ count: Int) throws -> Double {
    guard count < Int.max else { return 0 }
    let k = Double(count) + 1
    return try probability(count + 1) * CountMass.tail(.max) { mean / (k + $0) }
  }
}
