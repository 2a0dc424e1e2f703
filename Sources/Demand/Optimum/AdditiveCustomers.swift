/// Customers to whom a set of products is worth the sum of its parts, and their choice between products and bundles of
/// one source.
///
/// Beside the bundles that a customer takes, the best of each category is chosen by itself. So a bundle is worth its
/// products less what its categories leave without it, and the customer takes the *packing* of bundles that share no
/// category with the largest gain: the work grows with packings, not with the sets of products, of which ten products
/// make thousands. It gives what a plain search through all sets gives (`AdditiveCustomersTests`).
struct AdditiveCustomers {
  let customerCount: Int
  let costs: [Double]
  let largestWorth: Double
  var setCount: Int { menu.packingCount + menu.categoryCount }
  private let menu: BundleMenu
  private let crowd: BundleCrowd
  private let totalWeight: Double

  /// - Parameters:
  ///   - customers: the customers, with what each alternative is worth to them.
  ///   - menu: all offers, the source's own at price 0; customers may buy nothing.
  ///   - slots: the own offers' places in it.
  init(customers: [SampledCustomer], menu: Menu, slots: [Menu.Slot], costs: [Double], assortment: Assortment) {
    let rows = customers.map(\.values)
    customerCount = rows.count
    self.costs = costs
    let tolerance = 1e-13 * (rows.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 0)
    let offers = BundleMenu(menu, slots: slots, assortment: assortment, tolerance: tolerance)
    self.menu = offers
    let isOwn = Set(offers.singleAlternatives)
    let rivals = assortment.alternativesByCategory.map { alternatives in
      alternatives.filter { !isOwn.contains($0) && menu.singlePrices[$0].isFinite }
    }
    crowd = BundleCrowd(
      values: assortment.alternatives.indices.flatMap { alternative in rows.map { $0[alternative] } },
      others: rivals.allSatisfy(\.isEmpty)
        ? []
        : rivals.flatMap { alternatives in
          rows.map { row in alternatives.reduce(0) { max($0, row[$1] - menu.singlePrices[$1]) } }
        },
      weights: customers.map(\.weight))
    totalWeight = customers.reduce(0) { $0 + $1.weight }
    let singleWorths = rows.map { row in offers.singleAlternatives.reduce(0) { max($0, row[$1]) } }
    let bundleWorths = rows.map { row in
      menu.bundles.reduce(0) { max($0, $1.alternatives.reduce(-$1.price) { $0 + row[$1] }) }
    }
    largestWorth = max(singleWorths.max() ?? 0, bundleWorths.max() ?? 0)
  }
}

extension AdditiveCustomers: ThresholdPricing {
  func contribution(at prices: [Double]) -> Double {
    BundleKernel.margins(menu, crowd, prices: prices, margins: zip(prices, costs).map { $0 - $1 }) / totalWeight
  }

  func thresholds(of offer: Int, prices: [Double]) -> Thresholds {
    var prices = prices
    var margins = zip(prices, costs).map { $0 - $1 }
    let single = menu.singleOffers.firstIndex { $0 == offer }
    let bundle = menu.bundleOffers.firstIndex { $0 == offer }
    // A single offer is left out, a bundle free.
    prices[offer] = single == nil ? 0 : .infinity
    margins[offer] = 0 - costs[offer]
    return BundleKernel.thresholds(
      menu, crowd, prices: prices, margins: margins, single: single, bundle: bundle, unitCost: costs[offer])
  }
}

/// Products and bundles on sale, laid out for the kernel: see `bertrand_bundle_margins`.
struct BundleMenu {
  let categoryCount: Int
  let bundleCount: Int
  let packingCount: Int
  /// The number of the own offer, and the alternative, of each own product on its own.
  let singleOffers: [Int]
  let singleAlternatives: [Int]
  /// The own offer that each bundle is, or -1 for a rival's, and its price then.
  let bundleOffers: [Int]
  let rivalPrices: [Double]
  /// Worths that differ by no more are equal but for rounding.
  let tolerance: Double
  /// All of it in one list.
  let numbers: [Int32]

  init(_ menu: Menu, slots: [Menu.Slot], assortment: Assortment, tolerance: Double) {
    var singles: [(offer: Int, alternative: Int)] = []
    var owners = [Int](repeating: -1, count: menu.bundles.count)
    for (offer, slot) in slots.enumerated() {
      switch slot {
      case .single(let alternative): singles.append((offer, alternative))
      case .bundle(let bundle): owners[bundle] = offer
      }
    }
    let packings = menu.packings.filter { $0.allSatisfy { menu.bundles[$0].price.isFinite } }
    let parts = menu.bundles.map(\.alternatives)
    categoryCount = assortment.categories.count
    bundleCount = menu.bundles.count
    packingCount = packings.count
    singleOffers = singles.map(\.offer)
    singleAlternatives = singles.map(\.alternative)
    bundleOffers = owners
    rivalPrices = menu.bundles.map(\.price)
    self.tolerance = tolerance
    var numbers = [categoryCount, singles.count, bundleCount, packingCount]
    numbers += singleOffers + singleAlternatives + singleAlternatives.map(assortment.category(ofAlternative:))
    numbers += bundleOffers + Self.starts(parts) + parts.joined()
    numbers += parts.joined().map(assortment.category(ofAlternative:))
    numbers += Self.starts(packings) + packings.joined()
    self.numbers = numbers.map { Int32($0) }
  }

  /// Where each list begins and, last, ends when they stand one after the other.
  private static func starts(_ lists: [[Int]]) -> [Int] {
    lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }
}

/// Customers laid out for the kernel, row by row.
struct BundleCrowd {
  /// What each alternative is worth to them.
  let values: [Double]
  /// What others leave them in each category; empty where there are no others.
  let others: [Double]
  let weights: [Double]
  /// Whether some weigh more or less than 1.
  let hasWeights: Bool

  init(values: [Double], others: [Double], weights: [Double]) {
    self.values = values
    self.others = others
    self.weights = weights
    hasWeights = weights.contains { $0 != 1 }
  }
}
