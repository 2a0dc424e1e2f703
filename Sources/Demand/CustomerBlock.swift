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
  /// One row for each product: its own worth to the customer, without taste.
  let products: Lanes
  private let scratch: Lanes
  /// Row 0: customer numbers by lane. Row 1: lane by order of arrival. Row 2: segments in order of arrival.
  let numbers: IndexLanes
  /// The number of the first customer of the block.
  private var firstNumber = 0
  /// Whether nobody has synergies or takes several units.
  let choosesPlainly: Bool
  /// By segment: the valuations of its respondents or the utilities of its agents, one after the other.
  private let flatRespondents: [[Double]]
  /// By segment: the cumulative shares of its agents.
  private let cumulativeShares: [[Double]]
  private var key = DrawKey(seed: 0, replication: 0, purpose: .customers)

  private let width: Int

  /// A block for customers of a population.
  ///
  /// - Parameter room: for how many; at most ``capacity``.
  public init(_ population: Population, room: Int = CustomerBlock.capacity) {
    let width = max(1, min(room, Self.capacity))
    self.width = width
    let assortment = population.assortment
    self.population = population
    choosesPlainly = population.segments.allSatisfy(\.choosesPlainly)
    values = Lanes(rows: assortment.alternatives.count, width: width)
    products = Lanes(rows: assortment.products.count + 1, width: width)
    scratch = Lanes(rows: 6, width: width)
    numbers = IndexLanes(rows: 3, width: width)
    lanesBySegment = [Range<Int>](repeating: 0..<0, count: population.segments.count)
    flatRespondents = population.segments.map { segment in
      switch segment.valuations {
      case .respondents(let rows): Array(rows.joined())
      case .agents(let agents): agents.flatMap(\.utilities)
      default: []
      }
    }
    cumulativeShares = population.segments.map { segment in
      guard case .agents(let agents) = segment.valuations else { return [] }
      var sum = 0.0
      let sums = agents.map { agent in
        sum += agent.weight
        return sum
      }
      return sums.map { $0 / sum }
    }
  }

  /// The lane of the customer who arrives as number `arrival` of this block, from 0.
  public func lane(ofArrival arrival: Int) -> Int { numbers[1, arrival] }

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

  /// What a customer would pay for an alternative, net of the outside option.
  public func value(ofAlternative alternative: Int, lane: Int) -> Double { values[alternative, lane] }

  /// What a customer values a product at, without taste for any seller's.
  func valuation(ofProduct product: Int, lane: Int) -> Double { products[product, lane] }

  // Slots of a customer's draws; far apart so that no market is large enough to make them meet.
  private static let valuationSlot = 1
  private static let tasteSlot = 10_000
  private static let outsideSlot = 20_000
  private static let nestSlot = 25_000
  private static let categoryLotSlot = 30_000
  private static let packingLotSlot = 40_000
  private static let componentSlot = 50_000
  private static let combinationLotSlot = 1_000_000

  /// Draws the customers numbered `first`, `first + 1`, ...
  ///
  /// - Parameters:
  ///   - count: how many; no more are drawn than there is room for.
  ///   - shares: the share of each segment; nil for those of the population.
  public mutating func draw(_ key: DrawKey, first: Int, count: Int, shares: [Double]? = nil) {
    self.key = key
    self.count = min(count, width)
    firstNumber = first
    assignSegments(first: first, shares)
    // Segments are named by number: a copy of one for each block would cost as much as drawing a few of its customers.
    for index in population.segments.indices where !lanesBySegment[index].isEmpty {
      let lanes = lanesBySegment[index]
      let isInMoney = drawValuations(index, lanes)
      for alternative in population.assortment.alternatives.indices {
        products.copy(population.assortment.alternatives[alternative], to: alternative, of: values, lanes)
      }
      if population.segments[index].taste > 0 { addTaste(index, lanes) }
      if !isInMoney {
        for alternative in population.assortment.alternatives.indices {
          scratch.multiply(Self.moneyRow, into: alternative, of: values, lanes)
        }
        for product in population.assortment.products.indices {
          scratch.multiply(Self.moneyRow, into: product, of: products, lanes)
        }
      }
    }
  }

  private mutating func assignSegments(first: Int, _ given: [Double]?) {
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

  /// The row of `scratch` with what a unit of utility is worth in money.
  private static let moneyRow = 2

  /// Draws valuations, or utilities with their worth in money in ``moneyRow``.
  ///
  /// - Returns: whether they are in money.
  private func drawValuations(_ index: Int, _ lanes: Range<Int>) -> Bool {
    let count = population.assortment.products.count
    switch population.segments[index].valuations {
    case .utility(let model):
      drawUtilities(model, population.segments[index].samplers, lanes)
      return false
    case .agents(let agents):
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot)
      for lane in lanes {
        let agent = Self.place(of: scratch[0, lane], in: cumulativeShares[index])
        for product in 0..<count { products[product, lane] = flatRespondents[index][agent * count + product] }
        scratch[Self.moneyRow, lane] = 1 / agents[agent].priceSensitivity
      }
      return false
    case .respondents(let rows):
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot)
      for lane in lanes {
        let respondent = min(rows.count - 1, Int(scratch[0, lane] * Double(rows.count)))
        for product in 0..<count { products[product, lane] = flatRespondents[index][respondent * count + product] }
      }
    case .distributions(let distributions, _):
      for product in stride(from: 0, to: count, by: 2) {
        // With an odd number of products the last second draw lands in a spare row.
        products.drawUniforms(
          product, product + 1, lanes: lanes, customers: numbers, row: 0, key: key,
          slot: Self.valuationSlot + product / 2)
      }
      let isNormal = population.segments[index].correlationFactor != nil
      if let factor = population.segments[index].correlationFactor { correlate(factor, lanes) }
      for product in distributions.indices {
        // What has a formula is drawn without a look at its sampler, whose tables would be handed round for nothing.
        if !products.transform(product, distributions[product], isNormal: isNormal, lanes) {
          transform(
            product, of: products, population.segments[index].samplers[product], isNormal: isNormal, number: product,
            lanes)
        }
      }
    }
    return true
  }

  /// The first place whose cumulative share exceeds a uniform draw.
  private static func place(of uniform: Double, in cumulativeShares: [Double]) -> Int {
    var (low, high) = (0, cumulativeShares.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulativeShares[middle] > uniform { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Utilities of every product before price, with coefficients drawn for each customer.
  private func drawUtilities(_ model: UtilityModel, _ samplers: [ValuationSampler], _ lanes: Range<Int>) {
    for product in model.meanUtilities.indices { products.fill(product, lanes, with: model.meanUtilities[product]) }
    for number in model.distributions.indices {
      scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.valuationSlot + number)
      transform(0, of: scratch, samplers[number], isNormal: false, number: number, lanes)
      guard number < model.attributes.count else { break }
      for product in model.meanUtilities.indices where model.attributes[number][product] != 0 {
        scratch.add(0, times: model.attributes[number][product], to: product, of: products, lanes)
      }
    }
    // The last draw is the price sensitivity.
    for lane in lanes { scratch[Self.moneyRow, lane] = 1 / scratch[0, lane] }
  }

  /// Turns a row of uniforms (or of standard normals) into what a customer's `number`-th distribution gives. The
  /// component of a mixture has a draw of its own, unless the mixture is correlated with something.
  private func transform(
    _ row: Int, of rows: borrowing Lanes, _ sampler: ValuationSampler, isNormal: Bool, number: Int, _ lanes: Range<Int>
  ) {
    guard case .mixture(let components) = sampler.valuation, !isNormal else {
      return rows.transform(row, sampler, isNormal: isNormal, lanes)
    }
    let (lots, uniforms, trial) = (Self.moneyRow + 1, Self.moneyRow + 2, Self.moneyRow + 3)
    scratch.drawUniforms(
      lots, trial, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.componentSlot + number)
    rows.copy(row, to: uniforms, of: scratch, lanes)
    var from = 0.0
    for (index, component) in components.enumerated() {
      // The last one takes what rounding leaves.
      let to = index == components.count - 1 ? 1 : from + component.share
      scratch.copy(uniforms, to: trial, of: scratch, lanes)
      scratch.transform(trial, sampler.components[index], isNormal: false, lanes)
      for lane in lanes where scratch[lots, lane] >= from && scratch[lots, lane] < to {
        rows[row, lane] = scratch[trial, lane]
      }
      from = to
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

  private func addTaste(_ index: Int, _ lanes: Range<Int>) {
    let taste = population.segments[index].taste
    let hasNests = !population.segments[index].nests.isEmpty
    let count = population.assortment.alternatives.count
    for alternative in stride(from: 0, to: count, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.tasteSlot + alternative / 2)
      for row in 0..<min(2, count - alternative) {
        scratch.gumbelQuantiles(row, lanes)
        let product = population.assortment.alternatives[alternative + row]
        let own = hasNests ? population.segments[index].noise(of: product) : 1
        scratch.add(row, times: taste * own, to: alternative + row, of: values, lanes)
      }
    }
    if hasNests { addNests(population.segments[index], lanes) }
    guard population.assortment.hasOutsideOption else { return }
    let categories = population.assortment.categories.count
    for category in stride(from: 0, to: categories, by: 2) {
      scratch.drawUniforms(
        0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.outsideSlot + category / 2)
      for row in 0..<min(2, categories - category) {
        scratch.gumbelQuantiles(row, lanes)
        for alternative in population.assortment.alternativesByCategory[category + row] {
          scratch.add(row, times: -taste, to: alternative, of: values, lanes)
        }
      }
    }
  }

  private func addNests(_ segment: Segment, _ lanes: Range<Int>) {
    for nest in segment.nests.indices where segment.nests[nest].dissimilarity < 1 { addNest(nest, segment, lanes) }
  }

  /// Adds the noise that the products of a nest have in common.
  private func addNest(_ nest: Int, _ segment: Segment, _ lanes: Range<Int>) {
    scratch.drawUniforms(0, 1, lanes: lanes, customers: numbers, row: 0, key: key, slot: Self.nestSlot + nest)
    for lane in lanes { scratch[0, lane] = segment.nests[nest].commonNoise(scratch[0, lane], scratch[1, lane]) }
    for (alternative, product) in population.assortment.alternatives.enumerated()
    where segment.nests[nest].products.contains(product) {
      scratch.add(0, times: segment.taste, to: alternative, of: values, lanes)
    }
  }

  /// A uniform draw of a customer that settles between equally good choices, one for each category.
  func lot(lane: Int, category: Int) -> Double { lot(lane: lane, slot: Self.categoryLotSlot + category) }

  /// A uniform draw of a customer that settles whether a packing of bundles is taken or an equally good one before it.
  func lot(lane: Int, packing: Int) -> Double { lot(lane: lane, slot: Self.packingLotSlot + packing) }

  /// A uniform draw of a customer that settles between equally good combinations of products with synergies.
  func lot(lane: Int, combination: Int) -> Double {
    lot(lane: lane, slot: Self.combinationLotSlot + combination % 8_000_000)
  }

  private func lot(lane: Int, slot: Int) -> Double {
    scratch.drawUniforms(0, 1, lanes: lane..<(lane + 1), customers: numbers, row: 0, key: key, slot: slot)
    return scratch[0, lane]
  }
}

extension Segment {
  /// The part of the taste noise of a product that is its own: the dissimilarity of its nest.
  fileprivate func noise(of product: Int) -> Double { nest(ofProduct: product).map { nests[$0].dissimilarity } ?? 1 }
}

extension Lanes {
  /// Turns a row of uniforms (or of standard normals) into valuations by the inverse of the distribution function.
  func transform(_ row: Int, _ sampler: ValuationSampler, isNormal: Bool, _ lanes: Range<Int>) {
    if !transform(row, sampler.valuation, isNormal: isNormal, lanes) {
      transformByTails(row, sampler, isNormal: isNormal, lanes)
    }
  }

  /// The same for the distributions whose inverse is one kernel or two.
  ///
  /// - Returns: whether it is one of them; if not, nothing was done.
  fileprivate func transform(_ row: Int, _ valuation: Valuation, isNormal: Bool, _ lanes: Range<Int>) -> Bool {
    switch valuation {
    case .fixed(let value):
      fill(row, lanes, with: value)
    case .normal(let mean, let deviation):
      if !isNormal { normalQuantiles(row, lanes) }
      scale(row, lanes, by: deviation, shift: mean)
    case .logNormal(let mean, let deviation):
      if !isNormal { normalQuantiles(row, lanes) }
      let moments = Valuation.logarithmicMoments(mean: mean, standardDeviation: deviation)
      scale(row, lanes, by: moments.standardDeviation, shift: moments.mean)
      exponentials(row, lanes)
    case .uniform(let low, let high):
      if isNormal { normalProbabilities(row, lanes) }
      scale(row, lanes, by: high - low, shift: low)
    case .exponential(let mean):
      if isNormal { normalProbabilities(row, lanes) }
      exponentialQuantiles(row, lanes)
      scale(row, lanes, by: mean, shift: 0)
    case .gumbel(let location, let scale):
      if isNormal { normalProbabilities(row, lanes) }
      gumbelQuantiles(row, lanes)
      self.scale(row, lanes, by: scale, shift: location)
    default: return false
    }
    return true
  }
}
