import Demand

/// Some lanes of a block, one bit each.
struct LaneSet {
  /// Empty until a lane is inserted, so that blocks in which nobody waits cost nothing.
  private var words: [UInt64] = []

  /// Whether there are none.
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Adds a lane.
  mutating func insert(_ lane: Int) {
    if words.isEmpty { words = [UInt64](repeating: 0, count: (CustomerBlock.capacity + 63) / 64) }
    words[lane >> 6] |= 1 << UInt64(lane & 63)
  }

  /// Whether a lane is among them.
  func contains(_ lane: Int) -> Bool { !words.isEmpty && words[lane >> 6] & (1 << UInt64(lane & 63)) != 0 }

  /// The lanes that are in both sets.
  func intersection(_ other: LaneSet) -> LaneSet {
    var both = LaneSet()
    both.words = zip(words, other.words).map { $0 & $1 }
    return both
  }
}

/// The customers who wait, under one candidate: who they are comes back with their draws, so that one bit each is all that
/// is kept, and none longer than a segment's patience.
struct WaitingRoom {
  /// By period of arrival, then by number of a block's first customer.
  private var blocks: [Int: [Int: LaneSet]] = [:]

  /// Whether anyone waits who came in a period.
  func isOccupied(arrival: Int) -> Bool { blocks[arrival] != nil }

  /// Whether anyone waits who came in a period and belongs to a block.
  func isOccupied(arrival: Int, first: Int) -> Bool { blocks[arrival]?[first] != nil }

  /// Lets customers of a block wait.
  mutating func enter(_ lanes: LaneSet, arrival: Int, first: Int) {
    if !lanes.isEmpty { blocks[arrival, default: [:]][first] = lanes }
  }

  /// Calls those of a block who wait.
  mutating func leave(arrival: Int, first: Int) -> LaneSet? {
    guard let lanes = blocks[arrival]?.removeValue(forKey: first) else { return nil }
    if blocks[arrival]?.isEmpty ?? false { blocks[arrival] = nil }
    return lanes
  }
}

/// A block of customers at the market: as they come, or when those who wait come back.
struct Visit {
  /// The period in which they came.
  let arrival: Int
  /// The number of the block's first customer among those of that period.
  let first: Int
  /// Whether only those who wait take part.
  let isReturn: Bool
  /// When in the period each of the block comes, by order of arrival; empty where nobody needs to know.
  var times: [Double] = []
}
