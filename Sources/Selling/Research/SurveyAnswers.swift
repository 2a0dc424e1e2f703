/// What the respondents of a survey said.
public struct SurveyAnswers: Sendable {
  /// Their answers.
  public let answers: ResearchAnswers
  /// By respondent and alternative: the stated worth of a second unit, a third one and so on, in money, as far as the
  /// respondent would take any; empty where nobody takes more than one unit of anything.
  public let furtherUnits: [[[Double]]]
  /// By respondent: the observable group, by its number in ``PublicMarket/groups``, nil for none; empty where there are no
  /// groups.
  public let groups: [Int?]

  /// Answers to any method.
  public init(_ answers: ResearchAnswers, furtherUnits: [[[Double]]] = [], groups: [Int?] = []) {
    self.answers = answers
    self.furtherUnits = furtherUnits
    self.groups = groups
  }

  /// Stated willingness to pay by respondent and alternative.
  public init(willingnessToPay: [[Double]], furtherUnits: [[[Double]]] = [], groups: [Int?] = []) {
    self.init(.willingnessToPay(willingnessToPay), furtherUnits: furtherUnits, groups: groups)
  }

  /// One row a respondent, one stated willingness to pay for each alternative of the market's assortment, in money; empty
  /// where something else was asked.
  public var willingnessToPay: [[Double]] {
    if case .willingnessToPay(let rows) = answers { rows } else { [] }
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
