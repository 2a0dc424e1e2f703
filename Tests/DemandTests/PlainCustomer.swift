import Demand

/// One customer's choice by definition where products have synergies and several units may be taken: every feasible set
/// of offers with every number of units is listed and valued.
struct PlainCustomer {
  struct Basket {
    /// Places in counts of units, rising, a place once for each unit.
    var places: [Int] = []
    var owned: [Int] = []
    var surplus = 0.0
    /// How many alternatives come in bundles, and how many offers are taken.
    var bundled = 0
    var bundles: [Int] = []
    var goods = 0
    var units = 0
  }

  /// The largest surplus.
  let surplus: Double
  /// All baskets that leave it and that the customer may end up with.
  let baskets: [Basket]

  /// - Parameters:
  ///   - values: what the customer would pay for one unit of each alternative, taste included.
  ///   - valuations: what one unit of each product is worth without taste.
  ///   - limits: the most units of an alternative on its own.
  init(
    values: [Double], valuations: [Double], segment: Segment, menu: Menu, assortment: Assortment,
    limits: [Int: Int] = [:]
  ) {
    var feasible: [Basket] = []
    func extend(_ basket: Basket, category: Int, covered: Set<Int>) {
      guard category < assortment.categories.count else {
        var whole = basket
        whole.surplus += segment.synergies.reduce(0) {
          Set(whole.owned).isSuperset(of: $1.products) ? $0 + $1.worth : $0
        }
        feasible.append(whole)
        return
      }
      guard !covered.contains(category) else { return extend(basket, category: category + 1, covered: covered) }
      if assortment.hasOutsideOption { extend(basket, category: category + 1, covered: covered) }
      for alternative in assortment.alternativesByCategory[category] where menu.singlePrices[alternative].isFinite {
        let product = assortment.alternatives[alternative]
        let price = menu.singlePrices[alternative]
        let weights = segment.usageCurve(ofProduct: product)?.weights ?? [1]
        var larger = basket
        larger.owned.append(product)
        larger.goods += 1
        for (unit, weight) in weights.enumerated() where unit < limits[alternative] ?? .max {
          larger.places.append(alternative)
          let payment = { (units: Int) in
            menu.tariffs[alternative]?.payment(for: units, price: price) ?? Double(units) * price
          }
          larger.surplus += unit == 0 ? values[alternative] : weight * valuations[product]
          larger.surplus -=
            unit == 0 ? price : menu.tariffs[alternative] == nil ? price : payment(unit + 1) - payment(unit)
          larger.units += 1
          extend(larger, category: category + 1, covered: covered)
        }
      }
      // Bundles whose first category this is.
      for (index, bundle) in menu.bundles.enumerated() where bundle.price.isFinite {
        let categories = Set(bundle.alternatives.map(assortment.category(ofAlternative:)))
        guard categories.min() == category, covered.isDisjoint(with: categories) else { continue }
        var larger = basket
        larger.places.append(menu.singlePrices.count + index)
        larger.owned += bundle.alternatives.map { assortment.alternatives[$0] }
        larger.surplus += bundle.alternatives.reduce(-bundle.price) { $0 + values[$1] }
        larger.bundled += bundle.alternatives.count
        larger.bundles.append(index)
        larger.goods += bundle.alternatives.count
        larger.units += bundle.alternatives.count
        extend(larger, category: category + 1, covered: covered.union(categories))
      }
    }
    extend(Basket(), category: 0, covered: [])
    let best = feasible.map(\.surplus).max() ?? -.infinity
    surplus = best
    // Among equally good baskets: as much as possible in bundles, with the same bundles as many products as possible, and
    // of the same alternatives as many units as possible.
    let equal = feasible.filter { $0.surplus == best }
    let bundled = equal.map(\.bundled).max() ?? 0
    let candidates = equal.filter { $0.bundled == bundled }
    baskets = candidates.filter { basket in
      !candidates.contains { other in
        Set(other.bundles) == Set(basket.bundles)
          && (other.goods > basket.goods || Set(other.places) == Set(basket.places) && other.units > basket.units)
      }
    }
  }
}

extension Segment {
  /// The same customers with synergies and usage curves.
  func with(synergies: [Synergy] = [], usage: [Int: UsageCurve] = [:]) throws -> Segment {
    try Segment(
      name: name, share: share, valuations: valuations, taste: taste, nests: nests, synergies: synergies, usage: usage)
  }
}

extension Population {
  /// The same customers, each segment changed.
  func with(_ change: (Segment) throws -> Segment) throws -> Population {
    try Population(segments: segments.map(change), assortment: assortment)
  }

  /// Random synergies of products of different categories.
  func randomSynergies(isCoarse: Bool, using random: inout SplitMix) -> [Synergy] {
    var synergies: [Synergy] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      var taken: Set<Int> = []
      let products = assortment.products.indices.shuffled(using: &random).filter {
        taken.insert(assortment.products[$0].category).inserted
      }.prefix(Int.random(in: 2...3, using: &random))
      guard products.count > 1, !synergies.contains(where: { $0.products == products.sorted() }) else { continue }
      let worth =
        isCoarse ? Double(Int.random(in: -3...3, using: &random)) : Double.random(in: -3...3, using: &random)
      synergies.append(Synergy(of: products, worth: worth))
    }
    return synergies
  }

  /// Random usage curves; coarse ones have weights in halves and quarters, so that products with small whole numbers are
  /// exact.
  func randomUsage(isCoarse: Bool, using random: inout SplitMix) throws -> [Int: UsageCurve] {
    var usage: [Int: UsageCurve] = [:]
    for product in assortment.products.indices where Bool.random(using: &random) {
      let decline: UsageCurve.Decline = Bool.random(using: &random) ? .geometric : .linear
      let satiation =
        isCoarse ? [0, 0.25, 0.5][Int.random(in: 0..<3, using: &random)] : Double.random(in: 0...0.6, using: &random)
      usage[product] = try UsageCurve(
        upTo: Int.random(in: 1...4, using: &random), satiation: satiation, decline: decline)
    }
    return usage
  }
}

/// What many sampled customers take on average, with standard errors that hold for several units too.
struct SampledMeans {
  private(set) var means: [Double]
  private(set) var errors: [Double]
  private(set) var surplus = (mean: 0.0, error: 0.0)

  init(_ population: Population, _ menu: Menu, count: Int, seed: UInt64) {
    let slots = menu.singlePrices.count + menu.bundles.count
    var sums = [Double](repeating: 0, count: slots + 1)
    var squares = sums
    var block = CustomerBlock(population)
    let choice = BlockChoice(population.assortment)
    let key = DrawKey(seed: seed, replication: 0, purpose: .customers)
    var own = [Double](repeating: 0, count: slots)
    var places: [Int] = []
    for first in stride(from: 0, to: count, by: CustomerBlock.capacity) {
      block.draw(key, first: first, count: min(CustomerBlock.capacity, count - first))
      choice.choose(block, from: menu)
      for lane in 0..<block.count {
        places.removeAll(keepingCapacity: true)
        choice.purchases(menu, lane: lane, into: &places)
        for place in places { own[place] += 1 }
        for place in places where own[place] > 0 {
          sums[place] += own[place]
          squares[place] += own[place] * own[place]
          own[place] = 0
        }
        sums[slots] += choice.surplus(lane: lane)
        squares[slots] += choice.surplus(lane: lane) * choice.surplus(lane: lane)
      }
    }
    let all = sums.map { $0 / Double(count) }
    let deviations = zip(all, squares).map { (max(0, $1 / Double(count) - $0 * $0) / Double(count)).squareRoot() }
    means = Array(all.dropLast())
    errors = Array(deviations.dropLast())
    surplus = (all[slots], deviations[slots])
  }
}
