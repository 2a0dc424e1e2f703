import Demand

/// The families of pricing strategy.
public enum Family: String, Sendable, Hashable, CaseIterable {
  /// Price from cost and a wanted profit.
  case costBased = "cost-based"
  /// Price from what the market bears and rivals ask.
  case marketBased = "market-based"
  /// Price from the measured benefit to the customer.
  case valueBased = "value-based"
  /// Several products sold as one.
  case bundle = "bundle"
  /// Prices that the scenario states.
  case given = "given"
  /// Price that follows demand as it unfolds.
  case dynamic = "dynamic"
  /// Not a strategy that a seller could run: a yardstick.
  case benchmark = "benchmark"
}

/// A strategy's entry in the catalogue: what `bertrand explain` prints.
public struct CatalogueEntry: Sendable {
  /// The name as scenarios write it: lower-case words joined by hyphens.
  public let name: String
  /// Its family.
  public let family: Family
  /// The idea, in two lines.
  public let idea: String
  /// The formula.
  public let formula: String
  /// What the seller must know.
  public let needs: String
  /// When it works: what must be true of the market.
  public let works: String
  /// When it fails, and why.
  public let fails: String
  /// The scenario of the project that shows it fail, or fall short: its file's name without ending.
  public let example: String
  /// Where the price comes from, in a word or two, for result files: `own costs`, `survey`.
  public let belief: String
  /// Where it comes from: paper or textbook.
  public let source: String
  /// Its parameters.
  public let parameters: [Parameter]
  /// Whether it learns from its own sales, so that a study with it reports regret over time.
  public let learns: Bool

  /// An entry.
  public init(
    name: String, family: Family, idea: String, formula: String, needs: String, works: String = "", fails: String = "",
    example: String = "", belief: String, source: String, parameters: [Parameter],
    learns: Bool = false
  ) {
    self.name = name
    self.family = family
    self.idea = idea
    self.formula = formula
    self.needs = needs
    self.works = works
    self.fails = fails
    self.example = example
    self.belief = belief
    self.source = source
    self.parameters = parameters
    self.learns = learns
  }
}

/// A way to set prices. A value: the simulation copies it for each replication, so what it learns in one is forgotten in
/// the next.
public protocol PricingStrategy: Sendable {
  /// The entry in the catalogue.
  static var entry: CatalogueEntry { get }

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where it cannot be run by this seller in this market.
  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws

  /// The entry of the strategy that is run, also where it is wrapped in another.
  var catalogueEntry: CatalogueEntry { get }

  /// The survey that it wants before period 1.
  var survey: SurveyPlan? { get }

  /// What it wants to know of demand and costs; nil for nothing.
  var belief: BeliefPlan? { get }

  /// Where its prices come from, for result files: that of its entry, unless the scenario chose another.
  var beliefSource: String { get }

  /// What its lists may hold beside one price for each product, so that perfect knowledge is not measured in a narrower
  /// class than it.
  var offerKinds: Set<OfferKind> { get }

  /// Whether it posts the same prices in every period, whatever it sees.
  var isConstant: Bool { get }

  /// Whether its prices move within periods, with time and after each sale: ``postPrices(_:)`` is then called for each
  /// customer who comes too, with ``SellerView/elapsed`` above 0, and gives the same offers in the same order at other
  /// prices or protection levels. Not where customers compare prices with those of other periods.
  var repricesContinuously: Bool { get }

  /// What it costs the seller to change one price from a period to the next, in money.
  var costOfChange: Double { get }

  /// Posts the prices of a period; called once a period in order, first with period -1 for the opening list.
  ///
  /// - Throws: ``StrategyError`` where no price can be set.
  mutating func postPrices(_ view: SellerView) throws -> PriceList

  /// The lists that it announces for the periods after this one, the next period's first; asked after ``postPrices(_:)``
  /// with the same view, where customers believe announcements. A list shorter than `periods` means that its last prices
  /// stay; nil, or none at all, that today's do. Nobody checks that an announcement is kept.
  func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]?
}

extension PricingStrategy {
  /// The type's own.
  public var catalogueEntry: CatalogueEntry { Self.entry }

  /// Changing a price costs nothing.
  public var costOfChange: Double { 0 }

  /// Prices stay for the whole period.
  public var repricesContinuously: Bool { false }

  /// No survey.
  public var survey: SurveyPlan? { nil }

  /// It knows nothing of demand.
  public var belief: BeliefPlan? { nil }

  /// As its entry says.
  public var beliefSource: String { Self.entry.belief }

  /// Bundles in the family of that name, else one price for each product.
  public var offerKinds: Set<OfferKind> { Self.entry.family == .bundle ? [.bundles] : [] }

  /// Prices may change.
  public var isConstant: Bool { false }

  /// Nothing is announced.
  public func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? { nil }
}

/// Offers that are more than one price for one product.
public enum OfferKind: Sendable, Hashable {
  /// Several products at one price.
  case bundles
  /// A price for a group of customers.
  case groupPrices
  /// A tariff for several units.
  case tariffs
}

extension PriceList {
  /// What it holds beside one price for each product.
  public var offerKinds: Set<OfferKind> {
    Set(
      offers.flatMap { offer in
        (offer.contents.count > 1 ? [.bundles] : []) + (offer.group != nil ? [.groupPrices] : [])
          + (offer.tariff != nil ? [OfferKind.tariffs] : [])
      })
  }
}

/// A strategy that cannot be run: why, and which parameter is to blame, if one is.
public struct StrategyError: Error, CustomStringConvertible, Sendable, Equatable {
  /// One sentence.
  public let description: String
  /// The parameter's name.
  public let parameter: String?

  /// An error from its sentence.
  public init(_ description: String, parameter: String? = nil) {
    self.description = description
    self.parameter = parameter
  }
}
