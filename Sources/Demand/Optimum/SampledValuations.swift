/// Customers of a population as plain rows of valuations, for searches that need a list of people.
public enum SampledValuations {
  /// `count` customers, each a row with a valuation for every alternative, taste included and net of buying nothing.
  ///
  /// - Parameter key: the draws; equal keys give equal customers, and a longer list begins with the shorter one.
  public static func rows(
    of population: Population, count: Int, key: DrawKey = DrawKey(seed: 0, replication: 0, purpose: .tuning)
  ) -> [[Double]] {
    var rows: [[Double]] = []
    rows.reserveCapacity(count)
    var block = CustomerBlock(population)
    let alternatives = population.assortment.alternatives.indices
    while rows.count < count {
      let wanted = min(CustomerBlock.capacity, count - rows.count)
      block.draw(key, first: rows.count, count: wanted)
      for arrival in 0..<wanted {
        let lane = block.lane(ofArrival: arrival)
        rows.append(alternatives.map { block.value(ofAlternative: $0, lane: lane) })
      }
    }
    return rows
  }
}
