import Foundation

/// Customers who come at random over a time, and the share of them who buy at a price: demand for one stock.
///
/// They are Poisson with a constant rate in each span. Times count from the start of the first span; what unit they have is
/// the caller's.
public struct StockDemand: Sendable {
  /// The share of customers who buy at a price, or the units that an average one does: at least 0, and it never rises with
  /// the price.
  public typealias Curve = @Sendable (Double) throws -> Double

  /// A time of constant demand.
  public struct Span: Sendable, Hashable {
    /// How long it lasts.
    public let length: Double
    /// Customers in a unit of time.
    public let rate: Double
    /// Which curve says how many of them buy.
    public let curve: Int

    /// A span.
    public init(length: Double, rate: Double, curve: Int = 0) {
      (self.length, self.rate, self.curve) = (length, rate, curve)
    }
  }

  /// The spans, in the order of time.
  public let spans: [Span]
  /// The curves.
  public let curves: [Curve]
  /// What one more unit costs, in money.
  public let unitCost: Double

  /// Demand over spans.
  ///
  /// - Throws: ``DemandError`` unless lengths are finite and above 0 (there may be no span at all), rates finite and at
  ///   least 0, the cost finite, and each span has a curve.
  public init(spans: [Span], curves: [Curve], unitCost: Double = 0) throws {
    for (index, span) in spans.enumerated() {
      guard span.length > 0, span.length.isFinite, span.rate >= 0, span.rate.isFinite else {
        throw DemandError(
          "span \(index + 1) has length \(span.length) and rate \(span.rate); lengths are finite and above 0, rates "
            + "finite and at least 0")
      }
      guard curves.indices.contains(span.curve) else {
        throw DemandError("span \(index + 1) names curve \(span.curve); there are \(curves.count)")
      }
    }
    guard unitCost.isFinite else { throw DemandError("a unit cost of \(unitCost); it is finite") }
    // Neighbours that are alike are one: a long calendar of equal periods is as quick as a short one.
    var joined: [Span] = []
    for span in spans {
      if let last = joined.last, last.rate == span.rate, last.curve == span.curve {
        joined[joined.count - 1] = Span(length: last.length + span.length, rate: last.rate, curve: last.curve)
      } else {
        joined.append(span)
      }
    }
    (self.spans, self.curves, self.unitCost) = (joined, curves, unitCost)
  }

  /// Constant demand.
  ///
  /// - Throws: ``DemandError`` unless the rate is finite and at least 0, and the length finite and above 0.
  public init(rate: Double, length: Double, unitCost: Double = 0, curve: @escaping Curve) throws {
    try self.init(spans: [Span(length: length, rate: rate)], curves: [curve], unitCost: unitCost)
  }

  /// How long all spans last.
  public var length: Double { spans.reduce(0) { $0 + $1.length } }

  /// Customers expected in all spans.
  public var customers: Double { spans.reduce(0) { $0 + $1.length * $1.rate } }

  /// Customers expected by curve.
  var customersByCurve: [Double] {
    var customers = curves.map { _ in 0.0 }
    for span in spans { customers[span.curve] += span.length * span.rate }
    return customers
  }

  /// Buyers expected in all spans if all meet one price.
  ///
  /// - Throws: what the curves throw.
  public func buyers(at price: Double) throws -> Double {
    try zip(customersByCurve, curves).reduce(0) { try $0 + ($1.0 > 0 ? $1.0 * Self.share($1.1, price) : 0) }
  }

  /// The share who buy by a curve, checked.
  ///
  /// - Throws: what the curve throws, or ``DemandError`` for a share that is not a number.
  static func share(_ curve: Curve, _ price: Double) throws -> Double {
    let share = try curve(price)
    guard !share.isNaN else { throw DemandError("the share of customers who buy at \(price) is not a number") }
    return max(0, share)
  }
}

/// Prices with the share of customers who pay them, close together where demand falls: the interval over which it falls
/// most, counted in customers and in proportion, is split again and again.
struct PriceScan: Sendable {
  let prices: [Double]
  let shares: [Double]

  /// The scan of a curve from a price upwards to where fewer than 1e-15 of a customer buy.
  ///
  /// - Parameters:
  ///   - floor: the lowest price, finite.
  ///   - customers: how many are expected in all.
  /// - Throws: what the curve throws.
  init(_ curve: StockDemand.Curve, from floor: Double, customers: Double, steps: Int = 300) throws {
    var width = max(1e-6, 1e-3 * abs(floor))
    let customers = max(1, customers)
    while try StockDemand.share(curve, floor + width) * customers > 1e-15, width < 1e24 { width *= 2 }
    let smallest = 1e-3 / (1 + customers)
    var points = [(price: floor, share: try StockDemand.share(curve, floor))]
    // A first even scan finds falls that two ends alone would hide.
    for step in 1...16 {
      let price = floor + width * pow(2, Double(step - 16))
      points.append((price, try StockDemand.share(curve, price)))
    }
    func fall(_ index: Int) -> Double {
      let (low, high) = (points[index], points[index + 1])
      guard high.price - low.price > 1e-9 * (high.price - floor) else { return 0 }
      return low.share - high.share + 0.25 * log((low.share + smallest) / (high.share + smallest))
    }
    var falls = (0..<points.count - 1).map(fall)
    while points.count < steps, let widest = falls.indices.max(by: { falls[$0] < falls[$1] }), falls[widest] > 0 {
      let price = (points[widest].price + points[widest + 1].price) / 2
      points.insert((price, try StockDemand.share(curve, price)), at: widest + 1)
      falls[widest] = fall(widest)
      falls.insert(fall(widest + 1), at: widest + 1)
    }
    prices = points.map(\.price)
    shares = points.map(\.share)
  }
}
