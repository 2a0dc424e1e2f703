/// A survey that a seller buys before period 1: what to ask how many customers, and how far answers stray from the truth.
///
/// The truth is a respondent's willingness to pay for every product on the market, their own taste included and net of
/// buying nothing; what they answer to each ``ResearchMethod`` follows from it as documented there. Answers are drawn
/// afresh in each replication, so that sampling error shows in the spread of profit.
public struct SurveyPlan: Sendable, Hashable {
  /// How many customers are asked.
  public let respondents: Int
  /// By how much answers exceed the truth on average: 0.2 overstates by 20%.
  public let bias: Double
  /// Standard deviation of the logarithm of the noise on each answer; in a conjoint study, of the noise on surplus as a
  /// share of the mean price shown.
  public let noise: Double
  /// What one respondent costs, in money.
  public let costPerRespondent: Double
  /// What they are asked.
  public let method: ResearchMethod
  /// What the study costs however many are asked, in money.
  public let fixedCost: Double

  /// A plan.
  public init(
    respondents: Int, bias: Double = 0, noise: Double = 0, costPerRespondent: Double = 0,
    method: ResearchMethod = .willingnessToPay, fixedCost: Double = 0
  ) {
    self.respondents = respondents
    self.bias = bias
    self.noise = noise
    self.costPerRespondent = costPerRespondent
    self.method = method
    self.fixedCost = fixedCost
  }

  /// The same survey of another number of respondents.
  public func asking(_ respondents: Int) -> SurveyPlan {
    SurveyPlan(
      respondents: respondents, bias: bias, noise: noise, costPerRespondent: costPerRespondent, method: method,
      fixedCost: fixedCost)
  }

  /// What the survey costs, in money.
  public var cost: Double { fixedCost + Double(respondents) * costPerRespondent }
}
