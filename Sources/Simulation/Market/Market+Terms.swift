import Demand
import Selling

/// Price terms in the market: sellers post list prices, customers choose by what they count of them.
extension Market {
  /// The price lists of all sellers as customers count them.
  ///
  /// - Throws: ``SimulationError`` for an offer whose discounts and rebates exceed its price.
  func customerLists(_ posted: [PriceList]) throws -> [PriceList] {
    guard hasTerms else { return posted }
    return try zip(posted, profiles).map { list, profile in
      let counted = list.inCustomerPrices(profile.terms)
      for (offer, listed) in zip(counted.offers, list.offers) where offer.price < 0 && listed.price >= 0 {
        let names = offer.contents.positions.filter(profile.products.indices.contains).map { profile.products[$0].name }
        throw SimulationError(
          "\(profile.name) posts \(listed.price) for \(names.joined(separator: " + ")), of which discounts and rebates "
            + "leave \(offer.price); they must not exceed the price")
      }
      return counted
    }
  }

  /// Whether any seller has price terms.
  var hasTerms: Bool { profiles.contains { $0.terms != nil } }

  /// The customers' price of every alternative that just covers its unit cost; without price terms the unit cost itself.
  var unitCostsInCustomerPrices: [Double] {
    var costs = unitCosts
    for (seller, places) in population.assortment.alternativesBySource.enumerated() where profiles[seller].terms != nil
    {
      let profile = profiles[seller].inCustomerPrices
      for (position, alternative) in places.enumerated() { costs[alternative] = profile.products[position].unitCost }
    }
    return costs
  }

  /// A game in customers' prices counts the profits of one owner's products alike, which they are only where the owner
  /// keeps the same share of all of them.
  ///
  /// - Throws: ``SimulationError`` for sellers that merge though they keep different shares.
  func checkTermsOfMergers() throws {
    for merger in ownership.mergers {
      let kept = [merger.buyer, merger.target].map { profiles[$0].terms?.keptShare ?? 1 }
      guard abs(kept[0] - kept[1]) > 1e-12 else { continue }
      throw SimulationError(
        "\(profiles[merger.buyer].name) and \(profiles[merger.target].name) merge and have different price terms, of "
          + "which strategies that believe in a demand model cannot tell the best prices; give them the same")
    }
  }
}

extension PriceList {
  /// How many of its offers stood on another list at another price.
  func changes(from before: PriceList) -> Int {
    let known = Dictionary(before.offers.map { ($0.name, $0.price) }) { first, _ in first }
    return offers.count { offer in known[offer.name].map { $0 != offer.price } ?? false }
  }
}
