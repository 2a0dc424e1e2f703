import Foundation
import GSL

/// What an arriving customer is worth to a seller for whom a unit of stock is worth z over its cost:
/// H(z) = max over prices p of q(p) (p - c - z), and what does it. H is convex and falls with slope -q.
///
/// With a list of prices H is the largest of as many lines. With a curve, log H is interpolated between knots at which it
/// is computed to rounding, with its slope, until the interpolation errs by less than a part in 1e9, or by what all customers together would not notice (`StockValueTests`).
struct RevenueFrontier: Sendable {
  /// The relative error of ``rate(_:)``.
  static let accuracy = 1e-9

  private let unitCost: Double
  /// Rising values of a unit; on a list, those from which on a price is the best.
  private var values: [Double] = []
  /// The logarithm of H at each value and its slope there; on a list, shares and margins of the prices.
  private var heights: [Double] = []
  private var slopes: [Double] = []
  private var list: [Double] = []
  /// The price to ask where nothing is earned.
  private let highest: Double

  /// The frontier of a list of prices.
  ///
  /// - Throws: what the curve throws.
  init(_ curve: StockDemand.Curve, prices: [Double], unitCost: Double) throws {
    self.unitCost = unitCost
    highest = prices.max() ?? unitCost
    // The upper hull of the points (share, revenue): from the most buyers to the fewest.
    for price in prices.sorted() where price > unitCost {
      let (share, margin) = (try StockDemand.share(curve, price), price - unitCost)
      guard share > 0 else { continue }
      var start = 0.0
      while let last = list.indices.last {
        start = Self.crossing((heights[last], slopes[last]), (share, margin))
        guard start <= values[last] else { break }
        list.removeLast()
        values.removeLast()
        heights.removeLast()
        slopes.removeLast()
        start = 0
      }
      list.append(price)
      values.append(start)
      heights.append(share)
      slopes.append(margin)
    }
  }

  /// The value of a unit from which on the dearer of two prices earns more.
  private static func crossing(
    _ cheap: (share: Double, margin: Double), _ dear: (share: Double, margin: Double)
  ) -> Double {
    guard dear.share < cheap.share else { return -.infinity }
    return (cheap.share * cheap.margin - dear.share * dear.margin) / (cheap.share - dear.share)
  }

  /// The frontier of all prices.
  ///
  /// - Parameter customers: how many are expected in all; values of a unit that they leave out of reach are not looked at.
  /// - Throws: what the curve throws.
  init(_ curve: @escaping StockDemand.Curve, unitCost: Double, customers: Double) throws {
    self.unitCost = unitCost
    let customers = max(1, customers)
    let best = BestMargin(
      curve: curve, unitCost: unitCost, scan: try PriceScan(curve, from: unitCost, customers: customers))
    highest = best.scan.prices.last ?? unitCost
    let start = try best.knot(0)
    guard start.height > -.infinity else { return }
    // Beyond this value of a unit, all customers together would add no more than a part in 1e10 to it.
    var (bottom, top) = (0.0, highest - unitCost)
    for _ in 0..<60 {
      let middle = (bottom + top) / 2
      if customers * best.coarse(middle) > 1e-10 * middle { bottom = middle } else { top = middle }
    }
    guard bottom > 0 else { return }
    let negligible = 1e-10 / (-start.slope * customers)
    var knots: [Knot] = [start]
    // The intervals still to be joined, the next one last.
    var ahead = try (1...8).reversed().map { try best.knot(bottom * Double($0) / 8) }
    while let next = ahead.last, let last = knots.last {
      guard next.height > -.infinity else { break }
      let middle = try best.knot((last.value + next.value) / 2)
      let guess = Self.interpolate(last, next, at: middle.value).height
      let width = next.value - last.value
      let isNarrow = width < 1e-7 * bottom || knots.count + ahead.count > 20_000
      // Where demand has a kink its place, and so H, is found to some parts in 1e8 only: halving does not make it better.
      let accuracy = width < 2e-3 * bottom ? 1e-7 : Self.accuracy
      let allowed = max(accuracy, negligible * exp(-middle.height))
      if isNarrow || abs(guess - middle.height) < allowed {
        knots.append(contentsOf: [middle, next])
        ahead.removeLast()
      } else {
        ahead.append(middle)
      }
    }
    values = knots.map(\.value)
    heights = knots.map(\.height)
    slopes = knots.map(\.slope)
  }

  /// What a customer is expected to earn over cost and the value of the unit, in money.
  func rate(_ value: Double) -> Double {
    guard let index = index(value) else { return 0 }
    if !list.isEmpty { return max(0, heights[index] * (slopes[index] - value)) }
    guard index + 1 < values.count else { return 0 }
    return exp(Self.interpolate(knot(index), knot(index + 1), at: value).height)
  }

  /// The price that earns most.
  func price(_ value: Double) -> Double {
    guard let index = index(value) else { return highest }
    if !list.isEmpty { return list[index] }
    guard index + 1 < values.count else { return highest }
    // H = q (p - c - z) and H' = -q.
    return unitCost + value - 1 / Self.interpolate(knot(index), knot(index + 1), at: value).slope
  }

  private func index(_ value: Double) -> Int? {
    guard !values.isEmpty else { return nil }
    var (low, high) = (0, values.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if values[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  private func knot(_ index: Int) -> Knot { Knot(value: values[index], height: heights[index], slope: slopes[index]) }

  /// A value of a unit z with log H(z) and its slope.
  fileprivate struct Knot {
    let value: Double
    let height: Double
    let slope: Double
  }

  /// The cubic through two knots.
  private static func interpolate(_ a: Knot, _ b: Knot, at value: Double) -> Knot {
    let width = b.value - a.value
    guard width > 0 else { return a }
    let u = max(0, (value - a.value) / width)
    let rise = (b.height - a.height) / width
    let (first, second) = (rise - a.slope, b.slope - rise)
    // The cubic is the chord less u (1 - u) times this, times the width.
    let bend = (1 - u) * first + u * second
    let height = a.height + width * u * (rise - (1 - u) * bend)
    let slope = rise - (1 - 2 * u) * bend + u * (1 - u) * (first - second)
    return Knot(value: value, height: height, slope: slope)
  }
}

/// The search for the price that earns most over cost and the value of a unit: the best of a scan, made exact between its
/// neighbours.
private struct BestMargin {
  let curve: StockDemand.Curve
  let unitCost: Double
  let scan: PriceScan

  private func best(_ value: Double) -> (place: Int, earned: Double) {
    var best = (place: 0, earned: 0.0)
    for place in scan.prices.indices {
      let earned = scan.shares[place] * (scan.prices[place] - unitCost - value)
      if earned > best.earned { best = (place, earned) }
    }
    return best
  }

  /// H by the scan alone.
  func coarse(_ value: Double) -> Double { best(value).earned }

  func knot(_ value: Double) throws -> RevenueFrontier.Knot {
    let place = best(value).place
    let cost = unitCost + value
    let low = max(0, scan.prices[max(0, place - 1)] - cost)
    let high = scan.prices[min(scan.prices.count - 1, place + 1)] - cost
    guard low < high else { return .init(value: value, height: -.infinity, slope: 0) }
    let found = try minimise(from: low, to: high, scanSteps: 4) { margin in
      -(try StockDemand.share(curve, cost + margin)) * margin
    }
    guard found.value < 0 else { return .init(value: value, height: -.infinity, slope: 0) }
    return .init(value: value, height: log(-found.value), slope: -1 / found.point)
  }
}
