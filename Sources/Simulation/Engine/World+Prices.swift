import Demand
import GSL
import Selling

/// Sellers post their prices.
extension World {
  /// All sellers post at the same time: each sees what the others posted a period ago, or longer. Period -1 is the
  /// opening, which sellers who enter later go through as well, though nobody sees it.
  mutating func post(period: Int) throws {
    stock.renew()
    for (index, change) in study.newManagement.enumerated() where change.period == period {
      strategies[change.seller] = successors[index].strategy
      settledLists[change.seller] = nil
      surveys[change.seller] = successors[index].survey
    }
    var posted: [PriceList] = []
    posted.reserveCapacity(strategies.count)
    var announced = [[PriceList]](repeating: [], count: period < 0 ? 0 : longestAnnouncement)
    for seller in strategies.indices {
      let presence = study.market.profiles[seller].presence
      guard period < 0 || presence.contains(period) else {
        posted.append(PriceList([]))
        for later in announced.indices { announced[later].append(PriceList([])) }
        continue
      }
      // A seller who never changes its prices need not be asked again.
      if period > 0, announced.isEmpty, let settled = settledLists[seller] {
        posted.append(settled)
        continue
      }
      let view = view(of: seller, survey: surveys[seller], period: period)
      let list = try Self.ask(&strategies[seller], view, study.market.population, known: history.last?[seller])
      settledLists[seller] = period >= 0 && strategies[seller].isConstant ? list : nil
      posted.append(presence.contains(max(0, period)) ? list : PriceList([]))
      guard !announced.isEmpty else { continue }
      let ahead = try strategies[seller].announcements(view, today: list, count: announced.count)
      for (later, list) in ahead.enumerated() {
        announced[later].append(presence.contains(period + later + 1) ? list : PriceList([]))
      }
    }
    if period < 0 {
      for (index, change) in study.newManagement.enumerated() {
        var (strategy, survey) = successors[index]
        _ = try Self.ask(&strategy, view(of: change.seller, survey: survey, period: period), study.market.population)
        successors[index].strategy = strategy
      }
    }
    if period >= 0, let before = history.last { book(changesFrom: before, to: posted, period: period) }
    history.append(posted)
    if history.count > longestDelay { history.removeFirst() }
    guard period >= 0 else { return }
    let owners = study.market.ownership.owners(period: period)
    if posted == lists, owners == self.owners, !reprices {
      if stock.isLimited { stock.restore(&menus, full: fullMenus) }
      for segment in counts.indices {
        for slot in counts[segment].indices { (counts[segment][slot], rebates[segment][slot]) = (0, 0) }
      }
    } else {
      lists = posted
      shown = posted
      self.owners = owners
      try arrangeMenus()
      let slots = menu.singlePrices.count + menu.bundles.count
      isStudied = [Bool](repeating: false, count: slots)
      for seller in owners.indices where owners[seller] == study.studied {
        for slot in menu.slots[seller] { isStudied[menu.index(of: slot)] = true }
      }
      studiedMarks = SlotNumbers(isStudied.map { $0 ? 1 : 0 }, on: menu)
      counts = counts.map { _ in [Double](repeating: 0, count: slots) }
      rebates = rebates.map { _ in [Double](repeating: 0, count: slots) }
      fullMenus = menus
      arrangeLines()
      if stock.isLimited || reprices { stock.arrange(&menus, lists: lists) }
    }
    sharedItems.open(menu, lists: lists)
    self.period = period
    guard !looksAtTodayOnly else { return }
    let (market, menus, menuNumbers) = (study.market, menus, menuNumbers)
    let countedLater = try announced.map(market.customerLists)
    for segment in outlooks.indices {
      try outlooks[segment]?.post(
        counted, menu: menus[menuNumbers[segment]], announced: countedLater,
        periodsLeft: market.periodCount - 1 - period, assortment: market.population.assortment)
    }
  }

  /// Lays out the menus of the posted lists.
  mutating func arrangeMenus() throws {
    let population = study.market.population
    let hasGroupOffers = shown.contains(where: \.hasGroupOffers)
    let groups = [nil] + (hasGroupOffers ? population.groups.indices.map(Optional.some) : [])
    counted = try study.market.customerLists(shown)
    menus = try groups.map { try Menu(counted, in: population.assortment, for: $0) }
    menuNumbers = population.segments.map { hasGroupOffers ? ($0.group ?? -1) + 1 : 0 }
    guard looksAtTodayOnly || menus.allSatisfy(\.tariffs.isEmpty) else {
      throw SimulationError(
        "a tariff was posted, and some customers compare prices with remembered or later ones, which tariffs have not; "
          + "leave out `reference price` and `patience`, or the tariff")
    }
  }

  /// What a seller may see. Inlined into what changes the world it would begin with a copy of it.
  @inline(never)
  func view(of seller: Int, survey: SurveyAnswers?, period: Int, elapsed: Double = 0) -> SellerView {
    let profile = ledgers[seller]?.known ?? study.market.profiles[seller]
    var seen = history.last
    if profile.priceDelay > 1, let last = history.last {
      seen = history[max(0, history.count - profile.priceDelay)]
      seen?[seller] = last[seller]
    }
    return SellerView(
      seller: profile, market: facts[seller], period: period, postedLists: seen, sales: sales[seller],
      capacityLeft: stock.left(of: seller), survey: survey, belief: study.belief,
      random: RandomStream(
        seed: study.seed, replication: replication, purpose: DrawKey.Purpose.strategies.rawValue,
        period: UInt32(bitPattern: Int32(truncatingIfNeeded: period)), index: UInt32(seller)), elapsed: elapsed)
  }

  /// Asks a seller's strategy for its prices.
  ///
  /// - Parameter known: its list of the last period, which was in order.
  static func ask(
    _ strategy: inout any PricingStrategy, _ view: SellerView, _ population: Population, known: PriceList? = nil
  ) throws -> PriceList {
    let list = try strategy.postPrices(view)
    guard list != known else { return list }
    do {
      try list.check()
      try population.check(list)
    } catch {
      throw SimulationError("\(view.seller.name), period \(view.period + 1): \(error)")
    }
    return list
  }
}
