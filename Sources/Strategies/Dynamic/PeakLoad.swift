import Demand
import GSL
import Selling

/// Prices that charge for capacity when it is scarce.
public struct PeakLoad: PricingStrategy {
  /// The entry in the catalogue.
  public static let entry = CatalogueEntry(
    name: "peak-load", family: .dynamic,
    idea:
      "Capacity is for the peak, so the peak pays for it. Off-peak customers pay unit cost alone; where that would make "
      + "theirs the peak, all such phases share the cost so that each just fills the capacity.",
    formula:
      "goal welfare: price = unit cost + use x charge; goal profit: prices that earn most at those costs. The charge of a "
      + "period is 0 if expected demand then fits, else the one at which it equals capacity: that of the seller (short "
      + "run), or the capacity whose charges over the calendar add up to what it costs (long run)",
    needs: "demand in every period, its own unit costs, and the cost of capacity",
    works: "demand is known and differs between times, and capacity cannot be stored",
    fails:
      "customers compare prices with those that they remember, which the belief leaves out: in the example the price of "
      + "the rush is resented, and one price for all hours earns more; or chance moves demand, and capacity that is planned "
      + "full to the last place turns customers away",
    example: "ride-hailing-evening", belief: "perfect",
    source:
      "Boiteux (1960), Journal of Business 33; Steiner (1957), Quarterly Journal of Economics 71; Crew, Fernando & "
      + "Kleindorfer (1995), Journal of Regulatory Economics 8",
    parameters: [goal, run])

  static let goal = Parameter(
    "goal", .choice(["profit", "welfare"]), default: .choice("profit"),
    "whether prices are to earn most, or to serve customers and seller together as marginal cost does")
  static let run = Parameter(
    "run", .choice(["short", "long"]), default: .choice("short"),
    "whether capacity is as the scenario states it, or counts as the one that would pay for itself at its `unit cost`; what "
      + "can be sold is as stated in either case")

  private let goal: CapacityCharge.Goal
  private let isLongRun: Bool
  /// Which of the seller's capacities is charged for.
  private let place: Int
  private let prices = Remembered<[Double], [Double]>(most: 10_000)
  private let capacities = Remembered<[Double], Double>()
  /// The capacity of the long run, at the rivals' prices and own costs from which it follows.
  private var planned: (known: [Double], capacity: Double)?

  /// A strategy for a seller.
  ///
  /// - Throws: ``StrategyError`` unless the seller has one capacity of each period, and customers may buy nothing; in the
  ///   long run, for a capacity that costs nothing.
  public init(_ arguments: Arguments, seller: SellerProfile, market: PublicMarket) throws {
    goal = try arguments.choice(Self.goal) == "profit" ? .profit : .welfare
    isLongRun = try arguments.choice(Self.run) == "long"
    let places = seller.capacities.indices.filter { index in
      let capacity = seller.capacities[index]
      return capacity.renewal == .eachPeriod && capacity.use.contains { $0 > 0 }
    }
    guard places.count == 1, let place = places.first, seller.capacities[place].units > 0 else {
      throw StrategyError(
        "peak-load charges for one capacity of each period (`per: period`); \(seller.name) has "
          + (places.count > 1 ? "\(places.count) of them" : "none"))
    }
    guard market.assortment.hasOutsideOption else {
      throw StrategyError(
        "peak-load needs customers who may buy nothing: where everybody must buy, no price keeps demand down")
    }
    guard !isLongRun || seller.capacities[place].unitCost > 0 else {
      throw StrategyError(
        "\(seller.capacities[place].name) costs nothing, so that in the long run there is no end to it; give its `unit "
          + "cost`", parameter: Self.run.name)
    }
    self.place = place
  }

  /// It wants to know demand.
  public var belief: BeliefPlan? { .demand }

  /// The prices of the period; at the opening, those of the first one if there were no rivals.
  ///
  /// - Throws: ``StrategyError`` where no prices keep demand within capacity, or no capacity pays for itself.
  public mutating func postPrices(_ view: SellerView) throws -> PriceList {
    guard let belief = view.belief, !belief.customers.isEmpty else {
      throw StrategyError("peak-load has to know demand and how many customers come")
    }
    let period = min(max(0, view.period), belief.customers.count - 1)
    do {
      let now = try charge(view, belief, period: period)
      let capacity = try capacity(view, belief, known: now.prices + now.unitCosts)
      return PriceList(
        prices: try prices.answer(try now.fingerprint + [capacity, Double(belief.mixByPeriod[period])]) {
          guard let charge = try now.charge(filling: capacity) else {
            throw StrategyError(
              "no price keeps expected demand of period \(period + 1) within the capacity of \(capacity)")
          }
          return try now.bestPrices(charge: charge)
        })
    } catch let error as StrategyError {
      throw error
    } catch {
      throw StrategyError("\(error)")
    }
  }

  /// The seller's problem in a period, rivals' prices as last seen.
  private func charge(_ view: SellerView, _ belief: MarketBelief, period: Int) throws -> CapacityCharge {
    CapacityCharge(
      demand: belief.demand(period: period), customers: belief.customers[period],
      prices: try BelievedDemand(view).rivalPrices,
      own: view.market.assortment.alternativesBySource[view.market.own],
      unitCosts: view.seller.products.map(\.unitCost),
      use: view.seller.capacities[place].use.map(Double.init), goal: goal)
  }

  /// The capacity that prices are to fill at most.
  private mutating func capacity(_ view: SellerView, _ belief: MarketBelief, known: [Double]) throws -> Double {
    let own = view.seller.capacities[place]
    guard isLongRun else { return Double(own.units) }
    if let planned, planned.known == known { return planned.capacity }
    var periods: [(period: CapacityCharge, count: Double)] = []
    var mixNumbers: [Double] = []
    var places: [[Double]: Int] = [:]
    let mixes = belief.mixByPeriod
    for period in belief.customers.indices where view.seller.isPresent(in: period) {
      let kind = [Double(mixes[period]), belief.customers[period]]
      if let known = places[kind] {
        periods[known].count += 1
      } else {
        places[kind] = periods.count
        periods.append((try charge(view, belief, period: period), 1))
        mixNumbers.append(Double(mixes[period]))
      }
    }
    let cost = own.unitCost * periods.reduce(0) { $0 + $1.count }
    let capacity = try capacities.answer(
      try periods.flatMap { try $0.period.fingerprint + [$0.count] } + mixNumbers + [cost]
    ) {
      guard let capacity = try CapacityCharge.selfFinancingCapacity(periods, cost: cost) else {
        throw StrategyError(
          "no capacity pays for itself: a unit of \(own.name) costs \(cost) over the calendar, and not even the first earns "
            + "that", parameter: Self.run.name)
      }
      return capacity
    }
    planned = (known, capacity)
    return capacity
  }
}

extension CapacityCharge {
  /// Numbers that tell this problem from others: what is known, and demand and surplus at unit cost. The mix of
  /// customers has to be added.
  fileprivate var fingerprint: [Double] {
    get throws {
      var whole = prices
      for (place, alternative) in own.enumerated() { whole[alternative] = unitCosts[place] }
      let response = try demand.response(at: whole, hasSlopes: false)
      return [customers, response.surplus] + response.units + whole
    }
  }
}
