import Demand
import Selling
import Simulation

/// What became of one offer of the studied seller under a candidate, against the baseline on the same customers.
public struct OfferChange: Sendable {
  /// The offer.
  public let offer: OfferKey
  /// Mean price that the seller kept under the baseline, in money: what was paid, or the pocket price where there are price
  /// terms; where nobody bought, that of the mean posted price; nil if it was not posted.
  public let priceBefore: Double?
  /// The same under the candidate.
  public let priceAfter: Double?
  /// Mean posted price under the baseline, in money; nil if it was not posted.
  public let postedBefore: Double?
  /// The same under the candidate.
  public let postedAfter: Double?
  /// Whether baseline and candidate offer the same contents to the same groups of customers; where a group has a price of
  /// its own in one of them only, its buyers move from offer to offer, and volumes do not compare.
  public let isComparable: Bool
  /// Unit cost of its products as the scenario states it, in money.
  public let unitCost: Double
  /// Units sold over the calendar under the baseline, mean over replications.
  public let unitsBefore: Double
  /// The same under the candidate.
  public let unitsAfter: Double
  /// What the offer leaves over unit cost more than under the baseline, in money over the calendar.
  public let contributionChange: Double
  /// Units of products, counted singly, that the seller's own shrinking offers lost to this one; 0 where it did not grow.
  public internal(set) var cannibalised = 0.0

  /// Units gained or lost.
  public var unitsChange: Double { unitsAfter - unitsBefore }

  /// Units gained or lost as a share of those before; nil where there were none.
  public var volumeChange: Double? { unitsBefore > 0 ? unitsChange / unitsBefore : nil }

  /// The change of price; nil where the offer is not posted by both, or does not compare.
  public var move: PriceMove? {
    guard isComparable, let priceBefore, let priceAfter else { return nil }
    return PriceMove(from: priceBefore, to: priceAfter, unitCost: unitCost)
  }

  /// The share of the units of products that it gained which other offers of the seller lost; nil where it did not grow.
  public var cannibalisation: Double? {
    unitsChange > 0 ? cannibalised / (unitsChange * Double(offer.contents.count)) : nil
  }
}

extension StudyReport {
  /// What became of each offer of the studied seller under a candidate: offers of either in the order of their keys.
  ///
  /// Cannibalisation is booked from totals, category by category: what shrinking offers lost there goes to the growing ones
  /// in proportion to their growth, and never more than those gained. Who switched is not followed. Verified on markets
  /// whose outcome is known (`OfferChangeTests`).
  public func offerChanges(_ row: Row) -> [OfferChange] {
    guard let baseline else { return [] }
    let seller = study.market.profiles[study.studied]
    let (before, after) = (figures(baseline), figures(row))
    let groups = [before, after].map { figures in
      Dictionary(grouping: figures.keys, by: \.contents).mapValues { Set($0.map(\.group)) }
    }
    var changes: [OfferChange] = Set(before.keys).union(after.keys).sorted().map { key in
      let unitCost = seller.unitCost(of: key.contents)
      let (old, new) = (before[key], after[key])
      return OfferChange(
        offer: key, priceBefore: old?.price, priceAfter: new?.price, postedBefore: old?.posted,
        postedAfter: new?.posted, isComparable: groups[0][key.contents] == groups[1][key.contents], unitCost: unitCost,
        unitsBefore: old?.units ?? 0,
        unitsAfter: new?.units ?? 0,
        contributionChange: (new?.revenue ?? 0) - (old?.revenue ?? 0) - unitCost
          * ((new?.units ?? 0) - (old?.units ?? 0)))
    }
    let facts = study.market.publicFacts(for: study.studied)
    let categories = changes.map { change in change.offer.contents.positions.map(facts.category(ofOwnProduct:)) }
    for category in Set(categories.joined()).sorted() {
      let here = changes.indices.filter { categories[$0].contains(category) }
      let growing = here.filter { changes[$0].unitsChange > 0 }
      let growth = growing.reduce(0) { $0 + changes[$1].unitsChange }
      let loss = here.reduce(0) { $0 - min(0, changes[$1].unitsChange) }
      for winner in growing { changes[winner].cannibalised += min(loss, growth) * changes[winner].unitsChange / growth }
    }
    return changes
  }

  /// Means of one offer over replications.
  private struct Figures {
    let price: Double
    let posted: Double
    let units: Double
    let revenue: Double
  }

  /// Prices, units and revenue of the studied seller's offers, means over replications.
  private func figures(_ row: Row) -> [OfferKey: Figures] {
    var figures: [OfferKey: Figures] = [:]
    for offer in row.tally.offers where offer.seller == study.studied {
      let units = offer.periods.reduce(0) { $0 + $1.units }
      let revenue = offer.periods.reduce(0) { $0 + $1.revenue }
      let posted = offer.periods.filter { $0.price.count > 0 }
      guard !posted.isEmpty else { continue }
      let list = Offer(offer.key.contents, price: posted.reduce(0) { $0 + $1.price.mean } / Double(posted.count))
      let price = units > 0 ? revenue / units : study.market.profiles[study.studied].pocketPrice(of: list)
      figures[offer.key] = Figures(
        price: price, posted: list.price, units: units / Double(replications),
        revenue: revenue / Double(replications))
    }
    return figures
  }
}
