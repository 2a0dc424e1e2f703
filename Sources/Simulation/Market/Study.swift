import Demand
import Selling

/// A strategy under comparison, by the name that the user gave it.
public struct Candidate: Sendable {
  /// The user's name for it.
  public let label: String
  /// Its family.
  public let family: Family
  /// Where its prices come from, in a word or two.
  public let belief: String
  /// The strategy as it is before period 1.
  public let strategy: any PricingStrategy
  /// How to make it again with other parameters; nil where nobody can.
  public let recipe: StrategyRecipe?

  /// A candidate.
  public init(
    label: String, family: Family, belief: String, strategy: any PricingStrategy, recipe: StrategyRecipe? = nil
  ) {
    self.label = label
    self.family = family
    self.belief = belief
    self.strategy = strategy
    self.recipe = recipe
  }

  /// A candidate with family and belief from the strategy's own entry.
  public init(label: String, strategy: any PricingStrategy, recipe: StrategyRecipe? = nil) {
    let entry = strategy.catalogueEntry
    self.init(label: label, family: entry.family, belief: strategy.beliefSource, strategy: strategy, recipe: recipe)
  }
}

/// Which demand a study runs on.
public enum DemandMode: String, Sendable, Hashable {
  /// Customers are drawn and choose one by one.
  case sampled
  /// The mean customer of each segment buys fractions: no noise, no capacity.
  case expected
}

/// What perfect knowledge may do, so that the yardstick is of the same kind as what it measures.
public enum ClairvoyantClass: String, Sendable, Hashable, CaseIterable {
  /// One price for each product.
  case singlePrices = "single prices"
  /// Prices for products and bundles.
  case bundles
  /// A price for each product, and lower ones for groups of customers.
  case groupPrices = "group prices"
  /// A tariff for several units of each product: two-part or with a quantity discount.
  case tariffs
  /// A price for each product in each period and level of stock.
  case dynamic

  /// Whether its policies may be of these kinds.
  func covers(_ kinds: Set<OfferKind>) -> Bool {
    switch self {
    case .singlePrices, .dynamic: kinds.isEmpty
    case .bundles: kinds.isSubset(of: [.bundles])
    case .groupPrices: kinds.isSubset(of: [.groupPrices])
    case .tariffs: kinds.isSubset(of: [.tariffs])
    }
  }
}

/// A strategy that a seller runs from a period on, in place of its own: under a new owner, say.
public struct NewManagement: Sendable {
  /// The first period, counted from 0.
  public let period: Int
  /// The seller.
  public let seller: Int
  /// How it prices from then on.
  public let strategy: any PricingStrategy

  /// New management.
  public init(period: Int, seller: Int, strategy: any PricingStrategy) {
    self.period = period
    self.seller = seller
    self.strategy = strategy
  }
}

/// A question put to a market: which of these strategies should this seller run?
public struct Study: Sendable {
  /// The name, for files and headings.
  public let name: String
  /// The question in the user's words.
  public let question: String
  /// The currency of all money.
  public let currency: String
  /// The market.
  public let market: Market
  /// The studied seller: an index of the market's profiles.
  public let studied: Int
  /// What every other seller runs, by seller; the studied seller's entry is ignored.
  public let rivalStrategies: [any PricingStrategy]
  /// Rivals who change their strategy on the way, in the order in which they do.
  public let newManagement: [NewManagement]
  /// The strategies to compare.
  public let candidates: [Candidate]
  /// The true model of the market, for strategies that ask for it; nil where none does.
  let belief: MarketBelief?
  /// The candidate that the others are compared with: an index.
  public let baseline: Int
  /// How often the calendar is run.
  public let replications: Int
  /// The seed of all draws.
  public let seed: UInt64
  /// The confidence of intervals, as a share.
  public let confidence: Double
  /// Sampled or expected demand.
  public let demand: DemandMode
  /// What perfect knowledge may do; nil chooses the smallest class that holds what the candidates do.
  public let clairvoyant: ClairvoyantClass?

  /// A study.
  ///
  /// - Throws: ``SimulationError`` where there is nothing to compare, or the parts do not fit together.
  public init(
    name: String, question: String, currency: String, market: Market, studied: Int,
    rivalStrategies: [any PricingStrategy], candidates: [Candidate], baseline: Int, replications: Int, seed: UInt64,
    confidence: Double = 0.95, demand: DemandMode = .sampled, clairvoyant: ClairvoyantClass? = nil,
    newManagement: [NewManagement] = []
  ) throws {
    guard !candidates.isEmpty else { throw SimulationError("a study needs at least one candidate strategy") }
    guard candidates.indices.contains(baseline) else { throw SimulationError("the baseline is not a candidate") }
    guard Set(candidates.map(\.label)).count == candidates.count else {
      throw SimulationError("two candidates have the same name")
    }
    guard replications >= 1, replications <= 10_000_000 else {
      throw SimulationError("\(replications) replications; from 1 to 10000000 are allowed")
    }
    guard market.profiles.indices.contains(studied), rivalStrategies.count == market.profiles.count else {
      throw SimulationError("every seller needs a strategy")
    }
    try Self.checkArrivals(market)
    guard market.ownership.owners(period: market.periodCount)[studied] == studied else {
      throw SimulationError("the studied seller cannot be bought: its profit would end there; study the buyer")
    }
    guard newManagement.allSatisfy({ market.profiles.indices.contains($0.seller) && $0.seller != studied }) else {
      throw SimulationError("only rivals come under new management; the studied seller runs each candidate")
    }
    guard confidence > 0, confidence < 1 else { throw SimulationError("confidence must lie between 0 and 100%") }
    if demand == .expected, market.profiles.contains(where: { !$0.capacities.isEmpty }) {
      throw SimulationError(
        "expected demand knows no capacity: the mean customer never meets a full house; use sampled")
    }
    if demand == .expected || market.aggregate != nil {
      for profile in market.profiles { try Self.checkItems(of: profile, market) }
    }
    if !market.population.assortment.hasOutsideOption {
      try Self.checkCompetition(market)
      guard market.profiles.allSatisfy({ $0.capacities.isEmpty }) else {
        throw SimulationError(
          "where everybody buys nothing can be sold out; remove capacities or let customers buy nothing")
      }
    }
    try market.checkPatience(demand)
    self.name = name
    self.question = question
    self.currency = currency
    self.market = market
    self.studied = studied
    self.rivalStrategies = rivalStrategies
    self.candidates = candidates
    self.baseline = baseline
    self.replications = replications
    self.seed = seed
    self.confidence = confidence
    self.demand = demand
    self.clairvoyant = clairvoyant
    self.newManagement = newManagement.sorted { $0.period < $1.period }
    let plans = (candidates.map(\.strategy) + rivalStrategies + newManagement.map(\.strategy)).compactMap(\.belief)
    do {
      let plan = plans.max { $0.depth < $1.depth }
      belief = try plan.map { try market.perfectBelief($0) }
    } catch {
      throw SimulationError("the demand that a strategy believes in: \(error)")
    }
    try checkAggregate()
  }

  /// The same study with other replications or another seed.
  ///
  /// - Throws: ``SimulationError`` for replications that are not allowed.
  public func with(replications: Int?, seed: UInt64?) throws -> Study {
    try Study(
      name: name, question: question, currency: currency, market: market, studied: studied,
      rivalStrategies: rivalStrategies, candidates: candidates, baseline: baseline,
      replications: replications ?? self.replications, seed: seed ?? self.seed, confidence: confidence, demand: demand,
      clairvoyant: clairvoyant, newManagement: newManagement)
  }
}
