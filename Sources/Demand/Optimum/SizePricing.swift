import Foundation

/// Bundle-size pricing: one price for any one product, one for any two, and so on (Chu, Leslie & Sorensen 2011,
/// American Economic Review 101).
///
/// Given the prices, a customer takes the products that they gain most from, so that only the number of them is left to be
/// chosen: one option for each size, and no search through sets. Verified against full grids (`SizePricingTests`).
public struct SizePricing: Sendable {
  private let options: ChargedOptions
  /// The largest number of products that one customer can take.
  public let largestSize: Int

  /// - Parameters:
  ///   - valuations: one row a customer, one valuation for each alternative of the assortment.
  ///   - source: whose prices are sought.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own and all bundles are ignored.
  /// - Throws: ``DemandError`` for no customers.
  public init(
    valuations: [[Double]], assortment: Assortment, source: Int, unitCosts: [Double], others: [PriceList]
  ) throws {
    guard !valuations.isEmpty else { throw DemandError("no customers to find prices for") }
    let gains = GainsOverRivals(valuations: valuations, assortment: assortment, source: source, others: others)
    var worths: [Double] = []
    var serviceCosts: [Double] = []
    for row in gains.rows {
      // All cost the same, so that of a category the most wanted product is taken.
      let wanted = gains.products.compactMap { products in
        products.max { (row[$0], -unitCosts[$0]) < (row[$1], -unitCosts[$1]) }
      }.sorted { (row[$0], -unitCosts[$0]) > (row[$1], -unitCosts[$1]) }
      var (worth, cost) = (0.0, 0.0)
      worths.append(0)
      serviceCosts.append(0)
      for product in wanted {
        worth += row[product]
        cost += unitCosts[product]
        worths.append(worth)
        serviceCosts.append(cost)
      }
    }
    largestSize = gains.products.count
    let cheapest = gains.products.map { $0.map { unitCosts[$0] }.min() ?? 0 }.sorted()
    options = ChargedOptions(
      charges: [[]] + (0..<largestSize).map { [$0] }, worths: worths, serviceCosts: serviceCosts,
      costs: (1...max(1, largestSize)).map { cheapest.prefix($0).reduce(0, +) })
  }

  /// What an average customer leaves over unit cost at these prices by size, from one product up, in money. A size that
  /// costs more than its parts is bought as its parts.
  public func contribution(at prices: [Double]) -> Double { options.contribution(at: Self.attainable(prices)) }

  /// The best prices found, from starts that grow with size, with the whole set alone, and with single
  /// products alone; none above what as many products cost in smaller sets, or in a larger one.
  public func maximise() -> SampledPrices {
    let top = options.largestWorth + 1
    let whole = options.costs.indices.map { $0 == largestSize - 1 ? max(0, options.costs[$0]) : top }
    let separate = options.costs.indices.map { $0 == 0 ? max(0, options.costs[$0]) : top }
    var starts = [options.costs.map { max(0, $0) }, whole, separate]
    let first = options.climb(from: separate).prices[0]
    starts += [1, 0.9, 0.8, 0.7].map { power in
      (1...max(1, largestSize)).map { first * pow(Double($0), power) }
    }
    let searched = options.search(from: starts)
    let trials = [searched] + starts.map { options.climb(from: $0) }
    let found = trials.map { trial in
      let prices = Self.attainable(trial.prices)
      return SampledPrices(prices: prices, contribution: options.contribution(at: prices), costs: options.costs)
    }.sorted { $0.contribution > $1.contribution }
    return found.prefix(3).map(polished).max { $0.contribution < $1.contribution } ?? searched
  }

  /// Each price in turn moved to thresholds of customers, with what it makes of the others: where a size may not cost more
  /// than its parts, one price alone does not move. Evenly chosen thresholds, at most 30 for a price.
  private func polished(_ start: SampledPrices) -> SampledPrices {
    var best = start
    for _ in 0..<20 {
      let before = best.contribution
      for size in best.prices.indices {
        let thresholds = options.thresholds(of: size, prices: best.prices).fallingPrices.filter { $0 >= 0 }
        let stride = max(1, thresholds.count / 30)
        for place in Swift.stride(from: 0, to: thresholds.count, by: stride) {
          var raised = best.prices
          raised[size] = thresholds[place]
          // Sizes above must not be cheaper, sizes below not dearer.
          for larger in raised.indices where larger > size { raised[larger] = max(raised[larger], raised[size]) }
          let prices = Self.attainable(raised)
          let earned = options.contribution(at: prices)
          if earned > best.contribution {
            best = SampledPrices(prices: prices, contribution: earned, costs: options.costs)
          }
        }
      }
      if best.contribution <= before * (1 + 1e-9) { break }
    }
    return best
  }

  /// What a number of products really costs: no more than in several smaller sets, nor than a larger set.
  public static func attainable(_ prices: [Double]) -> [Double] {
    var prices = prices
    for size in prices.indices.reversed().dropFirst() { prices[size] = min(prices[size], prices[size + 1]) }
    for size in prices.indices.dropFirst() {
      for part in 0..<size { prices[size] = min(prices[size], prices[part] + prices[size - part - 1]) }
    }
    return prices
  }
}
