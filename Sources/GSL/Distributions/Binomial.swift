import Foundation

/// The binomial distribution: successes in independent trials, such as the buyers among the customers of a segment.
///
/// Probabilities are good to a relative 1e-11 for any number of trials. Verified by high-precision values, by the
/// cumulated mass, by symmetry, and by sampling.
public struct Binomial: CountDistribution, Hashable {
  /// The most trials accepted, 1e9.
  public static let mostTrials = 1_000_000_000

  /// The number of trials.
  public let trials: Int
  /// The probability that a trial succeeds.
  public let successProbability: Double

  /// The binomial distribution of this many trials.
  ///
  /// - Throws: `GSLError` unless the trials lie between 0 and ``mostTrials`` and the probability between 0 and 1.
  public init(trials: Int, successProbability: Double) throws {
    try require(
      (0...Binomial.mostTrials).contains(trials) && successProbability >= 0 && successProbability <= 1,
      in: "Binomial", "trials \(trials), probability \(successProbability)")
    self.trials = trials
    self.successProbability = successProbability
  }

  /// The expected number of successes.
  public var mean: Double { Double(trials) * successProbability }

  /// The standard deviation of the number of successes.
  public var standardDeviation: Double { (mean * (1 - successProbability)).squareRoot() }

  /// The probability of exactly this number of successes.
  public func probability(_ count: Int) throws -> Double {
    guard count >= 0 && count <= trials else { return 0 }
    let n = Double(trials)
    let k = Double(count)
    let p = successProbability
    guard count > 0 else { return trials == 0 ? 1 : exp(n * log1p(-p)) }
    guard count < trials else { return exp(n * log(p)) }
    guard p > 0 && p < 1 else { return 0 }
    let exponent = try CountMass.logRatio(k, n * p) + CountMass.logRatio(n - k, n * (1 - p))
    let stirling = try CountMass.stirling(n) / (CountMass.stirling(k) * CountMass.stirling(n - k))
    return exp(exponent) * stirling * (n / (2 * .pi * k * (n - k))).squareRoot()
  }

  /// The probability of at most this number of successes.
  public func cdf(_ count: Int) throws -> Double {
    guard count >= 0 else { return 0 }
    return Double(count) < mean ? try lowerTail(count) : try 1 - upperTail(count)
  }

  /// The probability of more than this number of successes.
  public func survival(_ count: Int) throws -> Double {
    guard count >= 0 else { return 1 }
    return Double(count) < mean ? try 1 - lowerTail(count) : try upperTail(count)
  }

  /// The least count whose ``cdf(_:)`` reaches the probability.
  ///
  /// - Throws: `GSLError` unless the probability lies between 0 and 1.
  public func quantile(_ probability: Double) throws -> Int {
    try require(probability >= 0 && probability <= 1, in: "Binomial.quantile", "probability \(probability)")
    guard probability > 0, successProbability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    let z = try Normal().quantile(probability)
    // The first terms of the Cornish-Fisher expansion; its error is a fraction of a count.
    let guess = mean + z * standardDeviation + (1 - 2 * successProbability) * (z * z - 1) / 6
    return try quantile(probability, in: 0...trials, from: guess)
  }

  /// P(K <= count), for a count below the mean.
  private func lowerTail(_ count: Int) throws -> Double {
    let k = Double(count) + 1
    let rest = Double(trials) - k
    let odds = (1 - successProbability) / successProbability
    return try probability(count) * CountMass.tail(count) { odds * (k - $0) / (rest + $0 + 1) }
  }

  /// P(K > count), for a count not below the mean.
  private func upperTail(_ count: Int) throws -> Double {
    guard count < trials else { return 0 }
    let k = Double(count) + 1
    let rest = Double(trials) - k + 1
    let odds = successProbability / (1 - successProbability)
    return try probability(count + 1) * CountMass.tail(trials - count - 1) { odds * (rest - $0) / (k + $0) }
  }
}
