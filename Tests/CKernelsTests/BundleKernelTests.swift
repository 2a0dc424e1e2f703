import CKernels
import Testing

/// A menu for the kernels, with a plain search through all that a customer could take.
private struct BundleMarket {
  let categories: Int
  /// Own products on their own: offer, alternative and category of each.
  let singles: [(offer: Int, alternative: Int, category: Int)]
  /// Bundles: the own offer or -1, a rival's price, the alternatives and their categories.
  let bundles: [(offer: Int, price: Double, alternatives: [Int], categories: [Int])]
  let packings: [[Int]]
  let count: Int
  let values: [Double]
  let others: [Double]
  let weights: [Double]
  let costs: [Double]

  /// Five products in three categories, their bundles of two and one of a rival's.
  init(count: Int, hasOthers: Bool, random: inout SplitMix) {
    let categoryByAlternative = [0, 0, 1, 2, 0]
    categories = 3
    singles = [(0, 0, 0), (1, 1, 0), (2, 2, 1), (3, 3, 2)]
    let holdings: [(offer: Int, price: Double, alternatives: [Int])] = [
      (4, 0, [0, 2]), (5, 0, [1, 3]), (6, 0, [0, 2, 3]), (-1, 7, [2, 4]), (7, 0, [2, 3]),
    ]
    bundles = holdings.map { bundle in
      (bundle.offer, bundle.price, bundle.alternatives, bundle.alternatives.map { categoryByAlternative[$0] })
    }
    packings = [[], [0], [1], [2], [3], [4]]
    self.count = count
    values = (0..<categoryByAlternative.count * count).map { _ in Double.random(in: -2...12, using: &random) }
    others = hasOthers ? (0..<categories * count).map { _ in Double.random(in: 0...4, using: &random) } : []
    weights = (0..<count).map { _ in Double.random(in: 0...3, using: &random) }
    costs = (0..<8).map { _ in Double.random(in: 0...3, using: &random) }
  }

  var menu: [Int32] {
    func starts(_ lists: [[Int]]) -> [Int] {
      lists.reduce(into: [0]) { ends, list in ends.append(ends[ends.count - 1] + list.count) }
    }
    var numbers: [Int] = [categories, singles.count, bundles.count, packings.count]
    numbers += singles.map(\.offer) + singles.map(\.alternative) + singles.map(\.category)
    numbers += bundles.map(\.offer) + starts(bundles.map(\.alternatives))
    numbers += bundles.flatMap(\.alternatives) + bundles.flatMap(\.categories)
    numbers += starts(packings) + packings.joined()
    return numbers.map { Int32($0) }
  }

  /// The best of all a customer can do that satisfies a condition, by the offers taken.
  func best(_ customer: Int, _ prices: [Double], where isAllowed: ([Int]) -> Bool) -> (worth: Double, margin: Double) {
    var best = (worth: -Double.infinity, margin: 0.0)
    for packing in packings {
      var worth = 0.0
      var offers: [Int] = []
      let covered = packing.flatMap { bundles[$0].categories }
      for bundle in packing.map({ bundles[$0] }) {
        worth += bundle.alternatives.reduce(0) { $0 + values[$1 * count + customer] }
        worth -= bundle.offer < 0 ? bundle.price : prices[bundle.offer]
        if bundle.offer >= 0 { offers.append(bundle.offer) }
      }
      // Every category that is left: what others offer, or one of the own products.
      var choices: [(worth: Double, offers: [Int])] = [(worth, offers)]
      for category in 0..<categories where !covered.contains(category) {
        let elsewhere = others.isEmpty ? 0.0 : others[category * count + customer]
        var longer: [(worth: Double, offers: [Int])] = choices.map { ($0.worth + elsewhere, $0.offers) }
        for single in singles where single.category == category {
          let gain = values[single.alternative * count + customer] - prices[single.offer]
          for choice in choices { longer.append((choice.worth + gain, choice.offers + [single.offer])) }
        }
        choices = longer
      }
      for choice in choices where isAllowed(choice.offers) && choice.worth > best.worth {
        best = (choice.worth, choice.offers.reduce(0) { $0 + prices[$1] - costs[$1] })
      }
    }
    return best
  }

  func margins(_ prices: [Double]) -> Double {
    withScratch { room in
      bertrand_bundle_margins(
        menu, bundles.map(\.price), 1e-12, prices, zip(prices, costs).map { $0 - $1 }, values,
        others.isEmpty ? nil : others, weights, count, count, room)
    }
  }

  func thresholds(of offer: Int, _ prices: [Double]) -> (prices: [Double], takers: [Double], refusers: [Double]) {
    var (prices, margins) = (prices, zip(prices, costs).map { $0 - $1 })
    let single = singles.firstIndex { $0.offer == offer }
    prices[offer] = single == nil ? 0 : .infinity
    margins[offer] = -costs[offer]
    var found = [Double](repeating: .nan, count: count)
    var (takers, refusers) = (found, found)
    withScratch { room in
      bertrand_bundle_thresholds(
        menu, bundles.map(\.price), 1e-12, prices, margins, values, others.isEmpty ? nil : others, count, count,
        Int32(single ?? -1), Int32(bundles.firstIndex { $0.offer == offer } ?? -1), costs[offer], room, &found,
        &takers, &refusers)
    }
    return (found, takers, refusers)
  }

  private func withScratch<Result>(_ body: (UnsafeMutableRawPointer?) -> Result) -> Result {
    let size = (categories + bundles.count) * Int(BERTRAND_BUNDLE_ROOM)
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 64) { body($0.baseAddress) }
  }
}

@Suite struct BundleKernelTests {
  /// Against a plain search, at lengths around the 64 customers that are taken at once. The sum of a few hundred margins
  /// below 40 is good to 1e-10.
  @Test(arguments: [1, 7, 63, 64, 65, 200], [false, true])
  func agreesWithAPlainSearch(count: Int, hasOthers: Bool) {
    var random = SplitMix(state: UInt64(count))
    for _ in 0..<5 {
      let market = BundleMarket(count: count, hasOthers: hasOthers, random: &random)
      let prices = (0..<8).map { Double.random(in: 0...($0 < 4 ? 9 : 16), using: &random) }
      var earned = 0.0
      for customer in 0..<count {
        earned += market.weights[customer] * market.best(customer, prices, where: { _ in true }).margin
      }
      #expect(abs(market.margins(prices) - earned) < 1e-10)
      for offer in 0..<8 {
        let found = market.thresholds(of: offer, prices)
        for customer in 0..<count {
          var free = prices
          free[offer] = 0
          let with = market.best(customer, free, where: { $0.contains(offer) })
          let without = market.best(customer, free, where: { !$0.contains(offer) })
          #expect(abs(found.prices[customer] - (with.worth - without.worth)) < 1e-12)
          #expect(abs(found.takers[customer] - with.margin) < 1e-12)
          #expect(abs(found.refusers[customer] - without.margin) < 1e-12)
        }
      }
    }
  }

  /// Two products and their bundle go a way of their own. Rivals who leave nobody anything send them the general one: both
  /// earn the same but for the order of the sum, in either order of parts, with some prices infinite, and from those who
  /// are indifferent: 200 margins below 15 sum to 1e-10.
  @Test(arguments: [1, 63, 64, 200]) func aPairEarnsTheSameBothWays(count: Int) {
    var random = SplitMix(state: UInt64(count))
    let values = (0..<(2 * count)).map { _ in Double(Int.random(in: 0...20, using: &random)) / 2 }
    let weights = (0..<count).map { _ in Double(Int.random(in: 1...3, using: &random)) }
    let (nothing, ones) = ([Double](repeating: 0, count: 2 * count), [Double](repeating: 1, count: count))
    for parts: [Int32] in [[0, 1], [1, 0]] {
      let menu: [Int32] = [2, 2, 1, 2, 0, 1, 0, 1, 0, 1, 2, 0, 2] + parts + parts + [0, 0, 1, 0]
      for prices in [[5, 4, 7], [5, .infinity, 7], [5, 4, .infinity], [0, 0, 0], [3.5, 3.5, 7.5]] {
        for finite in [[2, 3, 4], [3, -1, 0.1], [0, 0, 0.0]] {
          // What nobody can pay has an infinite margin.
          let margins = zip(prices, finite).map { $0.isFinite ? $1 : $0 }
          func earned(_ others: [Double]?, _ weights: [Double]?) -> Double {
            withUnsafeTemporaryAllocation(byteCount: 3 * Int(BERTRAND_BUNDLE_ROOM), alignment: 64) { room in
              bertrand_bundle_margins(
                menu, [0], 1e-12, prices, margins, values, others, weights, count, count, room.baseAddress)
            }
          }
          #expect(abs(earned(nil, weights) - earned(nothing, weights)) < 1e-10)
          #expect(abs(earned(nil, ones) - earned(nothing, ones)) < 1e-10)
          #expect(earned(nil, nil) == earned(nil, ones))
        }
      }
    }
  }

  @Test func nobodyEarnsNothing() {
    var random = SplitMix(state: 1)
    let market = BundleMarket(count: 0, hasOthers: true, random: &random)
    #expect(market.margins([Double](repeating: 1, count: 8)) == 0)
  }
}

@Suite struct FallingOrderTests {
  /// Numbers that are spread out, far apart, often equal, beside one that is out of all proportion, and infinite.
  @Test(arguments: [0, 1, 2, 3, 8, 31, 32, 33, 100, 400, 1000])
  func agreesWithAStableSort(count: Int) {
    var random = SplitMix(state: UInt64(count))
    func uniform() -> Double { Double.random(in: -1...1, using: &random) }
    let scales = [1e-300, 1, 1e300]
    let rows: [[Double]] = [
      (0..<count).map { _ in uniform() },
      (0..<count).map { _ in uniform() * scales[Int.random(in: 0..<3, using: &random)] },
      (0..<count).map { _ in (3 * uniform()).rounded() },
      (0..<count).map { $0 == count / 2 ? 1e300 : uniform() },
      (0..<count).map { _ in
        let edges = [-Double.infinity, .infinity, 0, (3 * uniform()).rounded()]
        return edges[Int.random(in: 0..<4, using: &random)]
      },
      [Double](repeating: 5, count: count),
    ]
    for row in rows {
      var order = [UInt32](repeating: .max, count: count)
      var scratch = [UInt32](repeating: 0, count: 2 * count + 1)
      bertrand_falling_order(row, count, &order, &scratch)
      let sorted = row.indices.sorted { row[$0] == row[$1] ? $0 < $1 : row[$0] > row[$1] }
      #expect(order.map(Int.init) == sorted)
    }
  }
}
