import Demand
import Selling

/// The market as it unfolds under one candidate: every seller's strategy with what it has learnt, the posted prices, the
/// stock that is left, and the books.
struct World {
  private let study: Study
  private var strategies: [any PricingStrategy]
  private var surveys: [SurveyAnswers?]
  private let facts: [PublicMarket]
  /// Strategies that take over later, in the order of the study, with their surveys.
  private var successors: [(strategy: any PricingStrategy, survey: SurveyAnswers?)] = []

  /// The prices of this period.
  private(set) var lists: [PriceList] = []
  /// The lists of past periods, the last one last, as far back as any seller looks.
  private var history: [[PriceList]] = []
  private let longestDelay: Int
  private var sales: [[[OfferSales]]]
  private var stock: Stock
  /// What is on the market now for customers in no group, then for each group where some offer is for a group alone; all
  /// have the same slots. What has sold out is withdrawn.
  private(set) var menus: [Menu]
  /// The menu of customers in no group, whose slots hold for all.
  var menu: Menu { menus[0] }
  /// By segment: its place among the menus.
  private var menuNumbers: [Int]
  /// Who owns each seller in this period.
  private var owners: [Int]
  /// Costs that change; nil for sellers whose unit costs do not.
  private var ledgers: [CostLedger?]
  private var sharedItems: SharedItems
  /// Marks the slots of the studied seller and of whom it owns: alternatives first, then bundles.
  private var isStudied: [Bool] = []
  /// Units by segment and slot in this period.
  private var counts: [[Double]]
  /// By segment and slot: what was paid less than units times price in this period, because of a tariff.
  private var rebates: [[Double]]
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
      segments: study.market.population.segmentNames.map { _ in SegmentOutcome() })
    var surveys: [SurveyAnswers?] = []
    for seller in sellers {
      let plan = strategies[seller].survey
      surveys.append(try plan.map { try surveyor.answers(to: $0, for: seller) })
      outcome.sellers[seller].researchCost = plan?.cost ?? 0
    }
    self.surveys = surveys
    // Research for later is done before period 1 too, at the expense of who owns the seller then.
    for change in study.newManagement {
      let plan = change.strategy.survey
      successors.append((change.strategy, try plan.map { try surveyor.answers(to: $0, for: change.seller) }))
      let owner = study.market.ownership.owners(period: change.period)[change.seller]
      outcome.sellers[owner].researchCost += plan?.cost ?? 0
    }
    longestDelay = study.market.profiles.map(\.priceDelay).max() ?? 1
    owners = study.market.ownership.owners(period: -1)
    ledgers = study.market.profiles.map { $0.hasPlainCosts ? nil : CostLedger($0) }
    sharedItems = SharedItems(study.market)
    sales = sellers.map { _ in [] }
    stock = Stock(study.market.profiles)
    counts = study.market.population.segments.map { _ in [] }
    rebates = counts
    menuNumbers = counts.map { _ in 0 }
    let empty = try Menu(
      sellers.map { _ in PriceList([]) }, in: study.market.population.assortment, isComplete: false)
    menus = [empty]
    outlooks = study.market.population.segments.map {
      SegmentOutlook($0, study.market.population.assortment, menu: empty)
    }
    looksAtTodayOnly = study.market.looksAtTodayOnly
    longestAnnouncement = study.market.longestAnnouncement
  }

  // MARK: Prices

  /// All sellers post at the same time: each sees what the others posted a period ago, or longer. Period -1 is the
  /// opening, which sellers who enter later go through as well, though nobody sees it.
  mutating func post(period: Int) throws {
    stock.renew()
    for (index, change) in study.newManagement.enumerated() where change.period == period {
      strategies[change.seller] = successors[index].strategy
      surveys[change.seller] = successors[index].survey
    }
    var posted: [PriceList] = []
    var announced = [[PriceList]](repeating: [], count: period < 0 ? 0 : longestAnnouncement)
    for seller in strategies.indices {
      let profile = study.market.profiles[seller]
      guard period < 0 || profile.isPresent(in: period) else {
        posted.append(PriceList([]))
        for later in announced.indices { announced[later].append(PriceList([])) }
        continue
      }
      let view = view(of: seller, survey: surveys[seller], period: period)
      let list = try ask(&strategies[seller], view)
      posted.append(profile.isPresent(in: max(0, period)) ? list : PriceList([]))
      let ahead = try strategies[seller].announcements(view, today: list, count: announced.count)
      for (later, list) in ahead.enumerated() {
        announced[later].append(profile.isPresent(in: period + later + 1) ? list : PriceList([]))
      }
    }
    if period < 0 {
      for (index, change) in study.newManagement.enumerated() {
        var (strategy, survey) = successors[index]
        _ = try ask(&strategy, view(of: change.seller, survey: survey, period: period))
        successors[index].strategy = strategy
      }
    }
    if period >= 0, let before = history.last { book(changesFrom: before, to: posted, period: period) }
    history.append(posted)
    if history.count > longestDelay { history.removeFirst() }
    guard period >= 0 else { return }
    let owners = study.market.ownership.owners(period: period)
    if posted != lists || stock.isLimited || owners != self.owners {
      lists = posted
      self.owners = owners
      try arrangeMenus()
      let slots = menu.singlePrices.count + menu.bundles.count
      isStudied = [Bool](repeating: false, count: slots)
      for seller in owners.indices where owners[seller] == study.studied {
        for slot in menu.slots[seller] { isStudied[menu.index(of: slot)] = true }
      }
      if stock.isLimited { stock.arrange(&menus, lists: lists) }
    }
    sharedItems.open(menu, lists: lists)
    for segment in counts.indices {
      counts[segment] = [Double](repeating: 0, count: isStudied.count)
      rebates[segment] = counts[segment]
    }
    self.period = period
    guard !looksAtTodayOnly else { return }
    let (market, menus, menuNumbers) = (study.market, menus, menuNumbers)
    for segment in outlooks.indices {
      try outlooks[segment]?.post(
        market.customerLists(posted), menu: menus[menuNumbers[segment]], announced: announced.map(market.customerLists),
        periodsLeft: market.periodCount - 1 - period,
        assortment: market.population.assortment)
    }
  }

  /// Lays out the menus of the posted lists.
  private mutating func arrangeMenus() throws {
    let population = study.market.population
    let hasGroupOffers = lists.contains(where: \.hasGroupOffers)
    let groups = [nil] + (hasGroupOffers ? population.groups.indices.map(Optional.some) : [])
    let counted = try study.market.customerLists(lists)
    menus = try groups.map { try Menu(counted, in: population.assortment, for: $0) }
    menuNumbers = population.segments.map { hasGroupOffers ? ($0.group ?? -1) + 1 : 0 }
    guard looksAtTodayOnly || menus.allSatisfy(\.tariffs.isEmpty) else {
      throw SimulationError(
        "a tariff was posted, and some customers compare prices with remembered or later ones, which tariffs have not; "
          + "leave out `reference price` and `patience`, or the tariff")
    }
  }

  /// What a seller may see.
  private func view(of seller: Int, survey: SurveyAnswers?, period: Int) -> SellerView {
    let profile = ledgers[seller]?.known ?? study.market.profiles[seller]
    var seen = history.last
    if profile.priceDelay > 1, let last = history.last {
      seen = history[max(0, history.count - profile.priceDelay)]
      seen?[seller] = last[seller]
    }
    return SellerView(
      seller: profile, market: facts[seller], period: period, postedLists: seen, sales: sales[seller],
      capacityLeft: stock.left(of: seller), survey: survey, belief: study.belief)
  }

  /// Asks a seller's strategy for its prices.
  private func ask(_ strategy: inout any PricingStrategy, _ view: SellerView) throws -> PriceList {
    let list = try strategy.postPrices(view)
    do {
      try list.check()
      try study.market.population.check(list)
    } catch {
      throw SimulationError("\(view.seller.name), period \(view.period + 1): \(error)")
    }
    return list
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
        let number = study.market.population.segmentNumbers[segment]
        if !visit.isReturn { outcome.segments[number].customers += Double(lanes.count) }
        outcome.segments[number].surplus +=
          discount(segment, visit) * choice.tally(menu, lanes: lanes, into: &counts[segment])
        outcome.segments[number].buyers += Double(choice.buyers(menu, lanes: lanes, of: isStudied))
        choice.addRebates(menu, lanes: lanes, into: &rebates[segment])
      }
      if !sharedItems.isEmpty { sharedItems.count(menu, choice, lanes: 0..<block.count) }
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
    if looksAtTodayOnly, menus.count == 1 {
      choice.choose(block, from: menu)
      return staying
    }
    for (segment, lanes) in block.lanesBySegment.enumerated() where !lanes.isEmpty {
      guard let outlook = outlooks[segment] else {
        choice.choose(block, from: menus[menuNumbers[segment]], lanes: lanes)
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
      let number = study.market.population.segmentNumbers[segment]
      if !visit.isReturn { outcome.segments[number].customers += 1 }
      if preferring.contains(lane) {
        staying.insert(lane)
        continue
      }
      wanted.removeAll(keepingCapacity: true)
      choice.purchases(menu, lane: lane, into: &wanted)
      var surplus = choice.surplus(lane: lane)
      let isShort = !stock.take(wanted).isEmpty
      if isShort {
        let trial = bestServable(
          block, choice, lane: lane, from: outlooks[segment]?.menu ?? menus[menuNumbers[segment]])
        (wanted, surplus) = (trial.wanted, trial.surplus)
        _ = stock.take(wanted)
      }
      outcome.segments[number].surplus += discount(segment, visit) * surplus
      if wanted.contains(where: { isStudied[$0] }) { outcome.segments[number].buyers += 1 }
      for slot in wanted { counts[segment][slot] += 1 }
      for slot in menu.tariffs.keys {
        rebates[segment][slot] += menu.rebate(at: slot, units: wanted.count { $0 == slot })
      }
      sharedItems.count(wanted)
      if stock.isScarce {
        withdrawSoldOut()
        preferring = choose(block, choice, visit, present)
      }
    }
    return staying
  }

  private mutating func withdrawSoldOut() {
    stock.withdrawUnavailable(from: &menus)
    guard !looksAtTodayOnly else { return }
    for segment in outlooks.indices { outlooks[segment]?.withdrawSoldOut(asOn: menus[menuNumbers[segment]]) }
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

  /// The best choice of a customer who wants more in all than is left of something: of each offer that competes for it the
  /// customer takes a unit less in turn, the most promising first, and what cannot beat the best found is not followed up.
  /// Whoever takes several units of an offer has no more of them than are left.
  private func bestServable(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lane: Int, from menu: Menu
  ) -> Trial {
    var limited = menu
    stock.limit(&limited)
    let first = Trial(limited, block, choice, lane: lane)
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
        menu.limit(at: slot, to: next.wanted.count { $0 == slot } - 1)
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
      let number = study.market.population.segmentNumbers[segment]
      let choice = try demand.choice(from: outlooks[segment]?.menu ?? menus[menuNumbers[segment]], segment: segment)
      for slot in choice.units.indices { counts[segment][slot] += customers * choice.units[slot] }
      for slot in choice.rebates.keys { rebates[segment][slot] += customers * (choice.rebates[slot] ?? 0) }
      outcome.segments[number].customers += customers
      outcome.segments[number].surplus += customers * choice.surplus
      let takers = zip(choice.takers, isStudied).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
      let isSingleCategory = study.market.population.assortment.categories.count == 1
      outcome.segments[number].buyers += isSingleCategory ? customers * takers : .nan
    }
  }

  /// Sells what the market as a whole takes.
  mutating func serve(_ sales: AggregateSales) throws {
    guard menu.bundles.isEmpty else {
      throw SimulationError("`linear` and `ces` demand know single prices only, and a bundle was posted")
    }
    guard menu.tariffs.isEmpty else {
      throw SimulationError("`linear` and `ces` demand know single prices only, and a tariff was posted")
    }
    let sold = try sales.outcome(at: menu.singlePrices)
    for slot in sold.units.indices { counts[0][slot] += sold.units[slot] }
    outcome.segments[0].customers += sold.customers
    outcome.segments[0].surplus += sold.surplus
    // Nobody can tell who buys more than one product.
    outcome.segments[0].buyers = .nan
  }

  // MARK: Books

  /// Books the sales of a period and shows them to the sellers; what a seller earns and costs counts as its owner's.
  ///
  /// - Parameter costFactors: the random factor of each seller's unit costs in this period.
  mutating func close(period: Int, costFactors: [Double]) {
    let market = study.market
    for seller in lists.indices {
      let profile = market.profiles[seller]
      let owner = owners[seller]
      var sold: [OfferSales] = []
      var unitsByProduct = profile.products.map { _ in 0.0 }
      let hasGroupOffers = lists[seller].hasGroupOffers
      for (place, (offer, slot)) in zip(lists[seller].offers, menu.slots[seller]).enumerated() {
        let products = Double(offer.contents.count)
        let kept = profile.pocketPrice(of: offer)
        let index = menu.index(of: slot)
        var units = 0.0
        var rebate = 0.0
        for (segment, definition) in market.population.segments.enumerated() {
          guard !hasGroupOffers || lists[seller].isBest(place, for: definition.group) else { continue }
          let taken = counts[segment][index]
          units += taken
          rebate += rebates[segment][index]
          guard owner == study.studied else { continue }
          let number = market.population.segmentNumbers[segment]
          outcome.segments[number].units += taken * products
          outcome.segments[number].revenue += taken * kept - rebates[segment][index]
        }
        // Under price terms there are no tariffs, and so no rebates for further units.
        let revenue = units * kept - rebate
        sold.append(OfferSales(offer: offer, units: units, revenue: revenue))
        for product in offer.contents.positions { unitsByProduct[product] += units }
        outcome.sellers[owner].units += units * products
        outcome.sellers[owner].revenue += revenue
        if ledgers[seller] == nil { outcome.sellers[owner].unitCost += units * profile.unitCost(of: offer.contents) }
        outcome.offers[
          OfferKey(seller: seller, offer: offer),
          default: [OfferPeriodOutcome?](repeating: nil, count: market.periodCount)][period] =
          OfferPeriodOutcome(price: offer.price, units: units, revenue: revenue)
      }
      sales[seller].append(sold)
      guard profile.isPresent(in: period) else { continue }
      outcome.sellers[owner].standingCost += profile.standingCost
      guard ledgers[seller] != nil else { continue }
      let customers = sharedItems.customers(of: seller, profile, units: unitsByProduct)
      outcome.sellers[owner].unitCost +=
        ledgers[seller]?.close(
          period: period, units: unitsByProduct, customers: customers, factor: costFactors[seller]) ?? 0
      outcome.sellers[owner].stepCost += profile.stepCost(ofUnits: unitsByProduct.reduce(0, +))
    }
    guard !looksAtTodayOnly else { return }
    let counted = (try? market.customerLists(lists)) ?? lists
    for segment in outlooks.indices { outlooks[segment]?.close(counted) }
  }

  /// Books what prices cost that differ from those of the period before; an offer that was not there before is new.
  private mutating func book(changesFrom before: [PriceList], to posted: [PriceList], period: Int) {
    let owners = study.market.ownership.owners(period: period)
    for seller in posted.indices where posted[seller] != before[seller] {
      let changes = posted[seller].changes(from: before[seller])
      outcome.sellers[seller].priceChanges += changes
      outcome.sellers[owners[seller]].adjustmentCost += Double(changes) * strategies[seller].costOfChange
    }
  }
}
