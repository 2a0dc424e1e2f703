import Demand
import Testing

/// A customer is what the key and the number say, however the work is cut up.
@Suite struct CustomerBlockIdentityTests {
  /// Two segments, an odd number of products, correlation, respondents, taste, two categories: every kind of draw.
  static func population() throws -> Population {
    try Population(
      segments: [
        Segment(
          name: "students", share: 0.35,
          valuations: .distributions(
            [.normal(mean: 5, standardDeviation: 2), .exponential(mean: 3), .uniform(low: 0, high: 4)],
            correlation: equicorrelation(3, 0.4)), taste: 0.7),
        Segment(
          name: "surveyed", share: 0.25, valuations: .respondents([[1, 2, 3], [4, 5, 6], [7, 8, 9]])),
        Segment(
          name: "others", share: 0.4,
          valuations: .distributions(
            [.gumbel(location: 3, scale: 1), .fixed(2), .logNormal(mean: 4, standardDeviation: 2)],
            correlation: nil), taste: 0.2),
      ],
      assortment: assortment(categories: [0, 1, 0], sources: [[0, 1], [2, 0]]))
  }

  /// All values of customers `first..<first + count`, in order of arrival, drawn in pieces of the given sizes.
  static func rows(
    _ key: DrawKey, first: Int = 0, count: Int, pieces: [Int]
  ) throws -> [[Double]] {
    let population = try population()
    var block = CustomerBlock(population)
    var rows: [[Double]] = []
    var piece = 0
    while rows.count < count {
      block.draw(key, first: first + rows.count, count: min(pieces[piece % pieces.count], count - rows.count))
      for arrival in 0..<block.count {
        let lane = block.lane(ofArrival: arrival)
        rows.append(population.assortment.alternatives.indices.map { block.value(ofAlternative: $0, lane: lane) })
      }
      piece += 1
    }
    return rows
  }

  static let key = DrawKey(seed: 11, replication: 3, purpose: .customers, period: 5)

  /// Bit for bit, for pieces that break every vector width.
  @Test(arguments: [[1], [2, 3, 5, 7, 11], [8], [100], [511, 1], [37, 512, 64]])
  func boundariesOfBlocksDoNotMatter(_ pieces: [Int]) throws {
    let whole = try Self.rows(Self.key, count: 1500, pieces: [512])
    #expect(try Self.rows(Self.key, count: 1500, pieces: pieces) == whole)
  }

  @Test func aShorterListIsAPrefix() throws {
    let long = try Self.rows(Self.key, count: 1024, pieces: [512])
    #expect(try Self.rows(Self.key, count: 100, pieces: [512]) == Array(long[..<100]))
    #expect(try Self.rows(Self.key, first: 700, count: 50, pieces: [512]) == Array(long[700..<750]))
  }

  @Test func everyPartOfTheKeyMatters() throws {
    let original = try Self.rows(Self.key, count: 200, pieces: [512])
    var others = [Self.key, Self.key, Self.key, Self.key, Self.key]
    others[0].seed = 12
    others[1].replication = 4
    others[2].purpose = .respondents
    others[3].period = 6
    others[4].seed |= 1 << 40
    for key in others {
      let rows = try Self.rows(key, count: 200, pieces: [512])
      // Respondents have few values, the other 75% of customers have continuous ones.
      #expect(zip(rows, original).count { $0 == $1 } < 40, "\(key)")
    }
  }

  @Test func customersDiffer() throws {
    let rows = try Self.rows(Self.key, count: 2000, pieces: [512])
    let continuous = rows.filter { $0[0] != $0[0].rounded() }
    #expect(continuous.count > 1000)
    #expect(Set(continuous).count == continuous.count)
  }

  @Test func moreThanTheCapacityIsCutOff() throws {
    var block = CustomerBlock(try Self.population())
    block.draw(Self.key, first: 0, count: 10_000)
    #expect(block.count == CustomerBlock.capacity)
    block.draw(Self.key, first: 0, count: 0)
    #expect(block.count == 0)
  }

  /// Segments are ranges of lanes that cover the block once, and every arrival has a lane of its own.
  @Test func lanesAreAPermutation() throws {
    var block = CustomerBlock(try Self.population())
    for count in [1, 2, 37, 512] {
      block.draw(Self.key, first: 99, count: count)
      #expect(Set((0..<count).map { block.lane(ofArrival: $0) }) == Set(0..<count))
      #expect(block.lanesBySegment.flatMap(Array.init) == Array(0..<count))
    }
  }

  @Test func sampledRowsAreTheBlocksCustomers() throws {
    let rows = SampledValuations.rows(of: try Self.population(), count: 1100, key: Self.key)
    #expect(rows == (try Self.rows(Self.key, count: 1100, pieces: [512])))
    #expect(SampledValuations.rows(of: try Self.population(), count: 0) == [])
  }
}
