/// Segments that come at different times: commuters in the morning, guests who book early and guests who book late.
extension Population {
  /// Whether the mix of customers changes from period to period.
  public var hasProfiles: Bool { segments.contains { !$0.profile.isEmpty } }

  /// By segment: customers of a period, counted from 0, for each customer that would come if all factors were 1.
  public func weights(period: Int) -> [Double] {
    segments.map { $0.share * ($0.profile.isEmpty ? 1 : $0.profile[period % $0.profile.count]) }
  }

  /// The share of each segment among the customers of a period, counted from 0; those without profiles where nobody
  /// comes.
  public func shares(period: Int) -> [Double] {
    guard hasProfiles else { return segments.map(\.share) }
    let weights = weights(period: period)
    let total = weights.reduce(0, +)
    return total > 0 ? weights.map { $0 / total } : segments.map(\.share)
  }

  /// The same customers in another mix that does not change.
  ///
  /// - Parameter shares: the share of each segment; they sum to 1, and segments may have none.
  public func mixed(_ shares: [Double]) -> Population {
    var population = self
    population.segments = zip(segments, shares).map { segment, share in
      var segment = segment
      segment.share = share
      segment.profile = []
      return segment
    }
    return population
  }
}
