extension BlockChoice {
  /// The choice of customers with synergies: the best set over all categories, bundles among it.
  ///
  /// Within a group of linked categories only the best offer of each *state* of a category can be part of it (see
  /// ``SynergyGroup``), so that combinations of states are compared, for each packing of bundles that covers some of the
  /// group's categories, and once for all that do not. Of equally good combinations the customer takes one with the most
  /// products, by an even lot over the sets of offers.
  ///
  /// - Parameter worths: what each alternative on its own is worth to each customer before the price of one unit.
  func chooseLinked(
    _ block: borrowing CustomerBlock, _ menu: Menu, worths: borrowing Lanes, groups: [SynergyGroup], lanes: Range<Int>
  ) {
    let linked = Set(groups.flatMap(\.categories))
    let room = LinkedRoom(groups, assortment)
    for (number, group) in groups.enumerated() { chooseStates(block, menu, worths, group, number, room, lanes) }

    // Row g: the best combination of group g without bundles. Row groups + g: with the bundles of the packing tried.
    totals.fill(0, lanes, with: 0)
    for category in assortment.categories.indices where !linked.contains(category) {
      chooseSingle(block, category, worths: worths, prices: menu.singlePrices, lanes: lanes)
      surpluses.add(category, times: 1, to: 0, of: totals, lanes)
    }
    for (number, group) in groups.enumerated() {
      let forced = [Int?](repeating: nil, count: group.categories.count)
      compareCombinations(block, menu, worths, group, number, forced: forced, packing: 0, to: number, room, lanes)
      room.surpluses.add(number, times: 1, to: 0, of: totals, lanes)
      for lane in lanes { room.taken[number, lane] = room.combinations[number, lane] }
    }
    for lane in lanes { packings[0, lane] = 0 }
    let sizes = menu.packingSizes
    for index in menu.packings.indices.dropFirst() {
      guard let covered = tryPacking(index, block, menu, lanes) else { continue }
      let products = menu.packings[index].flatMap { menu.bundles[$0].alternatives }.map { assortment.alternatives[$0] }
      for category in assortment.categories.indices
      where covered & (1 << UInt64(category)) == 0 && !linked.contains(category) {
        surpluses.add(category, times: 1, to: 1, of: totals, lanes)
      }
      var touched: [Int] = []
      for (number, group) in groups.enumerated() {
        let forced = group.forcedStates(products, assortment)
        if forced.allSatisfy({ $0 == nil }) {
          room.surpluses.add(number, times: 1, to: 1, of: totals, lanes)
          continue
        }
        let row = groups.count + number
        compareCombinations(block, menu, worths, group, number, forced: forced, packing: index, to: row, room, lanes)
        room.surpluses.add(row, times: 1, to: 1, of: totals, lanes)
        touched.append(number)
      }
      comparePacking(index, sizes, block, lanes)
      for lane in lanes where packings[0, lane] == index {
        for number in groups.indices {
          let row = touched.contains(number) ? groups.count + number : number
          room.taken[number, lane] = room.combinations[row, lane]
        }
      }
    }
    for (number, group) in groups.enumerated() {
      for (position, category) in group.categories.enumerated() {
        for lane in lanes {
          let state = group.state(room.taken[number, lane], at: position)
          singles[category, lane] = room.choices[room.row(number, position) + state, lane]
        }
      }
    }
    if menu.packings.count > 1 { dropCovered(menu, lanes) }
  }

  /// The best offer of each state of each category of a group.
  private func chooseStates(
    _ block: borrowing CustomerBlock, _ menu: Menu, _ worths: borrowing Lanes, _ group: SynergyGroup, _ number: Int,
    _ room: borrowing LinkedRoom, _ lanes: Range<Int>
  ) {
    for (position, category) in group.categories.enumerated() {
      let alternatives = assortment.alternativesByCategory[category]
      for state in 0...group.named[position].count {
        let prices = group.prices(position, state, menu, assortment)
        let canRefuse = state == 0 && assortment.hasOutsideOption
        let row = room.row(number, position) + state
        let ties = worths.best(
          of: alternatives, prices: prices, outside: canRefuse ? 0 : -.infinity, lanes: lanes,
          choices: room.choices, choiceRow: row, surpluses: room.states, surplusRow: row)
        guard ties > 0 else { continue }
        drawLots(
          block, category, worths: worths, prices: prices, lanes: lanes, choices: room.choices,
          surpluses: room.states, row: row)
      }
    }
  }

  /// The best combination of a group, where bundles already hold something of the categories with a forced state.
  private func compareCombinations(
    _ block: borrowing CustomerBlock, _ menu: Menu, _ worths: borrowing Lanes, _ group: SynergyGroup, _ number: Int,
    forced: [Int?], packing: Int, to row: Int, _ room: borrowing LinkedRoom, _ lanes: Range<Int>
  ) {
    /// What a combination adds to the bundles: how many products, and in how many equally good ways.
    func count(_ combination: Int, _ lane: Int) -> (products: Int, ways: Double) {
      var products = 0
      var ways = 1.0
      for position in forced.indices where forced[position] == nil {
        let state = group.state(combination, at: position)
        let place = room.row(number, position) + state
        guard room.choices[place, lane] >= 0 else { continue }
        products += 1
        let prices = group.prices(position, state, menu, assortment)
        let best = room.states[place, lane]
        ways *= Double(
          assortment.alternativesByCategory[group.categories[position]]
            .count { worths[$0, lane] - prices[$0] == best })
      }
      return (products, ways)
    }

    room.surpluses.fill(row, lanes, with: -.infinity)
    for lane in lanes { room.combinations[row, lane] = 0 }
    for combination in group.worths.indices {
      let states = forced.indices.map { group.state(combination, at: $0) }
      guard forced.indices.allSatisfy({ forced[$0] == nil || forced[$0] == states[$0] }) else { continue }
      room.trial.fill(0, lanes, with: group.worths[combination])
      for position in forced.indices where forced[position] == nil {
        room.states.add(room.row(number, position) + states[position], times: 1, to: 0, of: room.trial, lanes)
      }
      for lane in lanes {
        let surplus = room.trial[0, lane]
        let best = room.surpluses[row, lane]
        guard surplus >= best, surplus > -.infinity else { continue }
        if surplus == best {
          let (own, other) = (count(combination, lane), count(room.combinations[row, lane], lane))
          guard own.products >= other.products else { continue }
          if own.products > other.products {
            room.trial[1, lane] = own.ways
          } else {
            // Row 1 counts the equally good sets of offers so far; it was left at 0 as long as there was one combination.
            if room.trial[1, lane] == 0 { room.trial[1, lane] = other.ways }
            room.trial[1, lane] += own.ways
            let lot = (packing * 31 + number) * SynergyGroup.largestCombinationCount + combination
            guard block.lot(lane: lane, combination: lot) * room.trial[1, lane] < own.ways else { continue }
          }
        } else {
          room.trial[1, lane] = 0
        }
        room.surpluses[row, lane] = surplus
        room.combinations[row, lane] = combination
      }
    }
  }
}

extension SynergyGroup {
  /// The states of the categories in which a customer already owns one of these products; nil for the others.
  fileprivate func forcedStates(_ owned: [Int], _ assortment: Assortment) -> [Int?] {
    zip(categories, named).map { category, named in
      owned.first { assortment.products[$0].category == category }
        .map { product in (named.firstIndex(of: product) ?? -1) + 1 }
    }
  }

  /// Prices with everything off the menu that does not belong to a state of a category.
  fileprivate func prices(_ position: Int, _ state: Int, _ menu: Menu, _ assortment: Assortment) -> [Double] {
    var prices = menu.singlePrices
    for alternative in assortment.alternativesByCategory[categories[position]] {
      let own = (named[position].firstIndex(of: assortment.alternatives[alternative]) ?? -1) + 1
      if own != state { prices[alternative] = .infinity }
    }
    return prices
  }
}

/// Room for the choice of one segment with synergies.
private struct LinkedRoom: ~Copyable {
  /// One row for each state of each category of each group: the surplus of its best offer, and which it is.
  let states: Lanes
  let choices: IndexLanes
  /// One row for each group without bundles, then one with those of the packing being tried.
  let surpluses: Lanes
  let combinations: IndexLanes
  /// One row a group: the combination that is part of the best choice so far.
  let taken: IndexLanes
  /// Row 0: the combination being tried. Row 1: how many equally good sets of offers have been met.
  let trial: Lanes
  private let rows: [[Int]]

  init(_ groups: [SynergyGroup], _ assortment: Assortment) {
    var next = 0
    rows = groups.map { group in
      group.named.map { named in
        defer { next += named.count + 1 }
        return next
      }
    }
    let width = CustomerBlock.capacity
    states = Lanes(rows: next, width: width)
    choices = IndexLanes(rows: next, width: width)
    surpluses = Lanes(rows: 2 * groups.count, width: width)
    combinations = IndexLanes(rows: 2 * groups.count, width: width)
    taken = IndexLanes(rows: groups.count, width: width)
    trial = Lanes(rows: 2, width: width)
  }

  /// The row of the first state of a category of a group.
  func row(_ group: Int, _ position: Int) -> Int { rows[group][position] }
}
