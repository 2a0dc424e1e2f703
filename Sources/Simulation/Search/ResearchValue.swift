import Demand
import Selling

/// What research is worth to a strategy: its profit with none, with some, with answers that are free of error, and what
/// perfect knowledge would earn, all on the same customers.
///
/// The value of research is what it adds to the profit of a seller who buys none, before its own cost (the expected value of
/// sample information, Raiffa & Schlaifer 1961, here for a given strategy); a larger survey begins with the respondents of a
/// smaller one, so that values are compared on the same luck. Verified on a market where the value of every sample size is
/// known (`ResearchValueTests`).
public struct ResearchValue: Sendable {
  /// How much is known.
  public enum Knowledge: Sendable, Hashable {
    /// Nothing: another candidate, which buys no research.
    case none
    /// The survey that the strategy buys, with this many respondents.
    case survey(respondents: Int)
    /// Answers of the user's own.
    case ownAnswers
    /// The same survey without bias and noise, of this many respondents.
    case errorFree(respondents: Int)
    /// Everything but the individual draws.
    case perfect
  }

  /// One level of knowledge.
  public struct Level: Sendable {
    /// How much is known.
    public let knowledge: Knowledge
    /// What the research costs, in money; 0 where it is not bought.
    public let cost: Double
    /// Profit, research paid.
    public let profit: RunningMoments
    /// Profit before the cost of research, less profit without research, in the same replication.
    public let value: RunningMoments
    /// The same after the cost of research.
    public let netValue: RunningMoments
    /// Why the strategy cannot price on this; the figures are then empty.
    public let failure: String?
  }

  /// The candidate.
  public let label: String
  /// The candidate that stands for no research.
  public let reference: String
  /// The respondents that the scenario has.
  public let planned: Int
  /// By rising knowledge: none, the sizes, error-free answers, perfect knowledge.
  public let levels: [Level]

  /// Runs a candidate with different amounts of research.
  ///
  /// - Parameters:
  ///   - candidate: an index of the study's candidates; it buys research.
  ///   - sizes: respondents to try besides the planned ones.
  ///   - errorFreeSize: respondents of the survey without error.
  ///   - knowledge: the study's perfect knowledge.
  /// - Throws: ``SimulationError`` for a candidate that buys no simulated survey, or where every candidate buys research; what
  ///   strategies throw.
  public init(
    _ study: Study, candidate: Int, sizes: [Int], errorFreeSize: Int, knowledge: PerfectKnowledge, threads: Int
  ) throws {
    let chosen = study.candidates[candidate]
    guard let plan = chosen.strategy.survey else {
      throw SimulationError("\(chosen.label) buys no survey")
    }
    let uninformed = [study.baseline] + study.candidates.indices
    guard let reference = uninformed.first(where: { study.candidates[$0].strategy.survey == nil }) else {
      throw SimulationError("every candidate buys research; add one that does not, such as today's prices")
    }
    let hasOwnAnswers = plan.respondents == 0
    let sizes = hasOwnAnswers ? [] : Set(sizes + [plan.respondents]).sorted()
    var levels: [(knowledge: Knowledge, cost: Double, candidate: Candidate)] = [
      (.none, 0, study.candidates[reference])
    ]
    for size in sizes {
      let plan = plan.asking(size)
      levels.append((.survey(respondents: size), plan.cost, Self.candidate(chosen, buying: plan)))
    }
    if hasOwnAnswers {
      levels.append((.ownAnswers, plan.cost, chosen))
    } else {
      let errorFree = SurveyPlan(respondents: errorFreeSize, method: plan.method)
      levels.append((.errorFree(respondents: errorFreeSize), 0, Self.candidate(chosen, buying: errorFree)))
    }
    levels.append((.perfect, 0, knowledge.candidate))
    let runs = TrialRuns(study: study, threads: threads)
    let outcomes = try Self.outcomes(runs, levels.map(\.candidate))
    let base = try outcomes[0].get()
    label = chosen.label
    self.reference = study.candidates[reference].label
    planned = plan.respondents
    self.levels = levels.indices.map { index in
      var (profit, value, netValue) = (RunningMoments(), RunningMoments(), RunningMoments())
      var failure: String?
      switch outcomes[index] {
      case .success(let profits):
        for (earned, base) in zip(profits, base) {
          profit.add(earned)
          value.add(earned + levels[index].cost - base)
          netValue.add(earned - base)
        }
      case .failure(let error): failure = "\(error)"
      }
      return Level(
        knowledge: levels[index].knowledge, cost: levels[index].cost, profit: profit, value: value, netValue: netValue,
        failure: failure)
    }
  }

  /// Profits of each candidate; where one cannot price, the others still can.
  private static func outcomes(
    _ runs: TrialRuns, _ candidates: [Candidate]
  ) throws -> [Result<[Double], any Error>] {
    let replications = 0..<runs.study.replications
    if let all = try? runs.profits(candidates, replications: replications, purpose: .customers) {
      return all.map { .success($0) }
    }
    return candidates.map { candidate in
      Result { try runs.profits([candidate], replications: replications, purpose: .customers)[0] }
    }
  }

  private static func candidate(_ candidate: Candidate, buying plan: SurveyPlan) -> Candidate {
    Candidate(
      label: candidate.label, family: candidate.family, belief: candidate.belief,
      strategy: OtherResearch(strategy: candidate.strategy, plan: plan))
  }
}

/// A strategy that buys another survey than it would by itself, and is the same otherwise.
private struct OtherResearch: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "other-research", family: .benchmark, idea: "A strategy with another survey.", formula: "the strategy's",
    needs: "the strategy's", belief: "survey", source: "see ResearchValue", parameters: [])

  private var strategy: any PricingStrategy
  let survey: SurveyPlan?
  var belief: BeliefPlan? { strategy.belief }
  var isConstant: Bool { strategy.isConstant }
  var offerKinds: Set<OfferKind> { strategy.offerKinds }
  var costOfChange: Double { strategy.costOfChange }

  init(strategy: any PricingStrategy, plan: SurveyPlan) {
    self.strategy = strategy
    survey = plan
  }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("a study of research is not a strategy that a seller can run")
  }

  mutating func postPrices(_ view: SellerView) throws -> PriceList { try strategy.postPrices(view) }

  func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    strategy.announcedPrices(view, periods: periods)
  }
}
