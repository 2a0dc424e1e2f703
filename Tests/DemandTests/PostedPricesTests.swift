import Demand
import Testing

/// Prices to post against the search's own account of them, which counts the indifferent where they earn most.
@Suite struct PostedPricesTests {
  /// Whole numbers, so that nearly everybody is indifferent at the best prices of two goods and their bundle; ties fall
  /// against the seller here. The promise is 1 - 1e-9 of what was counted; 1e-12 for rounding.
  @Test func tiesAgainstTheSellerCostNothing() throws {
    let contents = [ProductSet([0]), ProductSet([1]), ProductSet([0, 1])]
    var worst = 1.0
    var tied = 0
    for number in 0..<200 {
      var random = SplitMix(state: UInt64(3000 + number))
      let rows = (0..<8).map { _ in (0..<2).map { _ in Double(Int.random(in: 0...12, using: &random)) } }
      let costs = (0..<2).map { _ in Double(Int.random(in: 0...4, using: &random)) }
      let sample = try SampleOptimumTests.optimum(rows, categories: [0, 1], contents: contents, costs: costs)
      let found = sample.maximise(contents: contents)
      guard found.contribution > 0 else { continue }
      let posted = Self.worstCase(rows, found.posted, costs)
      worst = min(worst, posted / found.contribution)
      tied += Self.worstCase(rows, found.prices, costs) < found.contribution * (1 - 1e-6) ? 1 : 0
      #expect(posted >= found.contribution * (1 - 1e-9 - 1e-12), "market \(number)")
      for (price, threshold) in zip(found.posted, found.prices) {
        #expect(abs(price - threshold) <= 1.001e-9 * max(threshold, 4))
      }
    }
    print("posted prices: at least \(worst) of what was counted; the thresholds earn less in \(tied) of 200")
    #expect(tied > 100)
  }

  /// Versions of one product, a rival's beside them.
  @Test func versionsBesideARival() throws {
    let contents = [ProductSet([0]), ProductSet([1])]
    for number in 0..<100 {
      var random = SplitMix(state: UInt64(7000 + number))
      let rows = (0..<6).map { _ in (0..<3).map { _ in Double(Int.random(in: 0...12, using: &random)) } }
      let costs = (0..<2).map { _ in Double(Int.random(in: 0...4, using: &random)) }
      let sample = try SampleOptimumTests.optimum(
        rows, categories: [0, 0], contents: contents, costs: costs, rivals: [PriceList(prices: [3])],
        rivalProducts: [[0]])
      let found = sample.maximise(contents: contents)
      var earned = 0.0
      for row in rows {
        earned += Self.least([
          (0, 0), (row[2] - 3, 0), (row[0] - found.posted[0], found.posted[0] - costs[0]),
          (row[1] - found.posted[1], found.posted[1] - costs[1]),
        ])
      }
      #expect(earned / 6 >= found.contribution * (1 - 1e-9 - 1e-12), "market \(number)")
    }
  }

  /// Customers who stand for several are those several.
  @Test func weightsAreCopies() throws {
    let contents = [ProductSet([0]), ProductSet([1]), ProductSet([0, 1])]
    let shelf = try assortment(categories: [0, 1], sources: [[0, 1]])
    let rows: [[Double]] = [[10, 90], [50, 50], [60, 40], [90, 10]]
    let weights = [1.0, 3, 2, 5]
    func sample(_ customers: [SampledCustomer]) throws -> SampleOptimum {
      try SampleOptimum(
        customers: customers, segments: [], assortment: shelf, source: 0, contents: contents, unitCosts: [20, 30],
        others: [PriceList([])])
    }
    let weighted = try sample(
      zip(rows, weights).map { SampledCustomer(segment: 0, values: $0, valuations: [], weight: $1) })
    let copied = try sample(
      zip(rows, weights).flatMap { row, weight in
        (0..<Int(weight)).map { _ in SampledCustomer(segment: 0, values: row, valuations: []) }
      })
    #expect(weighted.maximise(contents: contents) == copied.maximise(contents: contents))
    let prices = [80.0, 70, 95]
    let expected = zip(rows, weights).reduce(0) {
      $0 + $1.1 * Self.worstCase([$1.0], prices, [20, 30])
    }
    #expect(isClose(weighted.contribution(at: prices), expected / 11, relative: 1e-14))
  }

  /// What customers of two goods and a bundle leave on average if each, between what is as good to rounding, takes what
  /// earns least.
  private static func worstCase(_ rows: [[Double]], _ prices: [Double], _ costs: [Double]) -> Double {
    let (first, second, both) = (prices[0] - costs[0], prices[1] - costs[1], prices[2] - costs[0] - costs[1])
    return rows.reduce(0) { total, row in
      total
        + least([
          (0, 0), (row[0] - prices[0], first), (row[1] - prices[1], second),
          (row[0] + row[1] - prices[0] - prices[1], first + second), (row[0] + row[1] - prices[2], both),
        ])
    } / Double(rows.count)
  }

  private static func least(_ options: [(worth: Double, margin: Double)]) -> Double {
    let highest = options.map(\.worth).max() ?? 0
    return options.filter { $0.worth >= highest - 1e-13 * 100 }.map(\.margin).min() ?? 0
  }
}
