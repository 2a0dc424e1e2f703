import Demand
import GSL

/// What everybody in a market knows: who sells what, and how long the calendar is. No prices, no customers.
public struct PublicMarket: Sendable {
  /// Who sells what; its sources are the sellers.
  public let assortment: Assortment
  /// Names of the sellers.
  public let sellers: [String]
  /// Names of each seller's products.
  public let products: [[String]]
  /// The seller who looks: an index of ``sellers``.
  public let own: Int
  /// Number of periods.
  public let periodCount: Int
  /// Names of the groups of customers that sellers can tell apart.
  public let groups: [String]
  /// Who belongs to whom. Mergers are announced: everybody knows them from the beginning.
  public let ownership: Ownership
  /// Each seller's price terms, which customers tell; nil where customers pay what is posted and the seller keeps it.
  public let terms: [PriceTerms?]

  /// The public facts of a market.
  ///
  /// - Parameters:
  ///   - ownership: nil for sellers that never merge.
  ///   - terms: nil for sellers who keep what they post.
  public init(
    assortment: Assortment, sellers: [String], products: [[String]], own: Int, periodCount: Int,
    ownership: Ownership? = nil, groups: [String] = [], terms: [PriceTerms?]? = nil
  ) {
    self.groups = groups
    self.assortment = assortment
    self.sellers = sellers
    self.products = products
    self.own = own
    self.periodCount = periodCount
    self.ownership = ownership ?? Ownership(sellerCount: sellers.count)
    self.terms = terms ?? sellers.map { _ in nil }
  }

  /// What is public of these sellers.
  public init(
    assortment: Assortment, profiles: [SellerProfile], own: Int, periodCount: Int, ownership: Ownership? = nil,
    groups: [String] = []
  ) {
    self.init(
      assortment: assortment, sellers: profiles.map(\.name), products: profiles.map { $0.products.map(\.name) },
      own: own, periodCount: periodCount, ownership: ownership, groups: groups, terms: profiles.map(\.terms))
  }

  /// The sellers, itself included, that belong to the seller's owner in a period, counted from 0: whose prices a group
  /// would set together.
  public func group(period: Int) -> [Int] {
    let owners = ownership.owners(period: period)
    return owners.indices.filter { owners[$0] == owners[own] }
  }

  /// The category of one of the seller's own products.
  public func category(ofOwnProduct product: Int) -> Int {
    assortment.category(ofAlternative: assortment.alternativesBySource[own][product])
  }

  /// The rivals' products in the category of one of the seller's own: the same product where a rival has it, otherwise
  /// all substitutes.
  ///
  /// - Parameter rival: the only rival that is looked at; all if nil.
  public func rivals(ofOwnProduct product: Int, only rival: Int? = nil) -> [(seller: Int, product: Int)] {
    let alternatives = assortment.alternativesBySource
    let category = category(ofOwnProduct: product)
    var same: [(seller: Int, product: Int)] = []
    var substitutes: [(seller: Int, product: Int)] = []
    for seller in sellers.indices where seller != own && (rival == nil || seller == rival) {
      for (position, alternative) in alternatives[seller].enumerated()
      where assortment.category(ofAlternative: alternative) == category {
        substitutes.append((seller, position))
        if assortment.alternatives[alternative] == assortment.alternatives[alternatives[own][product]] {
          same.append((seller, position))
        }
      }
    }
    return same.isEmpty ? substitutes : same
  }
}

/// What one offer sold in a period.
public struct OfferSales: Sendable, Hashable {
  /// What was offered.
  public let offer: Offer
  /// Units sold.
  public let units: Double
  /// What was paid for them, in money.
  public let revenue: Double

  /// Sales of an offer.
  ///
  /// - Parameter revenue: nil for units times price.
  public init(offer: Offer, units: Double, revenue: Double? = nil) {
    self.offer = offer
    self.units = units
    self.revenue = revenue ?? units * offer.price
  }
}

/// All that a strategy may look at when it posts prices. It holds no customer, no demand model (unless bought), and no
/// rival's costs: what is not here cannot be used.
public struct SellerView: Sendable {
  /// The seller itself, at the unit costs that it knows: where they change, those of the last period (see ``CostLedger``).
  public let seller: SellerProfile
  /// What everybody knows.
  public let market: PublicMarket
  /// The period for which prices are posted, from 0; -1 for the opening list, which nobody buys from but which rivals see.
  public let period: Int
  /// The price lists of the last period that is seen, by seller; nil for the opening list. Its own list is that of a
  /// period ago; rivals' lists are as old as the seller's ``SellerProfile/priceDelay``, and the opening lists stand for
  /// all periods before the first. The list of a seller that was not in the market is empty.
  public let postedLists: [PriceList]?
  /// The seller's own sales, one entry for each past period.
  public let sales: SalesHistory
  /// What is left of each capacity now.
  public let capacityLeft: [Int]
  /// The answers to the research that the strategy asked for.
  public let survey: SurveyAnswers?
  /// The model of the market that the strategy asked for.
  public let belief: MarketBelief?
  /// Chance, for strategies that experiment: the same for all strategies of the seller in this period.
  public let random: RandomStream
  /// The part of the period that has passed, from 0 at its start to 1; above 0 only where prices move within
  /// periods.
  public let elapsed: Double

  /// A view; made by the simulation.
  public init(
    seller: SellerProfile, market: PublicMarket, period: Int, postedLists: [PriceList]?, sales: SalesHistory,
    capacityLeft: [Int], survey: SurveyAnswers?, belief: MarketBelief? = nil,
    random: RandomStream = RandomStream(
      seed: 0, replication: 0, purpose: DrawKey.Purpose.strategies.rawValue, period: 0, index: 0),
    elapsed: Double = 0
  ) {
    self.random = random
    self.elapsed = elapsed
    self.seller = seller
    self.market = market
    self.period = period
    self.postedLists = postedLists
    self.sales = sales
    self.capacityLeft = capacityLeft
    self.survey = survey
    self.belief = belief
  }

  /// The price at which a rival's product was posted in the last period that is seen, if it was.
  public func rivalPrice(seller: Int, product: Int) -> Double? {
    postedLists?[seller].price(ofProduct: product)
  }

  /// Units of one of the seller's products sold in a past period, alone or in bundles.
  public func unitsSold(ofProduct product: Int, period: Int) -> Double {
    sales[period].reduce(0) { $0 + ($1.offer.contents.positions.contains(product) ? $1.units : 0) }
  }
}
