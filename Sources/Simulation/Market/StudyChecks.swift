import Demand
import Selling

/// Markets that cannot be run, found before they are.
extension Study {
  /// - Throws: ``SimulationError`` where more customers come than can be counted.
  static func checkArrivals(_ market: Market) throws {
    let arrivals = market.arrivals
    let means = (0..<market.periodCount).map { arrivals.mean(period: $0) }
    let crowd = means.max() ?? 0
    guard crowd <= Arrivals.largestMean, arrivals.mean >= 0 else {
      throw SimulationError(
        "\(crowd) customers are expected in a period; at most \(Arrivals.largestMean) are allowed (look at season and trend)"
      )
    }
    let busiest = means.firstIndex(of: crowd) ?? 0
    do {
      let most = try arrivals.likelyLargestCount(period: busiest)
      guard most < Double(Arrivals.largestCount) else {
        throw SimulationError(
          "by chance \(most) customers are expected in a period at most; fewer than \(Arrivals.largestCount) are "
            + "allowed (look at spread and random shocks)")
      }
    } catch let error as SimulationError {
      throw error
    } catch {
      throw SimulationError("the customers who are expected cannot be drawn: \(error)")
    }
  }

  /// Where everybody buys, every category needs at least two sellers in every period.
  ///
  /// - Throws: ``SimulationError`` for a category that nobody or only one seller sells at some time.
  static func checkCompetition(_ market: Market) throws {
    let assortment = market.population.assortment
    for period in market.changesOfPresence {
      let isDated = !market.profiles.allSatisfy { $0.presence == SellerProfile.always }
      let when = isDated ? " in period \(period + 1)" : ""
      for (category, name) in assortment.categories.enumerated() {
        let sellers = market.profiles.indices.filter { seller in
          market.profiles[seller].isPresent(in: period)
            && assortment.alternativesBySource[seller].contains { assortment.category(ofAlternative: $0) == category }
        }
        guard !sellers.isEmpty else {
          throw SimulationError("everybody must buy, but nobody sells \(name)\(when); allow customers to buy nothing")
        }
        guard sellers.count > 1 else {
          throw SimulationError(
            "a monopoly in \(name)\(when) where everybody buys could charge any price; allow customers to buy nothing")
        }
      }
    }
  }

  /// Neither expected demand nor that of a market as a whole knows how many customers take at least one of several products.
  ///
  /// - Throws: ``SimulationError`` for a service item by customer that products of several categories include, or one of
  ///   which customers take several units.
  static func checkItems(of profile: SellerProfile, _ market: Market) throws {
    for (index, item) in profile.serviceItems.enumerated() where market.spansCategories(item: index, of: profile) {
      throw SimulationError(
        "\(item.name) costs by customer and comes with products of which one customer may take several: expected demand "
          + "and `linear` or `ces` demand do not know who takes more than one; use sampled demand of segments")
    }
  }
}

extension Study {
  /// Customers who are expected to come over the calendar of one replication and are drawn one by one; 0 where demand is not
  /// sampled.
  public var expectedCustomers: Double {
    guard demand == .sampled, market.aggregate == nil else { return 0 }
    return (0..<market.periodCount).reduce(0) { $0 + market.arrivals.mean(period: $1) }
  }
}

extension Market {
  /// Whether one customer may take several products, or several units of one, that include a service item which costs by
  /// customer.
  func spansCategories(item index: Int, of profile: SellerProfile) -> Bool {
    let item = profile.serviceItems[index]
    guard item.basis == .customer, let seller = profiles.firstIndex(where: { $0.name == profile.name }) else {
      return false
    }
    let assortment = population.assortment
    let places = assortment.alternativesBySource[seller]
    let products = item.products.positions.map { assortment.alternatives[places[$0]] }
    return Set(products.map { assortment.products[$0].category }).count > 1
      || population.segments.contains { segment in products.contains { segment.usageCurve(ofProduct: $0) != nil } }
  }
}
