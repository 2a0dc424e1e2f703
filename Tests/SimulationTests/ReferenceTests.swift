import Demand
import Selling
import Simulation
import Testing

/// The engine against a plain one: each customer in the order of arrival tries every set of offers that is still there.
struct ReferenceTests {
  private struct Choice {
    let seller: Int
    let offer: Offer
    let alternatives: [Int]
  }

  private struct Books: Equatable {
    var units: [OfferKey: [Double]] = [:]
    var customers: [Double]
    var buyers: [Double]
    var surplus: [Double]
  }

  /// The market by brute force, with constant prices.
  private func reference(_ study: Study, lists: [PriceList], replication: Int) -> Books {
    let market = study.market
    let assortment = market.population.assortment
    let segments = market.population.segments.count
    let zeros = [Double](repeating: 0, count: segments)
    var books = Books(customers: zeros, buyers: zeros, surplus: zeros)
    let choices = lists.enumerated().flatMap { seller, list in
      list.offers.map { offer in
        Choice(
          seller: seller, offer: offer,
          alternatives: offer.contents.positions.map { assortment.alternativesBySource[seller][$0] })
      }
    }
    // Sets of offers that share no category.
    var sets: [[Int]] = [[]]
    for (index, choice) in choices.enumerated() {
      for set in sets {
        let taken = (set.flatMap { choices[$0].alternatives } + choice.alternatives)
          .map { assortment.category(ofAlternative: $0) }
        if Set(taken).count == taken.count { sets.append(set + [index]) }
      }
    }
    for choice in choices {
      books.units[OfferKey(seller: choice.seller, contents: choice.offer.contents)] =
        [Double](repeating: 0, count: market.periodCount)
    }
    var left = market.profiles.map { $0.capacities.map(\.units) }
    var block = CustomerBlock(market.population)
    for period in 0..<market.periodCount {
      for (seller, profile) in market.profiles.enumerated() {
        for (index, capacity) in profile.capacities.enumerated() where capacity.renewal == .eachPeriod {
          left[seller][index] = capacity.units
        }
      }
      let arrivals = Int(market.arrivals.mean(period: period).rounded())
      let key = DrawKey(
        seed: study.seed, replication: UInt32(replication), purpose: .customers, period: UInt32(period))
      for first in stride(from: 0, to: arrivals, by: CustomerBlock.capacity) {
        block.draw(key, first: first, count: arrivals - first)
        for arrival in 0..<block.count {
          let lane = block.lane(ofArrival: arrival)
          var best = (surplus: 0.0, set: [Int]())
          for set in sets {
            let surplus = set.reduce(0.0) { total, index in
              choices[index].alternatives.reduce(total - choices[index].offer.price) {
                $0 + block.value(ofAlternative: $1, lane: lane)
              }
            }
            guard surplus > best.surplus, fits(set, choices, market, left) else { continue }
            best = (surplus, set)
          }
          let segment = block.lanesBySegment.firstIndex { $0.contains(lane) } ?? 0
          books.customers[segment] += 1
          books.surplus[segment] += best.surplus
          if best.set.contains(where: { choices[$0].seller == study.studied }) { books.buyers[segment] += 1 }
          for index in best.set {
            let choice = choices[index]
            books.units[OfferKey(seller: choice.seller, contents: choice.offer.contents)]?[period] += 1
            for (position, capacity) in market.profiles[choice.seller].capacities.enumerated() {
              left[choice.seller][position] -= capacity.use(of: choice.offer.contents)
            }
          }
        }
      }
    }
    return books
  }

  private func fits(_ set: [Int], _ choices: [Choice], _ market: Market, _ left: [[Int]]) -> Bool {
    market.profiles.indices.allSatisfy { seller in
      market.profiles[seller].capacities.enumerated().allSatisfy { position, capacity in
        set.reduce(0) {
          $0 + (choices[$1].seller == seller ? capacity.use(of: choices[$1].offer.contents) : 0)
        } <= left[seller][position]
      }
    }
  }

  private func market(_ capacities: [Capacity], rival: [Capacity]) throws -> Market {
    let assortment = try Small.assortment(categoriesByProduct: [0, 0, 1, 2], sources: [[0, 1, 2, 3], [0, 2]])
    let segments = [
      try Segment(
        name: "one", share: 0.4,
        valuations: .distributions(
          [
            .normal(mean: 20, standardDeviation: 6), .normal(mean: 26, standardDeviation: 8),
            .uniform(low: 0, high: 15),
            .exponential(mean: 7),
          ], correlation: nil), taste: 2),
      try Segment(
        name: "two", share: 0.6,
        valuations: .distributions(
          [
            .logNormal(mean: 18, standardDeviation: 6), .gumbel(location: 18, scale: 4),
            .normal(mean: 9, standardDeviation: 3),
            .uniform(low: 2, high: 9),
          ], correlation: nil)),
    ]
    return Market(
      population: try Population(segments: segments, assortment: assortment),
      profiles: [
        SellerProfile(
          name: "we", products: ["a", "b", "c", "d"].map { SellerProduct(name: $0, unitCost: 2) },
          capacities: capacities),
        SellerProfile(
          name: "they", products: ["a", "c"].map { SellerProduct(name: $0, unitCost: 2) }, capacities: rival),
      ], periodCount: 3, periodUnit: "week", arrivals: Arrivals(.fixed, mean: 700))
  }

  /// Units, buyers and customers to the unit; surplus to 1e-9 of its sum, since the order of additions differs. Seven
  /// hundred customers are more than one block, so that capacity runs out inside the first block, between blocks, in the
  /// second, and never.
  @Test(arguments: [nil, 30, 120, 400, 512, 900, 5000]) func sameAsOneByOne(units: Int?) throws {
    let own = units.map { [Capacity(name: "seats", units: $0, renewal: .eachPeriod, use: [1, 2, 1, 0])] } ?? []
    let stock = units.map { [Capacity(name: "stock", units: 2 * $0, renewal: .never, use: [1, 1])] } ?? []
    let market = try market(own, rival: stock)
    let lists = [
      PriceList([
        Offer(product: 0, price: 17), Offer(product: 1, price: 23), Offer(product: 2, price: 8),
        Offer(product: 3, price: 6), Offer(ProductSet([0, 2]), price: 22), Offer(ProductSet([1, 2, 3]), price: 31),
        Offer(ProductSet([2, 3]), price: 12),
      ]),
      PriceList([Offer(product: 0, price: 18), Offer(product: 1, price: 7), Offer(ProductSet([0, 1]), price: 21)]),
    ]
    let study = try Small.study(
      market, [Scripted(lists[0].offers)], rivals: [Scripted(lists[1].offers)], replications: 3, seed: 77)
    for replication in 0..<3 {
      let outcome = try study.outcomes(replication: replication)[0]
      let expected = reference(study, lists: lists, replication: replication)
      #expect(outcome.offers.mapValues { $0.map { $0?.units ?? -1 } } == expected.units)
      #expect(outcome.segments.map(\.customers) == expected.customers)
      #expect(outcome.segments.map(\.buyers) == expected.buyers)
      for (segment, surplus) in zip(outcome.segments, expected.surplus) {
        #expect(abs(segment.surplus - surplus) <= 1e-9 * max(1, surplus))
        #expect(segment.surplus >= 0)
      }
    }
  }
}
