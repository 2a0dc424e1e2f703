import Demand
import Foundation
import Selling
import Simulation

/// The market with customers who remember prices and wait, written plainly: a list of customers, each of whom tries every
/// set of offers, now and at the prices believed for later. It shares with the engine the customers' valuations alone.
struct PlainOutlook {
  struct Books {
    var units: [OfferKey: [Double]] = [:]
    var customers: [Double]
    var buyers: [Double]
    var surplus: [Double]
    /// Customers who at some time waited.
    var waiters = 0
  }

  private struct Customer {
    let arrival: Int
    let segment: Int
    let values: [Double]
  }

  private struct Posted {
    let key: OfferKey
    let price: Double
    let alternatives: [Int]
    let categories: Set<Int>
  }

  let study: Study
  /// By period, then by seller.
  let lists: [[PriceList]]
  /// What each seller announces, by period; nil for one who keeps silent.
  let announced: [[PriceList]?]

  func books(replication: Int) -> Books {
    let market = study.market
    let segments = market.population.segments
    let zeros = [Double](repeating: 0, count: segments.count)
    var books = Books(customers: zeros, buyers: zeros, surplus: zeros)
    var references = segments.map { _ in [OfferKey: Double]() }
    var changes = segments.map { _ in [OfferKey: Double]() }
    var lastPrices: [OfferKey: Double] = [:]
    var left = market.profiles.map { $0.capacities.map(\.units) }
    var queue: [Customer] = []
    for period in 0..<market.periodCount {
      renew(&left)
      let today = posted(lists[period])
      for offer in today {
        books.units[offer.key, default: [Double](repeating: 0, count: market.periodCount)][period] = 0
      }
      for (number, segment) in segments.enumerated() {
        guard case .adaptive(let memory)? = segment.patience?.belief else { continue }
        for offer in today {
          guard let last = lastPrices[offer.key] else { continue }
          let step = offer.price / last - 1
          changes[number][offer.key] = memory * (changes[number][offer.key] ?? 0) + (1 - memory) * step
        }
      }
      for offer in today { lastPrices[offer.key] = offer.price }
      let arrivals = customers(of: period, replication)
      for customer in arrivals { books.customers[customer.segment] += 1 }
      queue += arrivals
      var staying: [Customer] = []
      for customer in queue {
        let segment = segments[customer.segment]
        func felt(_ offer: Posted) -> Double {
          guard let rule = segment.referencePrice else { return offer.price }
          let product =
            offer.alternatives.count == 1 ? market.population.assortment.alternatives[offer.alternatives[0]] : -1
          let reference = references[customer.segment][offer.key] ?? rule.start[product] ?? offer.price
          let unfair = rule.fairness.map { $0.penalty * max(0, offer.price - (1 + $0.tolerance) * reference) } ?? 0
          return offer.price + rule.loss * max(0, offer.price - reference)
            - rule.gain * max(0, reference - offer.price) + unfair
        }
        let available = today.filter { fits([$0], left) }
        let now = best(available, customer, felt) { _ in true }
        var later = 0.0
        if let patience = segment.patience {
          let last = min(customer.arrival + patience.periods, market.periodCount - 1)
          for then in (period + 1)..<(max(period, last) + 1) {
            let believed = believed(
              then, period, today, changes[customer.segment], isAnnounced: patience.belief == .announced)
            let stillThere = believed.filter { offer in
              !today.contains { $0.key == offer.key } || available.contains { $0.key == offer.key }
            }
            var worth = best(stillThere, customer, felt) { _ in true }.surplus
            for _ in period..<then { worth *= patience.discountFactor }
            later = max(later, worth)
          }
        }
        if later > now.surplus {
          staying.append(customer)
          if period == customer.arrival { books.waiters += 1 }
          continue
        }
        let bought = best(available, customer, felt) { fits($0, left) }
        books.surplus[customer.segment] +=
          bought.surplus * pow(segment.patience?.discountFactor ?? 1, Double(period - customer.arrival))
        if bought.set.contains(where: { $0.key.seller == study.studied }) { books.buyers[customer.segment] += 1 }
        for offer in bought.set {
          books.units[offer.key]?[period] += 1
          for (position, capacity) in market.profiles[offer.key.seller].capacities.enumerated() {
            left[offer.key.seller][position] -= capacity.use(of: offer.key.contents)
          }
        }
      }
      queue = staying
      for (number, segment) in segments.enumerated() {
        guard let rule = segment.referencePrice else { continue }
        for offer in today {
          let product =
            offer.alternatives.count == 1 ? market.population.assortment.alternatives[offer.alternatives[0]] : -1
          let old = references[number][offer.key] ?? rule.start[product] ?? offer.price
          references[number][offer.key] = rule.memory * old + (1 - rule.memory) * offer.price
        }
      }
    }
    return books
  }

  private func believed(
    _ then: Int, _ period: Int, _ today: [Posted], _ changes: [OfferKey: Double], isAnnounced: Bool
  ) -> [Posted] {
    guard isAnnounced else {
      return today.map { offer in
        var price = offer.price
        for _ in period..<then { price *= 1 + (changes[offer.key] ?? 0) }
        return Posted(key: offer.key, price: price, alternatives: offer.alternatives, categories: offer.categories)
      }
    }
    return posted(
      announced.enumerated().map { seller, path in
        guard let path, path.count > period + 1 else { return lists[period][seller] }
        return path[min(then, path.count - 1)]
      })
  }

  private func posted(_ lists: [PriceList]) -> [Posted] {
    let assortment = study.market.population.assortment
    return lists.enumerated().flatMap { seller, list in
      list.offers.map { offer in
        let alternatives = offer.contents.positions.map { assortment.alternativesBySource[seller][$0] }
        return Posted(
          key: OfferKey(seller: seller, contents: offer.contents), price: offer.price, alternatives: alternatives,
          categories: Set(alternatives.map { assortment.category(ofAlternative: $0) }))
      }
    }
  }

  private func customers(of period: Int, _ replication: Int) -> [Customer] {
    var block = CustomerBlock(study.market.population)
    let key = DrawKey(
      seed: study.seed, replication: UInt32(replication), purpose: .customers, period: UInt32(period))
    let arrivals = Int(study.market.arrivals.mean(period: period).rounded())
    var customers: [Customer] = []
    for first in stride(from: 0, to: arrivals, by: CustomerBlock.capacity) {
      block.draw(key, first: first, count: arrivals - first)
      for arrival in 0..<block.count {
        let lane = block.lane(ofArrival: arrival)
        var values: [Double] = []
        for alternative in study.market.population.assortment.alternatives.indices {
          values.append(block.value(ofAlternative: alternative, lane: lane))
        }
        customers.append(
          Customer(
            arrival: period, segment: block.lanesBySegment.firstIndex { $0.contains(lane) } ?? 0, values: values))
      }
    }
    return customers
  }

  /// The best set of offers that share no category, among those that are allowed; nothing for a surplus of 0.
  private func best(
    _ offers: [Posted], _ customer: Customer, _ felt: (Posted) -> Double, isAllowed: ([Posted]) -> Bool
  ) -> (surplus: Double, set: [Posted]) {
    let worths = offers.map { offer in offer.alternatives.reduce(-felt(offer)) { $0 + customer.values[$1] } }
    var best = (surplus: 0.0, set: [Posted]())
    func extend(_ set: [Posted], _ surplus: Double, _ covered: Set<Int>, from start: Int) {
      if surplus > best.surplus, isAllowed(set) { best = (surplus, set) }
      for index in start..<max(start, offers.count) where covered.isDisjoint(with: offers[index].categories) {
        extend(
          set + [offers[index]], surplus + worths[index], covered.union(offers[index].categories), from: index + 1)
      }
    }
    extend([], 0, [], from: 0)
    return best
  }

  private func fits(_ set: [Posted], _ left: [[Int]]) -> Bool {
    study.market.profiles.indices.allSatisfy { seller in
      study.market.profiles[seller].capacities.enumerated().allSatisfy { position, capacity in
        set.reduce(0) { $0 + ($1.key.seller == seller ? capacity.use(of: $1.key.contents) : 0) }
          <= left[seller][position]
      }
    }
  }

  private func renew(_ left: inout [[Int]]) {
    for (seller, profile) in study.market.profiles.enumerated() {
      for (index, capacity) in profile.capacities.enumerated() where capacity.renewal == .eachPeriod {
        left[seller][index] = capacity.units
      }
    }
  }
}
