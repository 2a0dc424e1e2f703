import Demand
import Testing

/// Customers in order of arrival, and what their choices come to.
@Suite struct ServedInLineTests {
  private static func market() throws -> (population: Population, menu: Menu) {
    let shelf = try assortment(categories: [0, 0, 1], sources: [[0, 1, 2]])
    let segments = try ["one", "two", "three"].enumerated().map { index, name in
      try Segment(
        name: name, share: [0.5, 0.2, 0.3][index],
        valuations: .distributions(
          (0..<3).map { .normal(mean: 6 + Double($0 + index), standardDeviation: 3) }, correlation: nil))
    }
    let list = PriceList([
      Offer(product: 0, price: 6), Offer(product: 1, price: 7), Offer(product: 2, price: 8),
      Offer(ProductSet([1, 2]), price: 13),
    ])
    return (try Population(segments: segments, assortment: shelf), try Menu([list], in: shelf))
  }

  @Test func segmentsStandInOrderOfArrival() throws {
    var block = CustomerBlock(try Self.market().population)
    block.draw(DrawKey(seed: 3, replication: 1, purpose: .customers, period: 2), first: 4_000_000_000, count: 300)
    for (first, last) in [(0, 300), (0, 0), (17, 230), (230, 231), (299, 300)] {
      let wanted = Set((first..<last).map { block.lane(ofArrival: $0) })
      let found = block.lanesBySegment.indices.flatMap { segment in
        let lanes = block.lanes(ofSegment: segment, arrivals: first..<last)
        #expect(lanes.allSatisfy { block.segment(ofLane: $0) == segment })
        return Array(lanes)
      }
      #expect(found.count == last - first)
      #expect(Set(found) == wanted)
    }
  }

  @Test func choicesAreLookedUp() throws {
    let (population, menu) = try Self.market()
    var block = CustomerBlock(population)
    let choice = BlockChoice(population.assortment)
    block.draw(DrawKey(seed: 3, replication: 1, purpose: .customers), first: 0, count: 400)
    choice.choose(block, from: menu)
    var kinds: Set<[Int]> = []
    func places(_ lane: Int) -> [Int] {
      var places: [Int] = []
      choice.purchases(menu, lane: lane, into: &places)
      kinds.insert(places)
      return places
    }
    let numbers = [1, 0, 3, 2]
    func need(_ lane: Int) -> Int { places(lane).reduce(0) { $0 + numbers[$1] } }
    let needs = SlotNumbers(numbers, on: menu)
    #expect(choice.buyers(of: needs, lanes: 10..<333) == (10..<333).count { need($0) > 0 })
    for (first, room) in [(0, 0), (0, 50), (120, 99), (0, 100_000)] {
      var (served, left) = (0, room)
      while first + served < block.count, need(block.lane(ofArrival: first + served)) <= left {
        left -= need(block.lane(ofArrival: first + served))
        served += 1
      }
      #expect(choice.served(block, from: first, needs: needs, room: room) == served)
    }
    // All ways to buy occur: nothing, each product, both categories and the bundle.
    #expect(kinds.count >= 6)
    var sum = 0.25
    for lane in 5..<77 { sum += choice.surplus(lane: lane) }
    #expect(choice.surplus(lanes: 5..<77, from: 0.25) == sum)
  }
}
