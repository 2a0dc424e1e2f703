import Demand
import Selling
import Simulation

/// Prices by period that a test writes down; the last list stays.
struct PricePath: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "price-path", family: .given, idea: "A test's own.", formula: "none", needs: "nothing", belief: "none",
    source: "none", parameters: [])

  private let lists: [PriceList]
  private let announced: [PriceList]?

  /// - Parameter announced: what it says that it will post, by period; nil if it keeps silent.
  init(_ lists: [PriceList], announced: [PriceList]?) {
    self.lists = lists
    self.announced = announced
  }

  /// One product, the true path announced.
  init(announcing prices: [Double]) {
    let lists = prices.map { PriceList(prices: [$0]) }
    self.init(lists, announced: lists)
  }

  /// One product, nothing announced.
  init(_ prices: [Double]) { self.init(prices.map { PriceList(prices: [$0]) }, announced: nil) }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("made by tests only")
  }

  mutating func postPrices(_ view: SellerView) throws -> PriceList {
    lists[min(max(0, view.period), lists.count - 1)]
  }

  func announcedPrices(_ view: SellerView, periods: Int) -> [PriceList]? {
    announced.map { Array($0.dropFirst(view.period + 1).prefix(periods)) }
  }
}

/// All books of a candidate, to be compared to the last bit.
struct OutlookBooks: Equatable {
  let sellers: [SellerOutcome]
  let segments: [SegmentOutcome]
  let offers: [OfferKey: [OfferPeriodOutcome?]]

  init(_ outcome: CandidateOutcome) {
    (sellers, segments, offers) = (outcome.sellers, outcome.segments, outcome.offers)
  }
}

/// Markets whose customers look beyond today's price.
enum OutlookGym {
  /// One seller of one product to one segment.
  static func monopoly(
    _ valuation: Valuation, referencePrice: ReferencePrice? = nil, patience: Patience? = nil, arrivals: Double = 1000,
    periods: Int, capacities: [Capacity] = []
  ) throws -> Market {
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([valuation], correlation: nil),
      referencePrice: referencePrice, patience: patience)
    return Market(
      population: try Population(
        segments: [segment], assortment: try Small.assortment(categoriesByProduct: [0], sources: [[0]])),
      profiles: [SellerProfile(name: "we", products: [SellerProduct(name: "a", unitCost: 0)], capacities: capacities)],
      periodCount: periods, periodUnit: "week", arrivals: Arrivals(.fixed, mean: arrivals))
  }

  /// A study in which the first seller is studied.
  static func study(
    _ market: Market, _ candidates: [any PricingStrategy], rivals: [any PricingStrategy] = [], replications: Int = 1,
    seed: UInt64 = 1, demand: DemandMode = .sampled
  ) throws -> Study {
    try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])] + rivals,
      candidates: candidates.enumerated().map { Candidate(label: "candidate \($0)", strategy: $1) }, baseline: 0,
      replications: replications, seed: seed, demand: demand)
  }

  /// Two sellers, three categories, two segments that may look beyond today's price and one that does not.
  static func market(
    _ first: (ReferencePrice?, Patience?), _ second: (ReferencePrice?, Patience?), capacities: [Capacity] = [],
    rival: [Capacity] = [], periods: Int = 6, arrivals: Arrivals = Arrivals(.fixed, mean: 600)
  ) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1, 2], sources: [[0, 1, 2, 3], [0, 2]])
    let segments = [
      try Segment(
        name: "one", share: 0.4,
        valuations: .distributions(
          [
            .normal(mean: 20, standardDeviation: 6), .normal(mean: 26, standardDeviation: 8),
            .uniform(low: 0, high: 15), .exponential(mean: 7),
          ], correlation: nil), taste: 2, referencePrice: first.0, patience: first.1),
      try Segment(
        name: "two", share: 0.4,
        valuations: .distributions(
          [
            .logNormal(mean: 18, standardDeviation: 6), .gumbel(location: 18, scale: 4),
            .normal(mean: 9, standardDeviation: 3), .uniform(low: 2, high: 9),
          ], correlation: nil), referencePrice: second.0, patience: second.1),
      try Segment(
        name: "three", share: 0.2,
        valuations: .distributions(
          [
            .uniform(low: 10, high: 30), .uniform(low: 12, high: 38), .uniform(low: 0, high: 12),
            .uniform(low: 0, high: 12),
          ], correlation: nil), taste: 1),
    ]
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b", "c", "d"].map { SellerProduct(name: $0, unitCost: 2) },
          capacities: capacities),
        SellerProfile(
          name: "they", products: ["a", "c"].map { SellerProduct(name: $0, unitCost: 2) }, capacities: rival),
      ], periodCount: periods, periodUnit: "week", arrivals: arrivals)
  }
}
