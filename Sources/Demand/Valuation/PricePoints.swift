extension Valuation {
  /// A price at which customers were asked whether they would buy.
  public struct PricePoint: Sendable, Hashable {
    /// The price, in money, 0 or more.
    public let price: Double
    /// The share of customers who would buy at this price.
    public let probability: Double

    /// A price with its probability of purchase.
    public init(price: Double, probability: Double) {
      self.price = price
      self.probability = probability
    }
  }

  /// Demand as a table of prices with purchase probabilities, as Gabor and Granger's direct questions give it ("Price as
  /// an indicator of quality", Economica 1966).
  ///
  /// Between two points demand is a straight line. Beyond the points nothing is made up: whoever would buy at the last
  /// price values the product at just that price, and whoever would not buy at the first price values it at 0. A table
  /// that begins with a price of 0 (and 100%) has a straight line from there instead. The result is a mixture of uniform
  /// and fixed valuations. Verified by `MixtureTests`.
  ///
  /// - Parameter points: in any order.
  /// - Throws: ``DemandError`` for no points, a price that is negative, infinite or given twice, a probability outside of
  ///   0 to 1 or rising with the price, or less than 1 at a price of 0.
  public static func pricePoints(_ points: [PricePoint]) throws -> Valuation {
    let points = points.sorted { $0.price < $1.price }
    guard let first = points.first, let last = points.last else {
      throw DemandError("a table of demand needs at least one price")
    }
    for point in points {
      guard point.price.isFinite, point.price >= 0 else {
        throw DemandError("demand at a price of \(point.price); prices are 0 or more")
      }
      guard point.probability >= 0, point.probability <= 1 else {
        throw DemandError("a purchase probability of \(point.probability); probabilities lie between 0 and 1")
      }
    }
    for (one, next) in zip(points, points.dropFirst()) {
      guard one.price < next.price else { throw DemandError("the price \(one.price) is given twice") }
      guard one.probability >= next.probability else {
        throw DemandError(
          "demand rises from \(percent(one.probability)) at a price of \(one.price) to \(percent(next.probability)) at "
            + "\(next.price); it must not rise with the price")
      }
    }
    guard first.price > 0 || first.probability == 1 else {
      throw DemandError(
        "demand of \(percent(first.probability)) at a price of 0; whoever gets a product for nothing loses nothing by "
          + "taking it, so write 100% or leave the price out")
    }
    var components: [Component] = []
    func add(_ share: Double, _ valuation: Valuation) {
      if share > 0 { components.append(Component(share: share, valuation: valuation)) }
    }
    add(1 - first.probability, .fixed(0))
    for (one, next) in zip(points, points.dropFirst()) {
      add(one.probability - next.probability, .uniform(low: one.price, high: next.price))
    }
    add(last.probability, .fixed(last.price))
    return components.count == 1 ? components[0].valuation : .mixture(components)
  }

  private static func percent(_ share: Double) -> String { "\((share * 1e10).rounded() / 1e8)%" }
}
