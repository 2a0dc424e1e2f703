import Demand
import Testing

/// Observable groups: who is in them, and what their members find on the menu.
@Suite struct GroupTests {
  private static func segments() throws -> [Segment] {
    [
      try Segment(
        name: "students", share: 0.4,
        valuations: .distributions([.normal(mean: 5, standardDeviation: 2)], correlation: nil)),
      try Segment(
        name: "others", share: 0.6,
        valuations: .distributions([.normal(mean: 9, standardDeviation: 2)], correlation: nil), taste: 1),
    ]
  }

  /// The same people come, in the same order, and about the stated share of each segment has the card: within 4.5 standard
  /// errors of 40,000 draws.
  @Test func groupsDivideTheSamePeople() throws {
    let assortment = try DemandTests.assortment(categories: [0], sources: [[0]])
    let plain = try Population(segments: Self.segments(), assortment: assortment)
    let memberships = [[0.9, 0], [0.1, 0.05]]
    let divided = try Population(
      segments: try zip(Self.segments(), memberships).flatMap { try $0.divided(among: $1) }, assortment: assortment,
      groups: ["card", "pass"])
    #expect(divided.segmentNames == ["students", "others"])
    #expect(divided.segmentNumbers == [0, 0, 1, 1, 1])
    let key = DrawKey(seed: 3, replication: 0, purpose: .customers)
    let before = SampledValuations.customers(of: plain, count: 40_000, key: key)
    let after = SampledValuations.customers(of: divided, count: 40_000, key: key)
    #expect(before.map(\.values) == after.map(\.values))
    #expect(before.map(\.segment) == after.map { divided.segmentNumbers[$0.segment] })
    for (segment, shares) in memberships.enumerated() {
      let own = after.filter { divided.segmentNumbers[$0.segment] == segment }
      for (group, share) in shares.enumerated() {
        let found = Double(own.count { divided.segments[$0.segment].group == group }) / Double(own.count)
        #expect(abs(found - share) <= 4.5 * (share * (1 - share) / Double(own.count)).squareRoot())
      }
    }
  }

  @Test func sharesThatCannotBe() throws {
    let segment = try Self.segments()[0]
    #expect(refusal { try segment.divided(among: [0.7, 0.4]) }.contains("at most"))
    #expect(refusal { try segment.divided(among: [-0.1]) }.contains("between 0 and 100%"))
    #expect(try segment.divided(among: [1]).map(\.group) == [0])
    #expect(try segment.divided(among: [0, 0]).map(\.group) == [nil])
  }

  /// Members take the cheaper of two offers; at the same price, the general one; bundles keep their slots.
  @Test func menusByGroup() throws {
    let assortment = try DemandTests.assortment(categories: [0, 1], sources: [[0, 1]])
    let both = ProductSet([0, 1])
    let list = PriceList([
      Offer(product: 0, price: 10), Offer(product: 0, price: 7, group: 0), Offer(product: 0, price: 12, group: 1),
      Offer(product: 1, price: 4), Offer(product: 1, price: 4, group: 0), Offer(both, price: 9, group: 1),
    ])
    try list.check()
    let menus = try [nil, 0, 1].map { try Menu([list], in: assortment, for: $0) }
    #expect(menus.map { $0.singlePrices[0] } == [10, 7, 10])
    #expect(menus.map { $0.singlePrices[1] } == [4, 4, 4])
    #expect(menus.map { $0.bundles.map(\.price) } == [[.infinity], [.infinity], [9]])
    #expect(menus.allSatisfy { $0.slots == menus[0].slots })
    #expect(list.offers.indices.filter { list.isBest($0, for: 0) } == [1, 3])
    #expect(list.offers.indices.filter { list.isBest($0, for: 1) } == [0, 3, 5])
    #expect(list.price(ofProduct: 0) == 10)
    #expect(refusal { try PriceList(list.offers + [Offer(product: 0, price: 8, group: 0)]).check() }.contains("same"))
  }
}
