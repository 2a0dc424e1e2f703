import Demand
import Selling

/// Conjoint analysis: what products are worth, from ratings or choices of products at prices.
public struct Conjoint: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "conjoint", family: .valueBased,
    idea: "Show customers products at prices, its own and the rivals', and let them choose or rate: what a product is "
      + "worth to them shows in the price that they accept for it.",
    formula:
      "value of a product = its part-worth / minus the part-worth of money. Choices: part-worths by a logit with "
      + "maximum likelihood, category by category, then the markup that maximises the expected contribution at the rivals' "
      + "posted prices, the same on all own products of a category. Ratings: part-worths by least squares, then price = "
      + "price of the best other choice + captured x positive difference in value + negative difference, never below "
      + "unit cost. Until another choice is known, and where the answers of a "
      + "simulated survey tell no part-worths, as a small one may, the mean price shown, but not below unit cost",
    needs:
      "a study in which customers choose among products at prices or rate them, the rivals' posted prices, and its "
      + "own unit costs",
    works: "the study shows what customers really choose from, at prices around those of the market",
    fails:
      "segments differ widely: one logit for all has a single price sensitivity, and rivals' products are not equally "
      + "close substitutes for everybody", example: "streaming-survey", belief: "survey",
    source:
      "Green & Srinivasan (1978), Journal of Consumer Research 5; Louviere & Woodworth (1983), Journal of Marketing "
      + "Research 20; Kohli & Mahajan (1991), JMR 28, for values from part-worths",
    parameters: [kind, askedPrices, tasks, captured] + Research.parameters(.conjoint))

  static let kind = Parameter(
    "kind", .choice(["choices", "ratings"]), default: .choice("choices"),
    "what a simulated survey asks for; a file of your own tells by its columns")
  static let askedPrices = Parameter(
    "prices", .numbers(0...1e12, unit: "money"), default: .absent,
    "the prices that a simulated survey shows, for every product")
  static let tasks = Parameter(
    "tasks", .count(1...100, unit: "profiles or choices"), default: .number(8),
    "how many profiles each respondent rates, or choices each makes, in a category")
  static let captured = Parameter(
    "captured", .share(0...1), default: .number(0.5),
    "with ratings, the share of the positive difference in value that is charged")

  private let research: Research
  private let captured: Double
  private var partWorths: ConjointPartWorths?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` without prices to show, or where the user's own answers tell no part-worths.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    captured = try arguments.number(Self.captured)
    research = try Research(arguments, .conjoint, try Self.method(arguments))
    if let own = research.own { partWorths = try ConjointPartWorths(own, market) }
  }

  private static func method(_ arguments: Arguments) throws -> ResearchMethod {
    let design = ConjointDesign(
      prices: try Research.prices(askedPrices, arguments), tasks: try arguments.count(tasks))
    return try arguments.choice(kind) == "ratings" ? .ratings(design) : .choices(design)
  }

  /// The survey that it wants before period 1.
  public var survey: SurveyPlan? { research.plan }
  /// Where its prices come from.
  public var beliefSource: String { research.belief }

  /// The prices at the rivals' last posted ones.
  ///
  /// - Throws: ``StrategyError`` for answers of another kind.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    let partWorths = try self.partWorths ?? ConjointPartWorths(research.answers(view), view.market, isSimulated: true)
    self.partWorths = partWorths
    let assortment = view.market.assortment
    let own = assortment.alternativesBySource[view.market.own]
    var prices = view.seller.products.map(\.unitCost)
    for (category, worth) in partWorths.categories {
      let range = assortment.alternativesByCategory[category]
      let places = own.indices.filter { range.contains(own[$0]) }
      var rivals: [(value: Double, price: Double)] = []
      for (seller, alternatives) in assortment.alternativesBySource.enumerated() where seller != view.market.own {
        for (place, alternative) in alternatives.enumerated() where range.contains(alternative) {
          guard let value = worth.values[assortment.alternatives[alternative]],
            let price = view.rivalPrice(seller: seller, product: place)
          else { continue }
          rivals.append((value, price))
        }
      }
      let values = places.map { worth.values[assortment.alternatives[own[$0]]] ?? 0 }
      let costs = places.map { view.seller.products[$0].unitCost }
      let nothing = assortment.hasOutsideOption ? worth.nothing : nil
      if rivals.isEmpty, nothing == nil {
        for place in places { prices[place] = max(worth.meanPrice, prices[place]) }
      } else if let scale = worth.scale {
        let markup: Double
        do {
          markup = try LogitMarkup.best(
            scale: scale, own: zip(values, costs).map { $0 - $1 }, rivals: rivals.map { $0.value - $0.price },
            hasNothing: nothing != nil)
        } catch {
          throw StrategyError("\(error)")
        }
        for place in places { prices[place] += markup }
      } else {
        let choices = rivals + (nothing.map { [(value: $0, price: 0.0)] } ?? [])
        guard let best = choices.max(by: { $0.value - $0.price < $1.value - $1.price }) else { continue }
        for (place, value) in zip(places, values) {
          let difference = value - best.value
          prices[place] = max(
            prices[place], best.price + captured * max(0, difference) + min(0, difference))
        }
      }
    }
    return PriceList(prices: prices)
  }
}
