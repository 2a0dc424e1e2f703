import Demand
import Selling

/// The demand that a seller believes to be left, at rivals' prices as they were last seen.
struct BelievedDemand {
  private let belief: MarketBelief
  private let own: [Int]
  /// By alternative; infinite where nothing is posted.
  let rivalPrices: [Double]

  /// What the view's belief says.
  ///
  /// - Throws: ``StrategyError`` for a view without a belief.
  init(_ view: SellerView) throws {
    guard let belief = view.belief else { throw StrategyError("no model of demand was given") }
    self.belief = belief
    let assortment = view.market.assortment
    own = assortment.alternativesBySource[view.market.own]
    var prices = [Double](repeating: .infinity, count: assortment.alternatives.count)
    for (seller, places) in assortment.alternativesBySource.enumerated() where seller != view.market.own {
      for (position, alternative) in places.enumerated() {
        prices[alternative] = view.postedLists?[seller].price(ofProduct: position) ?? .infinity
      }
    }
    rivalPrices = prices
  }

  /// Units that an average customer of a period buys of each own product at these prices.
  func shares(at prices: [Double], period: Int) throws -> [Double] {
    var all = rivalPrices
    for (place, price) in zip(own, prices) { all[place] = price }
    let units = try belief.demand(period: period).response(at: all, hasSlopes: false).units
    return own.map { units[$0] }
  }

  /// Units expected of each own product at these prices in some periods.
  func units(at prices: [Double], periods: Range<Int>) throws -> [Double] {
    var customers: [Int: (count: Double, period: Int)] = [:]
    for period in periods {
      customers[mix(period), default: (0, period)].count += self.customers(period)
    }
    var units = prices.map { _ in 0.0 }
    for (_, mix) in customers.sorted(by: { $0.key < $1.key }) where mix.count > 0 {
      for (product, share) in try shares(at: prices, period: mix.period).enumerated() {
        units[product] += mix.count * max(0, share)
      }
    }
    return units
  }

  /// Customers in some periods, a period being the unit of time; periods of the same customers are one span, and each mix
  /// of them has a curve, numbered as they come.
  func spans(periods: Range<Int>) -> (spans: [StockDemand.Span], firstPeriods: [Int]) {
    var spans: [StockDemand.Span] = []
    var firstPeriods: [Int] = []
    var numbers: [Int: Int] = [:]
    for period in periods {
      let number = numbers[mix(period)] ?? firstPeriods.count
      if number == firstPeriods.count {
        numbers[mix(period)] = number
        firstPeriods.append(period)
      }
      let rate = customers(period)
      if let last = spans.last, last.rate == rate, last.curve == number {
        spans[spans.count - 1] = .init(length: last.length + 1, rate: rate, curve: number)
      } else {
        spans.append(.init(length: 1, rate: rate, curve: number))
      }
    }
    return (spans, firstPeriods)
  }

  /// What is left of demand for the only product in some periods.
  ///
  /// - Throws: ``StrategyError`` where customers would buy at any price.
  func stockDemand(periods: Range<Int>, unitCost: Double) throws -> StockDemand {
    let (spans, firstPeriods) = spans(periods: periods)
    return try StockDemand(spans: spans, curves: firstPeriods.map { try curve($0) }, unitCost: unitCost)
  }

  private func curve(_ period: Int) throws -> StockDemand.Curve {
    let (demand, place, prices) = (belief.demand(period: period), own[0], rivalPrices)
    guard try demand.highestPrice(of: place, at: prices).isFinite else {
      throw StrategyError("customers have to buy whatever it costs, so that no price is the best")
    }
    return { price in
      var prices = prices
      prices[place] = price
      return try demand.response(at: prices, hasSlopes: false).units[place]
    }
  }

  private func customers(_ period: Int) -> Double {
    belief.customers.indices.contains(period) ? belief.customers[period] : 0
  }

  /// The number of the mix of customers that comes in a period.
  func mix(_ period: Int) -> Int {
    let numbers = belief.mixByPeriod
    return numbers.indices.contains(period) ? numbers[period] : 0
  }
}

extension SellerView {
  /// The periods that are left of the seller's time in the market, this one included.
  var periodsLeft: Range<Int> {
    let start = max(period, seller.presence.lowerBound, 0)
    return
      start..<max(
        start, min(market.periodCount, seller.presence.upperBound == .max ? .max : seller.presence.upperBound + 1))
  }
}
