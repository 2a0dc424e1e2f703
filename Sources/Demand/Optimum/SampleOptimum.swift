/// The prices that earn most from a given list of customers, whose valuations are known one by one: surveyed
/// respondents, or a sample of the market.
///
/// For one offer, with all other prices held, each customer has a threshold up to which they take it, and what is earned
/// is a line between thresholds; the best price is therefore one of the thresholds and is found exactly by sorting them.
/// Offers are improved in turn, from several starts, until no single change earns more: a local optimum in general, the
/// global one for a single offer however many peaks it has. Verified against a full grid search (`SampleOptimumTests`).
public struct SampleOptimum: Sendable {
  private struct Option {
    let ownOffers: [Int]
    /// Worth of the option by customer before the source's own prices.
    let worth: [Double]
  }

  private let groups: [[Option]]
  private let groupsByOffer: [Int]
  private let costs: [Double]
  private let customerCount: Int
  private let largestWorth: Double

  /// - Parameters:
  ///   - valuations: one row a customer, one valuation for each alternative of the assortment.
  ///   - source: whose prices are sought.
  ///   - contents: its offers.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own is ignored.
  /// - Throws: ``DemandError`` for no customers, or offers that make no menu.
  public init(
    valuations: [[Double]], assortment: Assortment, source: Int, contents: [ProductSet], unitCosts: [Double],
    others: [PriceList]
  ) throws {
    guard !valuations.isEmpty else { throw DemandError("no customers to find prices for") }
    var lists = others
    lists[source] = PriceList(contents.map { Offer($0, price: 0) })
    let menu = try Menu(lists, in: assortment)
    let slots = menu.slots[source]
    var groups: [[Option]] = []
    var groupsByOffer = [Int](repeating: -1, count: contents.count)
    for group in try ChoiceGroup.groups(of: menu, in: assortment) {
      let options = group.options.map { option in
        Option(
          ownOffers: slots.indices.filter { option.slots.contains(slots[$0]) },
          worth: valuations.map { row in
            option.alternatives.reduce(-option.price) { $0 + row[$1] }
          })
      }
      for offer in Set(options.flatMap(\.ownOffers)) { groupsByOffer[offer] = groups.count }
      groups.append(options)
    }
    self.groups = groups
    self.groupsByOffer = groupsByOffer
    costs = contents.map { $0.positions.reduce(0) { $0 + unitCosts[$1] } }
    customerCount = valuations.count
    largestWorth = groups.joined().map { $0.worth.max() ?? 0 }.max() ?? 0
  }

  /// What an average customer leaves the source over unit cost, in money.
  public func contribution(at prices: [Double]) -> Double {
    var total = 0.0
    for options in groups {
      for customer in 0..<customerCount {
        total += best(options, customer, prices: prices) { _ in true }.margin
      }
    }
    return total / Double(customerCount)
  }

  private func best(
    _ options: [Option], _ customer: Int, prices: [Double], without offer: Int? = nil, where includes: (Option) -> Bool
  ) -> (worth: Double, margin: Double) {
    var top = -Double.infinity
    var margin = 0.0
    for option in options where includes(option) {
      var worth = option.worth[customer]
      var earned = 0.0
      for own in option.ownOffers {
        let price = own == offer ? 0 : prices[own]
        worth -= price
        earned += price - costs[own]
      }
      // An indifferent customer buys, and takes what earns more: the limit of a price a hair below.
      if worth > top || (worth == top && earned > margin) {
        top = worth
        margin = earned
      }
    }
    return (top, margin)
  }

  /// The best price of one offer, all other prices held; what it earns is exact.
  private func bestPrice(of offer: Int, prices: [Double]) -> (price: Double, contribution: Double)? {
    guard groupsByOffer[offer] >= 0 else { return nil }
    let options = groups[groupsByOffer[offer]]
    var thresholds: [(threshold: Double, with: Double, without: Double)] = []
    thresholds.reserveCapacity(customerCount)
    var refused = 0.0
    for customer in 0..<customerCount {
      let with = best(options, customer, prices: prices, without: offer) { $0.ownOffers.contains(offer) }
      let without = best(options, customer, prices: prices) { !$0.ownOffers.contains(offer) }
      thresholds.append((with.worth - without.worth, with.margin, without.margin))
      refused += without.margin
    }
    thresholds.sort { $0.threshold > $1.threshold }
    var best: (price: Double, total: Double) = (max(prices[offer], largestWorth), refused)
    var total = refused
    for (sold, customer) in thresholds.enumerated() {
      guard customer.threshold >= 0 else { break }
      total += customer.with - customer.without
      let isLast = sold + 1 == thresholds.count || thresholds[sold + 1].threshold < customer.threshold
      let earned = total + Double(sold + 1) * customer.threshold
      if isLast, earned > best.total { best = (customer.threshold, earned) }
    }
    return (best.price, best.total / Double(customerCount))
  }

  /// Improves one offer after the other until nothing changes by more than a part in 1e9.
  public func improve(_ start: [Double], rounds: Int = 50) -> (prices: [Double], contribution: Double) {
    var prices = start
    var earned = contribution(at: prices)
    for _ in 0..<rounds {
      let before = earned
      for offer in prices.indices {
        guard let best = bestPrice(of: offer, prices: prices) else { continue }
        prices[offer] = best.price
      }
      earned = contribution(at: prices)
      if earned <= before + 1e-9 * abs(before) { break }
    }
    return (prices, earned)
  }

  /// The best prices found from three starts: everything at cost, the single products priced out of the market, and
  /// the bundles priced out of it.
  public func maximise(contents: [ProductSet]) -> (prices: [Double], contribution: Double) {
    let starts: [(ProductSet) -> Bool] = [{ _ in false }, { $0.count == 1 }, { $0.count > 1 }]
    let hasBundles = contents.contains { $0.count > 1 }
    var best: (prices: [Double], contribution: Double)?
    for isPricedOut in hasBundles ? starts : Array(starts.prefix(1)) {
      let start = contents.indices.map { isPricedOut(contents[$0]) ? largestWorth + 1 : max(0, costs[$0]) }
      let found = improve(start)
      if best.map({ found.contribution > $0.contribution }) ?? true { best = found }
    }
    return best ?? (costs, 0)
  }
}
