import Demand
import Selling

/// Perfect knowledge of one product with limited stock whose price moves with time and each sale: the policy of Gallego &
/// van Ryzin (1994) on the true demand. Of Poisson customers no policy earns more on average, however often it changes
/// prices. It is used only where a candidate's prices move within periods too. Verified against published values
/// (`RepricedPolicyTests`).
struct RepricedPolicy: PricingStrategy {
  static let entry = PostedPolicy.entry

  private let programmes: [StockValue]
  /// By period: its programme, and the time left at its start.
  private let plan: [(programme: Int, timeLeft: Double)]
  private let terms: PriceTerms?
  /// Whether customers are Poisson, so that no policy earns more.
  let isExact: Bool

  /// - Parameter others: the price list of every source, as customers count it; the seller's own is ignored.
  /// - Returns: nil unless the studied seller has one product, all of whose capacities are renewed alike, and customers take
  ///   single units: buyers of several are no Poisson process of units.
  /// - Throws: ``DemandError`` where the table of values would not fit in memory; what expected demand throws.
  init?(_ study: Study, others: [PriceList]) throws {
    let (market, seller) = (study.market, study.market.profiles[study.studied].inCustomerPrices)
    let used = seller.capacities.filter { ($0.use.first ?? 0) > 0 }
    guard seller.products.count == 1, market.population.segments.allSatisfy(\.takesOneUnit),
      let renewal = used.first?.renewal, used.allSatisfy({ $0.renewal == renewal }),
      let stock = used.map({ $0.units / $0.use[0] }).min(), stock > 0
    else { return nil }
    let (populations, numbers) = market.mixes
    let curves = try populations.map { try Self.curve(Market.demandSystem(of: $0), market, study.studied, others) }
    let spans = (0..<market.periodCount).map {
      StockDemand.Span(length: 1, rate: market.arrivals.mean(period: $0), curve: numbers[$0])
    }
    func programme(_ spans: [StockDemand.Span]) throws -> StockValue {
      try StockValue(
        StockDemand(spans: spans, curves: curves, unitCost: seller.products[0].unitCost), units: stock)
    }
    switch renewal {
    case .never:
      // Where the table would not fit in memory, another policy is looked for.
      guard let whole = try? programme(spans) else { return nil }
      programmes = [whole]
      plan = spans.indices.map { (0, Double(spans.count - $0)) }
    case .eachPeriod:
      var known: [StockDemand.Span: Int] = [:]
      var programmes: [StockValue] = []
      plan = try spans.map { span in
        if known[span] == nil {
          known[span] = programmes.count
          programmes.append(try programme([span]))
        }
        return (known[span] ?? 0, 1)
      }
      self.programmes = programmes
    }
    terms = market.profiles[study.studied].terms
    isExact = market.arrivals.variation == .poisson && market.arrivals.randomShocks == nil
  }

  /// The share of customers who buy the seller's only product at a price.
  private static func curve(
    _ demand: any DemandSystem, _ market: Market, _ seller: Int, _ others: [PriceList]
  ) -> StockDemand.Curve {
    let places = market.population.assortment.alternativesBySource
    var posted = [Double](repeating: .infinity, count: demand.alternativeCount)
    for (other, list) in others.enumerated() where other != seller {
      for (product, alternative) in places[other].enumerated() {
        posted[alternative] = list.price(ofProduct: product) ?? .infinity
      }
    }
    let (prices, own) = (posted, places[seller][0])
    return { price in
      var prices = prices
      prices[own] = price
      return try demand.response(at: prices, hasSlopes: false).units[own]
    }
  }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("perfect knowledge is a benchmark, not a strategy that a seller can run")
  }

  var repricesContinuously: Bool { true }

  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let (number, timeLeft) = plan[min(max(0, view.period), plan.count - 1)]
    let left =
      zip(view.capacityLeft, view.seller.capacities)
      .filter { $0.1.use[0] > 0 }.map { $0.0 / $0.1.use[0] }.min() ?? 0
    let programme = programmes[number]
    // With nothing left the price is only shown.
    let price = try programme.price(
      units: min(programme.units, max(1, left)), timeLeft: max(0, timeLeft - view.elapsed))
    return PriceList(prices: [price]).inListPrices(terms)
  }
}

extension Study {
  /// Whether the prices of some candidate move within periods.
  var repricesContinuously: Bool { candidates.contains { $0.strategy.repricesContinuously } }
}
