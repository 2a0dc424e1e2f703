import Demand
import Selling

extension Market {
  /// Expected demand per customer for every alternative, of the kind that fits the customers: an aggregate system as it
  /// is, logit in closed form, else expected demand by integration.
  ///
  /// - Throws: ``DemandError`` or `GSLError` where demand cannot be computed.
  public func demandSystem() throws -> any DemandSystem {
    if let aggregate { return aggregate.system }
    return try Self.demandSystem(of: averagePopulation)
  }

  static func demandSystem(of population: Population) throws -> any DemandSystem {
    LogitDemand.fits(population) ? try LogitDemand(population) : try ExpectedSystem(population)
  }

  /// The unit cost of every alternative as the sellers' profiles state it, in money.
  public var unitCosts: [Double] {
    var costs = population.assortment.alternatives.map { _ in 0.0 }
    for (seller, places) in population.assortment.alternativesBySource.enumerated() {
      for (position, alternative) in places.enumerated() {
        costs[alternative] = profiles[seller].products[position].unitCost
      }
    }
    return costs
  }

  /// The seller of every alternative.
  public var sellersByAlternative: [Int] {
    var sellers = population.assortment.alternatives.map { _ in 0 }
    for (seller, places) in population.assortment.alternativesBySource.enumerated() {
      for alternative in places { sellers[alternative] = seller }
    }
    return sellers
  }

  /// The truth, for strategies that believe it: demand, costs, and an equilibrium for each span of periods in which the
  /// same sellers are there and belong to the same owners.
  ///
  /// - Throws: what demand throws.
  func perfectBelief(_ plan: BeliefPlan) throws -> MarketBelief {
    let demand = try demandSystem()
    let costs = unitCostsInCustomerPrices
    let sellers = sellersByAlternative
    try checkTermsOfMergers()
    var regimes: [MarketBelief.Regime] = []
    for period in Set(changesOfPresence + ownership.mergers.map(\.period)).sorted() where period < periodCount {
      let owners = ownership.owners(period: period)
      let alternatives = sellers.indices.filter { profiles[sellers[$0]].isPresent(in: period) }
      let ownersOnSale = alternatives.map { owners[sellers[$0]] }
      if let last = regimes.last, last.alternatives == alternatives, last.owners == ownersOnSale { continue }
      var equilibrium: [Double]?
      var collusion: [Double]?
      if plan.depth >= BeliefPlan.equilibrium.depth, !alternatives.isEmpty {
        let market = Submarket(demand, alternatives: alternatives)
        let game = try PricingGame(market, unitCosts: alternatives.map { costs[$0] }, owners: ownersOnSale)
        equilibrium = try EquilibriumSearch(game).equilibria.first.map { market.wholePrices($0.prices) }
        // Where everybody buys, one hand could charge any price.
        if plan == .collusion, market.hasOutsideOption {
          let together = try EquilibriumSearch(game.owned(by: game.owners.map { _ in 0 }))
          collusion = together.equilibria.first.map { market.wholePrices($0.prices) }
        }
      }
      regimes.append(
        .init(
          first: period, alternatives: alternatives, owners: ownersOnSale, equilibrium: equilibrium,
          collusion: collusion))
    }
    let mixes = self.mixes
    return MarketBelief(
      demand: demand, unitCosts: costs, regimes: regimes,
      customers: (0..<periodCount).map { arrivals.mean(period: $0) },
      mixes: population.hasProfiles ? try mixes.populations.map { try Self.demandSystem(of: $0) } : [],
      mixNumbers: population.hasProfiles ? mixes.numbers : [])
  }
}
