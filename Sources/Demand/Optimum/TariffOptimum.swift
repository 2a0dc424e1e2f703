/// The tariff that earns most from customers who stated what each unit is worth to them.
///
/// *Two parts.* At a unit price p, customer i takes the q that leaves most, S_i(p) = max W_i(q) - p q less what they have
/// otherwise; the best fee is one of these, or 0, and is found by sorting them. With the marginal customer fixed, what is
/// earned is a line in p until somebody changes the number of units or two surpluses meet, so that the best unit price is
/// one of those *kinks*. Up to ``largestExactCount`` kinds of customers all kinks are tried, and the optimum is the global
/// one; beyond, prices are scanned and the best peaks refined.
///
/// *Quantity discount.* With the step and the discount fixed, what is earned rises in the unit price until somebody takes
/// fewer units or none, so that the best price is where somebody is indifferent.
///
/// Verified against enumeration, and against the closed form of two linear demands with the error of whole units
/// (`TariffOptimumTests`).
public struct TariffOptimum: Sendable {
  /// A tariff that was found.
  public struct Result: Sendable {
    /// What one unit costs, and how several are charged.
    public let price: Double
    /// What several units cost.
    public let tariff: Tariff
    /// Contribution over unit cost of an average customer, in money.
    public let contribution: Double
    /// Whether no other tariff of the kind earns more from these customers.
    public let isGlobal: Bool
  }

  private let buyers: UnitBuyers

  /// Kinds of customers up to which all kinks are tried.
  public static let largestExactCount = 24

  /// - Parameters:
  ///   - worths: for each customer the worth of each unit, in money, the first one first.
  ///   - otherwise: what each is left with without buying: 0, or what a rival's offer leaves.
  ///   - unitCost: of one unit, in money.
  /// - Throws: ``DemandError`` for no customers.
  public init(worths: [[Double]], otherwise: [Double], unitCost: Double) throws {
    buyers = UnitBuyers(worths: worths, otherwise: otherwise, unitCost: unitCost)
    guard !buyers.kinds.isEmpty else { throw DemandError("no customers to find a tariff for") }
  }

  /// Customers who may take rivals' offers in the category instead, several units of them too, or nothing where they may.
  /// Rivals' bundles and prices for groups are left aside.
  ///
  /// - Parameters:
  ///   - customerCount: how many customers there are.
  ///   - alternative: the one to be priced, of this source.
  ///   - others: the price list of every source; the source's own is ignored.
  ///   - unitCost: of one unit, in money.
  ///   - worths: what each unit of an alternative is worth to a customer, by number, the first one first, in money.
  /// - Throws: ``DemandError`` for no customers.
  public init(
    customerCount: Int, alternative own: Int, of source: Int, others: [PriceList], assortment: Assortment,
    unitCost: Double, worths: (_ customer: Int, _ alternative: Int) -> [Double]
  ) throws {
    let rivals = others.enumerated().filter { $0.offset != source }.flatMap { rival, list in
      list.offers.filter { $0.contents.count == 1 && $0.group == nil }
        .map { (offer: $0, alternative: assortment.alternativesBySource[rival][$0.contents.positions[0]]) }
    }.filter {
      assortment.category(ofAlternative: $0.alternative) == assortment.category(ofAlternative: own)
    }
    let otherwise = (0..<customerCount).map { customer in
      var best = assortment.hasOutsideOption ? 0 : -Double.infinity
      for rival in rivals {
        var worth = 0.0
        for (unit, value) in worths(customer, rival.alternative).enumerated() {
          worth += value
          best = max(best, worth - rival.offer.payment(for: unit + 1))
        }
      }
      return best.isFinite ? best : 0
    }
    try self.init(worths: (0..<customerCount).map { worths($0, own) }, otherwise: otherwise, unitCost: unitCost)
  }

  /// The most units that anybody takes.
  public var largestCount: Int { buyers.largestCount }

  private var isSmall: Bool { buyers.kinds.count <= Self.largestExactCount }

  /// What an offer earns from an average customer over unit cost, in money.
  public func contribution(price: Double, tariff: Tariff?) -> Double {
    let offer = Offer(product: 0, price: price, tariff: tariff)
    return buyers.contribution((1...buyers.largestCount).map(offer.payment))
  }

  // MARK: Two parts

  /// The best fee, not below 0, and the best unit price, not below 0. Both lie a hair, a part in 1e10, on the side of the
  /// indifferent, so that rounding does not turn them away.
  public func bestTwoPart() -> Result {
    func earned(_ price: Double) -> Double {
      max(feeAndContribution(price, false).1, feeAndContribution(price, true).1)
    }
    let found = isSmall ? highest(kinks, earned) : scanned(kinks, earned)
    let isHairHigher = feeAndContribution(found, true).1 > feeAndContribution(found, false).1
    let unitPrice = max(0, found + (isHairHigher ? 1e-10 : -1e-10) * found)
    let exact = feeAndContribution(found, isHairHigher)
    let fee = max(0, feeAndContribution(unitPrice, isHairHigher).0)
    let posted = max(0, fee - 1e-10 * (fee + unitPrice))
    return Result(
      price: posted + unitPrice, tariff: .twoPart(unitPrice: unitPrice), contribution: exact.1, isGlobal: isSmall)
  }

  /// The best fee at a unit price, and what it earns.
  private func feeAndContribution(_ unitPrice: Double, _ isHairHigher: Bool) -> (Double, Double) {
    let payments = (1...buyers.largestCount).map { Double($0) * unitPrice }
    let choices = zip(buyers.kinds, buyers.weights).map { kind, weight in
      let choice = buyers.best(kind, payments, isHairHigher: isHairHigher)
      return (surplus: choice.surplus, weight: weight, units: weight * Double(choice.units))
    }.sorted { $0.surplus > $1.surplus }
    var best = (fee: 0.0, earned: 0.0)
    var (customers, units) = (0.0, 0.0)
    for (index, choice) in choices.enumerated() {
      guard choice.surplus >= -buyers.tolerance else { break }
      customers += choice.weight
      units += choice.units
      let isLast = index + 1 == choices.count || choices[index + 1].surplus < choice.surplus - buyers.tolerance
      let margin = (unitPrice - buyers.unitCost) * units
      let fee = max(0, choice.surplus)
      if isLast, customers * fee + margin > best.earned { best = (fee, customers * fee + margin) }
      // Everybody who would take it without a fee.
      let isEnd = index + 1 == choices.count || choices[index + 1].surplus < -buyers.tolerance
      if isEnd, margin > best.earned { best = (0, margin) }
    }
    return (best.fee, best.earned / buyers.customerCount)
  }

  /// Unit prices at which somebody changes the number of units, or two surpluses meet, or one vanishes.
  private var kinks: [Double] {
    var kinks: Set<Double> = [0]
    let bends = buyers.kinds.map { kind in
      // A unit more is as good as not: on the concave hull of worth over units.
      var bends: [(price: Double, units: Int)] = []
      var units = kind.worths.count
      while units > 1 {
        var next = (price: Double.infinity, units: 1)
        for fewer in 1..<units {
          let price = (kind.worths[units - 1] - kind.worths[fewer - 1]) / Double(units - fewer)
          if price < next.price { next = (price, fewer) }
        }
        bends.append((next.price, units))
        units = next.units
      }
      return bends
    }
    for bend in bends.joined() where bend.price > 0 { kinks.insert(bend.price) }
    guard isSmall else { return kinks.sorted() }
    /// The surplus of a kind as lines by rising unit price: how many units, from which price on.
    func surplus(_ kind: Int?, _ price: Double) -> (value: Double, slope: Double) {
      guard let kind else { return (0, 0) }
      let units = bends[kind].first { price < $0.price }?.units ?? 1
      let worth = buyers.kinds[kind].worths[units - 1] - buyers.kinds[kind].otherwise
      return (worth - Double(units) * price, -Double(units))
    }
    let numbers = [nil] + buyers.kinds.indices.map(Optional.some)
    for (first, one) in numbers.enumerated() {
      for other in numbers.dropFirst(first + 1) {
        let own = ([one, other].compactMap(\.self).flatMap { bends[$0].map(\.price) } + [0]).filter { $0 >= 0 }.sorted()
        for (index, low) in own.enumerated() {
          let (left, right) = (surplus(one, low), surplus(other, low))
          guard left.slope != right.slope else { continue }
          let crossing = low + (right.value - left.value) / (left.slope - right.slope)
          if crossing >= low, index + 1 == own.count || crossing <= own[index + 1] { kinks.insert(crossing) }
        }
      }
    }
    return kinks.filter(\.isFinite).sorted()
  }

  // MARK: Quantity discount

  /// The best unit price with a discount from a quantity on.
  ///
  /// - Parameters:
  ///   - starts: quantities from which the discount may hold.
  ///   - discounts: shares of the unit price by which it may be lower.
  ///   - basis: whether the discount is on the units from there on, or on all.
  public func bestDiscount(from starts: [Int], discounts: [Double], _ basis: Tariff.Basis) -> Result? {
    var best: (price: Double, from: Int, discount: Double, earned: Double)?
    for from in starts where from >= 2 {
      for discount in discounts {
        let scale = shape(from, discount, basis)
        let prices = indifferent(scale)
        func earned(_ price: Double) -> Double { buyers.contribution(scale.map { price * $0 }) }
        let price = isSmall ? highest(prices, earned) : highest(Self.some(prices, 40), earned)
        let value = earned(price)
        if value > best?.earned ?? -.infinity { best = (price, from, discount, value) }
      }
    }
    guard let best else { return nil }
    var (price, earned) = (best.price, best.earned)
    if !isSmall {
      let scale = shape(best.from, best.discount, basis)
      price = scanned(indifferent(scale)) { price in buyers.contribution(scale.map { price * $0 }) }
      earned = buyers.contribution(scale.map { price * $0 })
    }
    price *= 1 - 1e-10
    return Result(
      price: price,
      tariff: .quantitySteps([.init(from: best.from, unitPrice: price * (1 - best.discount))], basis),
      contribution: earned, isGlobal: isSmall)
  }

  /// What units cost together at a unit price of 1.
  private func shape(_ from: Int, _ discount: Double, _ basis: Tariff.Basis) -> [Double] {
    let tariff = Tariff.quantitySteps([.init(from: from, unitPrice: 1 - discount)], basis)
    return (1...buyers.largestCount).map { tariff.payment(for: $0, price: 1) }
  }

  /// Unit prices at which somebody is indifferent between two numbers of units, or between some and none, rising.
  private func indifferent(_ scale: [Double]) -> [Double] {
    var prices: Set<Double> = [0]
    for kind in buyers.kinds {
      for units in kind.worths.indices {
        prices.insert((kind.worths[units] - kind.otherwise) / scale[units])
        guard isSmall || units > 0 else { continue }
        for fewer in (isSmall ? 0 : units - 1)..<units where scale[units] != scale[fewer] {
          prices.insert((kind.worths[units] - kind.worths[fewer]) / (scale[units] - scale[fewer]))
        }
      }
    }
    return prices.filter { $0 >= 0 && $0.isFinite }.sorted()
  }

  // MARK: Search

  private func highest(_ prices: [Double], _ earned: (Double) -> Double) -> Double {
    var best = (price: 0.0, earned: -Double.infinity)
    for price in prices {
      let value = earned(price)
      if value > best.earned { best = (price, value) }
    }
    return best.price
  }

  /// Evenly many of a rising list.
  private static func some(_ prices: [Double], _ count: Int) -> [Double] {
    guard prices.count > count else { return prices }
    return (0..<count).map { prices[$0 * (prices.count - 1) / (count - 1)] }
  }

  /// The best of a coarse scan of the kinks, with all kinks near its best point.
  private func scanned(_ prices: [Double], _ earned: (Double) -> Double) -> Double {
    let coarse = Self.some(prices, 120)
    let top = highest(coarse, earned)
    guard let place = coarse.firstIndex(of: top) else { return top }
    let (low, high) = (coarse[max(0, place - 1)], coarse[min(coarse.count - 1, place + 1)])
    return highest(Self.some(prices.filter { $0 >= low && $0 <= high }, 120) + [top], earned)
  }
}
