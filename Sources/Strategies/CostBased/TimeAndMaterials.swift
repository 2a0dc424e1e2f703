import Demand
import Selling

/// Unit cost with a markup, plus a rate for the capacity that a unit takes.
public struct TimeAndMaterials: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "time-and-materials", family: .costBased,
    idea: "Charge materials with a markup and, for every hour or place that a job takes, a rate: how workshops and "
      + "consultants price, and how a bottleneck is made to earn the same with every product.",
    formula: "price = unit cost x (1 + markup) + sum over capacities of rate x units of capacity used",
    needs: "its own unit costs and what each product takes of its capacities; nothing about customers or rivals",
    works: "capacity is the bottleneck and the rate is about what another unit of it would earn",
    fails:
      "capacity stands idle or is short: the rate stays as it is, so that jobs are turned away by an hour that costs "
      + "nothing, or the hour is sold for less than others would pay",
    example: "hotel-night", belief: "own costs",
    source:
      "Horngren, Datar & Rajan, Cost Accounting: time-and-materials method, contribution per unit of the constraint",
    parameters: [rate, rates, markup])

  static let rate = Parameter(
    "rate", .number(0...1e12, unit: "money per unit of capacity"), default: .required,
    "what one unit of any capacity that a product takes is charged at", isOwnMoney: true)
  static let rates = Parameter(
    "rates", .amounts(of: .anything("a capacity"), 0...1e12, unit: "money per unit of capacity"), default: .absent,
    "rates of single capacities, in place of the common one", isOwnMoney: true)
  static let markup = Parameter(
    "markup", .share(-1...100), default: .number(0), "what is added to unit cost, as a share of it")

  private let charges: [Double]
  private let markup: Double
  /// It never changes, unless unit costs do.
  public let isConstant: Bool

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without capacity, and a rate of one that it does not have.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard !seller.capacities.isEmpty else {
      throw StrategyError("time-and-materials charges for capacity; \(seller.name) has no `capacity`")
    }
    let common = try arguments.number(Self.rate)
    var rates = seller.capacities.map { _ in common }
    for amount in arguments.amounts(Self.rates) {
      guard let capacity = seller.capacities.firstIndex(where: { $0.name == amount.name }) else {
        throw StrategyError(
          "no capacity of \(seller.name) is called \(amount.name); it has "
            + seller.capacities.map(\.name).joined(separator: ", "), parameter: Self.rates.name)
      }
      rates[capacity] = amount.value
    }
    charges = seller.products.indices.map { product in
      zip(seller.capacities, rates).reduce(0) { $0 + Double($1.0.use[product]) * $1.1 }
    }
    markup = try arguments.number(Self.markup)
    isConstant = seller.hasConstantUnitCosts
  }

  /// Prices at the unit costs that the seller knows.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(prices: zip(view.seller.products, charges).map { $0.unitCost * (1 + markup) + $1 })
  }
}
