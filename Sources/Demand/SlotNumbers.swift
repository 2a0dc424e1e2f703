/// A number for each offer on a menu, with their sums over bundles that one customer takes together: what is to be known
/// of a customer's choice can be looked up.
public struct SlotNumbers: Sendable {
  private let slots: [Int32]
  private let packings: [Int32]
  private let hasBundles: Bool

  /// No number is larger, so that what a customer's choice comes to has 32 bits.
  public static let largest = 1_000_000

  /// Numbers from 0 to ``largest`` by places in counts of units: alternatives first, then bundles.
  public init(_ numbers: [Int], on menu: Menu) {
    let slots = numbers.map { Int32(min(max(0, $0), Self.largest)) }
    self.slots = slots
    packings = menu.packings.map { packing in packing.reduce(0) { $0 + slots[menu.singlePrices.count + $1] } }
    hasBundles = menu.packings.count > 1
  }

  /// Sums the numbers of what each customer takes, one unit of each.
  fileprivate func add(_ choice: borrowing BlockChoice, lanes: Range<Int>) {
    choice.sums.fill(0, lanes, with: 0)
    for (category, alternatives) in choice.assortment.alternativesByCategory.enumerated() {
      choice.sums.lookUp(choice.singles, row: category, in: slots, alternatives, to: 0, lanes)
    }
    if hasBundles { choice.sums.lookUp(choice.packings, row: 0, in: packings, packings.indices, to: 0, lanes) }
  }
}

extension BlockChoice {
  /// How many customers in `lanes` take at least one of the offers whose number is above 0; no number is below.
  public func buyers(of marks: SlotNumbers, lanes: Range<Int>) -> Int {
    marks.add(self, lanes: lanes)
    return sums.countPositive(0, lanes)
  }

  /// How many customers in `lanes` take at least one of the slots marked in `isOwn` (alternatives first, then bundles).
  public func buyers(_ menu: Menu, lanes: Range<Int>, of isOwn: [Bool]) -> Int {
    buyers(of: SlotNumbers(isOwn.map { $0 ? 1 : 0 }, on: menu), lanes: lanes)
  }

  /// How many customers can be served in order of arrival, from arrival `first` on, until the next would need more than
  /// is left of `room`. They take single units.
  public func served(
    _ block: borrowing CustomerBlock, from first: Int, needs: SlotNumbers, room: Int
  ) -> Int {
    needs.add(self, lanes: 0..<block.count)
    return block.numbers.serveInLine(1, first..<block.count, needs: sums, needRow: 0, room: room)
  }

  /// The surpluses of customers in `lanes` one after the other, on top of `start`, in money.
  public func surplus(lanes: Range<Int>, from start: Double) -> Double { totals.runningSum(0, lanes, from: start) }
}
