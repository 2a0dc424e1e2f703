internal import CGSL

/// A stream of random draws that depends on nothing but its key: seed, replication, purpose, period and index.
///
/// Two streams with the same key draw the same values; streams whose keys differ anywhere draw independent ones. A
/// stream is a small value: making one costs nothing, and a copy goes on from where the original stood.
///
/// The words come from ``Philox``, with counter (index, purpose << 24 | slot, period, replication) and key (low, high
/// half of the seed). The slot counts blocks of four words from 0 and wraps after 2^24 of them, so a single stream
/// has 67 108 864 words; draw longer sequences from several indices.
///
/// The distributions are GSL's own. Those that reject (normal, Poisson, binomial, integer) take a varying number of
/// words: for draws that must stay paired between strategies, take a quantile of ``uniform()`` instead.
///
/// Verified by the block layout against ``Philox``, and for each distribution by the moments and a Kolmogorov-Smirnov
/// or chi-squared distance to its exact form.
public struct RandomStream: Sendable {
  private var state: cgsl_philox_state

  /// Opens the stream of a key.
  public init(seed: UInt64, replication: UInt32, purpose: UInt8, period: UInt32, index: UInt32) {
    state = cgsl_philox_start(seed, replication, purpose, period, index)
  }

  /// The next word, uniform over all 32-bit values.
  public mutating func word() -> UInt32 {
    cgsl_philox_word(&state)
  }

  /// A uniform number, always strictly between 0 and 1, with 52 random bits.
  ///
  /// It takes two words and starts at an even one, skipping a word where needed.
  public mutating func uniform() -> Double {
    cgsl_philox_double(&state)
  }

  /// A normal number, by the ziggurat method (`gsl_ran_gaussian_ziggurat`).
  ///
  /// - Throws: `GSLError` unless the mean is finite and the standard deviation finite and not negative.
  public mutating func normal(mean: Double, standardDeviation: Double) throws -> Double {
    try require(
      mean.isFinite && standardDeviation.isFinite && standardDeviation >= 0, in: "gsl_ran_gaussian_ziggurat",
      "mean \(mean), standard deviation \(standardDeviation)")
    return mean + draw { gsl_ran_gaussian_ziggurat($0, standardDeviation) }
  }

  /// A number whose natural logarithm is normal with the given mean and standard deviation.
  ///
  /// - Throws: `GSLError` unless the mean is finite and the standard deviation finite and not negative, and where the
  ///   result is too large for a double.
  public mutating func logNormal(logMean: Double, logStandardDeviation: Double) throws -> Double {
    try require(
      logMean.isFinite && logStandardDeviation.isFinite && logStandardDeviation >= 0, in: "gsl_ran_lognormal",
      "mean \(logMean), standard deviation \(logStandardDeviation) of the logarithm")
    let result = draw { gsl_ran_lognormal($0, logMean, logStandardDeviation) }
    guard result.isFinite else { throw GSLError(Int(GSL_EOVRFLW), in: "gsl_ran_lognormal", "result \(result)") }
    return result
  }

  /// An exponential waiting time or valuation with the given mean.
  ///
  /// - Throws: `GSLError` unless the mean is finite and not negative.
  public mutating func exponential(mean: Double) throws -> Double {
    try require(mean.isFinite && mean >= 0, in: "gsl_ran_exponential", "mean \(mean)")
    return draw { gsl_ran_exponential($0, mean) }
  }

  /// A Gumbel number for maxima, F(x) = exp(-exp(-(x - location) / scale)): mean location + 0.5772 scale.
  ///
  /// - Throws: `GSLError` unless the location is finite and the scale finite and not negative.
  public mutating func gumbel(location: Double, scale: Double) throws -> Double {
    try require(
      location.isFinite && scale.isFinite && scale >= 0, in: "gsl_ran_gumbel1", "location \(location), scale \(scale)")
    // GSL's parameters are a = 1/scale and b = exp(location/scale), which overflows: shift and stretch here instead.
    return location + scale * draw { gsl_ran_gumbel1($0, 1, 1) }
  }

  /// A gamma number with density proportional to x^(shape - 1) e^(-x/scale), by Marsaglia and Tsang's method
  /// (`gsl_ran_gamma`).
  ///
  /// - Throws: `GSLError` unless shape and scale are finite and above 0.
  public mutating func gamma(shape: Double, scale: Double = 1) throws -> Double {
    try require(
      shape.isFinite && shape > 0 && scale.isFinite && scale > 0, in: "gsl_ran_gamma", "shape \(shape), scale \(scale)")
    return draw { gsl_ran_gamma($0, shape, scale) }
  }

  /// A beta number with density proportional to x^(alpha - 1) (1 - x)^(beta - 1) (`gsl_ran_beta`).
  ///
  /// - Throws: `GSLError` unless both shapes are finite and above 0.
  public mutating func beta(alpha: Double, beta: Double) throws -> Double {
    try require(
      alpha.isFinite && alpha > 0 && beta.isFinite && beta > 0, in: "gsl_ran_beta", "alpha \(alpha), beta \(beta)")
    return draw { gsl_ran_beta($0, alpha, beta) }
  }

  /// A Poisson count with the given mean.
  ///
  /// - Throws: `GSLError` unless the mean lies between 0 and ``Poisson/largestMean``.
  public mutating func poisson(mean: Double) throws -> Int {
    try require(mean >= 0 && mean <= Poisson.largestMean, in: "gsl_ran_poisson", "mean \(mean)")
    return Int(draw { gsl_ran_poisson($0, mean) })
  }

  /// The number of successes in independent trials of one probability.
  ///
  /// - Throws: `GSLError` unless the trials lie between 0 and ``Binomial/mostTrials`` and the probability between 0
  ///   and 1.
  public mutating func binomial(trials: Int, probability: Double) throws -> Int {
    try require(
      (0...Binomial.mostTrials).contains(trials) && probability >= 0 && probability <= 1, in: "gsl_ran_binomial",
      "trials \(trials), probability \(probability)")
    return Int(draw { gsl_ran_binomial($0, probability, UInt32(trials)) })
  }

  /// A whole number from 0 up to, but not including, the bound, each with the same probability.
  ///
  /// - Throws: `GSLError` unless the bound lies between 1 and 4 294 967 295.
  public mutating func integer(below bound: Int) throws -> Int {
    try require(bound >= 1 && bound <= Int(UInt32.max), in: "gsl_rng_uniform_int", "bound \(bound)")
    return Int(draw { gsl_rng_uniform_int($0, UInt(bound)) })
  }

  /// Distinct indices from `0..<total`, in rising order, every subset of that size with the same probability.
  ///
  /// - Throws: `GSLError` unless 0 <= count <= total.
  public mutating func choose(_ count: Int, of total: Int) throws -> [Int] {
    try require(count >= 0 && count <= total, in: "gsl_ran_choose", "\(count) of \(total)")
    guard count > 0 else { return [] }
    var indices = Array(0..<total)
    var chosen = [Int](repeating: 0, count: count)
    let status = draw {
      gsl_ran_choose($0, &chosen, count, &indices, total, MemoryLayout<Int>.stride)
    }
    guard status == 0 else { throw GSLError(Int(status), in: "gsl_ran_choose", "\(count) of \(total)") }
    return chosen
  }

  /// The indices `0..<count` in random order, every order with the same probability.
  ///
  /// - Throws: `GSLError` if the count is negative.
  public mutating func shuffle(_ count: Int) throws -> [Int] {
    try require(count >= 0, in: "gsl_ran_shuffle", "count \(count)")
    var indices = Array(0..<count)
    guard count > 1 else { return indices }
    draw { gsl_ran_shuffle($0, &indices, count, MemoryLayout<Int>.stride) }
    return indices
  }

  /// Lends this stream to GSL as a generator, for the length of one call.
  private mutating func draw<Result>(_ body: (UnsafePointer<gsl_rng>) -> Result) -> Result {
    withUnsafeMutablePointer(to: &state) { state in
      var generator = cgsl_philox_rng(state)
      return GSLLibrary.quietly { body(&generator) }
    }
  }
}
