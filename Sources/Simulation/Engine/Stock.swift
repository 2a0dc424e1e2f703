import Demand
import Selling

/// What is left of every seller's capacities, and what the offers on the menu need of them.
struct Stock {
  private struct Need {
    let capacity: Int
    let units: Int
    /// Units that have to be left when it is taken.
    let protected: Int
  }

  private let profiles: [SellerProfile]
  /// Capacities of all sellers in one row; a seller's begin at its offset.
  private let offsets: [Int]
  private var left: [Int]
  /// Capacities that are there anew in each period.
  private let renewed: [(index: Int, units: Int)]
  /// What each slot of the menu needs: a range of `needs`.
  private var needs: [Need] = []
  private var needsBySlot: [Range<Int>] = []
  /// The most that any offer still on the menu needs of each capacity.
  private var largestNeeds: [Int]
  /// What a unit of each offer needs, by capacity; empty where some needs more than can be looked up.
  private var needNumbers: [SlotNumbers] = []
  /// Whether any seller has a capacity at all.
  let isLimited: Bool

  /// What was there when the menus were laid out, and what that left on them.
  private struct Opening {
    let left: [Int]
    let largestNeeds: [Int]
    let menus: [Menu]
  }
  private var opening: Opening?

  init(_ profiles: [SellerProfile]) {
    self.profiles = profiles
    var offsets: [Int] = []
    var next = 0
    for profile in profiles {
      offsets.append(next)
      next += profile.capacities.count
    }
    self.offsets = offsets
    left = profiles.flatMap { $0.capacities.map(\.units) }
    largestNeeds = left.map { _ in 0 }
    renewed = profiles.flatMap(\.capacities).enumerated()
      .filter { $0.element.renewal == .eachPeriod }.map { ($0.offset, $0.element.units) }
    isLimited = !left.isEmpty
  }

  /// What is left of a seller's capacities.
  func left(of seller: Int) -> [Int] {
    Array(left[offsets[seller]..<(offsets[seller] + profiles[seller].capacities.count)])
  }

  /// Fills capacities that are there anew in each period.
  mutating func renew() {
    for capacity in renewed { left[capacity.index] = capacity.units }
  }

  /// Notes what the offers of a new menu need, and takes those off it that cannot be served.
  mutating func arrange(_ menus: inout [Menu], lists: [PriceList]) {
    let menu = menus[0]
    needs = []
    needsBySlot = [Range<Int>](repeating: 0..<0, count: menu.singlePrices.count + menu.bundles.count)
    for (seller, profile) in profiles.enumerated() where !profile.capacities.isEmpty {
      for (offer, slot) in zip(lists[seller].offers, menu.slots[seller]) {
        let start = needs.count
        for (index, capacity) in profile.capacities.enumerated() where capacity.use(of: offer.contents) > 0 {
          needs.append(
            Need(
              capacity: offsets[seller] + index, units: capacity.use(of: offer.contents),
              protected: max(0, offer.protection)))
        }
        needsBySlot[menu.index(of: slot)] = start..<needs.count
      }
    }
    needNumbers = []
    if needs.allSatisfy({ (0...SlotNumbers.largest).contains($0.units) }) {
      needNumbers = left.indices.map { capacity in
        SlotNumbers(
          needsBySlot.map { range in needs[range].reduce(0) { $1.capacity == capacity ? $0 + $1.units : $0 } },
          on: menu)
      }
    }
    withdrawUnavailable(from: &menus)
    opening = Opening(left: left, largestNeeds: largestNeeds, menus: menus)
  }

  /// Lays out the menus of unchanged lists for another period.
  ///
  /// - Parameter full: as they are before anything is withdrawn.
  mutating func restore(_ menus: inout [Menu], full: [Menu]) {
    if let opening, opening.left == left {
      (menus, largestNeeds) = (opening.menus, opening.largestNeeds)
    } else {
      menus = full
      withdrawUnavailable(from: &menus)
    }
  }

  /// How many customers, who chose single units of what is there, can be served in order of arrival from `first` on before
  /// anything runs short for those who are left.
  func served(_ block: borrowing CustomerBlock, _ choice: borrowing BlockChoice, from first: Int) -> Int {
    var served = needNumbers.isEmpty ? 0 : block.count - first
    for (capacity, needs) in needNumbers.enumerated() {
      let room = left[capacity] - largestNeeds[capacity]
      served = min(served, choice.served(block, from: first, needs: needs, room: room))
    }
    return served
  }

  /// Whether some offer on the menu may need more than is left.
  var isScarce: Bool { left.indices.contains { left[$0] < largestNeeds[$0] } }

  /// Takes offers that can no longer be served off the menus, which have the same slots.
  mutating func withdrawUnavailable(from menus: inout [Menu]) {
    for capacity in largestNeeds.indices { largestNeeds[capacity] = 0 }
    for slot in needsBySlot.indices where menus.contains(where: { $0.price(at: slot).isFinite }) {
      guard canServe(slot) else {
        for number in menus.indices { menus[number].withdraw(at: slot) }
        continue
      }
      for need in needs[needsBySlot[slot]] {
        largestNeeds[need.capacity] = max(largestNeeds[need.capacity], need.units + need.protected)
      }
    }
  }

  private func canServe(_ slot: Int) -> Bool {
    needsBySlot[slot].allSatisfy { needs[$0].units + needs[$0].protected <= left[needs[$0].capacity] }
  }

  /// Limits what one customer can have of each offer to the units for which enough is left.
  func limit(_ menu: inout Menu) {
    for slot in needsBySlot.indices where menu.price(at: slot).isFinite {
      let units = needs[needsBySlot[slot]].map { max(0, left[$0.capacity] - $0.protected) / $0.units }.min()
      if let units { menu.limit(at: slot, to: units) }
    }
  }

  /// Takes all offers that one customer wants, an offer as often as it is named, or none.
  ///
  /// - Returns: where too little of something is left, the wanted offers that use it; nothing if all were taken.
  mutating func take(_ wanted: [Int]) -> [Int] {
    for slot in wanted { move(slot, by: -1) }
    guard let short = firstShort(among: wanted) else { return [] }
    for slot in wanted { move(slot, by: 1) }
    var users: [Int] = []
    for slot in wanted where !users.contains(slot) && needs[needsBySlot[slot]].contains(where: { $0.capacity == short })
    {
      users.append(slot)
    }
    return users
  }

  /// A capacity of which less is left than one of these offers has to leave.
  private func firstShort(among slots: some Sequence<Int>) -> Int? {
    for slot in slots {
      if let need = needs[needsBySlot[slot]].first(where: { left[$0.capacity] < $0.protected }) { return need.capacity }
    }
    return nil
  }

  /// The wanted offers that compete for something of which too little is left; none if all can be had.
  func contenders(for wanted: [Int]) -> [Int] {
    var trial = self
    return trial.take(wanted)
  }

  /// Takes everything that is wanted (units by slot of the menu) if there is enough of it all, and otherwise nothing.
  mutating func takeAll(_ wanted: [Double]) -> Bool {
    let before = left
    for slot in wanted.indices where wanted[slot] > 0 { move(slot, by: -Int(wanted[slot])) }
    // What is left only falls: whoever was served last left enough, and so did everybody before.
    guard firstShort(among: wanted.indices.lazy.filter { wanted[$0] > 0 }) == nil else {
      left = before
      return false
    }
    return true
  }

  private mutating func move(_ slot: Int, by units: Int) {
    for index in needsBySlot[slot] { left[needs[index].capacity] += units * needs[index].units }
  }
}
