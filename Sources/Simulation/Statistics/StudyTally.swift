import Demand
import Selling

/// Everything that is kept of the replications so far: means and spreads, never the replications themselves. Replications
/// are taken in by rising number, so that the last bit does not depend on who computed them.
public struct StudyTally: Sendable, Codable {
  /// One candidate over all replications.
  public struct CandidateTally: Sendable, Codable {
    /// Revenue less cost, in money.
    public internal(set) var profit = RunningMoments()
    /// What customers paid, in money.
    public internal(set) var revenue = RunningMoments()
    /// All cost, in money.
    public internal(set) var cost = RunningMoments()
    /// Units sold.
    public internal(set) var units = RunningMoments()
    /// Customers who came.
    public internal(set) var customers = RunningMoments()
    /// Their surplus, in money.
    public internal(set) var surplus = RunningMoments()
    /// Revenue less unit and research cost, in money.
    public internal(set) var contribution = RunningMoments()
    /// Price less unit cost as a share of price, over replications with sales.
    public internal(set) var margin = RunningMoments()
    /// Profit less the baseline's in the same replication.
    public internal(set) var difference = RunningMoments()
    /// By segment.
    public internal(set) var segments: [SegmentTally]
    /// By seller.
    public internal(set) var sellers: [SellerTally]
    /// Offers in the order of their keys.
    public internal(set) var offers: [OfferTally] = []
    /// What perfect knowledge had earned more up to each checkpoint (``StudyTally/checkpoints``), in money; empty where no
    /// strategy learns.
    public internal(set) var regret: [RunningMoments] = []
    /// The same for what was to be expected at the prices that were posted; empty where it cannot be told.
    public internal(set) var pseudoRegret: [RunningMoments] = []
  }

  /// One segment under one candidate.
  public struct SegmentTally: Sendable, Codable {
    /// Customers who came.
    public internal(set) var customers = RunningMoments()
    /// Customers who bought from the studied seller.
    public internal(set) var buyers = RunningMoments()
    /// Units sold.
    public internal(set) var units = RunningMoments()
    /// What customers paid, in money.
    public internal(set) var revenue = RunningMoments()
    /// Their surplus, in money.
    public internal(set) var surplus = RunningMoments()
    /// Their surplus less that under the baseline in the same replication, in money.
    public internal(set) var surplusDifference = RunningMoments()
  }

  /// One seller under one candidate.
  public struct SellerTally: Sendable, Codable {
    /// Units sold.
    public internal(set) var units = RunningMoments()
    /// What customers paid, in money.
    public internal(set) var revenue = RunningMoments()
    /// Revenue less cost, in money.
    public internal(set) var profit = RunningMoments()
    /// Prices changed after the opening.
    public internal(set) var priceChanges = RunningMoments()
    /// What changing prices cost, in money.
    public internal(set) var adjustmentCost = RunningMoments()
  }

  /// One offer under one candidate.
  public struct OfferTally: Sendable, Codable {
    /// The seller.
    public let seller: Int
    /// The products, one bit each.
    public let contents: UInt64
    /// The group that alone can take it; nil for everybody.
    public let group: Int?
    /// By period, or span of periods (``CalendarSpans``).
    public internal(set) var periods: [OfferPeriodTally]
    /// The offer's key.
    public var key: OfferKey {
      OfferKey(
        seller: seller, contents: ProductSet((0..<64).filter { contents & (1 << UInt64($0)) != 0 }), group: group)
    }
  }

  /// One offer in one period.
  public struct OfferPeriodTally: Sendable, Codable {
    /// The posted price, in money, over replications in which it was posted.
    public internal(set) var price = RunningMoments()
    /// The distribution of the posted price.
    public internal(set) var prices = PriceHistogram()
    /// What each unit costs on a tariff from its first step on, in money; of a two-part tariff the unit price.
    public internal(set) var furtherPrice = RunningMoments()
    /// The unit from which that holds.
    public internal(set) var furtherFrom = RunningMoments()
    /// Units sold, summed over replications.
    public internal(set) var units = 0.0
    /// What customers paid for it, summed over replications, in money.
    public internal(set) var revenue = 0.0
  }

  /// By candidate; the benchmark last.
  public private(set) var candidates: [CandidateTally]
  /// Over the candidates without the benchmark.
  public private(set) var bootstrap: PoissonBootstrap
  /// How many replications were taken in.
  public private(set) var replications = 0

  /// An empty tally.
  public init(_ study: Study, candidateCount: Int) {
    candidates = (0..<candidateCount).map { _ in
      CandidateTally(
        segments: study.market.population.segmentNames.map { _ in SegmentTally() },
        sellers: study.market.profiles.map { _ in SellerTally() })
    }
    bootstrap = PoissonBootstrap(candidates: study.candidates.count)
  }

  /// Takes in the next replication.
  public mutating func add(_ outcomes: [CandidateOutcome], study: Study) {
    let base = outcomes[study.baseline]
    let isRelative = !study.market.population.assortment.hasOutsideOption
    for (index, outcome) in outcomes.enumerated() {
      candidates[index].add(outcome, study: study, base: base, isRelative: isRelative)
    }
    if let yardstick = outcomes.last, study.reportsRegret {
      for (index, outcome) in outcomes.enumerated() { candidates[index].add(regretOf: outcome, against: yardstick) }
    }
    let profits = outcomes.prefix(study.candidates.count).map { $0.sellers[study.studied].profit }
    bootstrap.add(Array(profits), replication: replications, seed: study.seed)
    replications += 1
  }
}

extension StudyTally {
  /// The numbers of periods after which regret is told.
  public static func checkpoints(_ study: Study) -> [Int] { Checkpoints(periodCount: study.market.periodCount).periods }
}

extension StudyTally.CandidateTally {
  /// Takes in by how much less was earned than by perfect knowledge.
  mutating func add(regretOf outcome: CandidateOutcome, against yardstick: CandidateOutcome) {
    if regret.isEmpty {
      regret = outcome.earned.map { _ in RunningMoments() }
      pseudoRegret = outcome.expected.map { _ in RunningMoments() }
    }
    for index in outcome.earned.indices { regret[index].add(yardstick.earned[index] - outcome.earned[index]) }
    for index in outcome.expected.indices {
      pseudoRegret[index].add(yardstick.expected[index] - outcome.expected[index])
    }
  }

  mutating func add(_ outcome: CandidateOutcome, study: Study, base: CandidateOutcome, isRelative: Bool) {
    let own = outcome.sellers[study.studied]
    profit.add(own.profit)
    revenue.add(own.revenue)
    cost.add(own.cost)
    units.add(own.units)
    customers.add(outcome.customers)
    contribution.add(own.contribution)
    if own.revenue > 0 { margin.add((own.revenue - own.unitCost) / own.revenue) }
    difference.add(own.profit - base.sellers[study.studied].profit)
    // Where everybody buys there is no outside option to measure surplus from: the baseline takes its place.
    surplus.add(outcome.surplus - (isRelative ? base.surplus : 0))
    for (index, segment) in outcome.segments.enumerated() {
      segments[index].customers.add(segment.customers)
      segments[index].buyers.add(segment.buyers)
      segments[index].units.add(segment.units)
      segments[index].revenue.add(segment.revenue)
      segments[index].surplus.add(segment.surplus - (isRelative ? base.segments[index].surplus : 0))
      segments[index].surplusDifference.add(segment.surplus - base.segments[index].surplus)
    }
    for (index, seller) in outcome.sellers.enumerated() {
      sellers[index].units.add(seller.units)
      sellers[index].revenue.add(seller.revenue)
      sellers[index].profit.add(seller.profit)
      sellers[index].priceChanges.add(Double(seller.priceChanges))
      sellers[index].adjustmentCost.add(seller.adjustmentCost)
    }
    for (key, periods) in outcome.offers {
      let place = place(of: key, spanCount: periods.count)
      for (period, sold) in periods.enumerated() {
        guard let sold else { continue }
        offers[place].periods[period].price.add(sold.price)
        offers[place].periods[period].prices.add(sold.price)
        if let step = sold.tariff?.firstStep {
          offers[place].periods[period].furtherPrice.add(step.unitPrice)
          offers[place].periods[period].furtherFrom.add(Double(step.from))
        }
        offers[place].periods[period].units += sold.units
        offers[place].periods[period].revenue += sold.revenue
      }
    }
  }

  private mutating func place(of key: OfferKey, spanCount: Int) -> Int {
    if let place = offers.firstIndex(where: {
      $0.seller == key.seller && $0.contents == key.contents.bits && $0.group == key.group
    }) {
      return place
    }
    let place = offers.firstIndex { key < $0.key } ?? offers.count
    let periods = [StudyTally.OfferPeriodTally](repeating: .init(), count: spanCount)
    offers.insert(.init(seller: key.seller, contents: key.contents.bits, group: key.group, periods: periods), at: place)
    return place
  }
}
