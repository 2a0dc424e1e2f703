import Foundation
import GSL

/// Whether two numbers agree to a relative tolerance (or an absolute one, for numbers near zero).
func isClose(_ a: Double, _ b: Double, relative: Double = 0, absolute: Double = 0) -> Bool {
  abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute)
}

/// A stream for tests that care about one part of the key.
func stream(
  seed: UInt64 = 1, replication: UInt32 = 0, purpose: UInt8 = 0, period: UInt32 = 0, index: UInt32 = 0
) -> RandomStream {
  RandomStream(seed: seed, replication: replication, purpose: purpose, period: period, index: index)
}

/// The mean and variance of a sample.
func moments(_ sample: [Double]) -> (mean: Double, variance: Double) {
  let n = Double(sample.count)
  let mean = sample.reduce(0, +) / n
  return (mean, sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1))
}

/// Kolmogorov and Smirnov's distance between a sample and a continuous distribution function.
func kolmogorovDistance(_ sample: [Double], _ cdf: (Double) throws -> Double) rethrows -> Double {
  let n = Double(sample.count)
  return try sample.sorted().enumerated().reduce(0.0) { distance, pair in
    let expected = try cdf(pair.element)
    return max(distance, expected - Double(pair.offset) / n, Double(pair.offset + 1) / n - expected)
  }
}

/// The distance that a sample of the right distribution exceeds with a probability of 0.001 (asymptotically).
func kolmogorovLimit(_ count: Int) -> Double {
  1.9495 / Double(count).squareRoot()
}

/// An error that belongs to a test, not to GSL.
struct Interruption: Error, Equatable {}
