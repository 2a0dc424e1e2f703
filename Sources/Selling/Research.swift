/// A survey that a seller buys before period 1: how many customers to ask, and how far answers stray from the truth.
///
/// Each respondent states a willingness to pay for every product on the market, their own taste included and net of
/// buying nothing: truth x (1 + bias) x noise, where the noise is log-normal with mean 1. Answers are drawn afresh in
/// each replication, so that sampling error shows in the spread of profit.
public struct SurveyPlan: Sendable, Hashable {
  /// How many customers are asked.
  public let respondents: Int
  /// By how much answers exceed the truth on average: 0.2 overstates by 20%.
  public let bias: Double
  /// Standard deviation of the logarithm of the noise on each answer.
  public let noise: Double
  /// What one respondent costs, in money.
  public let costPerRespondent: Double

  /// A plan.
  public init(respondents: Int, bias: Double = 0, noise: Double = 0, costPerRespondent: Double = 0) {
    self.respondents = respondents
    self.bias = bias
    self.noise = noise
    self.costPerRespondent = costPerRespondent
  }

  /// What the survey costs, in money.
  public var cost: Double { Double(respondents) * costPerRespondent }
}

/// What the respondents of a survey said.
public struct SurveyAnswers: Sendable {
  /// One row a respondent, one stated willingness to pay for each alternative of the market's assortment, in money.
  public let willingnessToPay: [[Double]]

  /// Answers by respondent and alternative.
  public init(willingnessToPay: [[Double]]) { self.willingnessToPay = willingnessToPay }
}
