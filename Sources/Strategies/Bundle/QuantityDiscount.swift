import Demand
import Selling

/// A lower unit price from some quantity on, optimised on a survey.
public struct QuantityDiscount: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "quantity-discount", family: .bundle,
    idea: "Charge less for further units than for the first ones: who needs little pays the full price, who could take "
      + "more is given a reason to.",
    formula:
      "payment for q units = price x q, less discount x price x the units from `from` on (or x all units); the price, and "
      + "what is not stated of `from` and `discount`, maximise the mean over respondents of (payment - unit cost x q), "
      + "each taking the q that leaves most, or nothing. Discounts that are not stated are tried from 10% to 60% in "
      + "steps of 10%, quantities from 2 to 21. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs: "a survey of what each unit is worth, the rivals' posted prices, and its own unit costs",
    works: "units are worth less and less, but more than they cost, and customers need different numbers of them",
    fails: "customers would have taken as many units at the full price, or a fee takes more from them: then a two-part "
      + "tariff earns more. The example shows the other case: users differ too much for one fee",
    example: "climbing-hall", belief: "survey",
    source: "Dolan (1987), Marketing Science 6; Wilson (1993), Nonlinear Pricing",
    parameters: UnitResearch.parameters + [from, discount, FixedTariff.basis])

  static let from = Parameter(
    "from", .count(2...UsageCurve.largestCount, unit: "units"), default: .absent,
    "the quantity from which the discount holds; the best one if left out")
  static let discount = Parameter(
    "discount", .share(0.01...0.99), default: .absent,
    "the share by which the unit price is lower from there on; the best one if left out")

  private let research: UnitResearch
  private let from: Int?
  private let discount: Double?
  private let basis: Tariff.Basis
  private var posted: PriceList?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller of substitutes.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    research = try UnitResearch(arguments, Self.entry.name, seller: seller, market: market)
    from = arguments.optionalNumber(Self.from).map { Int($0) }
    discount = arguments.optionalNumber(Self.discount)
    basis = Tariff.Basis(rawValue: try arguments.choice(FixedTariff.basis)) ?? .addedUnits
  }

  /// The survey that it wants before period 1.
  public var survey: SurveyPlan? { research.plan }

  /// Tariffs.
  public var offerKinds: Set<OfferKind> { [.tariffs] }

  /// Optimises once, when the rivals' prices are first seen, and keeps the tariff.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    posted = try research.list(view) { optimum in
      optimum.bestDiscount(
        from: from.map { [$0] } ?? Array(2...max(2, min(21, optimum.largestCount))),
        discounts: discount.map { [$0] } ?? (1...6).map { Double($0) / 10 }, basis)
    }
    return posted ?? PriceList([])
  }
}
