import Demand
import Selling

extension LearningGame {
  /// The game of a study's sellers, the studied one with a candidate, on expected demand.
  ///
  /// Delta compares with the Bertrand-Nash and the joint prices of the market (`EquilibriumSearch`).
  ///
  /// - Parameter memoryLimit: bytes that a session's tables may take.
  /// - Throws: ``SimulationError`` for sellers that do not learn, or not on a table; what demand throws.
  public init(_ study: Study, candidate: Candidate, memoryLimit: Double) throws {
    let market = study.market
    let learners = try market.profiles.indices.map { seller in
      try Self.learner(
        seller == study.studied ? candidate.strategy : study.rivalStrategies[seller], market.profiles[seller])
    }
    guard study.newManagement.isEmpty, market.ownership.mergers.isEmpty else {
      throw SimulationError("sellers learn against each other as they are; leave mergers and new management out")
    }
    let alternatives = market.population.assortment.alternativesBySource.map { $0[0] }
    let belief = try market.perfectBelief(.collusion)
    let game = try PricingGame(
      belief.demand, unitCosts: market.unitCosts, owners: market.sellersByAlternative)
    func pricesByAlternative(_ prices: [Double]) -> [Double] {
      var all = prices
      for (seller, alternative) in alternatives.enumerated() { all[alternative] = prices[seller] }
      return all
    }
    func profits(_ prices: [Double]) throws -> [Double] {
      let prices = pricesByAlternative(prices)
      let units = try belief.demand.response(at: prices, hasSlopes: false).units
      return alternatives.map { units[$0] * (prices[$0] - game.unitCosts[$0]) }
    }
    func benchmark(_ prices: [Double]?) throws -> Benchmark? {
      guard let prices else { return nil }
      let own = alternatives.map { prices[$0] }
      guard own.allSatisfy(\.isFinite) else { return nil }
      return Benchmark(prices: own, profits: try profits(own))
    }
    let regime = belief.regime(period: 0)
    let customers = market.customersPerPeriod
    let grids = try learners.enumerated().map { seller, learner in
      do {
        return try learner.priceGrids(belief)[0]
      } catch let error as StrategyError {
        throw SimulationError("\(market.profiles[seller].name): \(error.description)")
      }
    }
    try self.init(
      sellers: market.profiles.map(\.name), rules: learners.map(\.learning), grids: grids,
      expected: learners.map { learner in learner.expectedProfit.map { $0 / max(customers, 1e-300) } },
      nash: try benchmark(regime?.equilibrium), joint: try benchmark(regime?.collusion), memoryLimit: memoryLimit,
      profitsAt: profits)
  }

  private static func learner(
    _ strategy: any PricingStrategy, _ profile: SellerProfile
  ) throws -> any PriceGridStrategy {
    let why: String? =
      if profile.products.count > 1 {
        "sells \(profile.products.count) products; give it one"
      } else if !profile.capacities.isEmpty {
        "has limited capacity, which expected demand does not know; leave it out"
      } else if profile.terms != nil {
        "has price terms; leave them out, and give prices as customers pay them"
      } else if strategy is RuledStrategy {
        "has price rules; leave them out, and give the prices that it may charge as its grid"
      } else if profile.presence != SellerProfile.always {
        "is not always in the market; leave out when it comes and goes"
      } else if !profile.hasConstantUnitCosts {
        "has unit costs that change; give it a constant one"
      } else {
        nil
      }
    if let why {
      throw SimulationError(
        "sellers learn against each other on a table of profits by price, and \(profile.name) \(why)")
    }
    guard let learner = strategy as? any PriceGridStrategy else {
      throw SimulationError(
        "\(profile.name) runs \(strategy.catalogueEntry.name); every seller has to run a strategy that learns on a price "
          + "grid, such as q-learning")
    }
    return learner
  }
}

extension Market {
  /// Customers in a period, on average over the calendar.
  public var customersPerPeriod: Double {
    (0..<periodCount).reduce(0) { $0 + arrivals.mean(period: $1) } / Double(periodCount)
  }
}
