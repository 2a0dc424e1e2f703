import Demand
import Selling

/// Customers come and choose.
extension World {
  /// Whether anyone waits who came in a period.
  func hasWaiting(arrival: Int) -> Bool { waiting.isOccupied(arrival: arrival) }

  /// Whether anyone waits who came in a period and belongs to a block.
  func hasWaiting(arrival: Int, first: Int) -> Bool { waiting.isOccupied(arrival: arrival, first: first) }

  /// Lets a block of customers choose and buy; when customers come back, those of the block who wait.
  ///
  /// - Throws: what a strategy throws whose prices move within periods.
  mutating func serve(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, _ visit: Visit) throws {
    var present: LaneSet?
    if visit.isReturn {
      present = waiting.leave(arrival: visit.arrival, first: visit.first)
      guard present != nil else { return }
    }
    var staying = choose(block, choice, visit, present)
    if reprices || stock.isLimited && !fits(block, choice) {
      staying = try serveInTurn(block, choice, visit, present, staying)
    } else {
      let (menu, numbers) = (menu, study.market.population.segmentNumbers)
      for (segment, lanes) in block.lanesBySegment.enumerated() where !lanes.isEmpty {
        let number = numbers[segment]
        if !visit.isReturn { outcome.segments[number].customers += Double(lanes.count) }
        outcome.segments[number].surplus +=
          discount(segment, visit) * choice.tally(menu, lanes: lanes, into: &counts[segment])
        outcome.segments[number].buyers += Double(studiedMarks.map { choice.buyers(of: $0, lanes: lanes) } ?? 0)
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

  /// Lets every customer of the block choose from what is there now, each by the prices as they feel to them.
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

  /// Whether customers of a block who want no more than there is can be served at once, as if one after the other.
  private func canServeTogether(_ choice: borrowing BlockChoice, _ preferring: LaneSet, _ present: LaneSet?) -> Bool {
    hasPlainSegments && !reprices && present == nil && preferring.isEmpty && !choice.mayTakeSeveral
  }

  /// Serves customers from an arrival on until something would run short for the next.
  ///
  /// - Returns: the arrival of who comes next.
  private mutating func serveTogether(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, from first: Int, _ menu: Menu
  ) -> Int {
    let next = first + stock.served(block, choice, from: first)
    guard next > first else { return first }
    let numbers = study.market.population.segmentNumbers
    var wanted = [Double](repeating: 0, count: isStudied.count)
    var taken = wanted
    for segment in numbers.indices {
      let lanes = block.lanes(ofSegment: segment, arrivals: first..<next)
      guard !lanes.isEmpty else { continue }
      let number = numbers[segment]
      outcome.segments[number].customers += Double(lanes.count)
      // One after the other, as those who are served by themselves are added to them.
      outcome.segments[number].surplus = choice.surplus(lanes: lanes, from: outcome.segments[number].surplus)
      outcome.segments[number].buyers += Double(studiedMarks.map { choice.buyers(of: $0, lanes: lanes) } ?? 0)
      choice.tally(menu, lanes: lanes, into: &taken)
      for slot in taken.indices where taken[slot] > 0 {
        counts[segment][slot] += taken[slot]
        wanted[slot] += taken[slot]
        taken[slot] = 0
      }
      if !sharedItems.isEmpty { sharedItems.count(menu, choice, lanes: lanes) }
    }
    _ = stock.takeAll(wanted)
    return next
  }

  /// Serves customers in the order in which they come; when something sells out, those who are left choose again without
  /// it.
  ///
  /// - Parameters:
  ///   - present: who takes part; nil for all.
  ///   - first: who would rather wait, as long as everything is there.
  /// - Returns: who waits.
  private mutating func serveInTurn(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, _ visit: Visit, _ present: LaneSet?,
    _ first: LaneSet
  ) throws -> LaneSet {
    var preferring = first
    var staying = LaneSet()
    if stock.isScarce {
      withdrawSoldOut()
      preferring = choose(block, choice, visit, present)
    }
    let numbers = study.market.population.segmentNumbers
    var menu = menu
    var wanted: [Int] = []
    var next = 0
    while next < block.count {
      if canServeTogether(choice, preferring, present) {
        next = serveTogether(block, choice, from: next, menu)
        guard next < block.count else { break }
      }
      let arrival = next
      next += 1
      let lane = block.lane(ofArrival: arrival)
      if let present, !present.contains(lane) { continue }
      let segment = block.segment(ofLane: lane)
      if reprices {
        try reprice(elapsed: visit.times[arrival])
        menu = self.menu
        // Lanes and menus: who comes now sees prices that those before did not.
        choice.choose(block, from: menus[menuNumbers[segment]], lanes: lane..<(lane + 1))
      }
      let number = numbers[segment]
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
      for slot in menu.tariffs.keys where wanted.contains(slot) {
        rebates[segment][slot] += menu.rebate(at: slot, units: wanted.count { $0 == slot })
      }
      sharedItems.count(wanted)
      if reprices { book(pricesOf: wanted, segment: segment) }
      if stock.isScarce {
        withdrawSoldOut()
        menu = self.menu
        if reprices { continue }
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
  mutating func serve(expected arrivals: Double, period: Int, _ demand: inout ExpectedDemand) throws {
    for (segment, share) in study.market.population.shares(period: period).enumerated() {
      let customers = arrivals * share
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
    for (isThere, what) in [(!menu.bundles.isEmpty, "bundle"), (!menu.tariffs.isEmpty, "tariff")] where isThere {
      throw SimulationError("`linear` and `ces` demand know single prices only, and a \(what) was posted")
    }
    let sold = try sales.outcome(at: menu.singlePrices)
    for slot in sold.units.indices { counts[0][slot] += sold.units[slot] }
    outcome.segments[0].customers += sold.customers
    outcome.segments[0].surplus += sold.surplus
    // Nobody can tell who buys more than one product.
    outcome.segments[0].buyers = .nan
  }
}
