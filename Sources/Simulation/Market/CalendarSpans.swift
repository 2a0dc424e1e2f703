import Foundation

/// How a calendar is told of: period by period up to 10,000 of them, a longer one in spans of as many periods each, so
/// that neither memory nor files grow with it.
public struct CalendarSpans: Sendable, Hashable {
  /// At most so many spans.
  public static let mostSpans = 10_000

  /// Periods in the calendar.
  public let periodCount: Int
  /// Periods in a span; the last one may have fewer.
  public let length: Int

  /// The spans of a calendar.
  public init(periodCount: Int) {
    self.periodCount = periodCount
    length = max(1, (periodCount + Self.mostSpans - 1) / Self.mostSpans)
  }

  /// How many spans there are.
  public var count: Int { (periodCount + length - 1) / length }

  /// The span of a period, counted from 0.
  public func index(of period: Int) -> Int { period / length }

  /// The periods of a span, counted from 0.
  public func periods(of span: Int) -> Range<Int> { span * length..<min(periodCount, (span + 1) * length) }
}

/// The periods after which sums over the calendar are told: each of the first thousand, then 200 for each tenfold.
public struct Checkpoints: Sendable, Hashable {
  /// Periods that have passed, in rising order; the last is the whole calendar.
  public let periods: [Int]

  /// The checkpoints of a calendar.
  public init(periodCount: Int) {
    var periods = Array(1...max(1, min(periodCount, 1000)))
    var step = 601
    while let last = periods.last, last < periodCount {
      let next = min(periodCount, Int(pow(10, Double(step) / 200).rounded()))
      if next > last { periods.append(next) }
      step += 1
    }
    self.periods = periods
  }
}
