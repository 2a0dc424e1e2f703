import Demand
import GSL
import Selling

/// A market with one seller of one product for tests of strategies that learn: customers are drawn, prices posted and
/// sales shown as in the simulation, with the last period's sales alone.
struct LearningMarket {
  var unitCost = 0.0
  var capacities: [Capacity] = []
  var periods = 100
  /// Units sold at a price in a period, given chance.
  let sold: @Sendable (Double, inout RandomStream) throws -> Double

  /// One customer a period who buys with this probability.
  static func one(unitCost: Double = 0, periods: Int = 100, _ chance: @escaping @Sendable (Double) -> Double) -> Self {
    LearningMarket(unitCost: unitCost, periods: periods) { $1.uniform() < chance($0) ? 1 : 0 }
  }

  /// Poisson sales with this mean.
  static func many(unitCost: Double = 0, periods: Int = 100, _ mean: @escaping @Sendable (Double) -> Double) -> Self {
    LearningMarket(unitCost: unitCost, periods: periods) { Double(try $1.poisson(mean: mean($0))) }
  }

  /// The prices posted in each period (nil: not offered) and the units sold.
  func run<Strategy: PricingStrategy>(
    _ strategy: Strategy, replication: Int = 0, seed: UInt64 = 1, facts: (SellerProfile, PublicMarket)
  ) throws -> [(price: Double?, units: Double)] {
    var strategy = strategy
    var sales: SalesHistory = []
    var left = capacities.map(\.units)
    var found: [(price: Double?, units: Double)] = []
    for period in -1..<periods {
      let view = SellerView(
        seller: facts.0, market: facts.1, period: period, postedLists: nil, sales: sales, capacityLeft: left,
        survey: nil,
        random: RandomStream(
          seed: seed, replication: UInt32(replication), purpose: 7,
          period: UInt32(bitPattern: Int32(truncatingIfNeeded: period)), index: 0))
      let list = try strategy.postPrices(view)
      guard period >= 0 else { continue }
      var customers = RandomStream(
        seed: seed, replication: UInt32(replication), purpose: 8, period: UInt32(period), index: 0)
      guard let offer = list.offers.first else {
        sales = [[]]
        found.append((nil, 0))
        continue
      }
      let wanted = try sold(offer.price, &customers)
      let units = left.first.map { min(Double($0), wanted) } ?? wanted
      if !left.isEmpty { left[0] -= Int(units) }
      sales = [[OfferSales(offer: offer, units: units)]]
      found.append((offer.price, units))
    }
    return found
  }

  func facts() throws -> (SellerProfile, PublicMarket) {
    let market = TestMarket(
      categories: [0], sources: [[0]], unitCosts: [unitCost], capacities: capacities, periodCount: periods)
    return (market.seller, try market.market())
  }

  func strategy<Strategy: PricingStrategy>(
    _ type: Strategy.Type, _ given: [String: Arguments.Value]
  ) throws -> Strategy {
    let (seller, market) = try facts()
    return try Strategy(Arguments(given, for: type.entry.parameters), seller: seller, market: market)
  }
}
