import GSL

/// A block of sampled customers: what each would pay for each alternative, net of what buying nothing in its category
/// is worth to them. Drawn once, then every candidate strategy lets the same customers choose.
///
/// Inside a block the customers are sorted by segment, so that a segment is a range of lanes; ``lane(ofArrival:)`` gives
/// the order in which they come. The draws of a customer depend on the ``DrawKey`` and the customer's number alone.
/// Samples of every distribution are verified against its mean, variance and demand curve (`CustomerBlockDistributionTests`).
public struct CustomerBlock: ~Copyable {
  /// The largest number of customers in a block: all rows of a typical market fit in a processor's near cache.
  public static let capacity = 512

  /// Who is drawn.
  public let population: Population
  /// How many customers the block holds now.
  public private(set) var count = 0
  /// The lanes of each segment.
  public private(set) var lanesBySegment: [Range<Int>]

  /// One row for each alternative.
  let values: Lanes
  private let products: Lanes
  private let scratch: Lanes
  /// Row 0: customer numbers by lane. Row 1: lane by order of arrival. Row 2: segments in order of arrival.
  private let numbers: IndexLanes
  private let flatRespondents: [[Double]]
  private var key = DrawKey(seed: 0, replication: 0, purpose: .customers)

  /// A block for customers of a population.
  public init(_ population: Population) {
    let assortment = population.assortment
    self.population = population
    values = Lanes(rows: assortment.alternatives.count, width: Self.capacity)
    products = Lanes(rows: assortment.products.count + 1, width: Self.capacity)
    scratch = Lanes(rows: 2, width: Self.capacity)
    numbers = IndexLanes(rows: 3, width: Self.capacity)
    lanesBySegment = [Range<Int>](repeating: 0..<0, count: population.segments.count)
    flatRespondents = population.segments.map { segment in
      if case .respondents(let rows) = segment.valuations { Array(rows.joined()) } else { [] }
    }
  }

  /// The lane of the customer who arrives as number `arrival` of this block, from 0.
  public func lane(ofArrival arrival: Int) -> Int { numbers[1, arrival] }

  /// What a customer would pay for an alternative, net of the outside option.
  public func value(ofAlternative alternative: Int, lane: Int) -> Double { values[alternative, lane] }

  // Slots of a customer's draws; far apart so that no market is large enough to make them meet.
  private static let valuationSlot = 1
  private static let tasteSlot = 10_000
  private static let outsideSlot = 20_000
  private static let categoryLotSlot = 30_000
  private static let packingLotSlot = 40_000

  /// Draws the customers numbered `first`, `first + 1`, ...
  ///
  /// - Parameter count: how many; at most ``capacity`` are drawn.
  public mutating func draw(_ key: DrawKey, first: Int, count: Int) {
    self.key = key
    self.count = min(count, Self.capacity)
    assignSegments(first: first)
    for (index, segment) in population.segments.enumerated() where !lanesBySegment[index].isEmpty {
      let lanes = lanesBySegment[index]
      drawValuations(segment, respondents: flatRespondents[index], lanes)
      for (alternative, product) in population.assortment.alternatives.enumerated() {
        products.copy(product, to: alternative, of: values, lanes)
      }
      if segment.taste > 0 { addTaste(segment.taste, lanes) }
    }
  }

  private mutating func assignSegments(first: Int) {
    let all = 0..<count
    guard population.segments.count > 1 else {
      for lane in all {
        numbers[0, lane] = first + lane
        numbers[1, lane] = lane
      }
      lanesBySegment[0] = all
      return
    }
    for lane in all { numbers[0, lane] = first + lane }
    scratch.drawUniforms(0, 1, lanes: all, customers: numbers, row: 0, key: key, slot: 0)
    var sizes = [Int](repeating: 0, count: population.segments.count)
    for lane in all {
      var remaining = scratch[0, lane]
      var segment = 0
      while segment < sizes.count - 1, remaining >= population.segments[segment].share {
        remaining -= population.segments[segment].share
        segment += 1
      }
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

  private func drawValuations(_ segment: Segment, respondents: [Double], _ lanes: Range<Int>) {
    let count = population.assortment.products.count
    switch segment.valuations {
    case .respondents(let rows):
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot)
      for lane in lanes {
        let respondent = min(rows.count - 1, Int(scratch[0, lane] * Double(rows.count)))
        for product in 0..<count { products[product, lane] = respondents[respondent * count + product] }
      }
    case .distributions(let distributions, _):
      for product in stride(from: 0, to: count, by: 2) {
        // With an odd number of products the last second draw lands in a spare row.
        products.drawUniforms(
          product, product + 1, lanes: lanes, customers: numbers, row: 0, key: key,
          slot: Self.valuationSlot + product / 2)
      }
      if let factor = segment.correlationFactor { correlate(factor, lanes) }
      for (product, distribution) in distributions.enumerated() {
        transform(product, distribution, isNormal: segment.correlationFactor != nil, lanes)
      }
    }
  }

  /// Turns independent uniforms into correlated standard normals, the last product first so that it can be done in place.
  private func correlate(_ factor: [[Double]], _ lanes: Range<Int>) {
    for product in factor.indices { products.normalQuantiles(product, lanes) }
    for product in factor.indices.reversed() {
      products.scale(product, lanes, by: factor[product][product], shift: 0)
      for other in 0..<product where factor[product][other] != 0 {
        products.add(other, times: factor[product][other], to: product, lanes)
      }
    }
  }

  /// Turns a row of uniforms (or of standard normals) into valuations by the inverse of the distribution function.
  private func transform(_ row: Int, _ distribution: Valuation, isNormal: Bool, _ lanes: Range<Int>) {
    switch distribution {
    case .fixed(let value):
      products.fill(row, lanes, with: value)
    case .normal(let mean, let deviation):
      if !isNormal { products.normalQuantiles(row, lanes) }
      products.scale(row, lanes, by: deviation, shift: mean)
    case .logNormal(let mean, let deviation):
      if !isNormal { products.normalQuantiles(row, lanes) }
      let moments = Valuation.logarithmicMoments(mean: mean, standardDeviation: deviation)
      products.scale(row, lanes, by: moments.standardDeviation, shift: moments.mean)
      products.exponentials(row, lanes)
    case .uniform(let low, let high):
      if isNormal { products.normalProbabilities(row, lanes) }
      products.scale(row, lanes, by: high - low, shift: low)
    case .exponential(let mean):
      if isNormal { products.normalProbabilities(row, lanes) }
      products.exponentialQuantiles(row, lanes)
      products.scale(row, lanes, by: mean, shift: 0)
    case .gumbel(let location, let scale):
      if isNormal { products.normalProbabilities(row, lanes) }
      products.gumbelQuantiles(row, lanes)
      products.scale(row, lanes, by: scale, shift: location)
    }
  }

  private func addTaste(_ taste: Double, _ lanes: Range<Int>) {
    let assortment = population.assortment
    for alternative in stride(from: 0, to: assortment.alternatives.count, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.tasteSlot + alternative / 2)
      for row in 0..<min(2, assortment.alternatives.count - alternative) {
        scratch.gumbelQuantiles(row, lanes)
        scratch.add(row, times: taste, to: alternative + row, of: values, lanes)
      }
    }
    guard assortment.hasOutsideOption else { return }
    for category in stride(from: 0, to: assortment.categories.count, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.outsideSlot + category / 2)
      for row in 0..<min(2, assortment.categories.count - category) {
        scratch.gumbelQuantiles(row, lanes)
        for alternative in assortment.alternativesByCategory[category + row] {
          scratch.add(row, times: -taste, to: alternative, of: values, lanes)
        }
      }
    }
  }

  /// A uniform draw of a customer that settles between equally good choices, one for each category.
  func lot(lane: Int, category: Int) -> Double { lot(lane: lane, slot: Self.categoryLotSlot + category) }

  /// A uniform draw of a customer that settles whether a packing of bundles is taken or an equally good one before it.
  func lot(lane: Int, packing: Int) -> Double { lot(lane: lane, slot: Self.packingLotSlot + packing) }

  private func lot(lane: Int, slot: Int) -> Double {
    scratch.drawUniforms(0, 1, lanes: lane..<(lane + 1), customers: numbers, row: 0, key: key, slot: slot)
    return scratch[0, lane]
  }
}
