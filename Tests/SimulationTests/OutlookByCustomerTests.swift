import Demand
import GSL
import Selling
import Simulation
import Testing

/// Memory for prices, waiting, capacity and bundles together, against `PlainOutlook` on random markets.
struct OutlookByCustomerTests {
  /// A random market with its prices, and what is announced of them.
  private struct Course {
    let study: Study
    let lists: [[PriceList]]
    let announced: [[PriceList]?]
  }

  private func course(_ seed: UInt64, units: Int?) throws -> Course {
    var stream = RandomStream(seed: seed, replication: 0, purpose: 200, period: 0, index: 0)
    func pick(_ count: Int) -> Int { Int(stream.uniform() * Double(count)) }
    func outlook() -> (ReferencePrice?, Patience?) {
      let reference = ReferencePrice(
        memory: stream.uniform(), loss: 1.5 * stream.uniform(), gain: 1.5 * stream.uniform(),
        start: pick(2) == 0 ? [:] : [0: 18, 2: 7],
        fairness: pick(2) == 0 ? nil : Fairness(tolerance: 0.2 * stream.uniform(), penalty: stream.uniform()))
      let patience = Patience(
        discountFactor: pick(4) == 0 ? 1 : 0.6 + 0.4 * stream.uniform(), periods: 1 + pick(3),
        belief: pick(2) == 0 ? .announced : .adaptive(memory: stream.uniform()))
      return (pick(3) == 0 ? nil : reference, pick(5) == 0 ? nil : patience)
    }
    let periods = 6
    func path(_ offers: [Offer]) -> [PriceList] {
      var lists: [PriceList] = []
      var factors = offers.map { _ in 1.1 + 0.3 * stream.uniform() }
      for _ in 0..<periods {
        var list: [Offer] = []
        for (index, offer) in offers.enumerated() {
          // Some prices stay, most fall; bundles come and go.
          factors[index] *= pick(4) == 0 ? 1 : 0.78 + 0.32 * stream.uniform()
          if offer.contents.count > 1, pick(4) == 0 { continue }
          list.append(Offer(offer.contents, price: offer.price * factors[index]))
        }
        lists.append(PriceList(list))
      }
      return lists
    }
    let own = path([
      Offer(product: 0, price: 17), Offer(product: 1, price: 23), Offer(product: 2, price: 8),
      Offer(product: 3, price: 6), Offer(ProductSet([0, 2]), price: 22), Offer(ProductSet([1, 2, 3]), price: 31),
      Offer(ProductSet([2, 3]), price: 12),
    ])
    let rival = path([
      Offer(product: 0, price: 18), Offer(product: 1, price: 7), Offer(ProductSet([0, 1]), price: 21),
    ])
    // The truth, silence, or a promise that is not kept and ends early.
    let promise = [
      own, nil, own.prefix(4).map { PriceList($0.offers.map { Offer($0.contents, price: 0.9 * $0.price) }) },
    ]
    let announced: [[PriceList]?] = [promise[pick(3)], pick(2) == 0 ? rival : nil]
    let market = try OutlookGym.market(
      outlook(), outlook(),
      capacities: units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 2, 1, 0])] } ?? [],
      rival: units.map { [Capacity(name: "stock", units: 3 * $0, renewal: .never, use: [1, 1])] } ?? [],
      periods: periods)
    return Course(
      study: try OutlookGym.study(
        market, [PricePath(own, announced: announced[0])], rivals: [PricePath(rival, announced: announced[1])],
        replications: 1, seed: seed),
      lists: zip(own, rival).map { [$0, $1] }, announced: announced)
  }

  /// Units, buyers and customers to the unit; surplus to 1e-9 of its sum, since the order of additions differs. Six hundred
  /// customers are more than one block, so that capacity runs out within blocks and between them.
  @Test(arguments: [nil, 40, 150, 400], [1, 2, 3, 4, 5, 6] as [UInt64]) func sameAsOneByOne(units: Int?, seed: UInt64)
    throws
  {
    let course = try course(seed, units: units)
    let outcome = try course.study.outcomes()[0]
    let plain = PlainOutlook(study: course.study, lists: course.lists, announced: course.announced)
      .books(replication: 0)
    #expect(
      outcome.offers.mapValues { $0.map { $0?.units ?? 0 } } == plain.units)
    #expect(outcome.segments.map(\.customers) == plain.customers)
    #expect(outcome.segments.map(\.buyers) == plain.buyers)
    for (segment, surplus) in zip(outcome.segments, plain.surplus) {
      #expect(abs(segment.surplus - surplus) <= 1e-9 * max(1, surplus))
    }
    // It would be no test of waiting if nobody ever waited.
    let isPatient = course.study.market.population.segments.contains { $0.patience != nil }
    #expect(!isPatient || plain.waiters > 10, "\(plain.waiters) waited")
  }
}
