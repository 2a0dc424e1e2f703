import Demand
import Selling

/// A strategy that sets its prices once, on what respondents answered and its own costs alone.
protocol AnswerPricedStrategy: PricingStrategy {
  var research: Research { get }
  /// The prices, once they are set.
  var list: PriceList? { get set }

  /// - Throws: ``StrategyError`` where the answers allow no price.
  func prices(_ answers: ResearchAnswers, _ seller: SellerProfile) throws -> PriceList
}

extension AnswerPricedStrategy {
  /// The survey that it wants before period 1.
  public var survey: SurveyPlan? { research.plan }
  /// Where its prices come from.
  public var beliefSource: String { research.belief }
  /// With the user's own answers prices never change.
  public var isConstant: Bool { research.own != nil }

  /// The same prices every period.
  ///
  /// - Throws: ``StrategyError`` without the answers of a survey.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let list { return list }
    let list = try prices(research.answers(view), view.seller)
    self.list = list
    return list
  }
}
