import Demand
import Selling

/// A price that follows own sales and remaining capacity.
public struct SalesPace: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "sales-pace", family: .dynamic,
    idea: "Watch how fast the capacity fills and move the price: up when sales run ahead of plan, down when they lag.",
    formula: "next price = price x (1 + gain x (fill - target) / target), a step at most, within the range around the "
      + "opening price and never below unit cost; fill = capacity sold / capacity that should have gone so far, of an "
      + "offer's capacities that which is fullest. The floor of unit cost goes before the step and the range",
    needs: "its own sales and what is left of its capacity; nothing about customers or rivals",
    works: "capacity is scarce and demand is uncertain, so that sales tell something new",
    fails:
      "demand is as expected: the rule then answers chance, and one price that was chosen well earns more; or capacity is "
      + "plentiful: it cuts prices to fill rooms that are worth nothing full",
    example: "hotel-night", belief: "own sales",
    source: "Talluri & van Ryzin (2004), The Theory and Practice of Revenue Management: pace rules of yield management",
    parameters: [opening, target, gain, largestStep, range])

  static let opening = Parameter(
    "opening", .prices, default: .required, "the prices of the first period", forGroups: true)
  static let target = Parameter(
    "target", .share(0.01...1), default: .number(0.9), "the share of capacity that is planned to be sold")
  static let gain = Parameter(
    "gain", .number(0...10, unit: ""), default: .number(0.5),
    "how strongly the price answers: 0.5 turns sales 10% ahead of plan into a price 5% higher")
  static let largestStep = Parameter(
    "largest step", .share(0...1), default: .number(0.1), "the largest change from one period to the next")
  static let range = Parameter(
    "range", .share(0...0.99), default: .number(0.4), "how far the price may stray from the opening price")

  private let openingList: PriceList
  private let target: Double
  private let gain: Double
  private let largestStep: Double
  private let range: Double
  private var current: PriceList

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller without limited capacity, or a product without an opening price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    guard !seller.capacities.isEmpty else {
      throw StrategyError("sales-pace follows how capacity fills; \(seller.name) has no `capacity`")
    }
    openingList = try arguments.priceList(Self.opening, of: seller, calling: "opening price")
    target = try arguments.number(Self.target)
    gain = try arguments.number(Self.gain)
    largestStep = try arguments.number(Self.largestStep)
    range = try arguments.number(Self.range)
    current = openingList
  }

  /// Those of the opening list.
  public var offerKinds: Set<OfferKind> { openingList.offerKinds }

  /// Moves each price that depends on capacity once a period.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period > view.seller.presence.lowerBound else { return openingList }
    for (index, offer) in openingList.offers.enumerated() {
      guard let fill = fill(of: offer.contents, view) else { continue }
      let wanted = gain * (fill - target) / target
      let moved = current.offers[index].price * (1 + min(largestStep, max(-largestStep, wanted)))
      let bounded = min(offer.price * (1 + range), max(offer.price * (1 - range), moved))
      current.offers[index].price = max(bounded, view.seller.unitCost(of: offer.contents))
    }
    return current
  }

  /// How full the scarcest capacity of an offer is against plan; nil if it uses none.
  private func fill(of contents: ProductSet, _ view: SellerView) -> Double? {
    view.seller.capacities.indices.compactMap { index -> Double? in
      let capacity = view.seller.capacities[index]
      guard capacity.use(of: contents) > 0, capacity.units > 0 else { return nil }
      switch capacity.renewal {
      case .eachPeriod:
        return view.lastUse(of: capacity) / Double(capacity.units)
      case .never:
        let used = Double(capacity.units - view.capacityLeft[index])
        let (first, last) = (view.seller.presence.lowerBound, view.seller.presence.upperBound)
        let elapsed = Double(view.period - first) / Double(min(view.market.periodCount - 1, last) + 1 - first)
        return used / (Double(capacity.units) * elapsed)
      }
    }.max()
  }
}
