import CKernels
import Testing

/// The kernels that read off what was chosen, against loops, at lengths that leave remainders.
@Suite struct ChoiceTableTests {
  static let counts = [0, 1, 7, 8, 31, 64, 513]

  @Test(arguments: counts) func theBetterTakesItsPlace(count: Int) {
    var random = SplitMix(state: UInt64(count))
    func level() -> Double { Double(Int.random(in: -2...2, using: &random)) }
    let trials = (0..<count).map { _ in level() }
    let before = (0..<count).map { _ in level() }
    var bests = before
    var choices = [Int32](repeating: 4, count: count)
    var ties = [Int32](repeating: 3, count: count)
    let equals = bertrand_take_better(trials, count, 9, &bests, &choices, &ties)
    #expect(equals == zip(trials, before).count { $0 == $1 })
    #expect(bests == zip(trials, before).map { max($0, $1) })
    #expect(choices == zip(trials, before).map { $0 > $1 ? 9 : 4 })
    #expect(ties == zip(trials, before).map { $0 > $1 ? 1 : 3 })
  }

  @Test(arguments: counts) func tablesAreLookedUp(count: Int) {
    var random = SplitMix(state: UInt64(count))
    let choices = (0..<count).map { _ in Int32.random(in: -1...3, using: &random) }
    let table: [Int32] = [5, 0, 7, 1]
    // Short tables are looked up entry by entry, long ones customer by customer.
    for table in [table, table + [Int32](repeating: 9, count: 30)] {
      var sums = [Int32](repeating: 2, count: count)
      bertrand_look_up(choices, count, table, table.count, &sums)
      #expect(sums == choices.map { $0 < 0 ? 2 : 2 + table[Int($0)] })
    }
    #expect(bertrand_count_positive(choices, count) == choices.count { $0 > 0 })

    let numbers = choices.map { max(0, $0) }
    var dropped = choices
    bertrand_drop_marked(numbers, count, [0, 1, 0, 1], &dropped)
    #expect(dropped == choices.map { $0 == 1 || $0 == 3 ? -1 : $0 })
    var droppedToo = choices
    bertrand_drop_few_marked(numbers, count, 0b1010, &droppedToo)
    #expect(droppedToo == dropped)
  }

  @Test(arguments: counts) func aLineIsServedAsLongAsThereIsRoom(count: Int) {
    var random = SplitMix(state: UInt64(count))
    let needs = (0..<count).map { _ in Int32.random(in: 0...3, using: &random) }
    let order = (0..<Int32(count)).shuffled(using: &random)
    for room in [-1, 0, 1, 5, count, 4 * count] {
      var left = room
      var served = 0
      for place in order {
        guard needs[Int(place)] <= left else { break }
        left -= Int(needs[Int(place)])
        served += 1
      }
      #expect(bertrand_serve_in_line(order, count, needs, Int64(room)) == served)
    }
  }

  /// To the last bit: it stands for a loop that adds one number after the other.
  @Test(arguments: counts) func sumsRunOn(count: Int) {
    let numbers = uniforms(count)
    #expect(bertrand_running_sum(numbers, count, 0.1) == numbers.reduce(0.1, +))
  }
}
