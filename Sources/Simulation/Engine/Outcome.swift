import Demand
import Selling

/// Money and units of one seller over the calendar. What a seller earns while it belongs to another counts as its owner's.
public struct SellerOutcome: Sendable, Hashable {
  /// Units of products sold; a bundle of two counts as two.
  public internal(set) var units = 0.0
  /// What the seller keeps of its prices, in money: what customers paid without tax, less rebates and costs to serve where
  /// it has price terms.
  public internal(set) var revenue = 0.0
  /// Unit cost of what was sold, in money.
  public internal(set) var unitCost = 0.0
  /// Fixed cost and the cost of capacity, in money.
  public internal(set) var standingCost = 0.0
  /// Fixed cost of started blocks of units, in money.
  public internal(set) var stepCost = 0.0
  /// What research cost, in money.
  public internal(set) var researchCost = 0.0

  /// What changing prices cost, in money.
  public internal(set) var adjustmentCost = 0.0
  /// Prices changed after the opening.
  public internal(set) var priceChanges = 0

  /// All cost, in money.
  public var cost: Double { unitCost + standingCost + researchCost + stepCost + adjustmentCost }
  /// Revenue less cost, in money.
  public var profit: Double { revenue - cost }
  /// Revenue less unit, step, research and adjustment cost, in money: what pricing can influence.
  public var contribution: Double { revenue - unitCost - researchCost - stepCost - adjustmentCost }
}

/// What the customers of one segment did over the calendar.
public struct SegmentOutcome: Sendable, Hashable {
  /// Customers who came.
  public internal(set) var customers = 0.0
  /// Customers who bought from the studied seller.
  public internal(set) var buyers = 0.0
  /// Units that they bought from the studied seller.
  public internal(set) var units = 0.0
  /// What the studied seller keeps of what they paid, in money.
  public internal(set) var revenue = 0.0
  /// Their surplus over buying nothing, from whomever they bought, in money: by the prices as they felt, and discounted to
  /// the period in which they came.
  public internal(set) var surplus = 0.0
}

/// An offer of a seller, whatever its price.
public struct OfferKey: Sendable, Hashable, Comparable {
  /// The seller.
  public let seller: Int
  /// What is offered.
  public let contents: ProductSet
  /// The group that alone can take it; nil for everybody.
  public let group: Int?

  /// The key of a seller's offer.
  public init(seller: Int, contents: ProductSet, group: Int? = nil) {
    self.seller = seller
    self.contents = contents
    self.group = group
  }

  init(seller: Int, offer: Offer) { self.init(seller: seller, contents: offer.contents, group: offer.group) }

  /// By seller, then by contents, then what is for everybody first.
  public static func < (left: OfferKey, right: OfferKey) -> Bool {
    guard left.seller == right.seller else { return left.seller < right.seller }
    return left.contents == right.contents
      ? (left.group ?? -1) < (right.group ?? -1) : left.contents < right.contents
  }
}

/// What one offer did in one period, or in a span of them where the calendar is long (``CalendarSpans``).
public struct OfferPeriodOutcome: Sendable, Hashable {
  /// In how many periods it was posted.
  public internal(set) var postings = 0
  /// The price posted at the period's start, in money; of a span, the mean.
  public internal(set) var price = 0.0
  /// The tariff of further units, if it had one.
  public internal(set) var tariff: Tariff?
  /// Units of the offer sold.
  public internal(set) var units = 0.0
  /// What the seller keeps of what customers paid for it, in money.
  public internal(set) var revenue = 0.0

  /// Adds a period.
  mutating func add(_ offer: Offer, units: Double, revenue: Double) {
    postings += 1
    price += (offer.price - price) / Double(postings)
    tariff = offer.tariff
    self.units += units
    self.revenue += revenue
  }
}

/// The course of one candidate through one replication.
public struct CandidateOutcome: Sendable {
  /// By seller.
  public internal(set) var sellers: [SellerOutcome]
  /// By segment.
  public internal(set) var segments: [SegmentOutcome]
  /// By offer and span of periods; nil where the offer was not posted.
  public internal(set) var offers: [OfferKey: [OfferPeriodOutcome?]] = [:]
  /// What the studied seller earned up to each checkpoint: contribution, in money; empty where no regret is reported.
  var earned: [Double] = []
  /// The same as it was to be expected at the prices that were posted; empty where it cannot be told.
  var expected: [Double] = []

  /// Customers who came.
  public var customers: Double { segments.reduce(0) { $0 + $1.customers } }
  /// Surplus of all customers, in money.
  public var surplus: Double { segments.reduce(0) { $0 + $1.surplus } }
}
