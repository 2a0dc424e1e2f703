import Demand
import Selling

/// What perfect knowledge may do in a study, and what it starts from.
extension PerfectKnowledge {
  /// Whether the same sellers with the same rules are there in every period, and the studied seller's costs are units
  /// times constant unit costs.
  static func hasSettledSellers(_ study: Study) -> Bool {
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
  static func prices(of offers: [Offer], in list: PriceList) -> [Double]? {
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
  static func offerKinds(_ study: Study) -> Set<OfferKind> {
    study.candidates.reduce(into: []) { kinds, candidate in
      kinds.formUnion(candidate.strategy.offerKinds)
      kinds.formUnion(((try? openingList(candidate.strategy, study)) ?? nil)?.offerKinds ?? [])
    }
  }

  /// The smallest class that holds what the candidates do, if there is one.
  static func neededClass(_ study: Study, _ kinds: Set<OfferKind>) -> ClairvoyantClass {
    if kinds.contains(.bundles) { return .bundles }
    if kinds.contains(.groupPrices) { return .groupPrices }
    if kinds.contains(.tariffs) { return .tariffs }
    let mayFollowMix = study.market.population.hasProfiles && !study.candidates.allSatisfy(\.strategy.isConstant)
    return study.market.profiles[study.studied].capacities.isEmpty && !mayFollowMix ? .singlePrices : .dynamic
  }

  static func openingList(_ strategy: any PricingStrategy, _ study: Study) throws -> PriceList? {
    guard strategy.survey == nil else { return nil }
    return try openingList(strategy, seller: study.studied, study)
  }

  static func openingList(
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
  static func openingLists(_ study: Study) throws -> [PriceList] {
    try study.market.customerLists(
      study.rivalStrategies.indices.map { seller in
        seller == study.studied
          ? PriceList([]) : try openingList(study.rivalStrategies[seller], seller: seller, study)
      })
  }

  static func contents(_ study: Study, _ policyClass: ClairvoyantClass) throws -> [ProductSet] {
    let facts = study.market.publicFacts(for: study.studied)
    let categories = study.market.profiles[study.studied].products.indices.map { facts.category(ofOwnProduct: $0) }
    let singles = categories.indices.map { ProductSet([$0]) }
    guard policyClass == .bundles, categories.count <= BundleSets.largestProductCount, study.market.aggregate == nil
    else { return singles }
    guard categories.count > BundleSets.largestFullCount else { return BundleSets.all(of: categories) }
    let population = study.market.averagePopulation
    return try BundleSets.chosen(
      for: SampledValuations.customers(of: population, count: 300), segments: population.segments,
      assortment: population.assortment, source: study.studied,
      unitCosts: study.market.profiles[study.studied].inCustomerPrices.products.map(\.unitCost),
      others: openingLists(study))
  }

  /// Prices by the number of products, where bundles were picked and these prices earn more on the customers on whom they
  /// were priced.
  static func pricedBySize(
    _ study: Study, ifBetterThan optimum: PriceOptimum, _ contents: [ProductSet]
  ) throws -> PriceList? {
    let products = study.market.profiles[study.studied].inCustomerPrices.products
    let population = study.market.averagePopulation
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
    let prices = SizePricing.attainable(sizes.posted)
    return PriceList(sets.map { Offer($0, price: prices[$0.count - 1]) })
  }
}
