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
  public internal(set) var lanesBySegment: [Range<Int>]

  /// One row for each alternative.
  let values: Lanes
  /// One row for each product: its own worth to the customer, without taste.
  let products: Lanes
  let scratch: Lanes
  /// Row 0: customer numbers by lane. Row 1: lane by order of arrival. Row 2: segments in order of arrival.
  let numbers: IndexLanes
  /// The number of the first customer of the block.
  private(set) var firstNumber = 0
  /// Whether nobody has synergies or takes several units.
  let choosesPlainly: Bool
  /// By segment: the valuations of its respondents or the utilities of its agents, one after the other.
  let flatRespondents: [[Double]]
  /// By segment: the cumulative shares of its agents.
  let cumulativeShares: [[Double]]
  private(set) var key = DrawKey(seed: 0, replication: 0, purpose: .customers)

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

  /// What a customer would pay for an alternative, net of the outside option.
  public func value(ofAlternative alternative: Int, lane: Int) -> Double { values[alternative, lane] }

  /// What a customer values a product at, without taste for any seller's.
  func valuation(ofProduct product: Int, lane: Int) -> Double { products[product, lane] }

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

  // Slots of a customer's draws; far apart so that no market is large enough to make them meet.
  static let valuationSlot = 1
  static let tasteSlot = 10_000
  static let outsideSlot = 20_000
  static let nestSlot = 25_000
  static let categoryLotSlot = 30_000
  static let packingLotSlot = 40_000
  static let componentSlot = 50_000
  static let combinationLotSlot = 1_000_000
}
