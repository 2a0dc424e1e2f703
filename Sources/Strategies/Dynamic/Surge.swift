import Demand
import Selling

/// A price that follows how full the last period was.
public struct Surge: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "surge", family: .dynamic,
    idea:
      "Raise the price when nearly everything is taken, and let it fall when there is room again: the multiplier of "
      + "ride hailing, with a cap that the seller promises to keep.",
    formula:
      "price = base price x min(cap, max(floor, 1 + slope x (u - threshold))); utilisation u becomes memory x u + (1 - "
      + "memory) x used / capacity after each period, from the threshold at first. Of several capacities that an offer "
      + "uses, the fullest decides; without capacity, used / capacity = units sold / `full at`",
    needs: "its own sales, and its capacity in each period",
    works: "demand moves faster than anybody can plan, and a full period is followed by a full one",
    fails:
      "customers remember what it costs and find much more than that unfair: in the example a surge up to double empties "
      + "the cars and earns less than a price that never moves; one of at most a fifth, which they tolerate, earns more",
    example: "ride-hailing-evening", belief: "own sales",
    source:
      "Castillo, Knoepfle & Weyl (2017), ACM EC; Banerjee, Johari & Riquelme (2015), ACM EC; Cachon, Daniels & Lobel "
      + "(2017), Manufacturing & Service Operations Management 19",
    parameters: [base, threshold, slope, cap, floor, memory, fullAt])

  static let base = Parameter(
    "base", .prices, default: .required, "the prices at a multiplier of 1", forGroups: true)
  static let threshold = Parameter(
    "threshold", .share(0...10), default: .number(0.8), "the utilisation at which the multiplier is 1")
  static let slope = Parameter(
    "slope", .number(0...1000, unit: ""), default: .number(2),
    "how much the multiplier changes with utilisation: 2 adds 0.2 for each 10 points above the threshold")
  static let cap = Parameter("cap", .number(1...1000, unit: ""), default: .number(2), "the largest multiplier")
  static let floor = Parameter(
    "floor", .share(0...1), default: .number(1), "the smallest multiplier; 100% never goes below the base prices")
  static let memory = Parameter(
    "memory", .share(0...0.999), default: .number(0),
    "the weight of the past in utilisation: 0% looks at the last period alone, more smooths it (exponential smoothing)")
  static let fullAt = Parameter(
    "full at", .number(1e-6...1e12, unit: "units a period"), default: .absent,
    "units sold in a period that count as full, in place of capacity")

  private let base: PriceList
  private let threshold: Double
  private let slope: Double
  private let cap: Double
  private let floor: Double
  private let memory: Double
  private let fullAt: Double?
  /// Smoothed utilisation, by capacity; one number for all where capacity does not count.
  private var utilisation: [Double]

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller of whom nothing can be full, and for a product without a base price.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    base = try arguments.priceList(Self.base, of: seller, calling: "base price")
    threshold = try arguments.number(Self.threshold)
    slope = try arguments.number(Self.slope)
    cap = try arguments.number(Self.cap)
    floor = try arguments.number(Self.floor)
    memory = try arguments.number(Self.memory)
    fullAt = arguments.optionalNumber(Self.fullAt)
    guard fullAt != nil || seller.capacities.contains(where: Self.canBeFull) else {
      throw StrategyError(
        "surge follows how full the last period was; \(seller.name) has no `capacity` of each period. Give it one, or say "
          + "under `full at` how many sales count as full")
    }
    utilisation = [Double](repeating: threshold, count: fullAt == nil ? seller.capacities.count : 1)
  }

  private static func canBeFull(_ capacity: Capacity) -> Bool {
    capacity.renewal == .eachPeriod && capacity.units > 0 && capacity.use.contains { $0 > 0 }
  }

  /// Those of the base prices.
  public var offerKinds: Set<OfferKind> { base.offerKinds }

  /// Without a slope, or any room to move, it never changes.
  public var isConstant: Bool { slope == 0 || (cap == 1 && floor == 1) }

  /// The base prices times the multiplier of each offer.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period > view.seller.presence.lowerBound else { return base }
    watch(view)
    var list = base
    for index in list.offers.indices {
      list.offers[index].price *= multiplier(list.offers[index].contents, view.seller)
    }
    return list
  }

  private mutating func watch(_ view: SellerView) {
    if let fullAt {
      let sold = (view.sales.last ?? []).reduce(0) { $0 + $1.units }
      utilisation[0] = memory * utilisation[0] + (1 - memory) * sold / fullAt
      return
    }
    for (index, capacity) in view.seller.capacities.enumerated() where Self.canBeFull(capacity) {
      let used = view.lastUse(of: capacity) / Double(capacity.units)
      utilisation[index] = memory * utilisation[index] + (1 - memory) * used
    }
  }

  private func multiplier(_ contents: ProductSet, _ seller: SellerProfile) -> Double {
    let felt =
      fullAt != nil
      ? utilisation[0]
      : seller.capacities.indices.filter {
        Self.canBeFull(seller.capacities[$0]) && seller.capacities[$0].use(of: contents) > 0
      }.map { utilisation[$0] }.max()
    guard let felt else { return 1 }
    return min(cap, max(floor, 1 + slope * (felt - threshold)))
  }
}
