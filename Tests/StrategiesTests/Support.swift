import Demand
import Selling

/// A seller's view of a small market, made without a simulation.
struct TestMarket {
  var categories: [Int]
  var sources: [[Int]]
  var unitCosts: [Double]
  var fixedCost = 0.0
  var capacities: [Capacity] = []
  var hasOutsideOption = true
  var periodCount = 10
  var volume: VolumeCost? = nil
  var experience: ExperienceCurve? = nil
  var groups: [String] = []

  var seller: SellerProfile {
    SellerProfile(
      name: "Own",
      products: unitCosts.enumerated().map {
        SellerProduct(name: "product \($0)", unitCost: $1, volume: volume, experience: experience)
      },
      fixedCost: fixedCost, capacities: capacities)
  }

  func market() throws -> PublicMarket {
    PublicMarket(
      assortment: try Assortment(
        categories: (0...(categories.max() ?? 0)).map { "category \($0)" },
        products: categories.enumerated().map { Product(name: "product \($0)", category: $1) }, sources: sources,
        hasOutsideOption: hasOutsideOption),
      sellers: sources.indices.map { $0 == 0 ? "Own" : "Rival \($0)" },
      products: sources.map { $0.map { "product \($0)" } }, own: 0, periodCount: periodCount,
      groups: groups)
  }

  /// A strategy of the catalogue for the first seller.
  func strategy<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value] = [:]
  ) throws -> Strategy {
    try Strategy(Arguments(given, for: type.entry.parameters), seller: seller, market: market())
  }

  func view(
    period: Int, posted: [PriceList]? = nil, sales: [[OfferSales]] = [], capacityLeft: [Int] = [],
    survey: [[Double]]? = nil, answers: SurveyAnswers? = nil, belief: MarketBelief? = nil, elapsed: Double = 0
  ) throws -> SellerView {
    SellerView(
      seller: seller, market: try market(), period: period, postedLists: posted, sales: SalesHistory(sales),
      capacityLeft: capacityLeft, survey: answers ?? survey.map { SurveyAnswers(willingnessToPay: $0) }, belief: belief,
      elapsed: elapsed)
  }
}

/// The prices of single products.
func prices(_ values: [Double]) -> Arguments.Value { .prices(PriceList(prices: values).offers) }

/// The sentence of the ``StrategyError`` that `work` throws, or what happened instead.
func refusal<Result>(_ work: () throws -> Result) -> String {
  do {
    _ = try work()
    return "(accepted)"
  } catch let error as StrategyError {
    return error.description
  } catch {
    return "(another error) \(error)"
  }
}

/// Whether a posted price is the best price, a hair of at most 1e-9 below so that nobody is indifferent.
func isHairBelow(_ price: Double?, _ best: Double) -> Bool {
  guard let price else { return false }
  return price <= best && price >= best * (1 - 1.001e-9)
}

/// The same for whole lists.
func areHairBelow(_ offers: [Offer], _ best: [Offer]) -> Bool {
  offers.map(\.contents) == best.map(\.contents) && offers.map(\.group) == best.map(\.group)
    && zip(offers, best).allSatisfy { isHairBelow($0.price, $1.price) }
}
