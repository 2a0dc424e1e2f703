import Demand
import GSL
import Selling
import Simulation

/// An interval around a mean.
public struct Interval: Sendable, Hashable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// A mean and so many standard errors on both sides of it; nil with one number.
  init?(_ moments: RunningMoments, quantile: Double) {
    guard let error = moments.standardError else { return nil }
    self.init(low: moments.mean - quantile * error, high: moments.mean + quantile * error)
  }
}

/// What a study found, ready to be told: ranks, intervals and probabilities, from the tally of its replications.
///
/// Intervals are Student's t over replications; verified against hand-computed examples (`StudyReportTests`).
public struct StudyReport: Sendable {
  /// One strategy.
  public struct Row: Sendable {
    /// The candidate's index in the tally.
    public let index: Int
    /// The rank, from 1; nil for the benchmark.
    public let rank: Int?
    /// The user's name for it.
    public let label: String
    /// Its family.
    public let family: Family
    /// Where its prices come from.
    public let belief: String
    /// Its figures.
    public let tally: StudyTally.CandidateTally
    /// The interval of mean profit; nil with one replication.
    public let profit: Interval?
    /// The interval of the mean difference to the baseline; nil with one replication.
    public let difference: Interval?
    /// The unadjusted p-value of the paired t-test against the baseline; nil for the baseline and with one replication.
    public let pValue: Double?
    /// The bootstrap probability that its mean profit is highest; nil for the benchmark and with one replication.
    public let probabilityBest: Double?
    /// The bootstrap probability that its mean profit exceeds the baseline's.
    public let probabilityBetter: Double?
    /// Whether it earns exactly what the best candidate earns in every replication; false with one replication.
    public let isSameAsBest: Bool
    /// Contribution as a share of perfect knowledge's; nil where that is not positive.
    public let shareOfClairvoyant: Double?
  }

  /// The study.
  public let study: Study
  /// The strategies, best first, the benchmark last.
  public let rows: [Row]
  /// What is claimed of the benchmark.
  public let clairvoyant: ClairvoyantKind
  /// How many replications were run.
  public let replications: Int
  /// Standard errors from a mean to the end of its interval; 0 with one replication.
  private let quantile: Double

  /// A report.
  ///
  /// - Parameter candidates: those that were run: the study's own, then the benchmark.
  /// - Throws: `GSLError` where a quantile cannot be computed.
  public init(_ study: Study, candidates: [Candidate], tally: StudyTally, clairvoyant: ClairvoyantKind) throws {
    self.study = study
    self.clairvoyant = clairvoyant
    replications = tally.replications
    let isRepeated = tally.replications > 1
    let quantile =
      isRepeated
      ? try StudentT(degreesOfFreedom: Double(tally.replications - 1)).quantile(0.5 + study.confidence / 2) : 0
    self.quantile = quantile
    func interval(_ moments: RunningMoments) -> Interval? { Interval(moments, quantile: quantile) }
    let own = study.candidates.indices
    let order = own.sorted {
      (-tally.candidates[$0].profit.mean, $0) < (-tally.candidates[$1].profit.mean, $1)
    }
    let best = tally.bootstrap.probabilitiesBest
    let yardstick = candidates.count > own.count ? tally.candidates[own.count].contribution.mean : 0
    var rows: [Row] = []
    for index in order + Array(own.count..<candidates.count) {
      let figures = tally.candidates[index]
      let isCandidate = own.contains(index)
      let isCompared = isCandidate && isRepeated
      rows.append(
        Row(
          index: index, rank: isCandidate ? rows.count + 1 : nil, label: candidates[index].label,
          family: candidates[index].family, belief: candidates[index].belief, tally: figures,
          profit: interval(figures.profit), difference: interval(figures.difference),
          pValue: isCompared && index != study.baseline ? try Self.pValue(figures.difference) : nil,
          probabilityBest: isCompared ? best[index] : nil,
          probabilityBetter: isCompared && index != study.baseline
            ? tally.bootstrap.probability(index, exceeds: study.baseline) : nil,
          isSameAsBest: isCompared && index != order[0] && tally.bootstrap.isSame(index, order[0]),
          shareOfClairvoyant: yardstick > 0 ? figures.contribution.mean / yardstick : nil))
    }
    self.rows = rows
  }

  /// The interval of a mean over replications; nil with one replication.
  func interval(_ moments: RunningMoments) -> Interval? { Interval(moments, quantile: quantile) }

  /// Two-sided paired t-test that the mean difference is 0; where all differences are equal, 1 if they are 0 and else 0.
  private static func pValue(_ difference: RunningMoments) throws -> Double? {
    guard let error = difference.standardError else { return nil }
    guard error > 0 else { return difference.mean == 0 ? 1 : 0 }
    let statistic = abs(difference.mean / error)
    return try 2 * StudentT(degreesOfFreedom: Double(difference.count - 1)).survival(statistic)
  }

  /// The strategies without the benchmark, best first.
  public var candidates: [Row] { rows.filter { $0.rank != nil } }

  /// The candidate that the others are compared with.
  public var baseline: Row? { rows.first { $0.index == study.baseline } }

  /// The benchmark.
  public var benchmark: Row? { rows.first { $0.rank == nil } }

  /// The name of an offer: its products joined by `+`, with the group that alone can take it.
  public func name(of offer: OfferKey) -> String { study.name(of: offer) }
}

extension Study {
  /// The name of an offer: its products joined by `+`, with the group that alone can take it.
  func name(of offer: OfferKey) -> String {
    let products = market.profiles[offer.seller].products
    let name = offer.contents.positions.map { products[$0].name }.joined(separator: " + ")
    return offer.group.map { "\(name) (\(market.population.groups[$0]))" } ?? name
  }
}
