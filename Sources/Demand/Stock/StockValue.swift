import Foundation

/// The value of a stock by units and time left under the best prices, for any demand: the solution of the
/// Hamilton-Jacobi-Bellman equation dV(n, s)/ds = max over p of lambda(p, s) (p - c + V(n - 1, s) - V(n, s)) with
/// V(0, s) = V(n, 0) = 0 (Gallego & van Ryzin 1994, Management Science 40, equation 3; Zhao & Zheng 2000, Management
/// Science 46, for demand that changes with time).
///
/// The best price may be any, or one of a list. The equation is solved by steps of Dormand & Prince that adapt; as no
/// error of one level grows on its way to another, their sum bounds the error of values at ``times``. Between them values
/// are cubic in time. Verified against closed forms (`StockValueTests`), and against a discrete
/// programme of small steps for demand that changes.
public struct StockValue: Sendable {
  /// The demand.
  public let demand: StockDemand
  /// The units; more may be asked about than are stored.
  public let units: Int
  /// The most units whose values are stored: all, or as many as could be sold at no margin at all, but for a chance of less
  /// than 1e-15. Further ones are worth nothing.
  private let levels: Int
  /// The times left at which values are stored, rising from 0.
  public let times: [Double]
  /// An estimate of the largest error of values at ``times``, in money: that of all steps together, and a part in 1e9 of
  /// the value for demand that is interpolated.
  public private(set) var error = 0.0
  private let frontiers: [RevenueFrontier]
  /// The span of the calendar between each time and the next.
  private let spans: [Int]
  /// Values by time, then by units.
  private var values: [Double] = []

  /// More memory than this is refused by default: 512 MiB.
  public static let largestMemory = 1 << 29

  /// Solves the equation.
  ///
  /// - Parameters:
  ///   - units: the stock, at least 0.
  ///   - prices: the only prices that may be asked, rising; nil for any.
  ///   - largestMemory: how many bytes the table of values may take.
  /// - Throws: ``DemandError`` for negative stock, a list of prices that is empty or not rising, and before it starts for a
  ///   table that is too large, with its size; what the curves throw.
  public init(
    _ demand: StockDemand, units: Int, prices: [Double]? = nil, largestMemory: Int = StockValue.largestMemory
  ) throws {
    guard units >= 0 else { throw DemandError("stock is \(units) units; it is at least 0") }
    if let prices { try Self.check(prices) }
    (self.demand, self.units) = (demand, units)
    let buyers = try demand.buyers(at: demand.unitCost)
    let most = buyers + 10 * buyers.squareRoot() + 30
    levels = most < Double(units) ? Int(most) : units
    let nodes = Self.nodeCount(demand, units: levels)
    let bytes = nodes * 8 * Double(levels + 1)
    guard bytes <= Double(largestMemory) else {
      throw DemandError(
        "the values of \(levels) units at \(Int(min(1e15, nodes))) times would take \(Self.megabytes(bytes)) MB of memory; "
          + "at most \(Self.megabytes(Double(largestMemory))) MB are allowed: count stock in larger lots, or take the "
          + "fixed-price heuristic")
    }
    let customers = demand.customersByCurve
    frontiers = try demand.curves.indices.map { index in
      if let prices { return try RevenueFrontier(demand.curves[index], prices: prices, unitCost: demand.unitCost) }
      return try RevenueFrontier(demand.curves[index], unitCost: demand.unitCost, customers: customers[index])
    }
    (times, spans) = Self.nodes(demand, units: levels)
    solve()
  }

  private static func check(_ prices: [Double]) throws {
    guard !prices.isEmpty else { throw DemandError("a list of prices is empty; it needs one price or more") }
    guard prices.allSatisfy(\.isFinite) else { throw DemandError("a list of prices holds one that is not finite") }
    for (low, high) in zip(prices, prices.dropFirst()) where high <= low {
      throw DemandError("a list of prices has \(high) after \(low); prices have to rise")
    }
  }

  private static func megabytes(_ bytes: Double) -> String { "\((bytes / 1e5).rounded() / 10)" }

  // MARK: Times

  /// Times lie closer the less time is left, in proportion, and the closer the more units there are: value bends over the
  /// time that stock takes to sell, give or take its square root.
  private static func density(_ units: Int) -> Double { max(50, 4 * Double(units).squareRoot()) }

  /// The time in which one customer is expected at most.
  private static func firstTime(_ demand: StockDemand) -> Double {
    1 / max(demand.spans.map(\.rate).max() ?? 0, 1 / max(demand.length, 1e-300))
  }

  /// How many times there are, or a few more.
  static func nodeCount(_ demand: StockDemand, units: Int) -> Double {
    let span = log1p(demand.length / firstTime(demand))
    return (density(units) * span).rounded(.up) + 2 * Double(demand.spans.count) + 1
  }

  private static func nodes(_ demand: StockDemand, units: Int) -> (times: [Double], spans: [Int]) {
    let (density, first) = (density(units), firstTime(demand))
    var times = [0.0]
    var spans: [Int] = []
    var start = 0.0
    for span in demand.spans.indices.reversed() {
      let end = start + demand.spans[span].length
      let (low, high) = (log1p(start / first), log1p(end / first))
      let steps = max(1, Int(((high - low) * density).rounded(.up)))
      for step in 1...steps {
        times.append(step == steps ? end : first * expm1(low + (high - low) * Double(step) / Double(steps)))
        spans.append(span)
      }
      start = end
    }
    return (times, spans)
  }

  // MARK: Solution

  private mutating func solve() {
    let width = levels + 1
    values = [Double](repeating: 0, count: width * times.count)
    // Errors are measured against what a customer earns where stock is plenty, or all of them if that is less.
    let free = demand.spans.map { frontiers[$0.curve].rate(0) }
    let earned = zip(demand.spans, free).reduce(0) { $0 + $1.0.length * $1.0.rate * $1.1 }
    let margin = demand.spans.map { max(0, frontiers[$0.curve].price(0) - demand.unitCost) }.max() ?? 0
    // Prices follow from what one unit more is worth: errors are held small against that, and against the whole.
    let tolerance = 1e-8 * min(earned, margin) + 1e-10 * min(earned, Double(levels) * margin)
    guard levels > 0, tolerance > 0, let length = times.last else { return }
    var solver = StockSolver(
      levels: width, tolerance: tolerance / length, negligible: 1e-14 * margin,
      customers: demand.customers)
    for node in spans.indices {
      let span = demand.spans[spans[node]]
      solver.advance(by: times[node + 1] - times[node], rate: span.rate, frontiers[span.curve])
      for level in 1...levels { values[(node + 1) * width + level] = solver.values[level] }
    }
    error = solver.error + RevenueFrontier.accuracy * (solver.values.last ?? 0)
  }

  // MARK: Questions

  /// What units and time left are worth over unit cost, in money.
  ///
  /// - Throws: ``DemandError`` for units outside 0...``units``, or time left outside 0 and the length of demand.
  public func value(units: Int, timeLeft: Double) throws -> Double {
    try check(units, timeLeft, from: 0)
    return value(min(units, levels), timeLeft, interval(timeLeft))
  }

  /// The best price with units and time left, in money: where the time left is that at a change of demand, the price after
  /// the change.
  ///
  /// - Throws: ``DemandError`` for units outside 1...``units``, or time left outside 0 and the length of demand.
  public func price(units: Int, timeLeft: Double) throws -> Double {
    try check(units, timeLeft, from: 1)
    guard !spans.isEmpty else { throw DemandError("there is no price without any time") }
    let interval = interval(timeLeft)
    let worth =
      units > levels ? 0 : value(units, timeLeft, interval) - value(units - 1, timeLeft, interval)
    return frontiers[demand.spans[spans[interval]].curve].price(max(0, worth))
  }

  private func check(_ units: Int, _ timeLeft: Double, from least: Int) throws {
    guard units >= least, units <= self.units else {
      throw DemandError("stock is \(units) units; the programme knows \(least) to \(self.units)")
    }
    let longest = times.last ?? 0
    // Times that callers add up may be a rounding beyond the end.
    guard timeLeft >= 0, timeLeft <= longest * (1 + 1e-9) else {
      throw DemandError("time left is \(timeLeft); the programme knows 0 to \(longest)")
    }
  }

  /// The last interval that begins before a time, or the first.
  private func interval(_ time: Double) -> Int {
    var (low, high) = (0, max(1, spans.count))
    while high - low > 1 {
      let middle = (low + high) / 2
      if times[middle] < time * (1 - 1e-12) { low = middle } else { high = middle }
    }
    return low
  }

  private func value(_ units: Int, _ time: Double, _ interval: Int) -> Double {
    guard units > 0, spans.indices.contains(interval) else { return 0 }
    let span = demand.spans[spans[interval]]
    let (start, end) = (times[interval], times[interval + 1])
    func point(_ node: Int) -> (value: Double, slope: Double) {
      let place = node * (levels + 1) + units
      return (values[place], span.rate * frontiers[span.curve].rate(max(0, values[place] - values[place - 1])))
    }
    let (a, b) = (point(interval), point(interval + 1))
    let u = min(1, max(0, (time - start) / (end - start)))
    let rise = b.value - a.value
    let bend = (1 - u) * ((end - start) * a.slope - rise) + u * (rise - (end - start) * b.slope)
    return a.value + u * rise + u * (1 - u) * bend
  }
}
