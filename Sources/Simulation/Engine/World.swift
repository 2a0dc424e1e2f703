import Demand
import Selling

/// The market as it unfolds under one candidate: every seller's strategy with what it has learnt, the posted prices, the
/// stock that is left, and the books.
struct World {
  private let study: Study
  private var strategies: [any PricingStrategy]
  private let surveys: [SurveyAnswers?]
  private let facts: [PublicMarket]

  /// The prices of this period and of the last one.
  private(set) var lists: [PriceList] = []
  private var postedLists: [PriceList]?
  private var sales: [[[OfferSales]]]
  private var stock: Stock
  /// What is on the market now; what has sold out is withdrawn.
  private(set) var menu: Menu
  /// Marks the studied seller's slots: alternatives first, then bundles.
  private var isStudied: [Bool] = []
  /// Units by segment and slot in this period.
  private var counts: [[Double]]
  private(set) var outcome: CandidateOutcome
  private var period = -1
  /// By segment: what it makes of the prices; nil where it looks at today's price alone.
  private var outlooks: [SegmentOutlook?]
  private let looksAtTodayOnly: Bool
  private let longestAnnouncement: Int
  private var waiting = WaitingRoom()

  init(_ study: Study, candidate: any PricingStrategy, surveyor: inout Surveyor) throws {
    self.study = study
    let sellers = study.market.profiles.indices
    strategies = study.rivalStrategies
    strategies[study.studied] = candidate
    facts = sellers.map(study.market.publicFacts)
    outcome = CandidateOutcome(
      sellers: sellers.map { _ in SellerOutcome() },
      segments: study.market.population.segments.map { _ in SegmentOutcome() })
    var surveys: [SurveyAnswers?] = []
    for seller in sellers {
      let plan = strategies[seller].survey
      surveys.append(try plan.map { try surveyor.answers(to: $0, for: seller) })
      outcome.sellers[seller].researchCost = plan?.cost ?? 0
    }
    self.surveys = surveys
    sales = sellers.map { _ in [] }
    stock = Stock(study.market.profiles)
    counts = study.market.population.segments.map { _ in [] }
    menu = try Menu(
      sellers.map { _ in PriceList([]) }, in: study.market.population.assortment, isComplete: false)
    let empty = menu
    outlooks = study.market.population.segments.map {
      SegmentOutlook($0, study.market.population.assortment, menu: empty)
    }
    looksAtTodayOnly = study.market.looksAtTodayOnly
    longestAnnouncement = study.market.longestAnnouncement
  }

  // MARK: Prices

  /// All sellers post at the same time: each sees what the others posted a period ago. Period -1 is the opening.
  mutating func post(period: Int) throws {
    var posted: [PriceList] = []
    var announced = [[PriceList]](repeating: [], count: period < 0 ? 0 : longestAnnouncement)
    stock.renew()
    for seller in strategies.indices {
      let view = SellerView(
        seller: study.market.profiles[seller], market: facts[seller], period: period, postedLists: postedLists,
        sales: sales[seller], capacityLeft: stock.left(of: seller), survey: surveys[seller])
      let list = try strategies[seller].postPrices(view)
      do {
        try list.check()
      } catch {
        throw SimulationError("\(study.market.profiles[seller].name), period \(period + 1): \(error)")
      }
      posted.append(list)
      let ahead = try strategies[seller].announcements(view, today: list, count: announced.count)
      for (later, list) in ahead.enumerated() { announced[later].append(list) }
    }
    postedLists = posted
    guard period >= 0 else { return }
    if posted != lists || stock.isLimited {
      lists = posted
      menu = try Menu(posted, in: study.market.population.assortment)
      let slots = menu.singlePrices.count + menu.bundles.count
      isStudied = [Bool](repeating: false, count: slots)
      for slot in menu.slots[study.studied] { isStudied[menu.index(of: slot)] = true }
      if stock.isLimited { stock.arrange(&menu, lists: lists) }
    }
    for segment in counts.indices { counts[segment] = [Double](repeating: 0, count: isStudied.count) }
    self.period = period
    for segment in outlooks.indices where !looksAtTodayOnly {
      try outlooks[segment]?.post(
        posted, menu: menu, announced: announced, periodsLeft: study.market.periodCount - 1 - period,
        assortment: study.market.population.assortment)
    }
  }

  // MARK: Customers

  /// Whether anyone waits who came in a period.
  func hasWaiting(arrival: Int) -> Bool { waiting.isOccupied(arrival: arrival) }

  /// Whether anyone waits who came in a period and belongs to a block.
  func hasWaiting(arrival: Int, first: Int) -> Bool { waiting.isOccupied(arrival: arrival, first: first) }

  /// Lets a block of customers choose and buy; when customers come back, those of the block who wait.
  mutating func serve(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, _ visit: Visit) {
    var present: LaneSet?
    if visit.isReturn {
      present = waiting.leave(arrival: visit.arrival, first: visit.first)
      guard present != nil else { return }
    }
    var staying = choose(block, choice, visit, present)
    if stock.isLimited, !fits(block, choice) {
      staying = serveInTurn(block, choice, visit, present, staying)
    } else {
      for (segment, lanes) in block.lanesBySegment.enumerated() where !lanes.isEmpty {
        if !visit.isReturn { outcome.segments[segment].customers += Double(lanes.count) }
        outcome.segments[segment].surplus +=
          discount(segment, visit) * choice.tally(menu, lanes: lanes, into: &counts[segment])
        outcome.segments[segment].buyers += Double(choice.buyers(menu, lanes: lanes, of: isStudied))
      }
    }
    waiting.enter(staying, arrival: visit.arrival, first: visit.first)
  }

  /// What the surplus of a purchase counts: it is discounted to the period in which the customer came.
  private func discount(_ segment: Int, _ visit: Visit) -> Double {
    visit.isReturn ? outlooks[segment]?.patience?.discount(after: period - visit.arrival) ?? 1 : 1
  }

  /// Lets every customer of the block choose from what is there now, each by the prices as they feel to him.
  ///
  /// - Parameter present: who takes part; nil for all.
  /// - Returns: who would rather wait.
  private func choose(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, _ visit: Visit, _ present: LaneSet?
  ) -> LaneSet {
    var staying = LaneSet()
    if looksAtTodayOnly {
      choice.choose(block, from: menu)
      return staying
    }
    for (segment, lanes) in block.lanesBySegment.enumerated() where !lanes.isEmpty {
      guard let outlook = outlooks[segment] else {
        choice.choose(block, from: menu, lanes: lanes)
        continue
      }
      let last = min(visit.arrival + (outlook.patience?.periods ?? 0), study.market.periodCount - 1)
      outlook.choose(block, choice, lanes: lanes, horizon: last - period, waiting: &staying)
    }
    guard let present else { return staying }
    for lane in 0..<block.count where !present.contains(lane) { choice.decline(menu, lane: lane) }
    return staying.intersection(present)
  }

  /// Takes what the whole block wants from stock, if there is enough of everything.
  private mutating func fits(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice) -> Bool {
    var wanted = [Double](repeating: 0, count: isStudied.count)
    choice.tally(menu, lanes: 0..<block.count, into: &wanted)
    return stock.takeAll(wanted)
  }

  /// Serves customers one by one in the order in which they come; when something sells out, those who are left choose
  /// again without it.
  ///
  /// - Parameters:
  ///   - present: who takes part; nil for all.
  ///   - first: who would rather wait, as long as everything is there.
  /// - Returns: who waits.
  private mutating func serveInTurn(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, _ visit: Visit, _ present: LaneSet?,
    _ first: LaneSet
  ) -> LaneSet {
    var preferring = first
    var staying = LaneSet()
    if stock.isScarce {
      withdrawSoldOut()
      preferring = choose(block, choice, visit, present)
    }
    var wanted: [Int] = []
    for arrival in 0..<block.count {
      let lane = block.lane(ofArrival: arrival)
      if let present, !present.contains(lane) { continue }
      let segment = block.lanesBySegment.firstIndex { $0.contains(lane) } ?? 0
      if !visit.isReturn { outcome.segments[segment].customers += 1 }
      if preferring.contains(lane) {
        staying.insert(lane)
        continue
      }
      wanted.removeAll(keepingCapacity: true)
      choice.purchases(menu, lane: lane, into: &wanted)
      var surplus = choice.surplus(lane: lane)
      let isShort = !stock.take(wanted).isEmpty
      if isShort {
        let trial = bestServable(block, choice, lane: lane, from: outlooks[segment]?.menu ?? menu)
        (wanted, surplus) = (trial.wanted, trial.surplus)
        _ = stock.take(wanted)
      }
      outcome.segments[segment].surplus += discount(segment, visit) * surplus
      if wanted.contains(where: { isStudied[$0] }) { outcome.segments[segment].buyers += 1 }
      for slot in wanted { counts[segment][slot] += 1 }
      if stock.isScarce {
        withdrawSoldOut()
        preferring = choose(block, choice, visit, present)
      }
    }
    return staying
  }

  private mutating func withdrawSoldOut() {
    stock.withdrawUnavailable(from: &menu)
    for segment in outlooks.indices where !looksAtTodayOnly { outlooks[segment]?.withdrawSoldOut(asOn: menu) }
  }

  /// What a customer takes from a menu that lacks some offers.
  private struct Trial {
    let menu: Menu
    let wanted: [Int]
    let surplus: Double

    init(_ menu: Menu, _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lane: Int) {
      // Only this customer chooses anew: what the others of the block chose stays as it is.
      choice.choose(block, from: menu, lanes: lane..<(lane + 1))
      var wanted: [Int] = []
      choice.purchases(menu, lane: lane, into: &wanted)
      self.menu = menu
      self.wanted = wanted
      surplus = choice.surplus(lane: lane)
    }
  }

  /// Trials after which a customer who wants very many offers at once settles for the best found.
  private static let mostTrials = 500

  /// The best choice of a customer who wants more in all than is left of something: each offer that competes for it is
  /// left out in turn, the most promising first, and what cannot beat the best found is not followed up.
  private func bestServable(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lane: Int, from menu: Menu
  ) -> Trial {
    let first = Trial(menu, block, choice, lane: lane)
    var open = [first]
    var best: Trial?
    var trials = 0
    while let next = open.popLast() {
      // Depth first: something that can be served, if only nothing, is found before the trials run out.
      if let best, next.surplus <= best.surplus || trials > Self.mostTrials { continue }
      let contenders = stock.contenders(for: next.wanted)
      guard !contenders.isEmpty else {
        best = next
        continue
      }
      var reduced: [Trial] = []
      for slot in contenders {
        var menu = next.menu
        menu.withdraw(at: slot)
        reduced.append(Trial(menu, block, choice, lane: lane))
      }
      trials += reduced.count
      open += reduced.sorted { $0.surplus < $1.surplus }
    }
    return best ?? first
  }

  /// Lets the mean customer of each segment buy fractions.
  mutating func serve(expected arrivals: Double, _ demand: inout ExpectedDemand) throws {
    for (segment, definition) in study.market.population.segments.enumerated() {
      let customers = arrivals * definition.share
      let choice = try demand.choice(from: outlooks[segment]?.menu ?? menu, segment: segment)
      for slot in choice.units.indices { counts[segment][slot] += customers * choice.units[slot] }
      outcome.segments[segment].customers += customers
      outcome.segments[segment].surplus += customers * choice.surplus
      let units = zip(choice.units, isStudied).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      let isSingleCategory = study.market.population.assortment.categories.count == 1
      outcome.segments[segment].buyers += isSingleCategory ? customers * units : .nan
    }
  }

  /// Sells what the market as a whole takes.
  mutating func serve(_ sales: AggregateSales) throws {
    guard menu.bundles.isEmpty else {
      throw SimulationError("`linear` and `ces` demand know single prices only, and a bundle was posted")
    }
    let sold = try sales.outcome(at: menu.singlePrices)
    for slot in sold.units.indices { counts[0][slot] += sold.units[slot] }
    outcome.segments[0].customers += sold.customers
    outcome.segments[0].surplus += sold.surplus
    // Nobody can tell who buys more than one product.
    outcome.segments[0].buyers = .nan
  }

  // MARK: Books

  /// Books the sales of a period and shows them to the sellers.
  mutating func close(period: Int) {
    let market = study.market
    for seller in lists.indices {
      let profile = market.profiles[seller]
      var sold: [OfferSales] = []
      for (offer, slot) in zip(lists[seller].offers, menu.slots[seller]) {
        let products = Double(offer.contents.count)
        var units = 0.0
        for segment in counts.indices {
          let taken = counts[segment][menu.index(of: slot)]
          units += taken
          guard seller == study.studied else { continue }
          outcome.segments[segment].units += taken * products
          outcome.segments[segment].revenue += taken * offer.price
        }
        sold.append(OfferSales(offer: offer, units: units))
        outcome.sellers[seller].units += units * products
        outcome.sellers[seller].revenue += units * offer.price
        outcome.sellers[seller].unitCost += units * profile.unitCost(of: offer.contents)
        outcome.offers[
          OfferKey(seller: seller, contents: offer.contents),
          default: [OfferPeriodOutcome?](repeating: nil, count: market.periodCount)][period] =
          OfferPeriodOutcome(price: offer.price, units: units, revenue: units * offer.price)
      }
      outcome.sellers[seller].standingCost += profile.standingCost
      sales[seller].append(sold)
    }
    for segment in outlooks.indices where !looksAtTodayOnly { outlooks[segment]?.close(lists) }
  }
}
