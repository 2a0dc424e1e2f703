import Demand
import Selling

/// Tariffs stated in the scenario, unchanged in every period.
public struct FixedTariff: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "fixed-tariff", family: .given,
    idea: "A tariff that the scenario states for customers who take several units: an access fee and a price for each "
      + "unit, or a unit price that is lower from some quantity on.",
    formula:
      "payment for q units = fee + price x q; or price x q, less the discount on units from `from` on (or on all)",
    needs: "nothing",
    works: "customers take several units, and what they take and pay today is to be compared with something else",
    fails: "the tariff was made for customers who have changed: nothing here looks at them",
    example: "climbing-hall", belief: "given prices", source: "the user of the scenario",
    parameters: [prices, fees, from, discount, basis])

  static let prices = Parameter("prices", .prices, default: .required, "the price of one unit of each product")
  static let fees = Parameter(
    "fees", .amounts(of: .products, 0...1e12, unit: "money"), default: .absent,
    "what a customer pays once, whatever the number of units, by product")
  static let from = Parameter(
    "from", .count(2...UsageCurve.largestCount, unit: "units"), default: .absent,
    "the quantity from which the discount holds")
  static let discount = Parameter(
    "discount", .share(0...0.99), default: .absent, "the share by which the unit price is lower from there on")
  static let basis = Parameter(
    "for", .choice(Tariff.Basis.allCases.map(\.rawValue)), default: .choice(Tariff.Basis.addedUnits.rawValue),
    "whether the discount is on the units from there on, or on all units")

  private let list: PriceList

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a product without a price, a fee beside a discount, or half a discount.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    var offers = try arguments.priceList(Self.prices, of: seller).offers
    let fees = arguments.amounts(Self.fees)
    let from = arguments.optionalNumber(Self.from)
    let discount = arguments.optionalNumber(Self.discount)
    guard (from == nil) == (discount == nil) else {
      throw StrategyError("`from` and `discount` go together: from which quantity, and how much")
    }
    guard fees.isEmpty || discount == nil else {
      throw StrategyError("give either `fees` or a `discount`; a tariff has one of them", parameter: Self.fees.name)
    }
    let basis = Tariff.Basis(rawValue: try arguments.choice(Self.basis)) ?? .addedUnits
    for index in offers.indices where offers[index].contents.count == 1 {
      let unitPrice = offers[index].price
      if let fee = fees.first(where: { [$0.index] == offers[index].contents.positions })?.value {
        offers[index] = Offer(product: offers[index].contents.positions[0], fee: fee, unitPrice: unitPrice)
      } else if let from, let discount {
        offers[index].tariff = .quantitySteps([.init(from: Int(from), unitPrice: unitPrice * (1 - discount))], basis)
      }
    }
    for fee in fees where !offers.contains(where: { $0.contents.positions == [fee.index] }) {
      throw StrategyError("\(fee.name) has a fee, but is not sold on its own", parameter: Self.fees.name)
    }
    list = PriceList(offers)
  }

  /// What the scenario states.
  public var offerKinds: Set<OfferKind> { list.offerKinds }

  /// It never changes.
  public var isConstant: Bool { true }

  /// The same tariffs every period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList { list }
}
