import Demand
import Selling
import Simulation

/// What became of one offer of the studied seller under a candidate, against the baseline on the same customers.
public struct OfferChange: Sendable {
  /// The offer.
  public let offer: OfferKey
  /// Mean price paid under the baseline, in money; where nobody bought, the mean posted price; nil if it was not posted.
  public let priceBefore: Double?
  /// The same under the candidate.
  public let priceAfter: Double?
  /// Unit cost of its products as the scenario states it, in money.
  public let unitCost: Double
  /// Units sold over the calendar under the baseline, mean over replications.
  public let unitsBefore: Double
  /// The same under the candidate.
  public let unitsAfter: Double
  /// What the offer leaves over unit cost more than under the baseline, in money over the calendar.
  public let contributionChange: Double
  /// Units that the seller's own shrinking offers lost to this one; 0 where the offer did not grow.
  public internal(set) var cannibalised = 0.0

  /// Units gained or lost.
  public var unitsChange: Double { unitsAfter - unitsBefore }

  /// Units gained or lost as a share of those before; nil where there were none.
  public var volumeChange: Double? { unitsBefore > 0 ? unitsChange / unitsBefore : nil }

  /// The change of price; nil where the offer is not posted by both.
  public var move: PriceMove? {
    guard let priceBefore, let priceAfter else { return nil }
    return PriceMove(from: priceBefore, to: priceAfter, unitCost: unitCost)
  }

  /// Units taken from own offers for each unit gained; nil where the offer did not grow. Above 1 for a bundle whose buyers
  /// used to buy its products one by one.
  public var cannibalisation: Double? { unitsChange > 0 ? cannibalised / unitsChange : nil }
}

extension StudyReport {
  /// What became of each offer of the studied seller under a candidate: offers of either in the order of their keys.
  ///
  /// Cannibalisation is booked from totals: what a shrinking offer lost goes to the growing offers that share a category with
  /// it, in proportion to their growth, and never more than those gained together. Verified on markets whose outcome
  /// is known (`OfferChangeTests`).
  public func offerChanges(_ row: Row) -> [OfferChange] {
    guard let baseline else { return [] }
    let seller = study.market.profiles[study.studied]
    let (before, after) = (figures(baseline), figures(row))
    var changes: [OfferChange] = Set(before.keys).union(after.keys).sorted().map { key in
      let unitCost = seller.unitCost(of: key.contents)
      let (old, new) = (before[key], after[key])
      return OfferChange(
        offer: key, priceBefore: old?.price, priceAfter: new?.price, unitCost: unitCost, unitsBefore: old?.units ?? 0,
        unitsAfter: new?.units ?? 0,
        contributionChange: (new?.revenue ?? 0) - (old?.revenue ?? 0) - unitCost
          * ((new?.units ?? 0) - (old?.units ?? 0)))
    }
    let facts = study.market.publicFacts(for: study.studied)
    let categories = changes.map { change in Set(change.offer.contents.positions.map(facts.category(ofOwnProduct:))) }
    for loser in changes.indices where changes[loser].unitsChange < 0 {
      let growing = changes.indices.filter {
        changes[$0].unitsChange > 0 && !categories[$0].isDisjoint(with: categories[loser])
      }
      let growth = growing.reduce(0) { $0 + changes[$1].unitsChange }
      let moved = min(-changes[loser].unitsChange, growth)
      for winner in growing { changes[winner].cannibalised += moved * changes[winner].unitsChange / growth }
    }
    return changes
  }

  /// Price, units and revenue of the studied seller's offers, means over replications.
  private func figures(_ row: Row) -> [OfferKey: (price: Double, units: Double, revenue: Double)] {
    var figures: [OfferKey: (price: Double, units: Double, revenue: Double)] = [:]
    for offer in row.tally.offers where offer.seller == study.studied {
      let units = offer.periods.reduce(0) { $0 + $1.units }
      let revenue = offer.periods.reduce(0) { $0 + $1.revenue }
      let posted = offer.periods.filter { $0.price.count > 0 }
      guard !posted.isEmpty else { continue }
      let price = units > 0 ? revenue / units : posted.reduce(0) { $0 + $1.price.mean } / Double(posted.count)
      figures[offer.key] = (price, units / Double(replications), revenue / Double(replications))
    }
    return figures
  }
}
