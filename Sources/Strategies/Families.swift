import Selling

/// What strategies of a family have in common, in words for people who choose among them.
extension Family {
  /// The families that the catalogue has, in the order in which people meet them.
  public static let inCatalogue = allCases.filter { family in Catalogue.entries.contains { $0.family == family } }

  /// Its strategies, in the order of the catalogue.
  public var entries: [CatalogueEntry] { Catalogue.entries.filter { $0.family == self } }

  /// The idea, what the seller must know, and the known weakness.
  public var idea: String {
    switch self {
    case .costBased:
      "Price is cost and a wanted profit. The seller has to know its own costs and nothing else, so that these rules are "
        + "cheap to run and easy to defend; they do not see what customers would pay, nor what rivals charge."
    case .marketBased:
      "Price follows what rivals ask, or what customers say they would buy at. The seller watches posted prices or pays for a "
        + "survey. Rules that answer prices with prices can start a war, and they copy the mistakes of others."
    case .valueBased:
      "Price is a share of what the offer is worth to the customer, measured by research or stated driver by driver. It finds "
        + "money that cost and rivals do not show; research costs money, and benefits differ from segment to segment."
    case .bundle:
      "Several products, or several units, are sold at one price, beside single prices or instead of them. The seller has to "
        + "know how valuations go together. What a bundle gains, single sales may lose."
    case .dynamic:
      "Price follows the clock, the stock, or what sales teach, period by period or customer by customer. The seller watches "
        + "its sales all the time. Customers may wait for lower prices, or find higher ones unfair."
    case .given:
      "Prices that the scenario states: what is charged today, or an idea to test."
    case .benchmark:
      "No strategy that a seller could run: a yardstick."
    }
  }
}
