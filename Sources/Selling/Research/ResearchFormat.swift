/// What a file with the answers to a user's own survey looks like. Columns are found by name, in any order; further ones
/// are left aside.
public enum ResearchFormat: Sendable, Hashable {
  /// Stated willingness to pay.
  case willingnessToPay
  /// Gabor-Granger.
  case purchase
  /// Van Westendorp.
  case priceThresholds
  /// Conjoint, by ratings or choices.
  case conjoint

  /// The columns, in words.
  public var words: String {
    switch self {
    case .willingnessToPay:
      "the name of a CSV file: one row a respondent, one column for each product on the market with what they would pay"
    case .purchase:
      "the name of a CSV file: one row a respondent, and either one column for each price asked, headed by the price, "
        + "with 1 or yes, 0 or no; or a column `highest` with the highest price at which they would buy, 0 for none. "
        + "With several products, a column `product` and a row for each of them"
    case .priceThresholds:
      "the name of a CSV file: one row a respondent, with the columns `too cheap`, `cheap`, `expensive` and "
        + "`too expensive`. With several products, a column `product` and a row for each of them"
    case .conjoint:
      "the name of a CSV file. Ratings: the columns `product`, `price` and `rating`, a row for each rated profile. "
        + "Choices: the columns `respondent`, `task`, `product`, `price` and `chosen` (1 or yes, 0 or no), a row for each "
        + "profile shown. Buying nothing is the product `none`, without a price"
    }
  }

  /// Whether answers are of this format.
  func holds(_ answers: ResearchAnswers) -> Bool {
    switch (self, answers) {
    case (.willingnessToPay, .willingnessToPay), (.purchase, .purchase), (.priceThresholds, .priceThresholds),
      (.conjoint, .ratings), (.conjoint, .choices):
      true
    default: false
    }
  }
}
