import Demand
import Selling
import Simulation

/// A strategy that a test writes on the spot.
struct Scripted: PricingStrategy {
  static let entry = CatalogueEntry(
    name: "scripted", family: .given, idea: "A test's own.", formula: "none", needs: "nothing", belief: "none",
    source: "none", parameters: [])

  let survey: SurveyPlan?
  let isConstant: Bool
  let repricesContinuously: Bool
  private let script: @Sendable (SellerView) throws -> PriceList

  init(
    survey: SurveyPlan? = nil, isConstant: Bool = false, repricesContinuously: Bool = false,
    _ script: @escaping @Sendable (SellerView) throws -> PriceList
  ) {
    self.survey = survey
    self.isConstant = isConstant
    self.repricesContinuously = repricesContinuously
    self.script = script
  }

  /// The same offers in every period.
  init(_ offers: [Offer]) { self.init(isConstant: true) { _ in PriceList(offers) } }

  /// The same price for each product in every period.
  init(prices: [Double]) { self.init(isConstant: true) { _ in PriceList(prices: prices) } }

  init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    throw StrategyError("made by tests only")
  }

  mutating func postPrices(_ view: SellerView) throws -> PriceList { try script(view) }
}

/// Small markets for the tests.
enum Small {
  /// Sellers of products; the number of each product is the number of its category.
  static func assortment(
    categoriesByProduct: [Int], sources: [[Int]], hasOutsideOption: Bool = true
  ) throws -> Assortment {
    try Assortment(
      categories: (0...(categoriesByProduct.max() ?? 0)).map { "category \($0)" },
      products: categoriesByProduct.enumerated().map { Product(name: "product \($0)", category: $1) },
      sources: sources, hasOutsideOption: hasOutsideOption)
  }

  /// One seller of one product to one segment.
  static func monopoly(
    _ valuation: Valuation, taste: Double = 0, unitCost: Double = 0, arrivals: Arrivals = Arrivals(.fixed, mean: 1000),
    periods: Int = 1, fixedCost: Double = 0, capacities: [Capacity] = []
  ) throws -> Market {
    let assortment = try assortment(categoriesByProduct: [0], sources: [[0]])
    let segment = try Segment(
      name: "all", share: 1, valuations: .distributions([valuation], correlation: nil), taste: taste)
    return Market(
      population: try Population(segments: [segment], assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: [SellerProduct(name: "product 0", unitCost: unitCost)], fixedCost: fixedCost,
          capacities: capacities)
      ], periodCount: periods, periodUnit: "week", arrivals: arrivals)
  }

  /// A study in which the first seller is studied.
  static func study(
    _ market: Market, _ candidates: [Scripted], rivals: [Scripted] = [], replications: Int = 1, seed: UInt64 = 1,
    demand: DemandMode = .sampled, clairvoyant: ClairvoyantClass? = nil
  ) throws -> Study {
    try Study(
      name: "test", question: "", currency: "EUR", market: market, studied: 0,
      rivalStrategies: [Scripted(prices: [])] + rivals,
      candidates: candidates.enumerated().map { Candidate(label: "candidate \($0)", strategy: $1) }, baseline: 0,
      replications: replications, seed: seed, demand: demand, clairvoyant: clairvoyant)
  }
}

extension Study {
  /// The outcomes of one replication.
  func outcomes(replication: Int = 0) throws -> [CandidateOutcome] {
    var engine = Engine(self, candidates: candidates)
    return try engine.run(replication: replication)
  }

  /// The tally of all replications, and each candidate's profit by replication.
  func tallied(_ more: [Candidate] = [], threads: Int = 2) throws -> (tally: StudyTally, profits: [[Double]]) {
    let all = candidates + more
    var tally = StudyTally(self, candidateCount: all.count)
    var profits = [[Double]](repeating: [], count: all.count)
    try StudyRunner(self, candidates: all, threads: threads).run(into: &tally) { _, outcomes in
      for (index, outcome) in outcomes.enumerated() { profits[index].append(outcome.sellers[studied].profit) }
    } pause: { _ in
      true
    }
    return (tally, profits)
  }
}

/// Mean and standard error of numbers, in two plain passes.
func summary(_ numbers: [Double]) -> (mean: Double, error: Double) {
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / Double(numbers.count - 1) / Double(numbers.count)).squareRoot())
}
