import Demand
import Selling

/// Why a study cannot be run, in words a user can act on.
public struct SimulationError: Error, CustomStringConvertible, Sendable, Equatable {
  /// One sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}

/// A seller with the strategy that it runs.
public struct Seller: Sendable {
  /// What it has.
  public let profile: SellerProfile
  /// How it prices; ignored for the studied seller, who runs each candidate in turn.
  public let strategy: any PricingStrategy

  /// A seller.
  public init(_ profile: SellerProfile, strategy: any PricingStrategy) {
    self.profile = profile
    self.strategy = strategy
  }
}

/// The true market: customers, sellers and a calendar. Strategies never see it.
public struct Market: Sendable {
  /// The customers; the sources of their assortment are the sellers, in order.
  public let population: Population
  /// Everything about the sellers but their strategies.
  public let profiles: [SellerProfile]
  /// Demand of the market as a whole, if that is how it is stated; the population is then a stand-in of one segment.
  public let aggregate: AggregateDemand?
  /// Number of periods.
  public let periodCount: Int
  /// What a period is called: `week`.
  public let periodUnit: String
  /// How many customers come.
  public let arrivals: Arrivals
  /// Which sellers merge, and when.
  public let ownership: Ownership

  /// A market.
  ///
  /// - Parameter ownership: nil for sellers that never merge.
  public init(
    population: Population, profiles: [SellerProfile], periodCount: Int, periodUnit: String, arrivals: Arrivals,
    aggregate: AggregateDemand? = nil, ownership: Ownership? = nil
  ) {
    self.population = population
    self.profiles = profiles
    self.aggregate = aggregate
    self.periodCount = periodCount
    self.periodUnit = periodUnit
    self.arrivals = arrivals.following(population, periodCount: periodCount)
    self.ownership = ownership ?? Ownership(sellerCount: profiles.count)
  }

  /// How its calendar is told of.
  public var spans: CalendarSpans { CalendarSpans(periodCount: periodCount) }

  /// What a seller may know about it.
  public func publicFacts(for seller: Int) -> PublicMarket {
    PublicMarket(
      assortment: population.assortment, profiles: profiles, own: seller, periodCount: periodCount,
      ownership: ownership, groups: population.groups)
  }

  /// Periods, counted from 0, in which the sellers that are in the market may differ from those of the period before.
  var changesOfPresence: [Int] {
    let days = profiles.flatMap { profile -> [Int] in
      let (first, last) = (profile.presence.lowerBound, profile.presence.upperBound)
      return [first] + (last < periodCount ? [last + 1] : [])
    }
    return Set([0] + days).filter { (0..<periodCount).contains($0) }.sorted()
  }
}
