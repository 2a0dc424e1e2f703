import Demand
import Selling

/// The price of a limited stock by what is left of it and of the time to sell it.
public struct GallegoVanRyzin: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "gallego-van-ryzin", family: .dynamic,
    idea:
      "A unit sold now is not there for the next customer: charge what earns most over cost and the value of the unit, "
      + "which rises with each sale and falls while nobody buys.",
    formula:
      "price = the p that maximises q(p) (p - c - V(n, s) + V(n - 1, s)), with dV(n, s)/ds = the rate of customers times that "
      + "maximum, for n units and time s left; anew for each customer who comes (once a period under price rules, or where customers remember prices or wait). `policy: fixed-price` is the higher of the price "
      + "at which stock is expected to run out and that which earns most of plenty, `best-fixed-price` the one price that "
      + "earns most. With `prices` only those are asked",
    needs: "demand at every price, how many customers come and when, and its own stock",
    works:
      "stock is limited, the end is fixed, and customers take one unit each and neither wait nor mind that prices move",
    fails:
      "demand is not what is believed; or stock is plenty: then one price that is chosen well earns nearly as much; and the "
      + "price at which stock is expected just to run out leaves out chance",
    example: "hotel-night", belief: "perfect",
    source: "Gallego & van Ryzin (1994), Management Science 40; Zhao & Zheng (2000), Management Science 46",
    parameters: [policy, prices])

  static let policy = Parameter(
    "policy", .choice(["optimal", "fixed-price", "best-fixed-price"]), default: .choice("optimal"),
    "whether the price follows stock and time, or is one for all the time")
  static let prices = Parameter(
    "prices", .numbers(0...1e12, unit: "money"), default: .absent,
    "the only prices that may be asked, rising; without them any price may")

  /// What a programme depends on.
  private struct Question: Hashable {
    let spans: [StockDemand.Span]
    /// The mix of customers of each of the spans' curves.
    let mixes: [Int]
    let units: Int
    let unitCost: Double
    let rivalPrices: [Double]
    /// Demand at some price, so that programmes of different customers are never taken for each other.
    let shares: [Double]
  }

  /// How the answer is given: prices by stock and time, or one price.
  private enum Answer {
    case programme(StockValue)
    case price(Double)
  }

  private let policy: String
  private let prices: [Double]?
  private let capacities: [Int]
  private let isRenewed: Bool
  private let known = Remembered<Question, Answer>()
  /// What was worked out last, from a period on and up to the start of another.
  private var current: (question: Question, answer: Answer, start: Int, end: Int)?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` for a seller of several products, or of one without stock, or with stock of which some is
  ///   there anew in each period and some is not; for prices that do not rise.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    policy = try arguments.choice(Self.policy)
    let list = arguments.numbers(Self.prices)
    for (low, high) in zip(list, list.dropFirst()) where high <= low {
      throw StrategyError("prices have to rise; \(high) comes after \(low)", parameter: Self.prices.name)
    }
    prices = list.isEmpty ? nil : list
    guard seller.products.count == 1 else {
      throw StrategyError(
        "gallego-van-ryzin prices one product; \(seller.name) has \(seller.products.count): take booking-limits or "
          + "bid-prices")
    }
    if let highest = list.last, highest <= seller.products[0].unitCost {
      throw StrategyError(
        "no price covers the unit cost of \(seller.products[0].unitCost)", parameter: Self.prices.name)
    }
    capacities = seller.capacities.indices.filter { seller.capacities[$0].use[0] > 0 }
    guard let first = capacities.first else {
      throw StrategyError("gallego-van-ryzin prices a limited stock; \(seller.name) has no `capacity`")
    }
    isRenewed = seller.capacities[first].renewal == .eachPeriod
    guard capacities.allSatisfy({ seller.capacities[$0].renewal == seller.capacities[first].renewal }) else {
      throw StrategyError(
        "gallego-van-ryzin needs all capacities for each period, or all for the calendar; \(seller.name) has both")
    }
  }

  /// It wants to know demand.
  public var belief: BeliefPlan? { .demand }

  /// The optimal price moves with each sale.
  public var repricesContinuously: Bool { policy == "optimal" }

  /// The price for what is left of stock and time; no opening list, since there is no price without rivals' prices.
  ///
  /// - Throws: ``StrategyError`` where demand cannot be computed, or the programme would not fit in memory.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard view.period >= 0 else { return PriceList([]) }
    do {
      return PriceList(prices: [try price(view)])
    } catch let error as StrategyError {
      throw error
    } catch {
      throw StrategyError("gallego-van-ryzin: \(error)")
    }
  }

  private mutating func price(_ view: SellerView) throws -> Double {
    let periods = isRenewed ? view.period..<view.period + 1 : view.periodsLeft
    let believed = try BelievedDemand(view)
    let cost = view.seller.products[0].unitCost
    let left = capacities.map { view.capacityLeft[$0] / view.seller.capacities[$0].use[0] }.min() ?? 0
    let isSettled =
      current.map { $0.question.unitCost == cost && $0.question.rivalPrices == believed.rivalPrices } ?? false
    // A fixed price stays for all its time, whatever rivals do.
    let isFixed = policy != "optimal" && !isRenewed
    if current == nil || isRenewed && current?.start != view.period || !isSettled && !isFixed {
      let (spans, firstPeriods) = believed.spans(periods: periods)
      let question = Question(
        spans: spans, mixes: firstPeriods.map(believed.mix), units: max(1, left), unitCost: cost,
        rivalPrices: believed.rivalPrices,
        shares: try believed.shares(at: [1.5 * max(1, cost)], period: view.period))
      let answer = try known.answer(question) {
        try self.answer(question, try believed.stockDemand(periods: periods, unitCost: cost))
      }
      current = (question, answer, periods.lowerBound, periods.upperBound)
    }
    switch current?.answer {
    case nil: return cost
    case .price(let price): return price
    case .programme(let programme):
      // With nothing left the price is only shown.
      let time = max(0, Double((current?.end ?? view.period) - view.period) - view.elapsed)
      return try programme.price(units: min(programme.units, max(1, left)), timeLeft: time)
    }
  }

  private func answer(_ question: Question, _ demand: StockDemand) throws -> Answer {
    switch policy {
    case "fixed-price":
      return .price(try FixedStockPrice.heuristic(demand, units: question.units, prices: prices).price)
    case "best-fixed-price":
      return .price(try FixedStockPrice.best(demand, units: question.units, prices: prices).price)
    default: return .programme(try StockValue(demand, units: question.units, prices: prices))
    }
  }
}
