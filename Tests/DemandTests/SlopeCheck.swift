import Demand
import Foundation

/// Slopes of demand and of surplus against differences of them, in another way than the program's own.
struct SlopeCheck {
  /// The largest error of a slope, relative to the steepest one (direct slopes included: where all must buy the only
  /// thing on sale, the others are what rounding leaves of them).
  private(set) var slopeError = 0.0
  /// The largest difference between minus the slope of surplus and the units, relative to the largest units.
  private(set) var surplusError = 0.0

  /// Compares at prices; what is not on sale must have neither units nor slopes.
  ///
  /// - Parameter step: a change of price that moves utilities by about a hundredth of their spread, so that what three
  ///   central differences leave (the sixth order in the step) and what rounding adds are both near 1e-11.
  init(_ demand: any DemandSystem, at prices: [Double], step: Double) throws {
    let response = try demand.response(at: prices, hasSlopes: true)
    let count = prices.count
    let steepest = (response.slopes + response.directSlopes).reduce(1e-300) { max($0, abs($1)) }
    let largest = response.units.reduce(1e-300) { max($0, abs($1)) }
    for price in prices.indices {
      guard prices[price].isFinite else {
        for other in 0..<count {
          slopeError = max(
            slopeError, abs(response.slope(of: price, by: other)), abs(response.slope(of: other, by: price)))
        }
        surplusError = max(surplusError, abs(response.units[price]))
        continue
      }
      func difference(_ step: Double) throws -> [Double] {
        var (above, below) = (prices, prices)
        above[price] += step
        below[price] -= step
        let (high, low) = (
          try demand.response(at: above, hasSlopes: false), try demand.response(at: below, hasSlopes: false)
        )
        let width = above[price] - below[price]
        return zip(high.units, low.units).map { ($0 - $1) / width } + [(high.surplus - low.surplus) / width]
      }
      // Richardson's extrapolation, twice.
      let (wide, middle, narrow) = (try difference(step), try difference(step / 2), try difference(step / 4))
      for index in wide.indices {
        let (first, second) = ((4 * middle[index] - wide[index]) / 3, (4 * narrow[index] - middle[index]) / 3)
        let exact = (16 * second - first) / 15
        if index < count {
          slopeError = max(slopeError, abs(response.slope(of: index, by: price) - exact) / steepest)
        } else {
          surplusError = max(surplusError, abs(response.units[price] + exact) / largest)
        }
      }
    }
  }

  /// The worse of two.
  mutating func merge(_ other: SlopeCheck) {
    slopeError = max(slopeError, other.slopeError)
    surplusError = max(surplusError, other.surplusError)
  }
}

/// A population of one segment in one or several categories; alternatives by seller.
func market(
  _ segments: [Segment], sources: [[Int]], categories: [Int]? = nil, hasOutsideOption: Bool = true
) throws -> Population {
  let products = (sources.joined().max() ?? -1) + 1
  return try Population(
    segments: segments,
    assortment: assortment(
      categories: categories ?? [Int](repeating: 0, count: products), sources: sources,
      hasOutsideOption: hasOutsideOption))
}
