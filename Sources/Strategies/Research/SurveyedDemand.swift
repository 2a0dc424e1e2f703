import Demand
import Selling

/// A market as a survey of willingness to pay shows it, and the prices that earn most in it.
///
/// Either the respondents are the market, and each takes what leaves them most (`SampleOptimum`); or each category is a
/// logit whose values are the mean answers and whose noise has their pooled variance, pi^2/3 x scale^2: what a customer
/// would pay net of buying nothing is the difference of two Gumbel draws. On an unbiased survey of n the loss against
/// perfect knowledge falls as n^(-2/3) the first way and, where the market is a logit, as 1/n the second. Verified by
/// `SurveyConvergenceTests`.
struct SurveyedDemand {
  private let rows: [[Double]]

  /// - Throws: ``StrategyError`` unless these are amounts that at least two respondents would pay.
  init(_ answers: ResearchAnswers) throws {
    guard case .willingnessToPay(let rows) = answers, rows.count > 1 else {
      throw StrategyError("best-response needs what at least two respondents would pay")
    }
    self.rows = rows
  }

  /// The best prices of a seller's products at the rivals' prices.
  ///
  /// - Throws: ``StrategyError`` where any price would be paid.
  func bestPrices(
    _ rivals: [PriceList], unitCosts: [Double], _ market: PublicMarket, fitsLogit: Bool
  ) throws -> PriceList {
    do {
      return PriceList(
        prices: fitsLogit
          ? try fittedPrices(rivals, unitCosts, market) : try sampledPrices(rivals, unitCosts, market))
    } catch let error as DemandError {
      throw StrategyError("\(error)")
    }
  }

  private func sampledPrices(_ rivals: [PriceList], _ unitCosts: [Double], _ market: PublicMarket) throws -> [Double] {
    let contents = unitCosts.indices.map { ProductSet([$0]) }
    let optimum = try SampleOptimum(
      valuations: rows, assortment: market.assortment, source: market.own, contents: contents, unitCosts: unitCosts,
      others: rivals)
    return optimum.maximise(contents: contents).posted
  }

  private func fittedPrices(_ rivals: [PriceList], _ unitCosts: [Double], _ market: PublicMarket) throws -> [Double] {
    let assortment = market.assortment
    let own = assortment.alternativesBySource[market.own]
    var prices = unitCosts
    for range in assortment.alternativesByCategory {
      let places = own.indices.filter { range.contains(own[$0]) }
      guard !places.isEmpty else { continue }
      let moments = range.map { alternative -> (mean: Double, variance: Double) in
        let mean = rows.reduce(0) { $0 + $1[alternative] } / Double(rows.count)
        let squares = rows.reduce(0) { $0 + ($1[alternative] - mean) * ($1[alternative] - mean) }
        return (mean, squares / Double(rows.count - 1))
      }
      let variance = moments.reduce(0) { $0 + $1.variance } / Double(range.count)
      var others: [Double] = []
      for (seller, alternatives) in assortment.alternativesBySource.enumerated() where seller != market.own {
        for (place, alternative) in alternatives.enumerated() where range.contains(alternative) {
          guard let price = rivals[seller].price(ofProduct: place) else { continue }
          others.append(moments[alternative - range.lowerBound].mean - price)
        }
      }
      let markup = try LogitMarkup.best(
        scale: (3 * variance).squareRoot() / .pi,
        own: places.map { moments[own[$0] - range.lowerBound].mean - unitCosts[$0] }, rivals: others,
        hasNothing: assortment.hasOutsideOption)
      for place in places { prices[place] += markup }
    }
    return prices
  }
}
