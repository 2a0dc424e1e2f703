/// A set of a source's products, each by its position in the source's own list; at most 64 of them.
public struct ProductSet: Sendable, Hashable, Comparable {
  /// One bit for each product.
  public let bits: UInt64

  /// A set of the products at these positions; positions outside 0..<64 are left out.
  public init(_ positions: some Sequence<Int>) {
    bits = positions.reduce(0) { (0..<64).contains($1) ? $0 | (1 << UInt64($1)) : $0 }
  }

  /// The positions in rising order.
  public var positions: [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(count)
    var rest = bits
    while rest != 0 {
      positions.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return positions
  }

  /// How many products the set holds.
  public var count: Int { bits.nonzeroBitCount }

  /// Single products first, in their own order, then sets of two, and so on.
  public static func < (left: ProductSet, right: ProductSet) -> Bool {
    left.count == right.count ? left.positions.lexicographicallyPrecedes(right.positions) : left.count < right.count
  }
}

/// A set of products at a price: a single product, or a bundle that is sold as one. It may be limited to a group of
/// customers; a single product may be on a tariff for several units.
public struct Offer: Sendable, Hashable {
  /// What the customer gets.
  public var contents: ProductSet
  /// What the customer pays for one unit, in money.
  public var price: Double
  /// What several units cost; nil if each costs the price.
  public var tariff: Tariff?
  /// The group of customers who alone can take it, by number; nil for everybody.
  public var group: Int?
  /// The protection level: it is sold only while more units than these are left of each capacity that it uses, so that
  /// they stay for others. A nested booking limit is capacity less protection.
  public var protection: Int

  /// An offer of these contents.
  public init(
    _ contents: ProductSet, price: Double, tariff: Tariff? = nil, group: Int? = nil, protection: Int = 0
  ) {
    self.contents = contents
    self.price = price
    self.tariff = tariff
    self.group = group
    self.protection = protection
  }

  /// An offer of one product.
  public init(product: Int, price: Double, tariff: Tariff? = nil, group: Int? = nil, protection: Int = 0) {
    self.init(ProductSet([product]), price: price, tariff: tariff, group: group, protection: protection)
  }

  /// An offer of one product on a two-part tariff: an access fee, paid once, and a price for each unit, in money.
  public init(product: Int, fee: Double, unitPrice: Double) {
    self.init(product: product, price: fee + unitPrice, tariff: .twoPart(unitPrice: unitPrice))
  }

  /// What tells an offer from others of the same seller, whatever it costs.
  public struct Name: Sendable, Hashable {
    /// What the customer gets.
    public let contents: ProductSet
    /// The group of customers who alone can take it.
    public let group: Int?
  }

  /// What tells it from others.
  public var name: Name { Name(contents: contents, group: group) }

  /// What a number of units costs together, in money.
  public func payment(for units: Int) -> Double {
    tariff?.payment(for: units, price: price) ?? Double(units) * price
  }
}

/// The offers that one source posts at one time.
public struct PriceList: Sendable, Hashable {
  /// The offers; no two for everybody, or for the same group, have the same contents.
  public var offers: [Offer]

  /// A list of offers.
  public init(_ offers: [Offer]) { self.offers = offers }

  /// Every product on its own, the first price for the first product.
  public init(prices: [Double]) {
    offers = prices.enumerated().map { Offer(product: $0, price: $1) }
  }

  /// The price at which a product is sold on its own to everybody, if it is; on a tariff, that of one unit.
  public func price(ofProduct product: Int) -> Double? {
    offers.first { $0.contents == ProductSet([product]) && $0.group == nil }?.price
  }

  /// Whether some offers are limited to a group of customers.
  public var hasGroupOffers: Bool { offers.contains { $0.group != nil } }

  /// Whether customers of a group (nil: those in none) find the offer at a place the best of the same contents: they
  /// may take what everybody can, and what their group can, whichever is cheaper; at the same price, the former.
  public func isBest(_ place: Int, for group: Int?) -> Bool {
    let offer = offers[place]
    guard offer.group == nil || offer.group == group else { return false }
    return offers.allSatisfy { other in
      other.contents != offer.contents || other.group == offer.group || (other.group != nil && other.group != group)
        || (offer.group == nil ? offer.price <= other.price : offer.price < other.price)
    }
  }

  /// The offers as customers of a group see them (nil: those in none): of the same contents the best, for everybody.
  public func seen(by group: Int?) -> PriceList {
    guard hasGroupOffers else { return self }
    return PriceList(
      offers.indices.filter { isBest($0, for: group) }.map { place in
        var offer = offers[place]
        offer.group = nil
        return offer
      })
  }

  /// - Throws: ``DemandError`` for a price that is not a finite number, an empty offer, contents named twice, or a tariff
  ///   of a bundle or beside prices for groups.
  public func check() throws {
    var seen: Set<Offer.Name> = []
    for offer in offers {
      guard offer.price.isFinite else { throw DemandError("a price of \(offer.price) was posted; prices are finite") }
      guard offer.contents.count > 0 else { throw DemandError("an offer without products was posted") }
      guard seen.insert(offer.name).inserted else {
        throw DemandError("two offers of the same products were posted")
      }
      guard let tariff = offer.tariff else { continue }
      try tariff.check()
      guard offer.contents.count == 1 else {
        throw DemandError("a bundle was posted on a tariff; a tariff is for several units of one product")
      }
      guard !offers.contains(where: { $0.contents == offer.contents && $0.group != nil }) else {
        throw DemandError("a product was posted on a tariff and with prices for groups; it can have one of them")
      }
    }
  }
}
