import Foundation

/// Where numbers stand on an axis: a straight line from a domain to a range, with ticks at round numbers.
///
/// Across a chart the range is in percent of its width, so that charts fit any screen; down a chart it is in pixels.
package struct Scale: Sendable {
  /// The numbers at both ends.
  package let domain: (low: Double, high: Double)
  /// Where they stand; for an axis that runs upwards the first is the larger.
  let range: (low: Double, high: Double)
  /// Round numbers within the domain.
  package let ticks: [Double]
  /// Decimals that the ticks need.
  let decimals: Int

  /// How far the domain goes.
  package enum Fit {
    /// To the ticks around the numbers.
    case ticks
    /// To the ticks around the numbers and 0.
    case ticksAndZero
    /// To the least and the largest number, as time does.
    case exact
  }

  /// A scale for numbers.
  ///
  /// - Parameters:
  ///   - count: the largest number of steps between ticks, about.
  ///   - leastStep: steps are at least so wide: 1 for numbers that count something.
  package init(
    _ numbers: some Sequence<Double>, fit: Fit, range: (low: Double, high: Double), steps count: Int,
    leastStep: Double = 0
  ) {
    let numbers = numbers.filter { abs($0) <= 1e300 } + (fit == .ticksAndZero ? [0] : [])
    var (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
    if low == high {
      // A single number stands in the middle of a domain that it is not lost in.
      let margin = low == 0 ? 1 : abs(low) / 10
      (low, high) = (low - margin, high + margin)
    }
    var step = Step(atLeast: max((high - low) / Double(max(1, count)), leastStep))
    step.first = step.count(low, fit == .exact ? .up : .down)
    step.last = step.count(high, fit == .exact ? .down : .up)
    if fit != .exact { (low, high) = (step.multiple(step.first), step.multiple(step.last)) }
    domain = (low, high)
    self.range = range
    ticks = step.first <= step.last ? stride(from: step.first, through: step.last, by: 1).map(step.multiple) : []
    decimals = step.decimals
  }

  /// Where a number stands.
  package func callAsFunction(_ number: Double) -> Double {
    range.low + (number - domain.low) / (domain.high - domain.low) * (range.high - range.low)
  }

  /// 1, 2 or 5 times a power of ten.
  private struct Step {
    private let mantissa: Double
    private let exponent: Int
    var first = 0.0
    var last = 0.0

    init(atLeast width: Double) {
      let width = max(width, 1e-300)
      let power = Int(log10(width).rounded(.down))
      // Seen from one power of ten lower, so that rounding of the logarithm loses no step.
      let choices = [(power - 1, 5.0), (power, 1), (power, 2), (power, 5), (power + 1, 1)]
      let fitting = choices.first { Self.product($0.1, $0.0) >= width * (1 - 1e-9) }
      (exponent, mantissa) = fitting ?? (power + 1, 1)
    }

    var size: Double { Self.product(mantissa, exponent) }
    var decimals: Int { max(0, -exponent) }

    /// How many steps a number is from 0; a number that is a multiple but for rounding is one.
    func count(_ number: Double, _ rule: FloatingPointRoundingRule) -> Double {
      let (count, nearest) = (number / size, (number / size).rounded())
      return abs(count - nearest) < 1e-9 ? nearest : count.rounded(rule)
    }

    func multiple(_ count: Double) -> Double { Self.product(count * mantissa, exponent) }

    /// Division by a power of ten rounds once, so that three steps of 0.1 are 0.3.
    private static func product(_ number: Double, _ exponent: Int) -> Double {
      exponent < 0 ? number / pow(10, Double(-exponent)) : number * pow(10, Double(exponent))
    }
  }
}
