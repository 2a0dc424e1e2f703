import Simulation

/// What a candidate means for the customers of one segment, against the baseline on the same customers.
public struct SegmentChange: Sendable {
  /// The segment's name.
  public let segment: String
  /// Customers who come over the calendar, mean over replications.
  public let customers: Double
  /// Change of all their surplus over the calendar, in money, mean over replications.
  public let surplusChange: Double
  /// The interval of that mean; nil with one replication.
  public let interval: Interval?
  /// Change in how many of them buy from the studied seller.
  public let buyersChange: Double
  /// Change in units that they buy from the studied seller.
  public let unitsChange: Double
  /// Change in what they pay the studied seller, in money.
  public let revenueChange: Double

  /// Change of surplus for each customer who comes, in money; nil where none comes.
  public var surplusChangePerCustomer: Double? { customers > 0 ? surplusChange / customers : nil }

  /// How the segment fares, as far as chance allows to tell.
  public enum Verdict: String, Sendable {
    /// Its surplus rises.
    case wins
    /// Its surplus falls.
    case loses
    /// Nothing changes, or too little to tell.
    case unclear
  }

  /// Whether it wins or loses: where the interval does not contain 0; without one, where the mean is not 0.
  public var verdict: Verdict {
    let interval = interval ?? Interval(low: surplusChange, high: surplusChange)
    return interval.low > 0 ? .wins : (interval.high < 0 ? .loses : .unclear)
  }
}

extension StudyReport {
  /// What a candidate means for each segment.
  public func segmentChanges(_ row: Row) -> [SegmentChange] {
    guard let baseline else { return [] }
    return study.market.population.segmentNames.indices.map { index in
      let (old, new) = (baseline.tally.segments[index], row.tally.segments[index])
      return SegmentChange(
        segment: study.market.population.segmentNames[index], customers: new.customers.mean,
        surplusChange: new.surplusDifference.mean, interval: interval(new.surplusDifference),
        buyersChange: new.buyers.mean - old.buyers.mean, unitsChange: new.units.mean - old.units.mean,
        revenueChange: new.revenue.mean - old.revenue.mean)
    }
  }
}
