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

  /// Finds the policy.
  ///
  /// - Of bundles of up to five products all are searched; of six to ten those that ``BundleSets`` picks on a sample of
  ///   customers, and prices by size: best found, in a few seconds.
  /// - Where rivals never change their prices and nothing runs out, the best prices are the same in every period and come
  ///   from expected demand: exact where each product stands alone, best found for bundles.
  /// - With one product and limited capacity, the best price for each period and stock level comes from a dynamic
  ///   programme over the number of buyers: exact.
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
  /// - Throws: what expected demand or a strategy throws.
  public init(_ study: Study) throws {
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
        : try PriceSearch(study, offers: answer.indices.map { Offer(product: $0, price: 0) }).best(from: [answer])
      policyClass = .singlePrices
      // One price is scanned over its whole range; of several the best found is a local optimum.
      self.kind = isStatic && answer.count == 1 ? .exact : .bestFound
      candidate = Candidate(label: Self.label, family: .benchmark, belief: "perfect", strategy: policy)
      return
    }
    var problem = PricingProblem(
      ExpectedDemand(study.market.population, pointCount: contents.contains { $0.count > 1 } ? 1024 : 8192),
      source: study.studied, contents: contents,
      unitCosts: seller.products.map(\.unitCost), others: try Self.openingLists(study))
    // Prices that candidates keep to, so that none of them is overlooked.
    let knownLists = try study.candidates.filter(\.strategy.isConstant).map {
      try Self.openingList($0.strategy, seller: study.studied, study).inCustomerPrices(terms)
    }
    let groups: [Int?] =
      [nil] + (wanted == .groupPrices ? study.market.population.groups.indices.map(Optional.some) : [])
    let offers = groups.flatMap { group in contents.map { Offer($0, price: 0, group: group) } }
    let known = knownLists.compactMap { Self.prices(of: offers, in: $0) }
    let policy: PostedPolicy
    var kind = ClairvoyantKind.bestFound
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
    } else if isKnown, seller.capacities.isEmpty {
      let optimum = try problem.maximise(alsoFrom: known)
      let list = PriceList(zip(contents, optimum.prices).map { Offer($0, price: $1) })
      policy = PostedPolicy(try Self.pricedBySize(study, ifBetterThan: optimum, contents) ?? list, terms)
      kind = optimum.isGlobal && looksAtTodayOnly ? .exact : .bestFound
    } else if isStatic, looksAtTodayOnly, wanted == .dynamic || wanted == .bundles,
      let programme = try StockProgramme(study, &problem)
    {
      policy = PostedPolicy(programme.prices, terms)
      kind = programme.isExact ? .exact : .bestFound
    } else {
      let singles = try Self.contents(study, .singlePrices)
      let apart = try PricingProblem(
        ExpectedDemand(study.market.population), source: study.studied, contents: singles,
        unitCosts: seller.products.map(\.unitCost), others: try Self.openingLists(study)
      ).sampledOptimum()
      let together = PriceList(zip(contents, try problem.sampledOptimum()).map { Offer($0, price: $1) })
      var lists = [together, PriceList(prices: apart)]
      if wanted == .groupPrices {
        lists.append(try GroupOptimum(study, others: try Self.openingLists(study), known: knownLists).list)
      }
      let starts = lists.compactMap { Self.prices(of: offers, in: $0) }
      policy = try PriceSearch(study, offers: offers).best(from: starts + known)
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

  /// Whether the same sellers with the same rules are there in every period, and the studied seller's costs are units
  /// times constant unit costs.
  private static func hasSettledSellers(_ study: Study) -> Bool {
    let market = study.market
    let seller = market.profiles[study.studied]
    let calendar = 0...(market.periodCount - 1)
    let isAdditive =
      seller.hasConstantUnitCosts && seller.stepCosts.isEmpty
      && seller.serviceItems.indices.allSatisfy { !market.spansCategories(item: $0, of: seller) }
    let owners = market.ownership.owners(period: market.periodCount)
    return isAdditive && study.newManagement.isEmpty
      && owners.filter { $0 == study.studied }.count == 1
      && market.profiles.allSatisfy { $0.presence.clamped(to: calendar) == calendar }
  }

  /// The prices of these contents under a list: a bundle that it lacks costs the sum of its products, a product that it
  /// lacks as much as the cheapest bundle with it. Nil if a product is not on the list at all.
  private static func prices(of offers: [Offer], in list: PriceList) -> [Double]? {
    let groups = Set(offers.map(\.group))
    guard groups.count == 1, groups.contains(nil) else {
      let found = offers.compactMap { offer -> Double? in
        Self.prices(of: [Offer(offer.contents, price: 0)], in: list.seen(by: offer.group))?.first
      }
      return found.count == offers.count ? found : nil
    }
    let list = list.seen(by: nil)
    let contents = offers.map(\.contents)
    let offered = Dictionary(list.offers.map { ($0.contents, $0.price) }) { first, _ in first }
    func single(_ product: Int) -> Double? {
      list.price(ofProduct: product)
        ?? list.offers.filter { $0.contents.positions.contains(product) }.map(\.price).min()
    }
    let prices = contents.map { set in
      offered[set]
        ?? set.positions.reduce(Optional(0.0)) { sum, product in
          sum.flatMap { sum in single(product).map { sum + $0 } }
        }
    }
    return prices.contains(nil) ? nil : prices.compactMap(\.self)
  }

  /// What the candidates may post beside one price for each product.
  private static func offerKinds(_ study: Study) -> Set<OfferKind> {
    study.candidates.reduce(into: []) { kinds, candidate in
      kinds.formUnion(candidate.strategy.offerKinds)
      kinds.formUnion(((try? openingList(candidate.strategy, study)) ?? nil)?.offerKinds ?? [])
    }
  }

  /// The smallest class that holds what the candidates do, if there is one.
  private static func neededClass(_ study: Study, _ kinds: Set<OfferKind>) -> ClairvoyantClass {
    if kinds.contains(.bundles) { return .bundles }
    if kinds.contains(.groupPrices) { return .groupPrices }
    if kinds.contains(.tariffs) { return .tariffs }
    return study.market.profiles[study.studied].capacities.isEmpty ? .singlePrices : .dynamic
  }

  private static func openingList(_ strategy: any PricingStrategy, _ study: Study) throws -> PriceList? {
    guard strategy.survey == nil else { return nil }
    return try openingList(strategy, seller: study.studied, study)
  }

  private static func openingList(
    _ strategy: any PricingStrategy, seller: Int, _ study: Study
  ) throws -> PriceList {
    var strategy = strategy
    var surveyor = Surveyor(study, replication: 0)
    return try strategy.postPrices(
      SellerView(
        seller: study.market.profiles[seller], market: study.market.publicFacts(for: seller), period: -1,
        postedLists: nil, sales: [], capacityLeft: study.market.profiles[seller].capacities.map(\.units),
        survey: try strategy.survey.map { try surveyor.answers(to: $0, for: seller) }, belief: study.belief))
  }

  /// What every rival posts before period 1, as customers count it; the studied seller's list is empty.
  private static func openingLists(_ study: Study) throws -> [PriceList] {
    try study.market.customerLists(
      study.rivalStrategies.indices.map { seller in
        seller == study.studied
          ? PriceList([]) : try openingList(study.rivalStrategies[seller], seller: seller, study)
      })
  }

  private static func contents(_ study: Study, _ policyClass: ClairvoyantClass) throws -> [ProductSet] {
    let facts = study.market.publicFacts(for: study.studied)
    let categories = study.market.profiles[study.studied].products.indices.map { facts.category(ofOwnProduct: $0) }
    let singles = categories.indices.map { ProductSet([$0]) }
    guard policyClass == .bundles, categories.count <= BundleSets.largestProductCount, study.market.aggregate == nil
    else { return singles }
    guard categories.count > BundleSets.largestFullCount else { return BundleSets.all(of: categories) }
    let population = study.market.population
    return try BundleSets.chosen(
      for: SampledValuations.customers(of: population, count: 300), segments: population.segments,
      assortment: population.assortment, source: study.studied,
      unitCosts: study.market.profiles[study.studied].inCustomerPrices.products.map(\.unitCost),
      others: openingLists(study))
  }

  /// Prices by the number of products, where bundles were picked and these prices earn more on the customers on whom they
  /// were priced.
  private static func pricedBySize(
    _ study: Study, ifBetterThan optimum: PriceOptimum, _ contents: [ProductSet]
  ) throws -> PriceList? {
    let products = study.market.profiles[study.studied].inCustomerPrices.products
    let population = study.market.population
    guard products.count > BundleSets.largestFullCount, contents.contains(where: { $0.count > 1 }),
      population.assortment.hasOutsideOption,
      population.segments.allSatisfy({ $0.synergies.isEmpty && $0.takesOneUnit })
    else { return nil }
    let lists = try openingLists(study)
    guard lists.allSatisfy({ $0.offers.allSatisfy { $0.contents.count == 1 } }) else { return nil }
    let sizes = try SizePricing(
      valuations: SampledValuations.rows(of: population, count: 2000), assortment: population.assortment,
      source: study.studied, unitCosts: products.map(\.unitCost), others: lists
    ).maximise()
    guard sizes.contribution > optimum.contribution else { return nil }
    let places = population.assortment.alternativesBySource[study.studied]
    let sets = BundleSets.all(of: places.map(population.assortment.category(ofAlternative:)))
    return PriceList(sets.map { Offer($0, price: sizes.prices[$0.count - 1]) })
  }
}

/// Prices that perfect knowledge posts: always the same, or by period and remaining stock. It thinks in customers' prices,
/// and posts the list prices that come to them.
struct PostedPolicy: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "perfect-knowledge", family: .benchmark,
    idea: "What a seller would post who knew the demand model and the rivals' rules.", formula: "computed",
    needs: "everything but the individual draws", belief: "perfect", source: "see PerfectKnowledge", parameters: [])

  private let list: PriceList
  /// The price of the only product by period and units that can still be sold; empty if prices never change.
  private let table: [[Double]]
  private let terms: PriceTerms?

  init(_ list: PriceList, _ terms: PriceTerms?) {
    self.list = list
    table = []
    self.terms = terms
  }

  init(_ table: [[Double]], _ terms: PriceTerms?) {
    self.table = table
    list = PriceList(prices: [table.first?.last ?? 0])
    self.terms = terms
  }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("perfect knowledge is a benchmark, not a strategy that a seller can run")
  }

  var isConstant: Bool { table.isEmpty }

  var offerKinds: Set<OfferKind> { list.offerKinds }

  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period >= 0, table.indices.contains(view.period) else { return list.inListPrices(terms) }
    let left =
      zip(view.capacityLeft, view.seller.capacities)
      .filter { $0.1.use[0] > 0 }.map { $0.0 / $0.1.use[0] }.min() ?? 0
    return PriceList(prices: [table[view.period][min(left, table[view.period].count - 1)]]).inListPrices(terms)
  }
}
