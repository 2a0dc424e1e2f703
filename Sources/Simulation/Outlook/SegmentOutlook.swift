import Demand
import Selling

/// What one segment makes of the posted prices: how they feel, and what it expects of later ones.
struct SegmentOutlook {
  /// How its customers weigh now against later; nil if they never wait.
  let patience: Patience?
  private var memory: ReferenceMemory?
  private var trend: PriceTrend?
  private let group: Int?
  /// Today's menu as it feels; what has sold out is withdrawn.
  private(set) var menu: Menu
  /// What waiting might be better for, soonest first.
  private(set) var prospects: [Prospect] = []

  /// - Returns: nil for a segment that looks at today's price alone.
  init?(_ segment: Segment, _ assortment: Assortment, menu: Menu) {
    guard segment.referencePrice != nil || segment.patience != nil else { return nil }
    patience = segment.patience
    memory = segment.referencePrice.map { ReferenceMemory($0, assortment, group: segment.group) }
    group = segment.group
    if case .adaptive(let memory)? = segment.patience?.belief { trend = PriceTrend(memory: memory) }
    self.menu = menu
  }

  /// Takes in the prices of a new period.
  ///
  /// - Parameters:
  ///   - announced: the lists announced for later periods, the next one first, each with one list for each seller.
  ///   - periodsLeft: how many periods of the calendar are still to come.
  /// - Throws: what a menu throws.
  mutating func post(
    _ lists: [PriceList], menu posted: Menu, announced: [[PriceList]], periodsLeft: Int, assortment: Assortment
  ) throws {
    menu = memory.map { posted.adding(surcharges: $0.surcharges(lists, on: posted)) } ?? posted
    trend?.see(lists)
    prospects = []
    guard let patience else { return }
    for periods in 1..<(1 + min(patience.periods, periodsLeft)) {
      let later = trend?.expected(lists, after: periods) ?? announced[periods - 1]
      let prospect = try Prospect(
        later, after: periods, discount: patience.discount(after: periods), memory: memory, assortment: assortment,
        group: group, today: menu, todayLists: lists)
      if let prospect { prospects.append(prospect) }
    }
    withdrawSoldOut(asOn: posted)
  }

  /// Withdraws what has sold out.
  mutating func withdrawSoldOut(asOn posted: Menu) {
    for place in 0..<posted.slotCount where !posted.price(at: place).isFinite { menu.withdraw(at: place) }
    for index in prospects.indices { prospects[index].withdrawSoldOut(asOn: posted) }
  }

  /// Remembers the prices of a period that has passed.
  mutating func close(_ lists: [PriceList]) { memory?.learn(lists) }

  /// Lets the customers in some lanes choose between buying now, waiting and leaving.
  ///
  /// - Parameters:
  ///   - horizon: how many periods they can still wait.
  ///   - waiting: those for whom waiting is better are added to it; they buy nothing now.
  func choose(
    _ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, lanes: Range<Int>, horizon: Int,
    waiting: inout LaneSet
  ) {
    let open = prospects.prefix { $0.periods <= horizon }
    guard !open.isEmpty else {
      choice.choose(block, from: menu, lanes: lanes)
      return
    }
    var later = [Double](repeating: 0, count: lanes.count)
    for prospect in open {
      choice.choose(block, from: prospect.menu, lanes: lanes)
      for lane in lanes {
        let worth = prospect.discount * choice.surplus(lane: lane)
        if worth > later[lane - lanes.lowerBound] { later[lane - lanes.lowerBound] = worth }
      }
    }
    choice.choose(block, from: menu, lanes: lanes)
    for lane in lanes where later[lane - lanes.lowerBound] > choice.surplus(lane: lane) {
      choice.decline(menu, lane: lane)
      waiting.insert(lane)
    }
  }
}
