import Demand
import Selling

/// Gabor-Granger: would you buy at this price?
public struct GaborGranger: AnswerPricedStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "gabor-granger", family: .marketBased,
    idea: "Ask customers whether they would buy at each of several prices, and charge the price at which those who say "
      + "yes bring most.",
    formula: "the price asked that maximises (price - unit cost) x share who would buy; of equal ones the lowest. With "
      + "`fit: logistic` the share is a logistic curve, fitted by maximum likelihood, and any price may be best. Each "
      + "product by itself: neither rivals' prices nor the seller's other products are taken into account. Where a "
      + "simulated survey, as a small one may, fits no curve, the share as it is; where nobody in it would buy above unit "
      + "cost, unit cost",
    needs: "a survey of purchase intentions at given prices, and its own unit costs",
    works: "customers have no close substitute at hand, and the prices asked enclose the best one",
    fails: "rivals are close: whoever says yes to a price in an interview may still find a better deal in the market",
    example: "streaming-survey", belief: "survey",
    source: "Gabor & Granger (1965), Scientific Business 3: The Pricing of New Products; Gabor & Granger (1966), "
      + "Economica 33: Price as an Indicator of Quality",
    parameters: [askedPrices, fit] + Research.parameters(.purchase))

  static let askedPrices = Parameter(
    "prices", .numbers(0...1e12, unit: "money"), default: .absent,
    "the prices that a simulated survey asks about, for every product")
  static let fit = Parameter(
    "fit", .choice(["none", "logistic"]), default: .choice("none"),
    "whether to read the shares as they are, or as points of a logistic curve")

  let research: Research
  private let fitsCurve: Bool
  var list: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` without prices to ask about, or where the user's own answers allow no price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    research = try Research(
      arguments, .purchase, .purchase(prices: try Research.prices(Self.askedPrices, arguments)))
    fitsCurve = try arguments.choice(Self.fit) == "logistic"
    if let own = research.own { list = try prices(own, seller) }
  }

  func prices(_ answers: ResearchAnswers, _ seller: SellerProfile) throws -> PriceList {
    guard case .purchase(let products) = answers, products.count == seller.products.count else {
      throw StrategyError("gabor-granger needs to know who would buy each of the seller's products at which price")
    }
    return PriceList(
      prices: try zip(products, seller.products).map {
        // A file of the user's own is refused when it is read; one unlucky sample must not end a study.
        guard research.own == nil else { return try price($0, $1) }
        return (try? price($0, $1)) ?? (try? Self.askedPrice($0, $1)) ?? $1.unitCost
      })
  }

  private func price(_ answers: PurchaseAnswers, _ product: SellerProduct) throws -> Double {
    try fitsCurve ? Self.fittedPrice(answers, product) : Self.askedPrice(answers, product)
  }

  /// The best of the prices asked.
  private static func askedPrice(_ answers: PurchaseAnswers, _ product: SellerProduct) throws -> Double {
    var best = (price: 0.0, contribution: 0.0)
    for (price, share) in zip(answers.prices, answers.shares) {
      let contribution = (price - product.unitCost) * share
      if contribution > best.contribution { best = (price, contribution) }
    }
    guard best.contribution > 0 else {
      throw StrategyError(
        "nobody would buy \(product.name) at any of the prices asked above its unit cost; ask more respondents, or "
          + "about other prices")
    }
    return best.price
  }

  /// The best price of a logistic curve.
  private static func fittedPrice(_ answers: PurchaseAnswers, _ product: SellerProduct) throws -> Double {
    let choices = answers.prices.indices.flatMap { place -> [LogitEstimate.Choice] in
      let options = [LogitEstimate.Option(product: 0, price: answers.prices[place]), .init(product: nil, price: 0)]
      let yes = answers.buys.count { $0[place] }
      return [(0, yes), (1, answers.buys.count - yes)].filter { $0.1 > 0 }
        .map { LogitEstimate.Choice(options, chosen: $0.0, count: Double($0.1)) }
    }
    do {
      let curve = try LogitEstimate(choices, productCount: 1)
      guard curve.priceSensitivity > 0 else {
        throw StrategyError(
          "the share who would buy \(product.name) does not fall with its price, so that no price is best")
      }
      let scale = 1 / curve.priceSensitivity
      return product.unitCost
        + (try LogitMarkup.best(
          scale: scale, own: [curve.constants[0] * scale - product.unitCost], rivals: [], hasNothing: true))
    } catch is DemandError {
      throw StrategyError(
        "no logistic curve fits the answers about \(product.name): it needs prices at which some would buy and some would "
          + "not, in no strict order; use `fit: none`, or ask more respondents")
    }
  }
}
