import Demand
import Selling

/// What the strategies of the family share: the survey that they price on, and the categories of the seller's products.
enum BundleSurvey {
  static let parameters = [Research.respondents] + Research.errorsAndCost

  /// The category of each of the seller's products.
  ///
  /// - Throws: ``StrategyError`` unless there are at least two, and no more products than `most`.
  static func categories(
    of seller: SellerProfile, in market: PublicMarket, most: Int = BundleSets.largestProductCount, for name: String
  ) throws -> [Int] {
    let categories = seller.products.indices.map { market.category(ofOwnProduct: $0) }
    guard Set(categories).count > 1 else {
      throw StrategyError("a bundle needs products of at least two categories; \(seller.name) sells in one")
    }
    guard categories.count <= most else {
      throw StrategyError("\(categories.count) products; \(name) prices up to \(most)")
    }
    return categories
  }

  /// The answers of the survey.
  ///
  /// - Throws: ``StrategyError`` if there are none.
  static func answers(_ view: SellerView, for name: String) throws -> [[Double]] {
    guard let answers = view.survey?.willingnessToPay, !answers.isEmpty else {
      throw StrategyError("\(name) needs the answers of a survey")
    }
    return answers
  }

  /// Prices for these offers that are searched on the respondents.
  static func optimum(_ answers: [[Double]], _ contents: [ProductSet], _ view: SellerView) throws -> SampleOptimum {
    try SampleOptimum(
      valuations: answers, assortment: view.market.assortment, source: view.market.own, contents: contents,
      unitCosts: view.seller.products.map(\.unitCost), others: view.lastLists)
  }

  /// The best prices of these offers on the respondents.
  static func bestList(_ answers: [[Double]], _ contents: [ProductSet], _ view: SellerView) throws -> PriceList {
    let prices = try optimum(answers, contents, view).maximise(contents: contents).posted
    return PriceList(zip(contents, prices).map { Offer($0, price: $1) })
  }

  /// Prices stated for every single product, by position; nil if none are.
  ///
  /// - Throws: ``StrategyError`` for a product left out, or a bundle.
  static func singlePrices(
    _ parameter: Parameter, _ arguments: Arguments, _ seller: SellerProfile
  ) throws -> [Double]? {
    let offers = arguments.prices(parameter)
    guard !offers.isEmpty else { return nil }
    guard offers.allSatisfy({ $0.contents.count == 1 }) else {
      throw StrategyError("the prices are of single products; the discount prices the rest", parameter: parameter.name)
    }
    let list = PriceList(offers)
    return try seller.products.enumerated().map { product, sold in
      guard let price = list.price(ofProduct: product) else {
        throw StrategyError("no price is given for \(sold.name)", parameter: parameter.name)
      }
      return price
    }
  }
}
