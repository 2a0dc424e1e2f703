import Demand
import Testing

/// Menus of versions against closed forms.
@Suite struct VersionMenuTests {
  private static func menu(
    _ rows: [[Double]], costs: [Double], most: Int = 3, rivals: [PriceList] = [], rivalProducts: [[Int]] = []
  ) throws -> VersionMenu {
    try VersionMenu(
      valuations: rows, category: 0, mostVersions: most,
      assortment: assortment(
        categories: costs.map { _ in 0 }, sources: [Array(costs.indices)] + rivalProducts), source: 0,
      unitCosts: costs, others: [PriceList([])] + rivals)
  }

  /// Two types who value quality q at theta q, which costs q^2/2, on a grid of qualities that holds the optimum:
  /// q_high = theta_high, q_low = theta_low - (n_high/n_low)(theta_high - theta_low) or 0, p_low = theta_low q_low,
  /// p_high = p_low + theta_high (q_high - q_low). Binary fractions, so that nothing is rounded.
  @Test(arguments: [(4.0, 3.0, 1, 4), (4, 3, 1, 1), (3, 2, 1, 4), (3, 2, 2, 1), (4, 2, 1, 1), (2, 1.5, 1, 2)])
  func mussaRosen(_ high: Double, _ low: Double, _ manyHigh: Int, _ manyLow: Int) throws {
    let qualities = (1...18).map { 0.25 * Double($0) }
    let types = [Double](repeating: high, count: manyHigh) + [Double](repeating: low, count: manyLow)
    let menu = try Self.menu(
      types.map { theta in qualities.map { theta * $0 } }, costs: qualities.map { $0 * $0 / 2 }, most: 2)
    let qualityLow = max(0, low - Double(manyHigh) / Double(manyLow) * (high - low))
    let priceLow = low * qualityLow
    let priceHigh = priceLow + high * (high - qualityLow)
    let count = Double(types.count)
    let profit =
      Double(manyHigh) / count * (priceHigh - high * high / 2)
      + Double(manyLow) / count * (priceLow - qualityLow * qualityLow / 2)
    #expect(isClose(menu.contribution, profit, relative: 1e-15))
    #expect(menu.isIncentiveCompatible)
    let expected = (qualityLow > 0 ? [(qualityLow, priceLow)] : []) + [(high, priceHigh)]
    #expect(menu.versions.count == expected.count)
    for (version, (quality, price)) in zip(menu.versions, expected) {
      #expect(qualities[version.product] == quality)
      #expect(isClose(version.price, price, relative: 1e-15))
    }
    // The low type keeps nothing; the high type is indifferent to the low version.
    #expect(menu.versions[0].participation == 0)
    if menu.versions.count == 2 {
      #expect(menu.versions[1].incentive == 0)
      #expect(menu.versions[1].participation > 0)
    }
  }

  /// Random people and up to three versions of five: every choice at every whole price is no better, nobody is sent
  /// elsewhere, prices rise with quality.
  @Test func comesCloseToTheGrid() throws {
    var worst = 1.0
    var missed = 0
    for number in 0..<40 {
      var random = SplitMix(state: UInt64(number))
      let rows = (0..<6).map { _ in
        var value = 0.0
        return (0..<3).map { _ -> Double in
          value += Double(Int.random(in: 0...5, using: &random))
          return value
        }
      }
      let costs = [0.0, 1, 3]
      let menu = try Self.menu(rows, costs: costs)
      #expect(menu.isIncentiveCompatible)
      #expect(zip(menu.versions, menu.versions.dropFirst()).allSatisfy { $0.product < $1.product })
      let contents = (0..<3).map { ProductSet([$0]) }
      let sample = try SampleOptimumTests.optimum(rows, categories: [0, 0, 0], contents: contents, costs: costs)
      var best = 0.0
      for first in 0...16 {
        for second in 0...16 {
          for third in 0...16 {
            best = max(best, sample.contribution(at: [first, second, third].map(Double.init)))
          }
        }
      }
      #expect(menu.contribution <= best + 1e-12)
      guard best > 0 else { continue }
      worst = min(worst, menu.contribution / best)
      missed += menu.contribution < best - 1e-12 ? 1 : 0
    }
    print("versions: \(missed) of 40 below the grid, worst \(worst)")
    #expect(worst > 0.97)
    #expect(missed <= 2)
  }

  /// A rival's version leaves less to be taken: what counts is the gain over it.
  @Test func rivalsCount() throws {
    let menu = try Self.menu(
      [[10, 20, 8], [10, 20, 8]], costs: [1, 2], rivals: [PriceList(prices: [5])], rivalProducts: [[0]])
    #expect(menu.versions.map(\.product) == [1])
    #expect(menu.versions[0].price == 17)
  }

  /// Ten versions and many people: versions are added and exchanged one by one, in time.
  @Test func tenVersions() throws {
    var random = SplitMix(state: 11)
    let costs = (1...10).map { Double($0 * $0) / 8 }
    let rows = (0..<300).map { _ in
      let theta = Double.random(in: 0...3, using: &random)
      return (1...10).map { theta * Double($0) }
    }
    let clock = ContinuousClock()
    var earned: [Double] = []
    let time = try clock.measure {
      earned = try (1...4).map { try Self.menu(rows, costs: costs, most: $0).contribution }
    }
    print("versions: ten, 300 respondents, 1 to 4 sold: \(earned), \(time)")
    #expect(zip(earned, earned.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-9) })
  }
}
