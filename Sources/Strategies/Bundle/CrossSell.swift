import Demand
import Selling

/// Cross-selling: a discount on a second product when it is bought with the first.
public struct CrossSell: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "cross-sell", family: .bundle,
    idea:
      "Whoever buys the first product gets others cheaper. The discount reaches those to whom the second product is worth "
      + "nearly its price, and the full price stays for those who come for it alone.",
    formula:
      "price of first + seconds = p_first + (1 - x) x sum of the seconds' prices; separate prices p that are best on the "
      + "survey without a discount, or stated; x the whole percentage that then earns most on the survey, or stated. "
      + "Prices are found once, at the rivals' prices seen first, and kept",
    needs:
      "a survey of willingness to pay, the rivals' posted prices and its own unit costs; nothing if prices and discount "
      + "are stated",
    works: "buyers of the first product value the second a little below its price, and it costs little to make",
    fails:
      "most would have bought both anyway: they all get the discount; and separate prices that stay as they were leave "
      + "out what mixed bundling gains by raising them. In the example it earns "
      + "as much as mixed bundling on a survey, and less than perfect knowledge would",
    example: "ski-resort", belief: "survey",
    source:
      "Adams & Yellen (1976), Quarterly Journal of Economics 90; Guiltinan (1987), Journal of Marketing 51, 74-85",
    parameters: [first, second, discount, prices] + BundleSurvey.parameters)

  static let first = Parameter(
    "first", .products, default: .absent, "the product that has to be bought first; without it, the seller's first")
  static let second = Parameter(
    "second", .products, default: .absent,
    "the products that are then cheaper, each of a category of its own; without them, all of other categories")
  static let discount = Parameter(
    "discount", .share(0...1), default: .absent, "the discount on a second product; without it, the survey's best")
  static let prices = Parameter(
    "prices", .prices, default: .absent, "the separate prices; without them, the survey's best")

  /// Second products for which all sets are offered.
  static let mostSeconds = 6

  private let first: Int
  private let seconds: [Int]
  private let discount: Double?
  private let stated: [Double]?
  /// The survey that it wants before period 1; none where prices and discount are stated.
  public let survey: SurveyPlan?
  private var posted: PriceList?
  /// Whether prices and discount are stated.
  public var isConstant: Bool { survey == nil }

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for products that do not go together.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    let categories = try BundleSurvey.categories(of: seller, in: market, most: 64, for: Self.entry.name)
    let named = arguments.products(Self.first) ?? [0]
    guard named.count == 1, let first = named.first else {
      throw StrategyError("one product is bought first; \(named.count) are named", parameter: Self.first.name)
    }
    let seconds =
      arguments.products(Self.second) ?? categories.indices.filter { categories[$0] != categories[first] }
    let taken = [categories[first]] + seconds.map { categories[$0] }
    guard Set(taken).count == taken.count else {
      throw StrategyError(
        "the products that are bought together are of different categories; name one of each",
        parameter: Self.second.name)
    }
    guard (1...Self.mostSeconds).contains(seconds.count) else {
      throw StrategyError(
        "\(seconds.count) second products; there may be 1 to \(Self.mostSeconds)", parameter: Self.second.name)
    }
    self.first = first
    self.seconds = seconds.sorted()
    discount = arguments.optionalNumber(Self.discount)
    stated = try BundleSurvey.singlePrices(Self.prices, arguments, seller)
    survey = discount == nil || stated == nil ? try SurveyPlan(arguments) : nil
    if let stated, let discount { posted = list(stated, discount) }
  }

  /// Every product on its own, and where there is a discount the first with each set of seconds.
  private func list(_ prices: [Double], _ discount: Double) -> PriceList {
    discount > 0 ? together(prices, discount) : PriceList(prices: prices)
  }

  /// Every product on its own, and the first with each set of seconds, discounted or not.
  private func together(_ prices: [Double], _ discount: Double) -> PriceList {
    var list = PriceList(prices: prices)
    for bits in 1..<(1 << seconds.count) {
      let set = seconds.indices.filter { bits & (1 << $0) != 0 }.map { seconds[$0] }
      let price = prices[first] + (1 - discount) * set.reduce(0) { $0 + prices[$1] }
      list.offers.append(Offer(ProductSet([first] + set), price: price))
    }
    return list
  }

  /// What is stated, or the survey's best once the rivals' prices are seen; it is kept.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    if let posted { return posted }
    if view.isBeforeRivals { return stated.map { PriceList(prices: $0) } ?? PriceList([]) }
    let answers = try BundleSurvey.answers(view, for: Self.entry.name)
    let singles = view.seller.products.indices.map { ProductSet([$0]) }
    let prices = try stated ?? BundleSurvey.optimum(answers, singles, view).maximise(contents: singles).posted
    var found = list(prices, discount ?? 0)
    if discount == nil {
      let contents = together(prices, 0).offers.map(\.contents)
      let sample = try BundleSurvey.optimum(answers, contents, view)
      var best = -Double.infinity
      for percent in 0...100 {
        let discount = Double(percent) / 100
        let earned = sample.contribution(at: together(prices, discount).offers.map(\.price))
        if earned > best { (found, best) = (list(prices, discount), earned) }
      }
    }
    posted = found
    return found
  }
}
