/// What sessions of learning came to, taken in by rising number; the same whatever the threads, and after an interruption.
public struct LearningTally: Sendable, Codable {
  /// What is kept of a session.
  public struct Session: Sendable, Codable {
    /// How many periods were played.
    public let periods: Int
    /// Whether learning converged.
    public let isConverged: Bool
    /// How many periods the price cycle has.
    public let cycleLength: Int
    /// By seller the mean price over the cycle, in money.
    public let prices: [Double]
    /// By seller the mean profit over unit cost over the cycle, in money from an average customer.
    public let profits: [Double]
    /// By seller what a forced deviation gains in discounted profit, in money from an average customer; nil where it would
    /// not gain even in the period itself.
    public let deviationGains: [Double?]
  }

  /// Means over sessions after a forced deviation.
  public struct Response: Sendable, Codable {
    /// By period and seller the price, in money.
    public var prices: [[RunningMoments]]
    /// By period and seller the profit over unit cost, in money from an average customer.
    public var profits: [[RunningMoments]]
  }

  /// The sessions.
  public private(set) var sessions: [Session] = []
  /// By forced seller what follows.
  public private(set) var responses: [Response]

  /// No sessions yet.
  public init(sellers: Int) {
    let none = [[RunningMoments]](
      repeating: [RunningMoments](repeating: RunningMoments(), count: sellers), count: ForcedDeviation.periods.count)
    responses = [Response](repeating: Response(prices: none, profits: none), count: sellers)
  }

  /// Takes in the next session.
  public mutating func add(_ outcome: LearningOutcome) {
    sessions.append(
      Session(
        periods: outcome.periods, isConverged: outcome.isConverged, cycleLength: outcome.cycleLength,
        prices: outcome.prices, profits: outcome.profits, deviationGains: outcome.deviations.map { $0?.gain }))
    for (seller, deviation) in outcome.deviations.enumerated() {
      guard let deviation else { continue }
      for place in deviation.prices.indices {
        for other in deviation.prices[place].indices {
          responses[seller].prices[place][other].add(deviation.prices[place][other])
          responses[seller].profits[place][other].add(deviation.profits[place][other])
        }
      }
    }
  }
}
