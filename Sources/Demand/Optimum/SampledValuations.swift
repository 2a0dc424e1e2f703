/// One customer whose valuations are known.
public struct SampledCustomer: Sendable, Hashable {
  /// The segment that the customer belongs to.
  public let segment: Int
  /// What each alternative is worth to them, taste included and net of buying nothing, in money.
  public let values: [Double]
  /// What each product is worth to them, without taste, in money: the worth of a first unit.
  public let valuations: [Double]
  /// How many customers they stand for, relative to the others.
  public let weight: Double

  /// A customer.
  public init(segment: Int, values: [Double], valuations: [Double], weight: Double = 1) {
    self.weight = weight
    self.segment = segment
    self.values = values
    self.valuations = valuations
  }
}

/// Customers of a population as plain rows of valuations, for searches that need a list of people.
public enum SampledValuations {
  /// `count` customers, each a row with a valuation for every alternative, taste included and net of buying nothing; one
  /// unit of each alternative by itself, without what products are worth together.
  ///
  /// - Parameter key: the draws; equal keys give equal customers, and a longer list begins with the shorter one.
  public static func rows(
    of population: Population, count: Int, key: DrawKey = DrawKey(seed: 0, replication: 0, purpose: .tuning)
  ) -> [[Double]] {
    customers(of: population, count: count, key: key).map(\.values)
  }

  /// The same customers with their segments and plain valuations.
  public static func customers(
    of population: Population, count: Int, key: DrawKey = DrawKey(seed: 0, replication: 0, purpose: .tuning)
  ) -> [SampledCustomer] {
    var customers: [SampledCustomer] = []
    customers.reserveCapacity(count)
    var block = CustomerBlock(population)
    let alternatives = population.assortment.alternatives.indices
    let products = population.assortment.products.indices
    while customers.count < count {
      let wanted = min(CustomerBlock.capacity, count - customers.count)
      block.draw(key, first: customers.count, count: wanted)
      for arrival in 0..<wanted {
        let lane = block.lane(ofArrival: arrival)
        customers.append(
          SampledCustomer(
            segment: block.lanesBySegment.firstIndex { $0.contains(lane) } ?? 0,
            values: alternatives.map { block.value(ofAlternative: $0, lane: lane) },
            valuations: products.map { block.valuation(ofProduct: $0, lane: lane) }))
      }
    }
    return customers
  }
}
