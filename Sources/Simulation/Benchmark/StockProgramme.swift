import Demand
import Foundation
import GSL
import Selling

/// The best price of one product for each period and each level of stock, by backward induction: the discrete-time
/// counterpart of Gallego & van Ryzin (1994), Management Science 40, with prices that change between periods only.
///
/// With V the value of stock x from period t on and D the number of buyers at price p (Poisson or negative binomial like
/// the customers, or binomial for a fixed number of them), V(t, x) = max over p of E[(p - c) min(D, x) + V(t+1, x - min(D, x))]. Capacity that is there anew
/// in each period has no future value. Verified against enumeration and by simulation (`PerfectKnowledgeTests`).
struct StockProgramme {
  /// By period, then by units left; a single price where capacity is there anew in each period.
  let prices: [[Double]]
  /// The value of the calendar at full stock, in money over unit cost, in customers' prices where there are price terms.
  let value: Double
  /// Whether the grid of prices is so fine that its steps do not matter (below 3 parts in 10,000).
  private let isFine: Bool
  /// Whether the distribution of customers is the market's own: random shocks, which last, are left out of it.
  private let isWhole: Bool
  /// Whether no policy of its class earns more on average, up to the steps of the grid.
  var isExact: Bool { isFine && isWhole }

  /// Elementary steps that a programme may take; the grid of prices gets coarser to keep to it.
  static let largestWork = 1.5e9

  /// - Returns: nil unless the studied seller has one product, all of whose capacities are renewed alike, and customers
  ///   take single units: the number of units of those who take several is not that of independent buyers.
  /// - Parameter problem: the seller's problem for customers in one mix.
  /// - Throws: what expected demand throws.
  init?(_ study: Study, problem: (Population) -> PricingProblem) throws {
    let seller = study.market.profiles[study.studied]
    let used = seller.capacities.filter { ($0.use.first ?? 0) > 0 }
    guard seller.products.count == 1, let renewal = used.first?.renewal, used.allSatisfy({ $0.renewal == renewal }),
      let stock = used.map({ $0.units / $0.use[0] }).min()
    else { return nil }
    let market = study.market
    let alternative = market.population.assortment.alternativesBySource[study.studied][0]
    let product = market.population.assortment.alternatives[alternative]
    guard market.population.segments.allSatisfy({ $0.usageCurve(ofProduct: product) == nil }) else { return nil }
    let means = (0..<market.periodCount).map { market.arrivals.mean(period: $0) }
    let levels = renewal == .eachPeriod ? 1.0 : Double(stock + 1)
    let width =
      means.map { mean in
        let deviation = (max(1, mean) + pow(market.arrivals.spread * mean, 2)).squareRoot()
        return min(Double(stock), 20 * deviation + 20)
      }.max() ?? 1
    isWhole = market.arrivals.randomShocks == nil
    let work = levels * Double(market.periodCount) * width
    guard work * 60 < Self.largestWork else { return nil }
    let steps = Int(min(600, Self.largestWork / work))
    isFine = steps >= 300

    let cost = seller.inCustomerPrices.products[0].unitCost
    let scarcity = min(1, Double(stock + 1) / max(1, renewal == .eachPeriod ? means.max() ?? 1 : means.reduce(0, +)))
    let mixes = market.mixes
    let grids = try mixes.populations.map { population in
      var problem = problem(population)
      return try Self.grid(&problem, steps: steps, smallestShare: 1e-3 * scarcity)
    }

    // Renewed capacity is always full when a period begins, and its future has the same value whatever is sold.
    let starts = renewal == .eachPeriod ? [stock] : Array(0...stock)
    var future = [Double](repeating: 0, count: starts.count)
    var table = [[Double]](repeating: future, count: market.periodCount)
    for period in means.indices.reversed() {
      var best = [Double](repeating: -.infinity, count: starts.count)
      for (price, share) in grids[mixes.numbers[period]] {
        let buyers = try Buyers(market.arrivals, mean: means[period], share: share, stock: stock)
        for (index, left) in starts.enumerated() {
          let earned = buyers.expectation(margin: price - cost, left: left, future: future)
          if earned > best[index] {
            best[index] = earned
            table[period][index] = price
          }
        }
      }
      future = best
    }
    prices = table
    value = future[starts.count - 1]
  }

  /// Prices to choose from with the share of customers who pay them, close together where demand falls: the interval over
  /// which it falls most, counted in customers and in proportion, is split again and again.
  ///
  /// - Parameter smallestShare: below it proportions do not matter.
  private static func grid(
    _ problem: inout PricingProblem, steps: Int, smallestShare: Double
  ) throws -> [(price: Double, share: Double)] {
    func point(_ price: Double) throws -> (price: Double, share: Double) {
      (price, min(1, max(0, try problem.outcome(at: [price]).units[0])))
    }
    let highest = try problem.highestPrices()[0]
    var points = [try point(0), try point(highest)]
    var falls = [1.0]
    func fall(_ index: Int) -> Double {
      let (low, high) = (points[index], points[index + 1])
      guard high.price - low.price > 1e-9 * highest else { return 0 }
      return low.share - high.share + 0.25 * log((low.share + smallestShare) / (high.share + smallestShare))
    }
    while points.count <= steps, let widest = falls.indices.max(by: { falls[$0] < falls[$1] }), falls[widest] > 0 {
      points.insert(try point((points[widest].price + points[widest + 1].price) / 2), at: widest + 1)
      falls[widest] = fall(widest)
      falls.insert(fall(widest + 1), at: widest + 1)
    }
    return points
  }
}

/// The number of buyers in a period, cut where less than 1e-14 of its probability is left.
private struct Buyers {
  private let first: Int
  private let probabilities: [Double]

  init(_ arrivals: Arrivals, mean: Double, share: Double, stock: Int) throws {
    let expected = mean * share
    let spread = 9 * max(1, expected).squareRoot() + 12
    let low = max(0, Int(expected - spread))
    let high = Int(expected + spread)
    switch arrivals.variation {
    case .poisson:
      first = low
      guard expected > 0 else {
        probabilities = [1]
        return
      }
      let distribution = try Poisson(mean: expected)
      probabilities = try (low...high).map { try distribution.probability($0) }
    case .fixed:
      first = low
      let customers = Int(mean.rounded())
      let distribution = try Binomial(trials: customers, successProbability: share)
      probabilities = try (low...max(low, min(high, customers))).map { try distribution.probability($0) }
    case .negativeBinomial:
      guard expected > 0 else {
        (first, probabilities) = (0, [1])
        return
      }
      // Of customers at a rate with this spread each buys with the same chance: buyers are of the same kind. Whatever
      // exceeds the stock sells the stock.
      let distribution = try NegativeBinomial(mean: expected, spread: arrivals.spread)
      let start = min(stock, try distribution.quantile(5e-15))
      let end = min(stock, try distribution.quantile(1 - 5e-15))
      first = start
      probabilities =
        try (start..<end).map { try distribution.probability($0) } + [try distribution.survival(end - 1)]
    }
  }

  /// Margin of a period and value of what is left after it, on average.
  func expectation(margin: Double, left: Int, future: [Double]) -> Double {
    var total = 0.0
    for (offset, probability) in probabilities.enumerated() {
      let sold = min(first + offset, left)
      total += probability * (margin * Double(sold) + future[min(left - sold, future.count - 1)])
    }
    return total
  }
}
