import Demand
import Testing

/// The quick evaluation of bundles, against the search through all sets of offers.
@Suite struct AdditiveCustomersTests {
  /// Random markets with a rival who sells products and sometimes a bundle. A synergy of 1e-300 changes no sum, but sends
  /// the same customers through all sets.
  @Test(arguments: 0..<60)
  func agreesWithAllSets(_ number: Int) throws {
    var random = SplitMix(state: UInt64(number))
    let count = Int.random(in: 2...4, using: &random)
    let isCoarse = number % 3 == 0
    func value(_ range: ClosedRange<Double>) -> Double {
      let value = Double.random(in: range, using: &random)
      return isCoarse ? value.rounded() : value
    }
    // The last product shares the category of the first in every other market.
    let categories = (0..<count).map { $0 == count - 1 && number % 2 == 1 && count > 2 ? 0 : $0 }
    let shelf = try assortment(categories: categories, sources: [Array(0..<count), [0, 1]])
    var rival = PriceList(prices: [value(1...6), value(1...6)])
    if number % 4 < 2 { rival.offers.append(Offer(ProductSet([0, 1]), price: value(2...9))) }
    let contents = BundleSets.all(of: categories)
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions(categories.map { _ in .fixed(1) }, correlation: nil),
      synergies: [Synergy(of: [0, 1], worth: 1e-300)])
    let customers = (0..<25).map { _ in
      SampledCustomer(segment: 0, values: shelf.alternatives.map { _ in value(-2...10) }, valuations: [])
    }
    let costs = (0..<count).map { _ in value(0...3) }
    func sample(_ segments: [Segment]) throws -> SampleOptimum {
      try SampleOptimum(
        customers: customers, segments: segments, assortment: shelf, source: 0, contents: contents, unitCosts: costs,
        others: [PriceList([]), rival])
    }
    let (quick, full) = (try sample([]), try sample([segment]))
    for _ in 0..<20 {
      let prices = contents.map { Double($0.count) * value(0...8) }
      #expect(isClose(quick.contribution(at: prices), full.contribution(at: prices), absolute: 1e-11))
    }
    // Whole numbers tie too often for what follows.
    guard !isCoarse else { return }
    // Where it stops no other value of one price earns more, by the search through all sets.
    let found = quick.improve(contents.map { Double($0.count) * 4 + 0.1 })
    #expect(isClose(found.contribution, full.contribution(at: found.prices), absolute: 1e-11))
    var best = 0.0
    for offer in contents.indices {
      for _ in 0..<60 {
        var prices = found.prices
        prices[offer] = Double.random(in: 0...30, using: &random)
        best = max(best, full.contribution(at: prices))
      }
    }
    #expect(best <= found.contribution * (1 + 1e-9))
  }
}
