/// Which sets of products to sell at a price of their own.
///
/// Up to five products, all sets. Beyond, all sets are too many to price and too many to print, and a stated heuristic
/// takes their place: the products on their own and everything together, and then, one at a time, the set that earns most
/// more on the customers at hand, among those that are one product larger or smaller than a set already sold. It ends
/// where no set adds a thousandth, or after 12. Its gap to all sets is measured where those can still be priced
/// (`BundleSetsTests`).
public enum BundleSets {
  /// Products of which all sets are priced.
  public static let largestFullCount = 5
  /// Products for which sets are grown.
  public static let largestProductCount = 10
  private static let mostGrown = 12
  private static let leastGain = 1e-3
  /// Customers on whom sets are compared.
  private static let mostCustomers = 150

  /// All sets of a source's products with at most one of each category, small ones first.
  public static func all(of categories: [Int]) -> [ProductSet] {
    guard categories.count <= largestProductCount else { return categories.indices.map { ProductSet([$0]) } }
    return (1..<(1 << categories.count))
      .map { bits in ProductSet(categories.indices.filter { bits & (1 << $0) != 0 }) }
      .filter { isPossible($0, categories) }
      .sorted()
  }

  /// The sets with one product of every category.
  public static func whole(of categories: [Int]) -> [ProductSet] {
    let count = Set(categories).count
    return all(of: categories).filter { $0.count == count }
  }

  /// The sets to sell to these customers: all of them, or grown ones beyond five products.
  ///
  /// Where customers see synergies, take several units or must buy, sets are not grown: the products and everything
  /// together are all.
  ///
  /// - Throws: ``DemandError`` for no customers.
  public static func chosen(
    for customers: [SampledCustomer], segments: [Segment] = [], assortment: Assortment, source: Int,
    unitCosts: [Double], others: [PriceList], largestFullCount: Int = BundleSets.largestFullCount
  ) throws -> [ProductSet] {
    let categories = assortment.alternativesBySource[source].map(assortment.category(ofAlternative:))
    guard categories.count > largestFullCount else { return all(of: categories) }
    let singles = categories.indices.map { ProductSet([$0]) }
    var sets = singles + whole(of: categories).filter { $0.count > 1 }
    let isAdditive = assortment.hasOutsideOption && segments.allSatisfy { $0.synergies.isEmpty && $0.usage.isEmpty }
    guard isAdditive, Set(categories).count > 2 else { return sets.sorted() }
    let asked = Array(customers.prefix(mostCustomers))
    func sample(_ sets: [ProductSet]) throws -> SampleOptimum {
      try SampleOptimum(
        customers: asked, segments: segments, assortment: assortment, source: source, contents: sets,
        unitCosts: unitCosts, others: others)
    }
    var best = try sample(sets).maximise(contents: sets)
    for _ in 0..<mostGrown {
      var next: (set: ProductSet, prices: [Double], earned: Double)?
      for set in neighbours(of: sets, categories) {
        let trial = try sample(sets + [set])
        guard let price = trial.bestPrice(of: sets.count, prices: best.prices + [trial.largestWorth + 1]) else {
          continue
        }
        let prices = best.prices + [price.price]
        let earned = trial.contribution(at: prices)
        if earned > next?.earned ?? -.infinity { next = (set, prices, earned) }
      }
      guard let next, next.earned > best.contribution * (1 + leastGain) else { break }
      sets.append(next.set)
      best = try sample(sets).climb(from: next.prices, rounds: 5)
    }
    return sets.sorted()
  }

  /// Sets not yet sold that are one product larger or smaller than one that is, in their order.
  private static func neighbours(of sets: [ProductSet], _ categories: [Int]) -> [ProductSet] {
    let sold = Set(sets)
    var found: Set<ProductSet> = []
    for set in sets {
      for product in categories.indices {
        let neighbour = ProductSet(Set(set.positions).symmetricDifference([product]))
        if neighbour.count > 1, !sold.contains(neighbour), isPossible(neighbour, categories) { found.insert(neighbour) }
      }
    }
    return found.sorted()
  }

  private static func isPossible(_ set: ProductSet, _ categories: [Int]) -> Bool {
    let taken = set.positions.map { categories[$0] }
    return Set(taken).count == taken.count
  }
}
