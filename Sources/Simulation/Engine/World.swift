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
  }

  // MARK: Prices

  /// All sellers post at the same time: each sees what the others posted a period ago. Period -1 is the opening.
  mutating func post(period: Int) throws {
    var posted: [PriceList] = []
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
  }

  // MARK: Customers

  /// Lets a block of customers choose and buy.
  mutating func serve(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice) {
    choice.choose(block, from: menu)
    if stock.isLimited, !fits(block, choice) {
      serveInTurn(block, choice)
      return
    }
    for (segment, lanes) in block.lanesBySegment.enumerated() where !lanes.isEmpty {
      outcome.segments[segment].customers += Double(lanes.count)
      outcome.segments[segment].surplus += choice.tally(menu, lanes: lanes, into: &counts[segment])
      outcome.segments[segment].buyers += Double(choice.buyers(menu, lanes: lanes, of: isStudied))
    }
  }

  /// Takes what the whole block wants from stock, if there is enough of everything.
  private mutating func fits(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice) -> Bool {
    var wanted = [Double](repeating: 0, count: isStudied.count)
    choice.tally(menu, lanes: 0..<block.count, into: &wanted)
    return stock.takeAll(wanted)
  }

  /// Serves customers one by one in the order in which they come; when something sells out, those who are left choose
  /// again without it.
  private mutating func serveInTurn(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice) {
    if stock.isScarce {
      stock.withdrawUnavailable(from: &menu)
      choice.choose(block, from: menu)
    }
    var wanted: [Int] = []
    for arrival in 0..<block.count {
      let lane = block.lane(ofArrival: arrival)
      wanted.removeAll(keepingCapacity: true)
      choice.purchases(menu, lane: lane, into: &wanted)
      var surplus = choice.surplus(lane: lane)
      let isShort = !stock.take(wanted).isEmpty
      if isShort {
        let trial = bestServable(block, choice, lane: lane)
        (wanted, surplus) = (trial.wanted, trial.surplus)
        _ = stock.take(wanted)
      }
      let segment = block.lanesBySegment.firstIndex { $0.contains(lane) } ?? 0
      outcome.segments[segment].customers += 1
      outcome.segments[segment].surplus += surplus
      if wanted.contains(where: { isStudied[$0] }) { outcome.segments[segment].buyers += 1 }
      for slot in wanted { counts[segment][slot] += 1 }
      if stock.isScarce {
        stock.withdrawUnavailable(from: &menu)
        choice.choose(block, from: menu)
      } else if isShort {
        choice.choose(block, from: menu)
      }
    }
  }

  /// What a customer takes from a menu that lacks some offers.
  private struct Trial {
    let menu: Menu
    let wanted: [Int]
    let surplus: Double

    init(_ menu: Menu, _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lane: Int) {
      choice.choose(block, from: menu)
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
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lane: Int
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
      let choice = try demand.choice(from: menu, segment: segment)
      for slot in choice.units.indices { counts[segment][slot] += customers * choice.units[slot] }
      outcome.segments[segment].customers += customers
      outcome.segments[segment].surplus += customers * choice.surplus
      let units = zip(choice.units, isStudied).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      let isSingleCategory = study.market.population.assortment.categories.count == 1
      outcome.segments[segment].buyers += isSingleCategory ? customers * units : .nan
    }
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
  }
}
