/// What the customers of a block take from a menu.
///
/// A customer takes what leaves the largest surplus (valuation net of the outside option, less price) and buys when that
/// is not negative. Between a bundle and equally good parts the customer takes the bundle; what is equally good in that
/// respect too is settled by an even lot. Customers with synergies compare combinations over all categories at once, and
/// of a product with a ``UsageCurve`` they may take several units. Verified against a plain search through all feasible
/// sets of offers (`BlockChoiceTests`, `LinkedChoiceTests`).
public struct BlockChoice: ~Copyable {
  /// One row a category: position of the alternative within its category, or -1.
  let singles: IndexLanes
  /// One row a category: units of the alternative taken. Only kept where ``mayTakeSeveral`` says so.
  let units: IndexLanes
  /// Row 0: the packing of bundles taken. Row 1: how many equally good ones have been met.
  let packings: IndexLanes
  /// One row a category.
  let surpluses: Lanes
  /// Row 0: surplus of the whole choice. Row 1: of the packing being tried.
  let totals: Lanes
  let assortment: Assortment
  private let capacity = CustomerBlock.capacity
  /// 1 where several units may be taken.
  private let flag: IndexLanes
  /// What each customer's choice comes to by a table of numbers.
  let sums: IndexLanes

  /// Room for the choices of one block.
  public init(_ assortment: Assortment) {
    self.assortment = assortment
    singles = IndexLanes(rows: assortment.categories.count, width: capacity)
    units = IndexLanes(rows: assortment.categories.count, width: capacity)
    packings = IndexLanes(rows: 2, width: capacity)
    surpluses = Lanes(rows: assortment.categories.count, width: capacity)
    totals = Lanes(rows: 2, width: capacity)
    flag = IndexLanes(rows: 1, width: 1)
    sums = IndexLanes(rows: 1, width: capacity)
  }

  /// Whether a customer of the block who chose last may take several units of something.
  public var mayTakeSeveral: Bool { flag[0, 0] != 0 }

  /// Lets every customer of the block choose.
  public func choose(_ block: borrowing CustomerBlock, from menu: Menu) {
    choose(block, from: menu, lanes: 0..<block.count)
  }

  /// Lets the customers in some lanes of the block choose; what others chose stays.
  public func choose(_ block: borrowing CustomerBlock, from menu: Menu, lanes: Range<Int>) {
    guard !block.choosesPlainly else {
      choose(block, menu, worths: block.values, lanes: lanes)
      return
    }
    let segments = block.population.segments
    flag[0, 0] = segments.contains { !$0.usage.isEmpty } ? 1 : 0
    if mayTakeSeveral {
      for category in assortment.categories.indices {
        for lane in lanes { units[category, lane] = 1 }
      }
    }
    for (index, own) in block.lanesBySegment.enumerated() {
      let lanes = own.clamped(to: lanes)
      guard !lanes.isEmpty else { continue }
      let usage = segments[index].usage
      let groups = block.population.synergyGroups[index]
      if usage.isEmpty {
        choose(block, menu, worths: block.values, groups: groups, lanes: lanes)
      } else {
        let several = SeveralUnits(block, menu, usage: usage, lanes: lanes)
        choose(block, menu, worths: several.worths, groups: groups, lanes: lanes)
        for (category, alternatives) in assortment.alternativesByCategory.enumerated() {
          for lane in lanes where singles[category, lane] >= 0 {
            units[category, lane] = several.units[alternatives.lowerBound + singles[category, lane], lane]
          }
        }
      }
    }
  }

  private func choose(
    _ block: borrowing CustomerBlock, _ menu: Menu, worths: borrowing Lanes, groups: [SynergyGroup], lanes: Range<Int>
  ) {
    if groups.isEmpty {
      choose(block, menu, worths: worths, lanes: lanes)
    } else {
      chooseLinked(block, menu, worths: worths, groups: groups, lanes: lanes)
    }
  }

  /// Customers without synergies: the best of each category, or bundles.
  ///
  /// - Parameter worths: what each alternative on its own is worth to each customer before the price of one unit.
  private func choose(_ block: borrowing CustomerBlock, _ menu: Menu, worths: borrowing Lanes, lanes: Range<Int>) {
    for category in assortment.categories.indices {
      chooseSingle(block, category, worths: worths, prices: menu.singlePrices, lanes: lanes)
    }
    if assortment.categories.count == 1 {
      surpluses.copy(0, to: 0, of: totals, lanes)
    } else if assortment.categories.count > 1 {
      surpluses.sum(0, 1, from: 0, to: 0, of: totals, lanes)
      for category in 2..<assortment.categories.count { surpluses.add(category, times: 1, to: 0, of: totals, lanes) }
    }
    if menu.packings.count > 1 { chooseBundles(block, menu, lanes) }
  }

  /// Takes a customer's choice back: he buys nothing, for a surplus of 0.
  public func decline(_ menu: Menu, lane: Int) {
    for category in assortment.categories.indices { singles[category, lane] = -1 }
    if menu.packings.count > 1 { packings[0, lane] = 0 }
    totals[0, lane] = 0
  }

  /// The best alternative of a category on its own, or nothing.
  func chooseSingle(
    _ block: borrowing CustomerBlock, _ category: Int, worths: borrowing Lanes, prices: [Double], lanes: Range<Int>
  ) {
    let outside = assortment.hasOutsideOption ? 0 : -Double.infinity
    let ties = worths.best(
      of: assortment.alternativesByCategory[category], prices: prices, outside: outside, lanes: lanes,
      choices: singles, choiceRow: category, surpluses: surpluses, surplusRow: category)
    guard ties > 0 else { return }
    drawLots(
      block, category, worths: worths, prices: prices, lanes: lanes, choices: singles, surpluses: surpluses,
      row: category)
  }

  /// Settles between equally good alternatives of a category.
  func drawLots(
    _ block: borrowing CustomerBlock, _ category: Int, worths: borrowing Lanes, prices: [Double], lanes: Range<Int>,
    choices: borrowing IndexLanes, surpluses: borrowing Lanes, row: Int
  ) {
    let alternatives = assortment.alternativesByCategory[category]
    for lane in lanes where choices[row, lane] >= 0 {
      let best = surpluses[row, lane]
      var equal = 0
      for alternative in alternatives where worths[alternative, lane] - prices[alternative] == best { equal += 1 }
      guard equal > 1 else { continue }
      var skip = min(equal - 1, Int(block.lot(lane: lane, category: category) * Double(equal)))
      for alternative in alternatives where worths[alternative, lane] - prices[alternative] == best {
        if skip == 0 { choices[row, lane] = alternative - alternatives.lowerBound }
        skip -= 1
      }
    }
  }

  private func chooseBundles(_ block: borrowing CustomerBlock, _ menu: Menu, _ lanes: Range<Int>) {
    let sizes = menu.packingSizes
    packings.fill(0, lanes, with: 0)
    for index in menu.packings.indices.dropFirst() {
      guard let covered = tryPacking(index, block, menu, lanes) else { continue }
      for category in assortment.categories.indices where covered & (1 << UInt64(category)) == 0 {
        surpluses.add(category, times: 1, to: 1, of: totals, lanes)
      }
      comparePacking(index, sizes, block, lanes)
    }
    dropCovered(menu, lanes)
  }

  /// Lays down what the bundles of a packing leave, in row 1 of ``totals``.
  ///
  /// - Returns: the categories that they cover, one bit each; nil where one of them has sold out.
  func tryPacking(_ index: Int, _ block: borrowing CustomerBlock, _ menu: Menu, _ lanes: Range<Int>) -> UInt64? {
    let packing = menu.packings[index]
    let price = packing.reduce(0) { $0 + menu.bundles[$1].price }
    guard price.isFinite else { return nil }
    // The first two parts, which every bundle has, in one go.
    let first = menu.bundles[packing[0]].alternatives
    block.values.sum(first[0], first[1], from: -price, to: 1, of: totals, lanes)
    var covered: UInt64 = 0
    for (place, bundle) in packing.enumerated() {
      covered |= menu.bundles[bundle].categories
      for alternative in menu.bundles[bundle].alternatives.dropFirst(place == 0 ? 2 : 0) {
        block.values.add(alternative, times: 1, to: 1, of: totals, lanes)
      }
    }
    return covered
  }

  /// Puts a packing in the place of the best one so far for the customers to whom it is better.
  func comparePacking(_ index: Int, _ sizes: [Int], _ block: borrowing CustomerBlock, _ lanes: Range<Int>) {
    guard packings.takeBetter(index, 1, than: 0, of: totals, lanes) > 0 else { return }
    // Those who have taken it are not indifferent: they find it no better than itself.
    for lane in lanes where totals[1, lane] == totals[0, lane] && packings[0, lane] != index {
      let best = packings[0, lane]
      guard sizes[index] >= sizes[best] else { continue }
      packings[1, lane] = sizes[index] > sizes[best] ? 1 : packings[1, lane] + 1
      // An even lot: the k-th of equally good packings takes the place of an earlier one with probability 1/k.
      let number = packings[1, lane]
      guard number == 1 || block.lot(lane: lane, packing: index) * Double(number) < 1 else { continue }
      packings[0, lane] = index
    }
  }

  /// Nobody takes an alternative on its own in a category that a bundle covers.
  func dropCovered(_ menu: Menu, _ lanes: Range<Int>) {
    for category in assortment.categories.indices {
      singles.drop(category, where: menu.packingCategories, have: UInt64(category), of: packings, lanes)
    }
  }

  /// The surplus of one customer's choice, in money.
  public func surplus(lane: Int) -> Double { totals[0, lane] }

  /// Adds the units that customers in `lanes` take: of single alternatives first, then of the menu's bundles.
  ///
  /// - Returns: the sum of their surpluses, in money.
  @discardableResult
  public func tally(_ menu: Menu, lanes: Range<Int>, into counts: inout [Double]) -> Double {
    var surplus = 0.0
    for (category, alternatives) in assortment.alternativesByCategory.enumerated() {
      let sum = totals.tally(
        singles, row: category, lanes: lanes, count: alternatives.count, counts: &counts,
        from: alternatives.lowerBound, surplusRow: category == 0 ? 0 : nil)
      if category == 0 { surplus = sum }
      guard mayTakeSeveral else { continue }
      for lane in lanes where singles[category, lane] >= 0 && units[category, lane] > 1 {
        counts[alternatives.lowerBound + singles[category, lane]] += Double(units[category, lane] - 1)
      }
    }
    guard menu.packings.count > 1 else { return surplus }
    if menu.packsOneBundleEach {
      _ = totals.tally(
        packings, row: 0, lanes: lanes, first: 1, count: menu.bundles.count, counts: &counts,
        from: menu.singlePrices.count, surplusRow: nil)
      return surplus
    }
    var takers = [Double](repeating: 0, count: menu.packings.count)
    _ = totals.tally(
      packings, row: 0, lanes: lanes, count: takers.count, counts: &takers, from: 0, surplusRow: nil)
    for (packing, bundles) in menu.packings.enumerated() where takers[packing] > 0 {
      for bundle in bundles { counts[menu.singlePrices.count + bundle] += takers[packing] }
    }
    return surplus
  }

  /// Adds what customers in `lanes` pay less than units times price for what they take on a tariff, by places in counts of
  /// units, in money; see ``Menu/rebate(at:units:)``.
  public func addRebates(_ menu: Menu, lanes: Range<Int>, into rebates: inout [Double]) {
    guard mayTakeSeveral, !menu.tariffs.isEmpty else { return }
    for (category, alternatives) in assortment.alternativesByCategory.enumerated() {
      for lane in lanes where singles[category, lane] >= 0 && units[category, lane] > 1 {
        let place = alternatives.lowerBound + singles[category, lane]
        rebates[place] += menu.rebate(at: place, units: units[category, lane])
      }
    }
  }

  /// Adds what one customer takes: places in counts of units, a place once for each unit.
  public func purchases(_ menu: Menu, lane: Int, into places: inout [Int]) {
    for (category, alternatives) in assortment.alternativesByCategory.enumerated() where singles[category, lane] >= 0 {
      let place = alternatives.lowerBound + singles[category, lane]
      places.append(place)
      guard mayTakeSeveral else { continue }
      for _ in 1..<max(1, units[category, lane]) { places.append(place) }
    }
    guard menu.packings.count > 1, packings[0, lane] > 0 else { return }
    for bundle in menu.packings[packings[0, lane]] { places.append(menu.singlePrices.count + bundle) }
  }
}
