import Demand
import Testing

/// Prices by the number of products, against full grids and against offers that are priced one by one.
@Suite struct SizePricingTests {
  private static func sizes(_ rows: [[Double]], _ costs: [Double]) throws -> SizePricing {
    try SizePricing(
      valuations: rows,
      assortment: assortment(categories: Array(costs.indices), sources: [Array(costs.indices)]), source: 0,
      unitCosts: costs, others: [PriceList([])])
  }

  /// Two and three products, whole numbers, 6 people: every combination of whole prices. The share that is found and the
  /// number of misses are held; a local search is not asked to be perfect.
  @Test func comesCloseToTheGrid() throws {
    var worst = 1.0
    var missed = 0
    for number in 0..<100 {
      var random = SplitMix(state: UInt64(40 + number))
      let count = 2 + number % 2
      let rows = (0..<6).map { _ in (0..<count).map { _ in Double(Int.random(in: 0...7, using: &random)) } }
      let costs = (0..<count).map { _ in Double(Int.random(in: 0...2, using: &random)) }
      let sizes = try Self.sizes(rows, costs)
      let found = sizes.maximise().contribution
      var best = 0.0
      for first in 0...8 {
        for second in first...15 {
          for third in count == 3 ? Array(second...21) : [second] {
            best = max(best, sizes.contribution(at: [first, second, third].prefix(count).map(Double.init)))
          }
        }
      }
      #expect(found <= best + 1e-12)
      guard best > 0 else { continue }
      worst = min(worst, found / best)
      missed += found < best - 1e-12 ? 1 : 0
    }
    print("bundle sizes: \(missed) of 100 below the grid, worst \(worst)")
    #expect(worst > 0.94)
    #expect(missed <= 5)
  }

  /// What it says customers leave is what the same prices earn as offers, each set of products an offer of its own.
  @Test func isWhatOffersOfThesePricesEarn() throws {
    var random = SplitMix(state: 8)
    for count in 2...5 {
      let rows = (0..<50).map { _ in (0..<count).map { _ in Double.random(in: -2...10, using: &random) } }
      let costs = (0..<count).map { _ in Double.random(in: 0...3, using: &random) }
      let sizes = try Self.sizes(rows, costs)
      let contents = BundleSets.all(of: Array(0..<count))
      let sample = try SampleOptimumTests.optimum(
        rows, categories: Array(0..<count), contents: contents, costs: costs)
      let found = sizes.maximise()
      // At the thresholds themselves the sum of three numbers may fall on either side: a hair below.
      let prices = found.prices.map { $0 - 1e-9 }
      let offers = sample.contribution(at: contents.map { prices[$0.count - 1] })
      #expect(isClose(offers, found.contribution, absolute: 1e-7), "\(count) products")
      #expect(found.contribution <= sample.maximise(contents: contents).contribution * 1.02)
    }
  }

  /// Ten products: a menu of all 1023 sets can be posted, and nobody pays more than for the parts.
  @Test func tenProducts() throws {
    var random = SplitMix(state: 3)
    let costs = [Double](repeating: 1, count: 10)
    let rows = (0..<300).map { _ in costs.map { _ in Double.random(in: 0...10, using: &random) } }
    let sizes = try Self.sizes(rows, costs)
    let clock = ContinuousClock()
    var found: SampledPrices?
    let time = clock.measure { found = sizes.maximise() }
    let prices = try #require(found?.prices)
    print("bundle sizes: ten products, 300 respondents: \(time)")
    for size in 1..<10 {
      #expect(prices[size] >= prices[size - 1])
      for part in 0..<size { #expect(prices[size] <= prices[part] + prices[size - part - 1] + 1e-9) }
    }
    let contents = BundleSets.all(of: Array(0..<10))
    let menu = try Menu(
      [PriceList(contents.map { Offer($0, price: prices[$0.count - 1]) })],
      in: assortment(categories: Array(0..<10), sources: [Array(0..<10)]))
    #expect(menu.bundles.count == 1013)
  }
}
