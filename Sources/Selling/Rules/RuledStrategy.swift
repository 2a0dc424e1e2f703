import Demand

/// A strategy whose price lists follow a company's rules.
///
/// It learns from its own sales and prices as they were posted. The opening list keeps to limits and ending and needs no
/// notice. Verified in `RuledStrategyTests`.
public struct RuledStrategy: PricingStrategy {
  /// Stands for that of the strategy inside, which is what ``PricingStrategy/catalogueEntry`` tells.
  public static let entry = CatalogueEntry(
    name: "ruled", family: .given, idea: "A strategy whose prices follow rules.", formula: "see PriceRules",
    needs: "what the strategy needs", belief: "", source: "", parameters: [])

  private var strategy: any PricingStrategy
  private let rules: PriceRules
  /// Whether limits stay where they are.
  private let hasFixedLimits: Bool
  private var decisions: PriceDecisions

  /// A strategy under rules.
  ///
  /// - Throws: ``StrategyError`` where the rules contradict each other.
  public init(_ strategy: any PricingStrategy, rules: PriceRules, seller: SellerProfile) throws {
    try rules.check(seller)
    self.strategy = strategy
    self.rules = rules
    hasFixedLimits = rules.leastMarkup == nil && rules.largestMarkup == nil || seller.hasConstantUnitCosts
    decisions = PriceDecisions(rules)
  }

  /// Rules need a strategy.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("rules are no strategy of their own")
  }

  /// That of the strategy inside.
  public var catalogueEntry: CatalogueEntry { strategy.catalogueEntry }
  /// That of the strategy inside.
  public var beliefSource: String { strategy.beliefSource }
  /// Those of the strategy inside.
  public var offerKinds: Set<OfferKind> { strategy.offerKinds }
  /// Rules are for whole periods.
  public var repricesContinuously: Bool { false }
  /// That of the strategy inside.
  public var survey: SurveyPlan? { strategy.survey }
  /// That of the strategy inside.
  public var belief: BeliefPlan? { strategy.belief }
  /// If the strategy inside never changes, and limits do not move.
  public var isConstant: Bool { strategy.isConstant && hasFixedLimits }
  /// What changing one price costs, in money.
  public var costOfChange: Double { rules.costOfChange ?? 0 }

  /// The list whose notice has passed.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    decisions.take(try strategy.postPrices(view), view)
  }

  /// Decided lists whose notice runs, then what the strategy inside announces, as the rules would have it.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    var decisions = decisions
    let planned = strategy.announcedPrices(view, periods: periods)?.map { decisions.take($0, view) }
    guard planned != nil || !decisions.pending.isEmpty else { return nil }
    return Array(((planned ?? []) + decisions.pending).prefix(max(0, periods)))
  }
}

/// The price lists that a seller decided on under its rules, with what it has to remember of them.
private struct PriceDecisions {
  private let rules: PriceRules
  /// Lists that wait for their notice to pass, the next one first.
  private(set) var pending: [PriceList] = []
  /// The list decided last.
  private var last: PriceList?
  /// How many lists were decided after the opening.
  private var count = 0
  /// By offer, the number of the list that changed the price last.
  private var lastChanges: [Offer.Name: Int] = [:]

  init(_ rules: PriceRules) { self.rules = rules }

  /// Decides on a list that a strategy wants, and gives the one that is now due.
  mutating func take(_ wanted: PriceList, _ view: SellerView) -> PriceList {
    var list = wanted
    for (index, offer) in wanted.offers.enumerated() {
      let before = last?.offers.first { $0.name == offer.name }?.price
      let changed = lastChanges[offer.name]
      let isHeld = changed.map { count - $0 < rules.fewestPeriods ?? 1 } ?? false
      let price = rules.price(offer.price, of: offer.contents, last: before, isHeld: isHeld, view.seller)
      list.offers[index].price = price
      if let before, price != before { lastChanges[offer.name] = count }
    }
    let isOpening = last == nil
    last = list
    guard !isOpening else {
      pending = [PriceList](repeating: list, count: rules.notice ?? 0)
      return list
    }
    count += 1
    pending.append(list)
    return pending.removeFirst()
  }
}
