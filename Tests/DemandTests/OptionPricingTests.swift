import Demand
import Testing

/// A product with options against full grids.
@Suite struct OptionPricingTests {
  private static func pricing(_ rows: [[Double]], _ costs: [Double]) throws -> OptionPricing {
    try OptionPricing(
      valuations: rows, core: 0, options: Array(costs.indices.dropFirst()),
      assortment: assortment(categories: Array(costs.indices), sources: [Array(costs.indices)]), source: 0,
      unitCosts: costs, others: [PriceList([])])
  }

  /// One or two options, whole numbers, 6 people: every combination of whole prices.
  @Test func comesCloseToTheGrid() throws {
    var worst = 1.0
    var missed = 0
    for number in 0..<60 {
      var random = SplitMix(state: UInt64(70 + number))
      let count = 2 + number % 2
      let rows = (0..<6).map { _ in (0..<count).map { _ in Double(Int.random(in: 0...6, using: &random)) } }
      let costs = (0..<count).map { _ in Double(Int.random(in: 0...1, using: &random)) }
      let pricing = try Self.pricing(rows, costs)
      let found = pricing.maximise()
      #expect(found.package <= found.core + found.options.reduce(0, +) + 1e-12)
      #expect(
        isClose(
          found.contribution,
          pricing.contribution(core: found.core, options: found.options, package: found.package), relative: 1e-14))
      var best = 0.0
      for core in 0...7 {
        for first in 0...7 {
          for second in count == 3 ? Array(0...7) : [0] {
            let options = Array([first, second].prefix(count - 1)).map(Double.init)
            for package in 0...(core + first + second) {
              best = max(
                best, pricing.contribution(core: Double(core), options: options, package: Double(package)))
            }
          }
        }
      }
      #expect(found.contribution <= best + 1e-12)
      guard best > 0 else { continue }
      worst = min(worst, found.contribution / best)
      missed += found.contribution < best * (1 - 2e-9) ? 1 : 0
    }
    print("options: \(missed) of 60 below the grid, worst \(worst)")
    #expect(worst > 0.95)
    #expect(missed <= 6)
  }

  /// What it says customers leave is what the offers earn that hold the core.
  @Test func isWhatOffersWithTheCoreEarn() throws {
    var random = SplitMix(state: 2)
    let rows = (0..<80).map { _ in (0..<4).map { _ in Double.random(in: 0...10, using: &random) } }
    let costs = [2.0, 1, 0.5, 0.2]
    let found = try Self.pricing(rows, costs).maximise()
    let contents = BundleSets.all(of: Array(0..<4)).filter { $0.positions.contains(0) }
    let sample = try SampleOptimumTests.optimum(rows, categories: Array(0..<4), contents: contents, costs: costs)
    let prices = contents.map { set -> Double in
      let sum = set.positions.dropFirst().reduce(found.core) { $0 + found.options[$1 - 1] }
      return (set.count == 4 ? found.package : sum) - 1e-9 * Double(set.count)
    }
    #expect(isClose(sample.contribution(at: prices), found.contribution, absolute: 1e-7))
  }

  /// A stated discount is kept.
  @Test func statedDiscount() throws {
    let found = try Self.pricing([[10, 4, 3], [10, 0, 3], [8, 4, 0]], [1, 1, 1]).maximise(discount: 0.25)
    #expect(isClose(found.package, 0.75 * (found.core + found.options[0] + found.options[1]), relative: 1e-14))
  }
}
