import Demand
import Selling

/// Van Westendorp's price sensitivity meter.
public struct VanWestendorp: AnswerPricedStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "van-westendorp", family: .marketBased,
    idea: "Ask customers at which price the product is too cheap, cheap, expensive and too expensive, and charge where "
      + "two of the cumulative curves cross.",
    formula: "optimal: as many find the price too cheap as too expensive; indifference: cheap as expensive; cheapness "
      + "(the lower end of the acceptable range): too cheap as not cheap; expensiveness (the upper end): too expensive "
      + "as not expensive. Curves are steps; where they meet along a stretch, its middle. Never below unit cost, and unit cost where "
      + "nobody in a simulated survey names four usable prices. Prices have to rise strictly: respondents who name two "
      + "equal ones are dropped too, unless `disorder: kept`. Each product by itself",
    needs: "a survey with four prices by respondent, and its own unit costs",
    works: "customers know the kind of product and a first acceptable range of prices is wanted",
    fails:
      "it is taken for a profit-maximising price: neither unit cost nor rivals nor how many buy enter, and stated "
      + "thresholds below what customers would pay pull the price down with them", example: "streaming-survey",
    belief: "survey",
    source: "van Westendorp (1976), NSS Price Sensitivity Meter, Proceedings of the 29th ESOMAR Congress",
    parameters: [point, disorder, thresholds] + Research.parameters(.priceThresholds))

  static let point = Parameter(
    "point", .choice(["optimal", "indifference", "cheapness", "expensiveness"]), default: .choice("optimal"),
    "which crossing is the price")
  static let disorder = Parameter(
    "disorder", .choice(["dropped", "kept"]), default: .choice("dropped"),
    "what is done with respondents whose four prices do not rise strictly, those with two equal ones included")
  static let thresholds = Parameter(
    "thresholds", .numbers(0...10, unit: "share"), default: .absent,
    "which four fractions of what they would pay simulated respondents name; without them 40%, 65%, 90% and 100%")
  /// Fractions of willingness to pay: nobody finds a price too expensive below what they would pay, and a bargain is
  /// about a third less. The levels are a convention of this program, not an estimate.
  static let usualFractions = [0.4, 0.65, 0.9, 1]

  let research: Research
  private let point: String
  private let dropsDisorder: Bool
  var list: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for thresholds that are not four rising numbers, or where the user's own answers allow no
  ///   price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let given = arguments.numbers(Self.thresholds)
    guard given.isEmpty || given.count == 4 && zip(given, given.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw StrategyError(
        "the thresholds are four rising shares: too cheap, cheap, expensive, too expensive",
        parameter: Self.thresholds.name)
    }
    research = try Research(
      arguments, .priceThresholds, .priceThresholds(fractions: given.isEmpty ? Self.usualFractions : given))
    point = try arguments.choice(Self.point)
    dropsDisorder = try arguments.choice(Self.disorder) == "dropped"
    if let own = research.own { list = try prices(own, seller) }
  }

  func prices(_ answers: ResearchAnswers, _ seller: SellerProfile) throws -> PriceList {
    guard case .priceThresholds(let products) = answers, products.count == seller.products.count else {
      throw StrategyError("van-westendorp needs four prices from each respondent for each of the seller's products")
    }
    return PriceList(
      prices: try zip(products, seller.products).map { answers, product in
        guard let meter = PriceSensitivityMeter(answers, dropsDisorder: dropsDisorder) else {
          // A file of the user's own is refused when it is read; one unlucky sample must not end a study.
          guard research.own != nil else { return product.unitCost }
          throw StrategyError(
            (answers.count == 1 ? "the only respondent did not name" : "none of the \(answers.count) respondents named")
              + " four rising prices for \(product.name); ask others, or use `disorder: kept`")
        }
        let price =
          switch point {
          case "indifference": meter.indifference
          case "cheapness": meter.marginalCheapness
          case "expensiveness": meter.marginalExpensiveness
          default: meter.optimal
          }
        return max(price, product.unitCost)
      })
  }
}
