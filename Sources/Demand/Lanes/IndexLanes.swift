import CKernels

/// Rows of whole numbers, one lane a customer.
struct IndexLanes: ~Copyable {
  let width: Int
  let base: UnsafeMutablePointer<Int32>

  init(rows: Int, width: Int) {
    self.width = width
    base = .allocate(capacity: max(1, rows * width))
    base.initialize(repeating: 0, count: max(1, rows * width))
  }

  deinit { base.deallocate() }

  subscript(row: Int, lane: Int) -> Int {
    get { Int(base[row * width + lane]) }
    nonmutating set { base[row * width + lane] = Int32(truncatingIfNeeded: newValue) }
  }
}

extension IndexLanes {
  func lanes(_ row: Int, _ range: Range<Int>) -> UnsafeMutablePointer<Int32> {
    base + (row * width + range.lowerBound)
  }

  func fill(_ row: Int, _ range: Range<Int>, with value: Int) {
    lanes(row, range).update(repeating: Int32(truncatingIfNeeded: value), count: range.count)
  }

  /// Numbers the lanes of a row one after the other; numbers are kept in 32 bits.
  func count(_ row: Int, _ range: Range<Int>, from first: Int) {
    let numbers = UnsafeMutableBufferPointer(start: lanes(row, range), count: range.count)
    let start = Int32(truncatingIfNeeded: first)
    for place in numbers.indices { numbers[place] = start &+ Int32(truncatingIfNeeded: place) }
  }

  /// Puts row `trial` of some numbers in the place of row `best` where it is larger, with its number in row 0 here and 1
  /// in row 1.
  ///
  /// - Returns: in how many lanes they are equal.
  func takeBetter(_ number: Int, _ trial: Int, than best: Int, of values: borrowing Lanes, _ range: Range<Int>) -> Int {
    bertrand_take_better(
      values.lanes(trial, range), range.count, Int32(number), values.lanes(best, range), lanes(0, range),
      lanes(1, range))
  }

  /// Writes -1 to the lanes of a row where the set of that number in row 0 of `numbers` has a bit.
  func drop(
    _ row: Int, where sets: [UInt64], have bit: UInt64, of numbers: borrowing IndexLanes, _ range: Range<Int>
  ) {
    guard sets.count <= 32 else {
      let marks = sets.map { Int32(truncatingIfNeeded: $0 >> bit & 1) }
      bertrand_drop_marked(numbers.lanes(0, range), range.count, marks, lanes(row, range))
      return
    }
    var marks: UInt32 = 0
    for (number, set) in sets.enumerated() where set >> bit & 1 != 0 { marks |= 1 << UInt32(number) }
    bertrand_drop_few_marked(numbers.lanes(0, range), range.count, marks, lanes(row, range))
  }

  /// Adds what a part of a table says of the numbers in a row of `choices`, which count from its start; nothing of those
  /// below 0.
  func lookUp(
    _ choices: borrowing IndexLanes, row: Int, in table: [Int32], _ part: Range<Int>, to target: Int,
    _ range: Range<Int>
  ) {
    table.withUnsafeBufferPointer { all in
      guard let start = all.baseAddress, part.upperBound <= all.count else { return }
      bertrand_look_up(
        choices.lanes(row, range), range.count, start + part.lowerBound, part.count, lanes(target, range))
    }
  }

  /// In how many lanes a row is above 0.
  func countPositive(_ row: Int, _ range: Range<Int>) -> Int { bertrand_count_positive(lanes(row, range), range.count) }

  /// How many can be served in order, whose needs stand in a row of `needs` and places in a row here, until the next would
  /// need more than is left of `room`.
  func serveInLine(_ row: Int, _ range: Range<Int>, needs: borrowing IndexLanes, needRow: Int, room: Int) -> Int {
    bertrand_serve_in_line(
      lanes(row, range), range.count, needs.lanes(needRow, 0..<needs.width), Int64(room))
  }
}
