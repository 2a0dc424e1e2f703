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
  /// By respondent and alternative: the stated worth of a second unit, a third one and so on, in money, as far as the
  /// respondent would take any; empty where nobody takes more than one unit of anything.
  public let furtherUnits: [[[Double]]]
  /// By respondent: the observable group, by its number in ``PublicMarket/groups``, nil for none; empty where there are no
  /// groups.
  public let groups: [Int?]

  /// Answers of customers in no group, each for one unit of each alternative.
  public init(willingnessToPay: [[Double]]) {
    self.init(willingnessToPay: willingnessToPay, furtherUnits: [], groups: [])
  }

  /// Answers by respondent and alternative.
  public init(willingnessToPay: [[Double]], furtherUnits: [[[Double]]], groups: [Int?] = []) {
    self.willingnessToPay = willingnessToPay
    self.furtherUnits = furtherUnits
    self.groups = groups
  }

  /// What each unit of an alternative is worth to a respondent, the first one first, in money.
  public func unitWorths(respondent: Int, alternative: Int) -> [Double] {
    [willingnessToPay[respondent][alternative]] + (furtherUnits.isEmpty ? [] : furtherUnits[respondent][alternative])
  }

  /// The rows of ``willingnessToPay`` of one group, or of the respondents in none.
  public func willingnessToPay(ofGroup group: Int?) -> [[Double]] {
    groups.isEmpty
      ? (group == nil ? willingnessToPay : []) : zip(willingnessToPay, groups).filter { $0.1 == group }.map(\.0)
  }
}
