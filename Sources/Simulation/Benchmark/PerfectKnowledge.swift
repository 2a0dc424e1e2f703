import Demand
import GSL
import Selling

/// What is claimed of a benchmark.
public enum ClairvoyantKind: String, Sendable, Hashable, Codable {
  /// The best that its class of policies can earn on average.
  case exact
  /// At least what any policy can earn on average.
  case bound
  /// The best that was found; a strategy might do better.
  case bestFound = "best_found"
}

/// The clairvoyant: a seller who knows the demand model and the rivals' rules, though not the individual draws.
public struct PerfectKnowledge: Sendable {
  /// The name under which it stands in results; no candidate may have it.
  public static let label = "perfect knowledge"

  /// The policy, ready to run beside the candidates.
  public let candidate: Candidate
  /// What is claimed of it.
  public let kind: ClairvoyantKind
  /// What the policies that were searched may do: a narrower class than asked for where the wider cannot be searched.
  public let policyClass: ClairvoyantClass

  /// By about how much the integration of expected demand is off at its prices, as a share of contribution; nil where the
  /// policy was found on simulated customers, or in another way than by expected demand at constant prices.
  public let integrationError: Double?

  /// Finds the policy.
  ///
  /// - Of bundles of up to five products all are searched; of six to ten those that ``BundleSets`` picks on a sample of
  ///   customers, and prices by size: best found, in a few seconds.
  /// - Where rivals never change their prices and nothing runs out, the best prices are the same in every period and come
  ///   from expected demand: exact where each product stands alone, best found for bundles.
  /// - Where the mix of customers changes from period to period and nothing runs out, each mix has prices of its own, if
  ///   some candidate changes its prices.
  /// - With one product and limited capacity, the best price for each period and stock level comes from a dynamic
  ///   programme over the number of buyers: exact.
  /// - Where the price of a candidate moves within periods, so does that of perfect knowledge, by the values of stock in
  ///   continuous time: exact for Poisson customers who take one unit, beside rivals whose prices stay.
  /// - Where customers look beyond today's price, constant prices are searched as well; a policy that changes them, so as
  ///   to move what customers remember or expect, might earn more: best found.
  /// - Where the seller's unit costs change or depend on volume, where sellers come and go, or merge with the seller, no
  ///   claim of exactness is made.
  /// - Where the seller has price terms, its best prices are those of a seller without terms that has higher costs: see
  ///   ``PriceTerms``; the claims stay as they are. Its price rules do not bind perfect knowledge, nor does it pay for
  ///   changing a price: it is a yardstick of what the market would give.
  /// - Prices by group are exact where each group's own best price is not above the general one; tariffs are best found.
  /// - Otherwise constant prices are searched for on simulated customers that no candidate meets: best found.
  ///
  /// - Parameter threads: how many may work on it; what is found does not depend on it.
  /// - Throws: what expected demand or a strategy throws.
  public init(_ study: Study, threads: Int = 1) throws {
    let terms = study.market.profiles[study.studied].terms
    let seller = study.market.profiles[study.studied].inCustomerPrices
    let kinds = Self.offerKinds(study)
    let wanted = study.clairvoyant ?? Self.neededClass(study, kinds)
    let contents = try Self.contents(study, wanted)
    let isStatic =
      Self.hasSettledSellers(study)
      && study.rivalStrategies.indices.allSatisfy { $0 == study.studied || study.rivalStrategies[$0].isConstant }
      && study.market.profiles.indices.allSatisfy {
        $0 == study.studied || study.market.profiles[$0].capacities.isEmpty
      }
    // Expected demand knows today's price alone. Constant prices are then still judged right where they are neutral.
    let isKnown = isStatic && study.market.isNeutralToConstantPrices
    let looksAtTodayOnly = study.market.looksAtTodayOnly
    if let aggregate = study.market.aggregate {
      let answer = try Self.answer(study, aggregate)
      let policy =
        isStatic
        ? PostedPolicy(PriceList(prices: answer), terms)
        : try PriceSearch(study, offers: answer.indices.map { Offer(product: $0, price: 0) }, threads: threads).best(
          from: [answer])
      policyClass = .singlePrices
      // One price is scanned over its whole range; of several the best found is a local optimum.
      self.kind = isStatic && answer.count == 1 ? .exact : .bestFound
      integrationError = nil
      candidate = Candidate(label: Self.label, family: .benchmark, belief: "perfect", strategy: policy)
      return
    }
    let others = try Self.openingLists(study)
    func pricing(of population: Population) -> PricingProblem {
      PricingProblem(
        ExpectedDemand(population, pointCount: contents.contains { $0.count > 1 } ? 1024 : 8192),
        source: study.studied, contents: contents, unitCosts: seller.products.map(\.unitCost), others: others)
    }
    let average = study.market.averagePopulation
    var problem = pricing(of: average)
    // Prices that candidates keep to, so that none of them is overlooked.
    let knownLists = try study.candidates.filter(\.strategy.isConstant).map {
      try Self.openingList($0.strategy, seller: study.studied, study).inCustomerPrices(terms)
    }
    let groups: [Int?] =
      [nil] + (wanted == .groupPrices ? study.market.population.groups.indices.map(Optional.some) : [])
    let offers = groups.flatMap { group in contents.map { Offer($0, price: 0, group: group) } }
    let known = knownLists.compactMap { Self.prices(of: offers, in: $0) }
    let policy: any PricingStrategy
    var kind = ClairvoyantKind.bestFound
    var integrationError: Double?
    if wanted == .groupPrices, isKnown, seller.capacities.isEmpty {
      let optimum = try GroupOptimum(study, others: try Self.openingLists(study), known: knownLists)
      policy = PostedPolicy(optimum.list, terms)
      kind = optimum.isExact && looksAtTodayOnly ? .exact : .bestFound
    } else if wanted == .tariffs, isKnown, seller.capacities.isEmpty, looksAtTodayOnly {
      let optimum = try problem.maximise(alsoFrom: known)
      policy = PostedPolicy(
        try TariffSearch(
          study, others: try Self.openingLists(study), known: knownLists + [PriceList(prices: optimum.prices)]
        ).list, terms)
    } else if isKnown, looksAtTodayOnly, seller.capacities.isEmpty, wanted == .dynamic {
      let mixes = study.market.mixes
      let optima = try mixes.populations.map { population in
        var problem = pricing(of: population)
        return try problem.maximise(alsoFrom: known)
      }
      policy = PostedPolicy(mixes.numbers.map { PriceList(prices: optima[$0].prices) }, terms)
      kind = optima.allSatisfy(\.isGlobal) ? .exact : .bestFound
    } else if isKnown, seller.capacities.isEmpty {
      let optimum = try problem.maximise(alsoFrom: known)
      let list = PriceList(zip(contents, optimum.prices).map { Offer($0, price: $1) })
      let bySize = try Self.pricedBySize(study, ifBetterThan: optimum, contents)
      policy = PostedPolicy(bySize ?? list, terms)
      if bySize == nil, optimum.contribution > 0 {
        integrationError = optimum.error.map { $0 / optimum.contribution }.flatMap { $0.isFinite ? $0 : nil }
      }
      kind = optimum.isGlobal && looksAtTodayOnly ? .exact : .bestFound
    } else if isStatic, looksAtTodayOnly, wanted == .dynamic, study.repricesContinuously,
      let repriced = try RepricedPolicy(study, others: others)
    {
      policy = repriced
      kind = repriced.isExact ? .exact : .bestFound
    } else if isStatic, looksAtTodayOnly, wanted == .dynamic || wanted == .bundles,
      let programme = try StockProgramme(study, problem: pricing(of:))
    {
      policy = PostedPolicy(programme.prices, terms)
      kind = programme.isExact ? .exact : .bestFound
    } else {
      let singles = try Self.contents(study, .singlePrices)
      let apart = try PricingProblem(
        ExpectedDemand(average), source: study.studied, contents: singles,
        unitCosts: seller.products.map(\.unitCost), others: try Self.openingLists(study)
      ).sampledOptimum()
      let together = PriceList(zip(contents, try problem.sampledOptimum()).map { Offer($0, price: $1) })
      var lists = [together, PriceList(prices: apart)]
      if wanted == .groupPrices {
        lists.append(try GroupOptimum(study, others: try Self.openingLists(study), known: knownLists).list)
      }
      let starts = lists.compactMap { Self.prices(of: offers, in: $0) }
      policy = try PriceSearch(study, offers: offers, threads: threads).best(from: starts + known)
    }
    let posted = policy.offerKinds
    if !policy.isConstant {
      policyClass = .dynamic
    } else if contents.contains(where: { $0.count > 1 }) {
      policyClass = .bundles
    } else {
      policyClass = wanted == .groupPrices || wanted == .tariffs && posted == [.tariffs] ? wanted : .singlePrices
    }
    // A class that the candidates can step out of is no limit to them.
    if !policyClass.covers(kinds) { kind = .bestFound }
    self.kind = kind
    self.integrationError = integrationError
    candidate = Candidate(label: Self.label, family: .benchmark, belief: "perfect", strategy: policy)
  }

  /// The best response to the rivals' opening prices where demand is stated for the market as a whole.
  private static func answer(_ study: Study, _ aggregate: AggregateDemand) throws -> [Double] {
    let assortment = study.market.population.assortment
    let lists = try openingLists(study)
    var costs = assortment.alternatives.map { _ in 0.0 }
    var owners = costs.map { _ in 0 }
    var prices = costs
    for (seller, places) in assortment.alternativesBySource.enumerated() {
      for (position, alternative) in places.enumerated() {
        costs[alternative] = study.market.unitCostsInCustomerPrices[alternative]
        owners[alternative] = seller
        prices[alternative] =
          seller == study.studied
          ? max(1e-9, 2 * costs[alternative]) : lists[seller].price(ofProduct: position) ?? .infinity
      }
    }
    let game = try PricingGame(aggregate.system, unitCosts: costs, owners: owners)
    let best = try game.bestResponse(of: study.studied, to: prices).prices
    return assortment.alternativesBySource[study.studied].map { best[$0] }
  }
}
