/// All offers on the market at one moment, arranged for choice: a price for each alternative on its own, bundles, and
/// the *packings* of bundles that one customer could take together.
public struct Menu: Sendable {
  /// A bundle in terms of alternatives.
  public struct Bundle: Sendable, Hashable {
    /// The alternatives that it holds, in rising order, at most one of each category.
    public let alternatives: [Int]
    /// Its price, in money; infinite once it is sold out.
    public var price: Double
    /// The categories that it covers, one bit each.
    public let categories: UInt64
  }

  /// Where an offer of a source has gone in the menu.
  public enum Slot: Sendable, Hashable {
    /// It sells one alternative.
    case single(Int)
    /// It is one of the ``Menu/bundles``.
    case bundle(Int)
  }

  /// The price of each alternative on its own; infinite where it is not on sale.
  public internal(set) var singlePrices: [Double]
  /// The bundles.
  public internal(set) var bundles: [Bundle]
  /// The slot of each offer: first index the source, second the offer's place in the source's list.
  public let slots: [[Slot]]
  /// What several units of an alternative on its own cost, where that is on a tariff.
  public private(set) var tariffs: [Int: Tariff] = [:]
  /// The most units of an alternative on its own that one customer can have, where stock limits it.
  private(set) var unitLimits: [Int: Int] = [:]
  /// Sets of bundles (indices) that share no category; the first is the empty set.
  let packings: [[Int]]
  /// How many alternatives the bundles of each packing hold.
  let packingSizes: [Int]
  /// Whether each packing but the first is one bundle, in the order of ``bundles``.
  let packsOneBundleEach: Bool
  /// The categories that the bundles of each packing cover, one bit each.
  let packingCategories: [UInt64]

  /// More packings than this would make choice slow without a word.
  static let largestPackingCount = 4096

  /// Arranges the price lists of all sources.
  ///
  /// - Parameters:
  ///   - group: the group of the customers who look at it; nil for those in none. All groups have the same bundles in the
  ///     same slots, at an infinite price where they are not for them.
  ///   - isComplete: whether, without an outside option, every category must have something on sale.
  /// - Throws: ``DemandError`` for more lists than sources, one that fails ``PriceList/check()``, products that a source does not have, a bundle
  ///   with two products of one category, bundles that go together in more than 4096 ways, or nothing to buy where
  ///   everybody must.
  public init(_ lists: [PriceList], in assortment: Assortment, for group: Int? = nil, isComplete: Bool = true) throws {
    guard lists.count <= assortment.alternativesBySource.count else {
      throw DemandError("\(lists.count) price lists; the market has \(assortment.alternativesBySource.count) sources")
    }
    var prices = [Double](repeating: .infinity, count: assortment.alternatives.count)
    var bundles: [Bundle] = []
    var slots: [[Slot]] = []
    var tariffs: [Int: Tariff] = [:]
    for (source, list) in lists.enumerated() {
      try list.check()
      let places = assortment.alternativesBySource[source]
      var own: [Slot] = []
      var bundlesByContents: [ProductSet: Int] = [:]
      let hasGroupOffers = list.hasGroupOffers
      for (place, offer) in list.offers.enumerated() {
        let isForSale = !hasGroupOffers || list.isBest(place, for: group)
        let positions = offer.contents.positions
        guard let last = positions.last, last < places.count else {
          throw DemandError("an offer holds product number \(positions.last ?? 0); the source has \(places.count)")
        }
        if positions.count == 1 {
          if isForSale {
            prices[places[last]] = offer.price
            tariffs[places[last]] = offer.tariff
          }
          own.append(.single(places[last]))
          continue
        }
        let alternatives = positions.map { places[$0] }.sorted()
        var covered: UInt64 = 0
        for alternative in alternatives {
          let bit: UInt64 = 1 << UInt64(assortment.category(ofAlternative: alternative))
          guard covered & bit == 0 else {
            throw DemandError(
              "a bundle holds two products of category "
                + assortment.categories[assortment.category(ofAlternative: alternative)]
                + "; a customer takes at most one product of a category")
          }
          covered |= bit
        }
        if let known = bundlesByContents[offer.contents] {
          own.append(.bundle(known))
          if isForSale { bundles[known].price = offer.price }
          continue
        }
        bundlesByContents[offer.contents] = bundles.count
        own.append(.bundle(bundles.count))
        bundles.append(
          Bundle(alternatives: alternatives, price: isForSale ? offer.price : .infinity, categories: covered))
      }
      slots.append(own)
    }
    if isComplete, !assortment.hasOutsideOption {
      for (category, alternatives) in assortment.alternativesByCategory.enumerated()
      where alternatives.allSatisfy({ !prices[$0].isFinite }) {
        throw DemandError("everybody must buy, but nothing of category \(assortment.categories[category]) is on sale")
      }
    }
    self.singlePrices = prices
    self.bundles = bundles
    self.slots = slots
    self.tariffs = tariffs
    let packings = try Self.packings(of: bundles)
    self.packings = packings
    packsOneBundleEach = packings.dropFirst().map { $0 } == bundles.indices.map { [$0] }
    packingSizes = packings.map { $0.reduce(0) { $0 + bundles[$1].alternatives.count } }
    packingCategories = packings.map { $0.reduce(0) { $0 | bundles[$1].categories } }
  }

  /// Where there would be too many, those are left out whose products one bundle holds at no higher price: nobody needs
  /// them, and so bundles of all kinds at a price by size make no more packings than there are bundles.
  private static func packings(of bundles: [Bundle]) throws -> [[Int]] {
    if let all = try? packings(of: bundles, isNeeded: { _, _ in true }) { return all }
    var prices: [[Int]: Double] = [:]
    for bundle in bundles { prices[bundle.alternatives] = min(bundle.price, prices[bundle.alternatives] ?? .infinity) }
    return try packings(of: bundles) { packing, bundle in
      let members = packing + [bundle]
      let whole = members.flatMap { bundles[$0].alternatives }.sorted()
      guard let price = prices[whole], members.count > 1 else { return true }
      return price > members.reduce(0) { $0 + bundles[$1].price } * (1 + 1e-12)
    }
  }

  private static func packings(of bundles: [Bundle], isNeeded: ([Int], Int) -> Bool) throws -> [[Int]] {
    var packings: [(members: [Int], categories: UInt64)] = [([], 0)]
    for (index, bundle) in bundles.enumerated() {
      for packing in packings
      where packing.categories & bundle.categories == 0 && isNeeded(packing.members, index) {
        packings.append((packing.members + [index], packing.categories | bundle.categories))
      }
      guard packings.count <= largestPackingCount else {
        throw DemandError("the bundles go together in more than \(largestPackingCount) ways; offer fewer bundles")
      }
    }
    return packings.map(\.members)
  }

  /// Where a slot stands in counts of units: alternatives first, then bundles.
  public func index(of slot: Slot) -> Int {
    switch slot {
    case .single(let alternative): alternative
    case .bundle(let bundle): singlePrices.count + bundle
    }
  }

  /// The price at a place in counts of units; infinite where nothing is on sale.
  public func price(at index: Int) -> Double {
    index < singlePrices.count ? singlePrices[index] : bundles[index - singlePrices.count].price
  }

  /// What units of the offer at a place in counts of units cost less together than at the price of one each, in money;
  /// negative where they cost more.
  public func rebate(at index: Int, units: Int) -> Double {
    guard units > 1, let tariff = tariffs[index] else { return 0 }
    let price = singlePrices[index]
    return Double(units) * price - tariff.payment(for: units, price: price)
  }

  /// Limits how many units of the alternative at a place in counts of units one customer can have; a limit below 1 takes
  /// it off the menu. Of a bundle nobody takes more than one.
  public mutating func limit(at index: Int, to units: Int) {
    guard units > 0 else { return withdraw(at: index) }
    guard index < singlePrices.count else { return }
    unitLimits[index] = min(units, unitLimits[index] ?? .max)
  }

  /// Takes the offer at a place in counts of units off the menu: it has sold out.
  public mutating func withdraw(at index: Int) {
    if index < singlePrices.count {
      singlePrices[index] = .infinity
    } else {
      bundles[index - singlePrices.count].price = .infinity
    }
  }
}
