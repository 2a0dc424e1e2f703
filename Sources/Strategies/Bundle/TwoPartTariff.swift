import Demand
import Selling

/// An access fee and a unit price, optimised on a survey.
public struct TwoPartTariff: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "two-part-tariff", family: .bundle,
    idea:
      "Charge for access and for use: a fee, paid once, takes what the units leave customers, and a low price for each "
      + "unit lets them take many.",
    formula:
      "payment for q units = fee + price x q; fee and price maximise the mean over respondents of (payment - unit cost x "
      + "q), each taking the q that leaves most, or nothing. With customers who are all alike: price = unit cost, fee = "
      + "what the units then leave. Prices are found once, at the rivals' prices seen first, and kept",
    needs: "a survey of what each unit is worth, the rivals' posted prices, and its own unit costs",
    works: "customers take several units and are much alike in what these leave them, so that one fee fits nearly all",
    fails: "customers differ widely in how much they use: a fee that suits heavy users drives light ones away",
    example: "climbing-hall", belief: "survey",
    source: "Oi (1971), Quarterly Journal of Economics 85; Tirole (1988), The Theory of Industrial Organization, ch. 3",
    parameters: UnitResearch.parameters)

  private let research: UnitResearch
  private var posted: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller of substitutes.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    research = try UnitResearch(arguments, Self.entry.name, seller: seller, market: market)
  }

  /// The survey that it wants before period 1.
  public var survey: SurveyPlan? { research.plan }

  /// Tariffs.
  public var offerKinds: Set<OfferKind> { [.tariffs] }

  /// Optimises once, when the rivals' prices are first seen, and keeps the tariff.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    posted = try research.list(view) { $0.bestTwoPart() }
    return posted ?? PriceList([])
  }
}
