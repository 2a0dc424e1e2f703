/// A set of a source's products, each by its position in the source's own list; at most 64 of them.
public struct ProductSet: Sendable, Hashable, Comparable {
  /// One bit for each product.
  public let bits: UInt64

  /// A set of the products at these positions; positions outside 0..<64 are left out.
  public init(_ positions: some Sequence<Int>) {
    bits = positions.reduce(0) { (0..<64).contains($1) ? $0 | (1 << UInt64($1)) : $0 }
  }

  /// The positions in rising order.
  public var positions: [Int] { (0..<64).filter { bits & (1 << UInt64($0)) != 0 } }

  /// How many products the set holds.
  public var count: Int { bits.nonzeroBitCount }

  /// Single products first, in their own order, then sets of two, and so on.
  public static func < (left: ProductSet, right: ProductSet) -> Bool {
    left.count == right.count ? left.positions.lexicographicallyPrecedes(right.positions) : left.count < right.count
  }
}

/// A set of products at one price: a single product, or a bundle that is sold as one.
public struct Offer: Sendable, Hashable {
  /// What the customer gets.
  public var contents: ProductSet
  /// What the customer pays, in money.
  public var price: Double

  /// An offer of these contents.
  public init(_ contents: ProductSet, price: Double) {
    self.contents = contents
    self.price = price
  }

  /// An offer of one product.
  public init(product: Int, price: Double) {
    self.init(ProductSet([product]), price: price)
  }
}

/// The offers that one source posts at one time.
public struct PriceList: Sendable, Hashable {
  /// The offers; no two have the same contents.
  public var offers: [Offer]

  /// A list of offers.
  public init(_ offers: [Offer]) { self.offers = offers }

  /// Every product on its own, the first price for the first product.
  public init(prices: [Double]) {
    offers = prices.enumerated().map { Offer(product: $0, price: $1) }
  }

  /// The price at which a product is sold on its own, if it is.
  public func price(ofProduct product: Int) -> Double? {
    offers.first { $0.contents == ProductSet([product]) }?.price
  }

  /// - Throws: ``DemandError`` for a price that is not a finite number, an empty offer, or contents named twice.
  public func check() throws {
    var seen: Set<ProductSet> = []
    for offer in offers {
      guard offer.price.isFinite else { throw DemandError("a price of \(offer.price) was posted; prices are finite") }
      guard offer.contents.count > 0 else { throw DemandError("an offer without products was posted") }
      guard seen.insert(offer.contents).inserted else {
        throw DemandError("two offers of the same products were posted")
      }
    }
  }
}
