import GSL

/// What an average customer is expected to take from a menu.
public struct ExpectedChoice: Sendable {
  /// Expected units: of each alternative on its own first, then of each bundle of the menu.
  public internal(set) var units: [Double]
  /// The expected share of customers who take each, however many units; in the order of ``units``.
  public internal(set) var takers: [Double]
  /// What is expected to be paid less than units times price, in money, by alternatives that are on a tariff.
  public internal(set) var rebates: [Int: Double] = [:]
  /// Expected surplus of the customer over buying nothing, in money.
  public internal(set) var surplus: Double
  /// An estimate of the largest integration error in any of ``units``: at most about 1e-12 where quadrature is used;
  /// else the standard error of eight batches of quasi-random points, which errs on the safe side.
  public internal(set) var error: Double

  mutating func add(_ part: ExpectedChoice, share: Double) {
    for slot in units.indices { units[slot] += share * part.units[slot] }
    for slot in takers.indices { takers[slot] += share * part.takers[slot] }
    for (alternative, rebate) in part.rebates { rebates[alternative, default: 0] += share * rebate }
    surplus += share * part.surplus
    error += share * part.error
  }

  /// Expected units of an offer.
  public func units(_ slot: Menu.Slot, in menu: Menu) -> Double {
    units[menu.index(of: slot)]
  }
}

/// Expected demand of a population: the exact counterpart of sampled choice.
///
/// Given what a customer would pay for everything else, the valuation of one product (the *pivot*) matters only through
/// a threshold, so that it is integrated in closed form. What remains is nothing for one uncertain product, a piecewise
/// smooth integral for two (Gauss-Legendre between the kinks), and Sobol points beyond; for a pure bundle of independent
/// products, the distribution of the sum (``SumOfValuations``). With taste noise in a single
/// category the logit shares take the place of the threshold (``LogitNodes``). Synergies add to the worth of options, and
/// link categories as bundles do. Where customers take several units, the threshold becomes the kinks of a piecewise
/// linear surplus (``PivotEnvelope``). Verified against closed forms (linear, exponential, logit
/// demand; bundles of uniform goods) and against sampled choice (`ExpectedClosedFormTests`,
/// `ExpectedAgainstSampledTests`, `LinkedExpectedTests`).
public struct ExpectedDemand: Sendable {
  /// Who chooses.
  public let population: Population
  /// Quasi-random points where quadrature has too many dimensions.
  public let pointCount: Int
  private var samples: [SampleKey: ValuationSample] = [:]
  private var choices: [ChoiceKey: ExpectedChoice] = [:]
  private var logitNodes: [SampleKey: LogitNodes] = [:]
  private var sums: [SampleKey: SumOfValuations?] = [:]

  private struct ChoiceKey: Hashable {
    let segment: Int
    let prices: [Double]
    let bundles: [Menu.Bundle]
    let tariffs: [Int: Tariff]
  }

  private struct SampleKey: Hashable {
    let segment: Int
    let alternatives: [Int]
  }

  /// Expected demand of a population.
  ///
  /// - Parameter pointCount: quasi-random points for three or more uncertain valuations at once.
  public init(_ population: Population, pointCount: Int = 8192) {
    self.population = population
    self.pointCount = max(2, pointCount)
  }

  /// What an average customer takes.
  ///
  /// - Throws: ``DemandError`` or `GSLError` where the menu is too large to integrate.
  public mutating func choice(from menu: Menu) throws -> ExpectedChoice {
    var total = Self.nothing(menu)
    for segment in population.segments.indices {
      total.add(try choice(from: menu, segment: segment), share: population.segments[segment].share)
    }
    return total
  }

  /// What an average customer takes from these lists, each segment from what is for its group, in the slots of the menu of
  /// those in none.
  ///
  /// - Throws: ``DemandError`` or `GSLError` where the menu is too large to integrate.
  public mutating func choice(from lists: [PriceList]) throws -> (menu: Menu, choice: ExpectedChoice) {
    let menu = try Menu(lists, in: population.assortment)
    guard lists.contains(where: \.hasGroupOffers) else { return (menu, try choice(from: menu)) }
    var total = Self.nothing(menu)
    for (index, segment) in population.segments.enumerated() {
      let own = try Menu(lists, in: population.assortment, for: segment.group)
      total.add(try choice(from: own, segment: index), share: segment.share)
    }
    return (menu, total)
  }

  /// What an average customer of one segment takes.
  ///
  /// - Throws: ``DemandError`` or `GSLError` where the menu is too large to integrate.
  public mutating func choice(from menu: Menu, segment index: Int) throws -> ExpectedChoice {
    let key = ChoiceKey(segment: index, prices: menu.singlePrices, bundles: menu.bundles, tariffs: menu.tariffs)
    if let known = choices[key] { return known }
    let choice = try integratedChoice(from: menu, segment: index)
    // Prices that stay, or come back, are the rule; a search never comes back, and its prices are not worth the memory.
    if choices.count >= 64 { choices.removeAll(keepingCapacity: true) }
    choices[key] = choice
    return choice
  }

  private mutating func integratedChoice(from menu: Menu, segment index: Int) throws -> ExpectedChoice {
    var result = Self.nothing(menu)
    let assortment = population.assortment
    let synergies = population.segments[index].synergies
    for group in try ChoiceGroup.groups(of: menu, in: assortment, linkedBy: synergies) where !group.options.isEmpty {
      let tally = OptionTally(
        group: group.priced(with: synergies, in: assortment), assortment: assortment,
        segment: population.segments[index])
      let shares = try integrate(tally, segment: index)
      for (option, share) in zip(group.options, shares.probabilities) {
        for slot in option.slots {
          result.units[menu.index(of: slot)] += share
          result.takers[menu.index(of: slot)] += share
        }
      }
      for (alternative, further) in zip(tally.alternatives, shares.further) { result.units[alternative] += further }
      for (alternative, rebate) in zip(tally.alternatives, shares.further.dropFirst(tally.alternatives.count))
      where menu.tariffs[alternative] != nil {
        result.rebates[alternative, default: 0] += rebate
      }
      result.surplus += shares.surplus
      result.error = max(result.error, shares.error)
    }
    return result
  }

  private static func nothing(_ menu: Menu) -> ExpectedChoice {
    let zeros = [Double](repeating: 0, count: menu.singlePrices.count + menu.bundles.count)
    return ExpectedChoice(units: zeros, takers: zeros, surplus: 0, error: 0)
  }

  private mutating func integrate(_ tally: OptionTally, segment index: Int) throws -> OptionShares {
    let segment = population.segments[index]
    if segment.taste > 0 {
      guard tally.group.categories.count == 1 else { return try sampled(tally, index) }
      // The number of units jumps between fixed nodes, however close they are.
      if !tally.several.isEmpty { return try tally.severalLogitShares() ?? sampled(tally, index) }
      return tally.logitShares(try nodes(segment: index, category: tally.group.categories[0]))
    }
    switch segment.valuations {
    case .respondents(let rows):
      return tally.average(of: rows)
    case .agents(let agents):
      let weight = agents.reduce(0) { $0 + $1.weight }
      return tally.average(of: agents.map(\.valuations), weights: agents.map { $0.weight / weight })
    case .utility:
      return try sampled(tally, index)
    case .distributions(let distributions, _):
      let uncertain = tally.products.filter { if case .fixed = distributions[$0] { false } else { true } }
      if uncertain.count < 2 || (uncertain.count == 2 && tally.pivot(of: uncertain) != nil) {
        return try tally.quadrature(distributions, uncertain: uncertain, correlation: segment.correlation)
      }
      if let shares = try summed(tally, index, distributions) { return shares }
      return try sampled(tally, index)
    }
  }

  /// How demand changes with prices where nothing links categories and nobody takes several units, alternative by
  /// alternative and price by price: by logit formulas in segments with taste noise, by the density at thresholds in
  /// those without; nil where that says nothing, as for respondents without noise.
  ///
  /// Verified against closed forms and differences of units (`DemandSystemTests`).
  mutating func slopes(at menu: Menu) throws -> [Double]? {
    let assortment = population.assortment
    let count = assortment.alternatives.count
    var slopes = [Double](repeating: 0, count: count * count)
    for (index, segment) in population.segments.enumerated() {
      guard segment.choosesPlainly else { return nil }
      for group in try ChoiceGroup.groups(of: menu, in: assortment) where !group.options.isEmpty {
        guard group.categories.count == 1 else { return nil }
        guard segment.taste == 0 else {
          let nodes = try nodes(segment: index, category: group.categories[0])
          let (totals, _) = nodes.totals(prices: nodes.alternatives.map { menu.singlePrices[$0] }, hasSlopes: true)
          for (row, alternative) in nodes.alternatives.enumerated() {
            slopes[alternative * count + alternative] -= segment.share * totals.own[row]
            for (column, other) in nodes.alternatives.enumerated() {
              slopes[alternative * count + other] +=
                segment.share * totals.cross[row * nodes.alternatives.count + column]
            }
          }
          continue
        }
        let tally = OptionTally(group: group, assortment: assortment, segment: segment)
        for product in tally.products {
          let key = SampleKey(segment: index, alternatives: [-1 - product] + tally.alternatives)
          let found = try tally.thresholdSlopes(pivot: product) {
            if let known = samples[key] { return known }
            let sample = try ValuationSample(
              segment, products: tally.products, alternatives: tally.alternatives, assortment: assortment,
              isLinked: false, count: pointCount, pivot: product)
            samples[key] = sample
            return sample
          }
          guard let (option, changes) = found else { return nil }
          let row = group.options[option].alternatives[0]
          for (other, change) in changes.enumerated() {
            slopes[row * count + row] -= segment.share * change
            if let column = group.options[other].alternatives.first {
              slopes[row * count + column] += segment.share * change
            }
          }
        }
      }
    }
    return slopes
  }

  private mutating func nodes(segment: Int, category: Int) throws -> LogitNodes {
    let key = SampleKey(segment: segment, alternatives: [category])
    if let known = logitNodes[key] { return known }
    let made = try LogitNodes(
      population.segments[segment], category: category, assortment: population.assortment, pointCount: pointCount)
    logitNodes[key] = made
    return made
  }

  /// The choice between one set of independent products and nothing, by the distribution of the sum; nil for others.
  private mutating func summed(
    _ tally: OptionTally, _ index: Int, _ distributions: [Valuation]
  ) throws -> OptionShares? {
    let isIndependent = population.segments[index].correlation == nil
    guard let summands = tally.summands(distributions, isIndependent: isIndependent) else { return nil }
    let key = SampleKey(segment: index, alternatives: tally.alternatives)
    let sum: SumOfValuations?
    if let known = sums[key] {
      sum = known
    } else {
      sum = try SumOfValuations(summands)
      sums[key] = .some(sum)
    }
    return sum.flatMap { tally.shares(of: $0, distributions) }
  }

  private mutating func sampled(_ tally: OptionTally, _ index: Int) throws -> OptionShares {
    let key = SampleKey(segment: index, alternatives: tally.alternatives)
    let sample: ValuationSample
    if let known = samples[key] {
      sample = known
    } else {
      sample = try ValuationSample(
        population.segments[index], products: tally.products, alternatives: tally.alternatives,
        assortment: population.assortment, isLinked: tally.group.categories.count > 1, count: pointCount)
      samples[key] = sample
    }
    return tally.average(of: sample)
  }
}

extension Segment {
  /// The correlation matrix of the underlying normals, if there is one.
  var correlation: [[Double]]? {
    if case .distributions(_, let correlation) = valuations { correlation } else { nil }
  }
}
