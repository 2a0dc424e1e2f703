import Demand
import Foundation
import Testing

/// The heuristic that picks bundles, against all bundles where those can be priced.
@Suite struct BundleSetsTests {
  static func customers(_ rows: [[Double]]) -> [SampledCustomer] {
    rows.map { SampledCustomer(segment: 0, values: $0, valuations: $0) }
  }

  private static func found(
    _ rows: [[Double]], _ costs: [Double], largestFullCount: Int
  ) throws -> (contents: [ProductSet], best: SampledPrices) {
    let categories = Array(costs.indices)
    let contents = try BundleSets.chosen(
      for: customers(rows), assortment: assortment(categories: categories, sources: [categories]), source: 0,
      unitCosts: costs, others: [PriceList([])], largestFullCount: largestFullCount)
    let sample = try SampleOptimumTests.optimum(rows, categories: categories, contents: contents, costs: costs)
    return (contents, sample.maximise(contents: contents))
  }

  /// Three, four and five products, 200 respondents each, uneven tastes. On the respondents grown sets earn less than all
  /// sets, which also fit what is chance; on 2000 fresh customers the difference all but vanishes.
  @Test(arguments: 3...5) func gapToAllBundles(_ count: Int) throws {
    let categories = Array(0..<count)
    var gaps: [Double] = []
    var fresh: [Double] = []
    var offers = 0
    for number in 0..<8 {
      var random = SplitMix(state: UInt64(100 * count + number))
      let costs = (0..<count).map { _ in Double.random(in: 0...4, using: &random) }
      func people(_ many: Int) -> [[Double]] {
        (0..<many).map { _ in
          let wealth = Double.random(in: 0.5...1.5, using: &random)
          return (0..<count).map { _ in wealth * pow(Double.random(in: 0...1, using: &random), 1.5) * 15 }
        }
      }
      let (rows, others) = (people(200), people(2000))
      let all = try Self.found(rows, costs, largestFullCount: 5)
      let grown = try Self.found(rows, costs, largestFullCount: 2)
      func really(_ found: (contents: [ProductSet], best: SampledPrices)) throws -> Double {
        try SampleOptimumTests.optimum(others, categories: categories, contents: found.contents, costs: costs)
          .contribution(at: found.best.prices)
      }
      gaps.append(1 - grown.best.contribution / all.best.contribution)
      fresh.append(1 - (try really(grown)) / (try really(all)))
      offers += grown.contents.count
    }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let freshMean = fresh.reduce(0, +) / Double(fresh.count)
    print(
      "grown bundles of \(count) products: gap on respondents \(mean), at most \(gaps.max() ?? 0); on fresh customers "
        + "\(freshMean), at most \(fresh.max() ?? 0); \(Double(offers) / 8) offers of \((1 << count) - 1)")
    #expect(mean < 0.03)
    #expect((gaps.max() ?? 1) < 0.12)
    #expect(freshMean < 0.02)
    #expect((fresh.max() ?? 1) < 0.06)
  }

  /// Ten products: few enough offers for a menu, more earned than apart or together, in time.
  @Test func tenProducts() throws {
    var random = SplitMix(state: 5)
    let costs = (0..<10).map { _ in Double.random(in: 0...4, using: &random) }
    let rows = (0..<300).map { _ in (0..<10).map { _ in Double.random(in: 0...10, using: &random) } }
    let clock = ContinuousClock()
    var grown = (0.0, 0)
    let time = try clock.measure {
      let found = try Self.found(rows, costs, largestFullCount: 5)
      grown = (found.best.contribution, found.contents.count)
    }
    let categories = Array(0..<10)
    func best(_ contents: [ProductSet]) throws -> Double {
      try SampleOptimumTests.optimum(rows, categories: categories, contents: contents, costs: costs)
        .maximise(contents: contents).contribution
    }
    let apart = try best(categories.map { ProductSet([$0]) })
    let together = try best(BundleSets.whole(of: categories))
    print("ten products: apart \(apart), together \(together), grown \(grown), \(time)")
    #expect(grown.0 > max(apart, together) && grown.1 <= 23)
  }

  @Test func sets() {
    #expect(BundleSets.all(of: [0, 1, 1]).map(\.positions) == [[0], [1], [2], [0, 1], [0, 2]])
    #expect(BundleSets.whole(of: [0, 1, 1]).map(\.positions) == [[0, 1], [0, 2]])
    #expect(BundleSets.all(of: Array(0..<10)).count == 1023)
  }
}
