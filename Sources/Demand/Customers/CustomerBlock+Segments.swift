/// Which customer of a block belongs to which segment.
extension CustomerBlock {
  /// The segment of the customer in a lane.
  public func segment(ofLane lane: Int) -> Int {
    var segment = 0
    while segment + 1 < lanesBySegment.count, lane >= lanesBySegment[segment].upperBound { segment += 1 }
    return segment
  }

  /// The lanes of a segment's customers among some who arrive one after the other: within a segment customers stand in
  /// order of arrival.
  public func lanes(ofSegment segment: Int, arrivals: Range<Int>) -> Range<Int> {
    let lanes = lanesBySegment[segment]
    func place(of arrival: Int) -> Int {
      var (low, high) = (lanes.lowerBound, lanes.upperBound)
      while low < high {
        let middle = (low + high) / 2
        // Numbers are kept in 32 bits.
        let own = Int(Int32(truncatingIfNeeded: numbers[0, middle] - firstNumber))
        if own < arrival { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return place(of: arrivals.lowerBound)..<place(of: arrivals.upperBound)
  }

  mutating func assignSegments(first: Int, _ given: [Double]?) {
    let all = 0..<count
    guard population.segments.count > 1 else {
      numbers.count(0, all, from: first)
      numbers.count(1, all, from: 0)
      lanesBySegment[0] = all
      return
    }
    let shares = given ?? population.segments.map(\.share)
    numbers.count(0, all, from: first)
    scratch.drawUniforms(0, 1, lanes: all, customers: numbers, row: 0, key: key, slot: 0)
    var sizes = [Int](repeating: 0, count: shares.count)
    // What rounding leaves goes to the last segment of whom anybody comes.
    let last = shares.lastIndex { $0 > 0 } ?? 0
    var sum = 0.0
    let ends = shares[..<last].map { share in
      sum += share
      return sum
    }
    for lane in all {
      let uniform = scratch[0, lane]
      // All of them are compared: a random draw would mispredict the end of a search.
      var segment = 0
      for end in ends { segment += uniform >= end ? 1 : 0 }
      numbers[2, lane] = segment
      sizes[segment] += 1
    }
    var next: [Int] = []
    var start = 0
    for (segment, size) in sizes.enumerated() {
      lanesBySegment[segment] = start..<(start + size)
      next.append(start)
      start += size
    }
    for arrival in all {
      let segment = numbers[2, arrival]
      numbers[1, arrival] = next[segment]
      numbers[0, next[segment]] = first + arrival
      next[segment] += 1
    }
  }
}
