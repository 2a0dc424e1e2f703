extension Menu {
  /// How many places there are in counts of units: alternatives first, then bundles.
  public var slotCount: Int { singlePrices.count + bundles.count }

  /// The menu as it feels: each price with what it feels dearer, by place in counts of units. What is not on sale stays
  /// off, and a surcharge of 0 leaves a price as it is to the last bit.
  public func adding(surcharges: [Double]) -> Menu {
    var felt = self
    for alternative in felt.singlePrices.indices { felt.singlePrices[alternative] += surcharges[alternative] }
    for bundle in felt.bundles.indices { felt.bundles[bundle].price += surcharges[singlePrices.count + bundle] }
    return felt
  }
}
