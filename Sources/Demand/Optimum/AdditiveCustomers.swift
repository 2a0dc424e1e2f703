/// Customers to whom a set of products is worth the sum of its parts, and their choice between products and bundles of
/// one source.
///
/// Beside the bundles that a customer takes, the best of each category is chosen by itself. So a bundle is worth its
/// products less what its categories leave without it, and the customer takes the *packing* of bundles that share no
/// category with the largest gain: the work grows with packings, not with the sets of products, of which ten products
/// make thousands. It gives what a plain search through all sets gives (`AdditiveCustomersTests`).
struct AdditiveCustomers {
  private struct Single {
    let offer: Int
    let category: Int
    let alternative: Int
  }

  private struct Bundle {
    /// The own offer that it is; nil for a rival's.
    let offer: Int?
    let categories: [Int]
  }

  let customerCount: Int
  private let weights: [Double]
  let costs: [Double]
  let largestWorth: Double
  var setCount: Int { packings.count + categoryCount }
  private let categoryCount: Int
  private let singles: [Single]
  private let bundles: [Bundle]
  private let packings: [[Int]]
  /// Worth of own single offers: one row a customer.
  private let singleWorths: [Double]
  /// What a customer gets in each category from others, or from nothing.
  private let otherWorths: [Double]
  /// Worth of bundles, a rival's less its price.
  private let bundleWorths: [Double]
  private let tolerance: Double

  /// - Parameters:
  ///   - customers: the customers, with what each alternative is worth to them.
  ///   - menu: all offers, the source's own at price 0; customers may buy nothing.
  ///   - slots: the own offers' places in it.
  init(customers: [SampledCustomer], menu: Menu, slots: [Menu.Slot], costs: [Double], assortment: Assortment) {
    let rows = customers.map(\.values)
    customerCount = rows.count
    weights = customers.map(\.weight)
    self.costs = costs
    categoryCount = assortment.categories.count
    var singles: [Single] = []
    var owner: [Int: Int] = [:]
    for (offer, slot) in slots.enumerated() {
      switch slot {
      case .single(let alternative):
        singles.append(
          Single(offer: offer, category: assortment.category(ofAlternative: alternative), alternative: alternative))
      case .bundle(let bundle): owner[bundle] = offer
      }
    }
    self.singles = singles
    bundles = menu.bundles.enumerated().map { place, bundle in
      Bundle(offer: owner[place], categories: bundle.alternatives.map(assortment.category(ofAlternative:)))
    }
    packings = menu.packings.filter { $0.allSatisfy { menu.bundles[$0].price.isFinite } }
    let own = Set(singles.map(\.alternative))
    singleWorths = rows.flatMap { row in singles.map { row[$0.alternative] } }
    otherWorths = rows.flatMap { row in
      assortment.alternativesByCategory.map { alternatives in
        alternatives.reduce(0) { own.contains($1) ? $0 : max($0, row[$1] - menu.singlePrices[$1]) }
      }
    }
    bundleWorths = rows.flatMap { row in menu.bundles.map { $0.alternatives.reduce(-$0.price) { $0 + row[$1] } } }
    largestWorth = max(singleWorths.max() ?? 0, bundleWorths.max() ?? 0, 0)
    tolerance = 1e-13 * (rows.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 0)
  }

  /// What one customer chooses between: the best of each category, and the gain of each bundle over it.
  private struct Scratch {
    var best: [BestChoice]
    var gains: [Double]
    var margins: [Double]
  }

  private var scratch: Scratch {
    Scratch(
      best: .init(repeating: BestChoice(), count: categoryCount), gains: .init(repeating: 0, count: bundles.count),
      margins: .init(repeating: 0, count: bundles.count))
  }

  /// Lays out a customer's choices; the offer `open` is left out if it is a single one, and free if it is a bundle.
  private func prepare(_ customer: Int, _ prices: [Double], open: Int?, _ scratch: inout Scratch) {
    for category in 0..<categoryCount {
      scratch.best[category] = BestChoice(worth: otherWorths[customer * categoryCount + category], margin: 0)
    }
    for (place, single) in singles.enumerated() where single.offer != open {
      let price = prices[single.offer]
      scratch.best[single.category].consider(
        singleWorths[customer * singles.count + place] - price, margin: price - costs[single.offer],
        tolerance: tolerance)
    }
    for (place, bundle) in bundles.enumerated() {
      var gain = bundleWorths[customer * bundles.count + place]
      var margin = 0.0
      if let offer = bundle.offer {
        let price = offer == open ? 0 : prices[offer]
        gain -= price
        margin = price - costs[offer]
      }
      for category in bundle.categories {
        gain -= scratch.best[category].worth
        margin -= scratch.best[category].margin
      }
      (scratch.gains[place], scratch.margins[place]) = (gain, margin)
    }
  }

  private func consider(
    _ packing: [Int], _ scratch: Scratch, worth: Double = 0, margin: Double = 0, _ best: inout BestChoice
  ) {
    var (worth, margin) = (worth, margin)
    for bundle in packing {
      worth += scratch.gains[bundle]
      margin += scratch.margins[bundle]
    }
    best.consider(worth, margin: margin, tolerance: tolerance)
  }
}

extension AdditiveCustomers: ThresholdPricing {
  func contribution(at prices: [Double]) -> Double {
    var total = 0.0
    var scratch = scratch
    for customer in 0..<customerCount {
      prepare(customer, prices, open: nil, &scratch)
      var best = BestChoice()
      for packing in packings { consider(packing, scratch, &best) }
      for choice in scratch.best { total += weights[customer] * choice.margin }
      total += weights[customer] * best.margin
    }
    return total / weights.reduce(0, +)
  }

  func thresholds(of offer: Int, prices: [Double]) -> [Threshold] {
    let single = singles.firstIndex { $0.offer == offer }
    let bundle = bundles.firstIndex { $0.offer == offer }
    // Packings that leave room for the single offer, or that hold the bundle.
    let canHold = packings.map { packing in
      single.map { place in
        packing.allSatisfy { !bundles[$0].categories.contains(singles[place].category) }
      } ?? packing.contains { $0 == bundle }
    }
    var thresholds: [Threshold] = []
    thresholds.reserveCapacity(customerCount)
    var scratch = scratch
    for customer in 0..<customerCount {
      prepare(customer, prices, open: offer, &scratch)
      let apart = scratch.best.reduce(0) { $0 + $1.margin }
      var with = BestChoice()
      var without = BestChoice()
      for (number, packing) in packings.enumerated() {
        if let single {
          consider(packing, scratch, &without)
          guard canHold[number] else { continue }
          let rest = scratch.best[singles[single].category]
          consider(
            packing, scratch, worth: singleWorths[customer * singles.count + single] - rest.worth,
            margin: -costs[offer] - rest.margin, &with)
        } else if canHold[number] {
          consider(packing, scratch, &with)
        } else {
          consider(packing, scratch, &without)
        }
      }
      thresholds.append(
        Threshold(
          price: with.worth - without.worth, with: apart + with.margin, without: apart + without.margin,
          weight: weights[customer]))
    }
    thresholds.sort { $0.price > $1.price }
    return thresholds
  }
}
