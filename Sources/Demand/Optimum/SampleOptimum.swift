/// The prices that earn most from a given list of customers, whose valuations are known one by one: surveyed
/// respondents, or a sample of the market.
///
/// For one offer, with all other prices held, each customer has a threshold up to which they take it, and what is earned
/// is a line between thresholds; the best price is therefore one of the thresholds and is found exactly by sorting them.
/// Offers are improved in turn, from several starts, until no single change earns more, with few customers no change of
/// two either: a local optimum in general, the global one for a single offer however many peaks it has. A further unit
/// of a product has a threshold of its own. Verified against a full grid search (`SampleOptimumTests`), also with synergies and several units.
public struct SampleOptimum: Sendable {
  /// Options of one group of linked categories.
  private struct Group {
    /// The source's own offers in each option.
    let ownOffers: [[Int]]
    /// Worth before the source's own prices: one row a customer, one column an option.
    let worth: [Double]
    var optionCount: Int { ownOffers.count }
  }

  /// An own offer of a single product of which some customers may take several units.
  private struct Several {
    let offer: Int
    let product: Int
  }

  private let groups: [Group]
  private let groupsByOffer: [Int]
  let costs: [Double]
  private let customers: [SampledCustomer]
  private let totalWeight: Double
  /// Where bundles meet customers without synergies who take one unit; the groups are empty then.
  private let additive: AdditiveCustomers?
  var customerCount: Int { customers.count }
  /// The curves of each segment by product; empty where nobody takes several units.
  private let usage: [[UsageCurve?]]
  private let several: [Several]
  let largestWorth: Double
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
    try self.init(
      customers: valuations.map { SampledCustomer(segment: 0, values: $0, valuations: []) }, segments: [],
      assortment: assortment, source: source, contents: contents, unitCosts: unitCosts, others: others)
  }

  /// - Parameters:
  ///   - customers: the customers.
  ///   - segments: theirs, by whose synergies and usage curves they choose.
  ///   - source: whose prices are sought.
  ///   - contents: its offers.
  ///   - unitCosts: the unit cost of each of its products.
  ///   - others: the price list of every source; the source's own is ignored.
  /// - Throws: ``DemandError`` for no customers, or offers that make no menu.
  public init(
    customers: [SampledCustomer], segments: [Segment], assortment: Assortment, source: Int, contents: [ProductSet],
    unitCosts: [Double], others: [PriceList]
  ) throws {
    guard !customers.isEmpty else { throw DemandError("no customers to find prices for") }
    let customers = Self.kinds(of: customers)
    totalWeight = customers.reduce(0) { $0 + $1.weight }
    var lists = others
    lists[source] = PriceList(contents.map { Offer($0, price: 0) })
    let menu = try Menu(lists, in: assortment)
    let slots = menu.slots[source]
    let usage = segments.contains { !$0.usage.isEmpty } ? segments.map(\.usage) : []
    var several: [Several] = []
    for (offer, slot) in slots.enumerated() {
      guard case .single(let alternative) = slot else { continue }
      let product = assortment.alternatives[alternative]
      if usage.contains(where: { !$0.isEmpty && $0[product] != nil }) {
        several.append(Several(offer: offer, product: product))
      }
    }
    let costs = contents.map { $0.positions.reduce(0) { $0 + unitCosts[$1] } }
    if !menu.bundles.isEmpty, assortment.hasOutsideOption, usage.isEmpty, segments.allSatisfy(\.synergies.isEmpty) {
      let additive = AdditiveCustomers(
        customers: customers, menu: menu, slots: slots, costs: costs, assortment: assortment)
      self.additive = additive
      (groups, groupsByOffer, self.customers, self.usage, self.several) = ([], [], customers, [], [])
      (self.costs, largestWorth, tolerance) = (costs, additive.largestWorth, 0)
      return
    }
    additive = nil
    var groups: [Group] = []
    var groupsByOffer = [Int](repeating: -1, count: contents.count)
    for group in try ChoiceGroup.groups(of: menu, in: assortment, linkedBy: segments.flatMap(\.synergies)) {
      let ownOffers = group.options.map { option in slots.indices.filter { option.slots.contains(slots[$0]) } }
      for offer in Set(ownOffers.joined()) { groupsByOffer[offer] = groups.count }
      let products = group.options.map { $0.alternatives.map { assortment.alternatives[$0] } }
      let synergies = segments.map { segment in products.map { segment.synergies.worth(of: $0) } }
      // What rivals' further units leave does not change with own prices.
      let tallies =
        usage.isEmpty ? [] : segments.map { OptionTally(group: group, assortment: assortment, segment: $0) }
      var worth: [Double] = []
      worth.reserveCapacity(customers.count * group.options.count)
      for customer in customers {
        for (number, option) in group.options.enumerated() {
          var sum = option.alternatives.reduce(-option.price) { $0 + customer.values[$1] }
          if !synergies.isEmpty { sum += synergies[customer.segment][number] }
          if !tallies.isEmpty, !tallies[customer.segment].several.isEmpty {
            let tally = tallies[customer.segment]
            for item in tally.several[number]
            where !slots.contains(.single(tally.alternatives[item.column])) {
              sum += item.further(valuation: customer.valuations[item.product]).surplus
            }
          }
          worth.append(sum)
        }
      }
      groups.append(Group(ownOffers: ownOffers, worth: worth))
    }
    self.groups = groups
    self.groupsByOffer = groupsByOffer
    self.customers = customers
    self.usage = usage
    self.several = several
    self.costs = costs
    let highest = several.flatMap { item in customers.map { $0.valuations[item.product] } }.max() ?? 0
    largestWorth = max(highest, groups.map { $0.worth.max() ?? 0 }.max() ?? 0)
    tolerance = 1e-13 * (groups.map { $0.worth.reduce(0) { max($0, abs($1)) } }.max() ?? 0)
  }

  /// The curve by which a customer takes several units of an own offer; nil if they take one at most.
  private func curve(_ item: Several, _ customer: Int) -> UsageCurve? {
    let curves = usage[customers[customer].segment]
    return curves.isEmpty ? nil : curves[item.product]
  }

  /// Adds to the worth of options what the further units of own offers leave, and to the margins what they earn.
  private func addFurther(
    _ customer: Int, _ group: Group, _ prices: [Double], excluding excluded: Int?, worth: inout [Double],
    margins: inout [Double]
  ) {
    for item in several where item.offer != excluded {
      guard let curve = curve(item, customer) else { continue }
      let further = curve.further(
        valuation: customers[customer].valuations[item.product], price: prices[item.offer])
      guard further.units > 0 else { continue }
      for option in worth.indices where group.ownOffers[option].contains(item.offer) {
        worth[option] += further.surplus
        margins[option] += Double(further.units) * (prices[item.offer] - costs[item.offer])
      }
    }
  }

  /// What an average customer leaves the source over unit cost, in money.
  public func contribution(at prices: [Double]) -> Double {
    if let additive { return additive.contribution(at: prices) }
    var total = 0.0
    for group in groups {
      let paid = group.ownOffers.map { $0.reduce(0) { $0 + prices[$1] } }
      var margins = group.ownOffers.map { $0.reduce(0) { $0 + prices[$1] - costs[$1] } }
      let plainMargins = margins
      var further = [Double](repeating: 0, count: group.optionCount)
      for customer in 0..<customerCount {
        var best = (worth: -Double.infinity, margin: 0.0)
        if !several.isEmpty {
          for option in further.indices { further[option] = 0 }
          margins = plainMargins
          addFurther(customer, group, prices, excluding: nil, worth: &further, margins: &margins)
        }
        for option in 0..<group.optionCount {
          let worth = group.worth[customer * group.optionCount + option] - paid[option] + further[option]
          // An indifferent customer takes what earns more: the limit of a price a hair below.
          if worth > best.worth + tolerance || (worth >= best.worth - tolerance && margins[option] > best.margin) {
            best = (max(worth, best.worth), margins[option])
          }
        }
        total += customers[customer].weight * best.margin
      }
    }
    return total / totalWeight
  }

  /// The customers' thresholds.
  private func thresholds(of offer: Int, in group: Group, prices: [Double]) -> Thresholds {
    let others = group.ownOffers.map { $0.filter { $0 != offer } }
    let paid = others.map { $0.reduce(0) { $0 + prices[$1] } }
    let hasOffer = group.ownOffers.map { $0.contains(offer) }
    var margins = group.ownOffers.indices.map { option in
      others[option].reduce(hasOffer[option] ? -costs[offer] : 0) { $0 + prices[$1] - costs[$1] }
    }
    var thresholds = Thresholds(capacity: customerCount)
    let plainMargins = margins
    var further = [Double](repeating: 0, count: group.optionCount)
    let own = several.first { $0.offer == offer }
    for customer in 0..<customerCount {
      let weight = customers[customer].weight
      if !several.isEmpty {
        for option in further.indices { further[option] = 0 }
        margins = plainMargins
        addFurther(customer, group, prices, excluding: offer, worth: &further, margins: &margins)
      }
      var with = (worth: -Double.infinity, margin: 0.0)
      var without = with
      for option in 0..<group.optionCount {
        let worth = group.worth[customer * group.optionCount + option] - paid[option] + further[option]
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
      let gain = with.worth - without.worth
      guard let own, let curve = curve(own, customer) else {
        thresholds.append(price: gain, with: with.margin, without: without.margin, weight: weight)
        continue
      }
      let valuation = customers[customer].valuations[own.product]
      let highest = curve.highestPrice(worth: gain, valuation: valuation)
      thresholds.append(price: highest, with: with.margin, without: without.margin, weight: weight)
      for unit in curve.weights.dropFirst() {
        thresholds.append(
          price: min(highest, unit * valuation), with: -costs[offer], without: 0, weight: weight)
      }
    }
    return thresholds
  }

  /// Improves one offer after the other until nothing changes by more than a part in 1e9.
  public func improve(_ start: [Double]) -> SampledPrices { climb(from: start) }

  /// The best prices found: from everything at cost, from the single products or the bundles priced out of the market,
  /// from each offer's best price by itself, and from more starts the fewer the customers are.
  public func maximise(contents: [ProductSet]) -> SampledPrices {
    let atCost = costs.map { max(0, $0) }
    guard contents.count > 1 else { return search(from: [atCost]) }
    let hasBundles = contents.contains { $0.count > 1 }
    let isPricedOut: [(ProductSet) -> Bool] =
      hasBundles ? [{ _ in false }, { $0.count == 1 }, { $0.count > 1 }] : [{ _ in false }]
    var starts = isPricedOut.map { isOut in
      contents.indices.map { isOut(contents[$0]) ? largestWorth + 1 : max(0, costs[$0]) }
    }
    if !hasBundles, contents.count <= Self.mostPricedOut {
      // Versions of one product crowd each other out: each of them is left out once, and sold alone.
      for offer in contents.indices {
        starts.append(atCost.indices.map { $0 == offer ? largestWorth + 1 : atCost[$0] })
        starts.append(atCost.indices.map { $0 == offer ? atCost[$0] : largestWorth + 1 })
      }
    }
    let nothing = contents.map { _ in largestWorth + 1 }
    starts.append(contents.indices.map { bestPrice(of: $0, prices: nothing)?.price ?? costs[$0] })
    return search(from: starts)
  }

  private static let mostPricedOut = 6

  /// Customers who are alike taken together, in the order in which they first appear.
  private static func kinds(of customers: [SampledCustomer]) -> [SampledCustomer] {
    var places: [SampledCustomer: Int] = [:]
    var weights: [Double] = []
    var kinds: [SampledCustomer] = []
    for customer in customers {
      if let place = places[customer] {
        weights[place] += customer.weight
      } else {
        places[customer] = kinds.count
        weights.append(customer.weight)
        kinds.append(customer)
      }
    }
    guard kinds.count < customers.count else { return customers }
    return zip(kinds, weights).map {
      SampledCustomer(segment: $0.segment, values: $0.values, valuations: $0.valuations, weight: $1)
    }
  }
}

extension SampleOptimum: ThresholdPricing {
  var setCount: Int { additive?.setCount ?? groups.reduce(1) { max($0, $1.optionCount) } }

  func thresholds(of offer: Int, prices: [Double]) -> Thresholds {
    if let additive { return additive.thresholds(of: offer, prices: prices) }
    guard groupsByOffer[offer] >= 0 else { return Thresholds(capacity: 0) }
    return thresholds(of: offer, in: groups[groupsByOffer[offer]], prices: prices)
  }
}
