import Demand
import Selling

/// Economic value to the customer, stated driver by driver: see ``entry``.
public struct ValueDrivers: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "value-drivers", family: .valueBased,
    idea:
      "Add up what makes the offer better and worse than the next best alternative, driver by driver, take off what it "
      + "costs the customer besides money, and charge the alternative's price plus a share of what is better.",
    formula:
      "price = reference price + captured x (sum of positive differences) - (sum of negative differences), never below "
      + "unit cost; a difference is a driver's value in money, or a customer cost with its sign turned; with captured = "
      + "100% the price is the whole economic value (EVC). While no alternative is seen and none is given under `otherwise`, the own last price, and "
      + "before there is one unit cost",
    needs: "the rivals' posted prices, and what each difference is worth to customers: from interviews or trials",
    works: "one kind of customer, differences that can be shown in money, and an alternative that customers know",
    fails:
      "customers differ: the value of the average customer is too dear for many and too cheap for the others; or the "
      + "drivers are the seller's own wishes. In the example packages from which customers choose earn more",
    example: "service-contract", belief: "stated value",
    source:
      "Nagle & Müller, The Strategy and Tactics of Pricing: economic value estimation; Kotler & Keller, Marketing "
      + "Management: customer delivered value (product, service, personnel and image value; time, energy and psychic cost)",
    parameters: [
      ReferenceAlternative.nextBest, ReferenceAlternative.reference, economic, social, psychological, customerCosts,
      captured, products, ReferenceAlternative.otherwise,
    ])

  private static let money = -1e12...1e12
  static let economic = Parameter(
    "economic", .amounts(of: .anything("a driver"), money, unit: "money per unit"), default: .required,
    "what the customer earns or saves more than with the alternative, by driver: product, service")
  static let social = Parameter(
    "social", .amounts(of: .anything("a driver"), money, unit: "money per unit"), default: .absent,
    "what it is worth in the eyes of others, by driver: image, personnel")
  static let psychological = Parameter(
    "psychological", .amounts(of: .anything("a driver"), money, unit: "money per unit"), default: .absent,
    "what comfort, trust or pleasure it brings more than the alternative, by driver")
  static let customerCosts = Parameter(
    "customer costs", .amounts(of: .anything("a cost"), money, unit: "money per unit"), default: .absent,
    "time, energy and psychic cost to the customer beyond the alternative's, in money; negative where it is less")
  static let captured = Parameter(
    "captured", .share(0...1), default: .number(0.5), "the share of the positive differences that is charged")
  static let products = Parameter(
    "products", .products, default: .absent, "the products that it holds for; without it, all")

  private let alternative: ReferenceAlternative
  private let positive: Double
  private let negative: Double
  private let captured: Double
  private let valued: Set<Int>

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` where a product has no alternative.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let benefits = [Self.economic, Self.social, Self.psychological].flatMap { arguments.amounts($0).map(\.value) }
    let differences = benefits + arguments.amounts(Self.customerCosts).map { -$0.value }
    positive = differences.filter { $0 > 0 }.reduce(0, +)
    negative = -differences.filter { $0 < 0 }.reduce(0, +)
    captured = try arguments.number(Self.captured)
    valued = Set(arguments.products(Self.products) ?? Array(seller.products.indices))
    alternative = try ReferenceAlternative(
      arguments, seller: seller, market: market, products: Array(seller.products.indices))
  }

  /// Prices what differs by its value, and other products like the alternative; as last posted where none is seen.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    PriceList(
      prices: view.seller.products.indices.map { product in
        let unitCost = view.seller.products[product].unitCost
        guard let reference = alternative.price(ofProduct: product, view) else {
          return alternative.fallback(product, view)
        }
        return max(unitCost, valued.contains(product) ? reference + captured * positive - negative : reference)
      })
  }
}
