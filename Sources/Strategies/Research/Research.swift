import Demand
import Selling

/// Where a strategy's answers come from: a survey that it buys, or the user's own file. The parameters that say so are
/// the same for all strategies that price on research.
struct Research: Sendable {
  static let respondents = Parameter(
    "survey", .count(2...100_000, unit: "respondents"), default: .number(300), "how many customers are asked")
  static let bias = Parameter(
    "bias", .share(-0.99...10), default: .number(0), "by how much respondents overstate what they would pay",
    isLever: false)
  static let noise = Parameter(
    "noise", .share(0...3), default: .number(0), "standard deviation of the logarithm of the error in each answer",
    isLever: false)
  static let costPerRespondent = Parameter(
    "survey cost", .number(0...1e12, unit: "money per respondent"), default: .number(0), "what one respondent costs",
    isLever: false)
  static let fixedCost = Parameter(
    "research cost", .number(0...1e12, unit: "money"), default: .number(0),
    "what the study costs however many are asked; booked also with `answers`", isLever: false)

  /// How a simulated survey errs, and what it costs by respondent.
  static let errorsAndCost = [bias, noise, costPerRespondent]

  /// The parameter for the user's own answers.
  static func own(_ format: ResearchFormat) -> Parameter {
    Parameter(
      "answers", .answers(format), default: .absent,
      "answers of your own instead of a simulated survey, whose size, bias, noise and cost per respondent then do not "
        + "count")
  }

  /// The parameters of research of a format.
  static func parameters(_ format: ResearchFormat) -> [Parameter] {
    [respondents] + errorsAndCost + [fixedCost, own(format)]
  }

  /// The user's own answers; nil for a simulated survey.
  let own: ResearchAnswers?
  /// What is asked before period 1, and what it costs.
  let plan: SurveyPlan?

  /// - Parameter method: what a simulated survey asks; evaluated only if there is one.
  init(_ arguments: Arguments, _ format: ResearchFormat, _ method: @autoclosure () throws -> ResearchMethod) throws {
    let fixedCost = try arguments.number(Self.fixedCost)
    own = arguments.answers(Self.own(format))
    if own == nil {
      plan = try SurveyPlan(arguments, method: method(), fixedCost: fixedCost)
    } else {
      plan = fixedCost > 0 ? SurveyPlan(respondents: 0, fixedCost: fixedCost) : nil
    }
  }

  /// Where prices come from, for result files.
  var belief: String { own == nil ? "survey" : "own answers" }

  /// The answers.
  ///
  /// - Throws: ``StrategyError`` where none came.
  func answers(_ view: SellerView) throws -> ResearchAnswers {
    guard let answers = own ?? view.survey?.answers else { throw StrategyError("no survey was conducted") }
    return answers
  }

  /// Prices to ask about: a list of at least two different ones, rising.
  ///
  /// - Throws: ``StrategyError`` where there are none, or too few.
  static func prices(_ parameter: Parameter, _ arguments: Arguments) throws -> [Double] {
    let prices = Set(arguments.numbers(parameter)).sorted()
    guard !prices.isEmpty else {
      throw StrategyError(
        "say which prices to ask about under `\(parameter.name)`, for example [10, 12, 15, 18], or give `answers` of "
          + "your own", parameter: parameter.name)
    }
    guard prices.count > 1 else {
      throw StrategyError("one price says nothing about another; ask about two or more", parameter: parameter.name)
    }
    return prices
  }
}

extension SurveyPlan {
  /// The survey that a strategy's parameters describe.
  ///
  /// - Parameters:
  ///   - respondents: the parameter with the number of respondents.
  ///   - fixedCost: what it costs however many are asked, in money.
  init(
    _ arguments: Arguments, respondents: Parameter = Research.respondents, method: ResearchMethod = .willingnessToPay,
    fixedCost: Double = 0
  ) throws {
    self.init(
      respondents: try arguments.count(respondents), bias: try arguments.number(Research.bias),
      noise: try arguments.number(Research.noise),
      costPerRespondent: try arguments.number(Research.costPerRespondent), method: method, fixedCost: fixedCost)
  }
}

extension SellerView {
  /// Whether prices have to wait until the rivals' are seen: what is new is not on an opening list.
  var isBeforeRivals: Bool { period < 0 && market.sellers.count > 1 }

  /// What everybody posts, as last seen.
  var lastLists: [PriceList] { postedLists ?? market.sellers.map { _ in PriceList([]) } }
}
