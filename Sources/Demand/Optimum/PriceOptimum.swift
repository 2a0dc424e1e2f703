import GSL

/// Prices that maximise what one source earns from expected demand while all others hold theirs.
public struct PriceOptimum: Sendable {
  /// The prices, one for each offer.
  public let prices: [Double]
  /// Contribution over unit cost of an average customer, in money.
  public let contribution: Double
  /// Whether the whole range of prices was searched, so that no other peak can be higher.
  public let isGlobal: Bool
  /// An estimate of how far integration is off in the contribution, in money: the largest error in the units of an offer
  /// times the root of the sum of squared margins, as if errors were independent. 0 for customers who are listed one by
  /// one; nil where the contribution is the mean of a sample. It held against exact distributions and 64 times as many
  /// points (`PriceOptimumTests`).
  public let error: Double?
}

/// One source's pricing problem against expected demand.
///
/// The optimum is verified against closed forms: monopoly with linear, exponential and logit demand, and pure and mixed
/// bundles of two uniform goods (`PriceOptimumTests`).
public struct PricingProblem {
  var demand: ExpectedDemand
  let source: Int
  let contents: [ProductSet]
  private let unitCosts: [Double]
  private var lists: [PriceList]

  /// - Parameters:
  ///   - demand: expected demand of the customers.
  ///   - source: whose prices are sought.
  ///   - contents: its offers.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own is ignored.
  public init(
    _ demand: ExpectedDemand, source: Int, contents: [ProductSet], unitCosts: [Double], others: [PriceList]
  ) {
    self.demand = demand
    self.source = source
    self.contents = contents
    self.unitCosts = unitCosts
    lists = others
  }

  /// What an average customer is expected to do at these prices: units of each offer, and their contribution.
  public mutating func outcome(at prices: [Double]) throws -> (units: [Double], contribution: Double, surplus: Double) {
    lists[source] = PriceList(zip(contents, prices).map { Offer($0, price: $1) })
    let (menu, choice) = try demand.choice(from: lists)
    let units = menu.slots[source].map { choice.units($0, in: menu) }
    var contribution = 0.0
    for offer in contents.indices {
      let cost = contents[offer].positions.reduce(0) { $0 + unitCosts[$1] }
      contribution += units[offer] * (prices[offer] - cost)
    }
    return (units, contribution, choice.surplus)
  }

  /// The highest price that is worth trying for each offer: of those who value it above cost, nearly nobody values it
  /// more.
  public func highestPrices() throws -> [Double] {
    let population = demand.population
    let places = population.assortment.alternativesBySource[source]
    return try contents.map { contents in
      try contents.positions.reduce(0) { total, position in
        let product = population.assortment.alternatives[places[position]]
        let highest = try population.segments.map { segment in
          let buyers = segment.demand(of: product, at: unitCosts[position])
          let top = try segment.valuation(of: product, topShare: 1e-5 * max(1e-200, buyers))
          let synergies = segment.synergies.filter { $0.products.contains(product) && $0.worth > 0 }
          return max(top, segment.isoelasticPrice(of: product, unitCost: unitCosts[position]))
            + 20 * segment.tasteInMoney + (try reach(of: places[position], segment))
            + synergies.reduce(0) { $0 + $1.worth }
        }
        // Even where cost exceeds all valuations, some liking is strong enough.
        let liking = 20 * (population.segments.map(\.tasteInMoney).max() ?? 0)
        return total + max(0, highest.max() ?? 0, unitCosts[position] + liking)
      }
    }
  }

  /// How far above its valuation a price may go: not at all where customers may buy nothing; where everybody buys, until
  /// some rival's offer is better for nearly all.
  private func reach(of alternative: Int, _ segment: Segment) throws -> Double {
    let assortment = demand.population.assortment
    guard !assortment.hasOutsideOption else { return 0 }
    var reach = Double.infinity
    for (rival, list) in lists.enumerated() where rival != source {
      for offer in list.offers where offer.contents.count == 1 {
        let other = assortment.alternativesBySource[rival][offer.contents.positions[0]]
        guard assortment.category(ofAlternative: other) == assortment.category(ofAlternative: alternative) else {
          continue
        }
        let lowest = try segment.valuation(of: assortment.alternatives[other], quantile: 0.00001)
        reach = min(reach, offer.price - lowest + 20 * segment.tasteInMoney)
      }
    }
    return reach.isFinite ? reach : 0
  }

  /// The best prices: a full scan where each offer stands alone; otherwise a start on a sample of customers, each offer
  /// in turn, and a joint polish by Nelder-Mead.
  ///
  /// - Parameter starts: prices to start from if they earn more than what was found so far.
  /// - Throws: ``DemandError`` or `GSLError` where expected demand cannot be computed.
  public mutating func maximise(alsoFrom starts: [[Double]] = []) throws -> PriceOptimum {
    if let customers = listedCustomers {
      // A list of people: their thresholds give the optimum exactly.
      let sample = try SampleOptimum(
        customers: customers, segments: demand.population.segments, assortment: demand.population.assortment,
        source: source, contents: contents, unitCosts: unitCosts, others: lists)
      var found = sample.maximise(contents: contents)
      for start in starts {
        let other = sample.improve(start)
        if other.contribution > found.contribution { found = other }
      }
      return PriceOptimum(
        prices: found.posted, contribution: sample.contribution(at: found.posted),
        isGlobal: isSeparable && !hasRivals, error: 0)
    }
    let highest = try highestPrices()
    if isSeparable {
      var prices = highest
      for offer in prices.indices {
        prices[offer] = try bestPrice(of: offer, prices: prices, highest: highest[offer], steps: 2000)
      }
      return try optimum(prices, isGlobal: !demandHasSteps)
    }
    if contents.count == 1 {
      // A single price, of a bundle say: all peaks are seen.
      let price = try bestPrice(of: 0, prices: highest, highest: highest[0])
      return try optimum([price], isGlobal: false)
    }
    if contents.reduce(ProductSet([]), { ProductSet($0.positions + $1.positions) }).count > BundleSets.largestFullCount,
      contents.contains(where: { $0.count > 1 })
    {
      // Customers who could put together thousands of sets are not integrated over but sampled.
      return try sampledBundles(alsoFrom: starts)
    }
    var start = try sampledOptimum()
    var earned = try outcome(at: start).contribution
    for other in starts {
      let contribution = try outcome(at: other).contribution
      if contribution > earned { (start, earned) = (other, contribution) }
    }
    let prices = try climb(start, highest: highest)
    let climbed = try outcome(at: prices).contribution
    // Where demand jumps, the way up may lead down.
    return try optimum(climbed >= earned ? prices : start, isGlobal: false)
  }

  /// Prices with what they earn by expected demand.
  private mutating func optimum(_ prices: [Double], isGlobal: Bool) throws -> PriceOptimum {
    lists[source] = PriceList(zip(contents, prices).map { Offer($0, price: $1) })
    let error = try demand.choice(from: lists).choice.error
    let margins = zip(contents, prices).map { offer, price in price - offer.positions.reduce(0) { $0 + unitCosts[$1] } }
    return PriceOptimum(
      prices: prices, contribution: try outcome(at: prices).contribution, isGlobal: isGlobal,
      error: error * norm(margins))
  }

  /// The customers where they can be listed one by one, which is where nobody has taste noise and everybody is a
  /// respondent or one of a segment in which all value alike; otherwise nil.
  private var listedCustomers: [SampledCustomer]? {
    let population = demand.population
    var customers: [SampledCustomer] = []
    for (number, segment) in population.segments.enumerated() {
      guard segment.taste == 0, segment.group == nil else { return nil }
      let rows: [[Double]]
      switch segment.valuations {
      case .respondents(let respondents): rows = respondents
      case .distributions(let distributions, _):
        let values = distributions.compactMap { if case .fixed(let value) = $0 { value } else { nil } }
        guard values.count == distributions.count else { return nil }
        rows = [values]
      case .agents, .utility: return nil
      }
      let weight = population.segments.count == 1 ? 1 : segment.share / Double(rows.count)
      customers += rows.map { row in
        SampledCustomer(
          segment: number, values: population.assortment.alternatives.map { row[$0] }, valuations: row, weight: weight)
      }
    }
    return customers
  }

  /// Whether some customers have valuations in steps, between which a scan of prices cannot see.
  private var demandHasSteps: Bool {
    demand.population.segments.contains { segment in
      guard segment.taste == 0 else { return false }
      switch segment.valuations {
      case .respondents, .agents: return true
      case .utility: return false
      case .distributions(let distributions, _):
        return distributions.contains {
          // The steps of a mixture are tried one by one, but rivals' offers move them.
          if case .fixed = $0 { true } else { $0.hasAtoms && hasRivals }
        }
      }
    }
  }

  private var hasRivals: Bool { lists.enumerated().contains { $0 != source && !$1.offers.isEmpty } }

  /// Whether each offer is alone in its category and nothing links categories, so that no price of the source's own bears
  /// on another.
  private var isSeparable: Bool {
    let assortment = demand.population.assortment
    let categories = contents.flatMap { contents in
      contents.positions.map { assortment.category(ofAlternative: assortment.alternativesBySource[source][$0]) }
    }
    let isLinked = lists.enumerated().contains { $0 != source && $1.offers.contains { $0.contents.count > 1 } }
    let hasSynergies = demand.population.segments.contains { !$0.synergies.isEmpty }
    return contents.allSatisfy { $0.count == 1 } && Set(categories).count == categories.count && !isLinked
      && !hasSynergies
  }

  /// Good prices found quickly on a sample of customers, not above ``highestPrices()``.
  ///
  /// - Throws: ``DemandError`` where the offers make no menu.
  public func sampledOptimum(count: Int = 1500) throws -> [Double] {
    let listed = listedCustomers.flatMap { $0.count <= count ? $0 : nil }
    let sample = try SampleOptimum(
      customers: listed ?? SampledValuations.customers(of: demand.population, count: count),
      segments: demand.population.segments, assortment: demand.population.assortment, source: source,
      contents: contents, unitCosts: unitCosts, others: lists)
    return zip(sample.maximise(contents: contents).posted, try highestPrices()).map { min($0, $1) }
  }

  /// The best prices found on 2000 sampled customers; what they earn is the sample's mean.
  private func sampledBundles(alsoFrom starts: [[Double]]) throws -> PriceOptimum {
    let sample = try SampleOptimum(
      customers: SampledValuations.customers(of: demand.population, count: isAdditive ? 2000 : 300),
      segments: demand.population.segments, assortment: demand.population.assortment, source: source,
      contents: contents, unitCosts: unitCosts, others: lists)
    var found = sample.maximise(contents: contents)
    for start in starts {
      let other = sample.improve(start)
      if other.contribution > found.contribution { found = other }
    }
    return PriceOptimum(prices: found.posted, contribution: found.contribution, isGlobal: false, error: nil)
  }

  private var isAdditive: Bool {
    demand.population.assortment.hasOutsideOption
      && demand.population.segments.allSatisfy { $0.synergies.isEmpty && $0.usage.isEmpty }
  }

  private mutating func climb(_ start: [Double], highest: [Double]) throws -> [Double] {
    var prices = start
    for offer in prices.indices {
      prices[offer] = try bestPrice(of: offer, prices: prices, highest: highest[offer], steps: 60, isRough: true)
    }
    var earned = try outcome(at: prices).contribution
    let widest = highest.max() ?? 0
    guard widest > 0 else { return prices }
    for scale in [0.03, 0.003, 0.0003] {
      // Also a price that has no range may have to move with the others.
      let steps = highest.map { scale * max($0, 1e-3 * widest) }
      let polished = try minimiseNelderMead(from: prices, steps: steps) { trial in
        guard trial.allSatisfy({ $0 >= 0 }) else { return .infinity }
        return -(try outcome(at: trial).contribution)
      }
      let gain = -polished.value - earned
      if gain > 0 {
        prices = polished.point
        earned = -polished.value
      }
    }
    return prices
  }
}

extension Segment {
  /// The share who value a product at a price or more.
  fileprivate func demand(of product: Int, at price: Double) -> Double {
    switch valuations {
    case .respondents(let rows): Double(rows.count { $0[product] >= price }) / Double(rows.count)
    case .distributions(let distributions, _): distributions[product].demand(at: price)
    // Their noise is wide compared with what they differ by, as a rule: a half is near enough for a range.
    case .utility, .agents: 0.5
    }
  }

  /// What all but a top share of the customers do not exceed, however small that share is.
  fileprivate func valuation(of product: Int, topShare: Double) throws -> Double {
    guard topShare < 1e-14, case .distributions(let distributions, _) = valuations else {
      return try valuation(of: product, quantile: 1 - max(topShare, 1e-14))
    }
    return try distributions[product].value(below: 1, above: topShare)
  }

  /// Twice the best price of isoelastic demand, which may lie where hardly anybody is left; 0 for other demand.
  fileprivate func isoelasticPrice(of product: Int, unitCost: Double) -> Double {
    guard case .distributions(let distributions, _) = valuations else { return 0 }
    let parts: [Valuation]
    if case .mixture(let components) = distributions[product] {
      parts = components.map(\.valuation)
    } else {
      parts = [distributions[product]]
    }
    return parts.reduce(0) { highest, part in
      guard case .pareto(let minimum, let elasticity) = part else { return highest }
      return max(highest, 2 * max(minimum, unitCost * elasticity / (elasticity - 1)))
    }
  }

  /// A quantile close to an end of how a product is valued; of a survey, the very end.
  fileprivate func valuation(of product: Int, quantile level: Double) throws -> Double {
    switch valuations {
    case .respondents(let rows):
      let values = rows.map { $0[product] }
      return (level > 0.5 ? values.max() : values.min()) ?? 0
    case .distributions(let distributions, _): return try distributions[product].quantile(level)
    case .agents(let agents):
      let values = agents.map { $0.valuations[product] }
      return (level > 0.5 ? values.max() : values.min()) ?? 0
    case .utility(let model):
      // The corners of the box of coefficients hold the extremes, or more.
      let tail = min(level, 1 - level)
      let sensitivities = try [tail, 1 - tail].map { try model.priceSensitivity.quantile($0) }
      var utility = model.meanUtilities[product]
      for (attribute, coefficient) in model.coefficients.enumerated() {
        let parts = try [tail, 1 - tail].map { try coefficient.quantile($0) * model.attributes[attribute][product] }
        utility += (level > 0.5 ? parts.max() : parts.min()) ?? 0
      }
      let values = sensitivities.map { utility / $0 }
      return (level > 0.5 ? values.max() : values.min()) ?? 0
    }
  }
}
