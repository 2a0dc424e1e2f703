/// The prices that earn most from a given list of customers, whose valuations are known one by one: surveyed
/// respondents, or a sample of the market.
///
/// For one offer, with all other prices held, each customer has a threshold up to which they take it, and what is earned
/// is a line between thresholds; the best price is therefore one of the thresholds and is found exactly by sorting them.
/// Offers are improved in turn, from several starts, until no single change earns more: a local optimum in general, the
/// global one for a single offer however many peaks it has. Verified against a full grid search (`SampleOptimumTests`).
public struct SampleOptimum: Sendable {
  /// Options of one group of linked categories.
  private struct Group {
    /// The source's own offers in each option.
    let ownOffers: [[Int]]
    /// Worth before the source's own prices: one row a customer, one column an option.
    let worth: [Double]
    var optionCount: Int { ownOffers.count }
  }

  private let groups: [Group]
  private let groupsByOffer: [Int]
  private let costs: [Double]
  private let customerCount: Int
  private let largestWorth: Double
  /// Worths that differ by no more are equal but for rounding.
  private let tolerance: Double

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
    var groups: [Group] = []
    var groupsByOffer = [Int](repeating: -1, count: contents.count)
    for group in try ChoiceGroup.groups(of: menu, in: assortment) {
      let ownOffers = group.options.map { option in slots.indices.filter { option.slots.contains(slots[$0]) } }
      for offer in Set(ownOffers.joined()) { groupsByOffer[offer] = groups.count }
      var worth: [Double] = []
      worth.reserveCapacity(valuations.count * group.options.count)
      for row in valuations {
        for option in group.options { worth.append(option.alternatives.reduce(-option.price) { $0 + row[$1] }) }
      }
      groups.append(Group(ownOffers: ownOffers, worth: worth))
    }
    self.groups = groups
    self.groupsByOffer = groupsByOffer
    costs = contents.map { $0.positions.reduce(0) { $0 + unitCosts[$1] } }
    customerCount = valuations.count
    largestWorth = groups.map { $0.worth.max() ?? 0 }.max() ?? 0
    tolerance = 1e-13 * (groups.map { $0.worth.reduce(0) { max($0, abs($1)) } }.max() ?? 0)
  }

  /// What an average customer leaves the source over unit cost, in money.
  public func contribution(at prices: [Double]) -> Double {
    var total = 0.0
    for group in groups {
      let paid = group.ownOffers.map { $0.reduce(0) { $0 + prices[$1] } }
      let margins = group.ownOffers.map { $0.reduce(0) { $0 + prices[$1] - costs[$1] } }
      for customer in 0..<customerCount {
        var best = (worth: -Double.infinity, margin: 0.0)
        for option in 0..<group.optionCount {
          let worth = group.worth[customer * group.optionCount + option] - paid[option]
          // An indifferent customer takes what earns more: the limit of a price a hair below.
          if worth > best.worth + tolerance || (worth >= best.worth - tolerance && margins[option] > best.margin) {
            best = (max(worth, best.worth), margins[option])
          }
        }
        total += best.margin
      }
    }
    return total / Double(customerCount)
  }

  /// A customer's threshold for an offer, with what is earned from them above price when they take it, and otherwise.
  private struct Threshold {
    let price: Double
    let with: Double
    let without: Double
  }

  /// The best price of one offer, all other prices held.
  private func bestPrice(of offer: Int, prices: [Double]) -> Double? {
    guard groupsByOffer[offer] >= 0 else { return nil }
    let thresholds = thresholds(of: offer, in: groups[groupsByOffer[offer]], prices: prices)
    let refused = thresholds.reduce(0) { $0 + $1.without }
    var best: (price: Double, total: Double) = (max(prices[offer], largestWorth), refused)
    var total = refused
    for (index, customer) in thresholds.enumerated() {
      guard customer.price >= 0 else { break }
      total += customer.with - customer.without
      let isLast = index + 1 == thresholds.count || thresholds[index + 1].price < customer.price
      let earned = total + Double(index + 1) * customer.price
      if isLast, earned > best.total { best = (customer.price, earned) }
    }
    return best.price
  }

  /// The customers' thresholds, highest first.
  private func thresholds(of offer: Int, in group: Group, prices: [Double]) -> [Threshold] {
    let others = group.ownOffers.map { $0.filter { $0 != offer } }
    let paid = others.map { $0.reduce(0) { $0 + prices[$1] } }
    let hasOffer = group.ownOffers.map { $0.contains(offer) }
    let margins = group.ownOffers.indices.map { option in
      others[option].reduce(hasOffer[option] ? -costs[offer] : 0) { $0 + prices[$1] - costs[$1] }
    }
    var thresholds: [Threshold] = []
    thresholds.reserveCapacity(customerCount)
    for customer in 0..<customerCount {
      var with = (worth: -Double.infinity, margin: 0.0)
      var without = with
      for option in 0..<group.optionCount {
        let worth = group.worth[customer * group.optionCount + option] - paid[option]
        if hasOffer[option] {
          if worth > with.worth + tolerance || (worth >= with.worth - tolerance && margins[option] > with.margin) {
            with = (max(worth, with.worth), margins[option])
          }
        } else if worth > without.worth + tolerance
          || (worth >= without.worth - tolerance && margins[option] > without.margin)
        {
          without = (max(worth, without.worth), margins[option])
        }
      }
      thresholds.append(Threshold(price: with.worth - without.worth, with: with.margin, without: without.margin))
    }
    thresholds.sort { $0.price > $1.price }
    return thresholds
  }

  /// Improves one offer after the other until nothing changes by more than a part in 1e9.
  public func improve(_ start: [Double], rounds: Int = 50) -> (prices: [Double], contribution: Double) {
    var prices = start
    var earned = contribution(at: prices)
    for _ in 0..<rounds {
      let before = earned
      for offer in prices.indices {
        prices[offer] = bestPrice(of: offer, prices: prices) ?? prices[offer]
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
