import Foundation

/// Prices that are best for the line fitted to own sales, kept apart so that the line stays known (controlled variance
/// pricing: den Boer & Zwart 2014, Management Science 60).
///
/// Demand is taken for linear, a - b price, and fitted by least squares to all periods, which is maximum quasi-likelihood
/// for a variance that does not depend on the price. The *certainty-equivalent* price (a / b + unit cost) / 2, within the
/// range, is posted, as if the fit were the truth, unless it lies so close to the mean of all prices so far that the sum of
/// squared deviations of t prices would fall below
///
///     c t^alpha,  c = control (p1 - p2)^2 / 2 / 2^alpha;
///
/// then it is the nearest price outside of this *taboo interval*, on the same side where the range allows. Without such
/// control prices may settle where the fit confirms itself, and are wrong for good. The first two prices lie at a quarter
/// and three quarters of the range; where the fit says that demand does not fall with the price, that of the two is posted
/// which is further from the mean. The regret of linear demand grows like sqrt(T), up to logarithms, with alpha = 1/2.
///
/// It keeps five sums; the mean of prices and the sums of squares by Welford's recursion, which does not cancel.
/// Verified in `ControlledVarianceTests`: the bound holds at every step, the fit is that of the normal equations, and the
/// regret grows as it should while that of certainty equivalence alone does not stop growing.
public struct ControlledVarianceRule: Sendable {
  private let range: ClosedRange<Double>
  private let control: Double
  private let exponent: Double

  private var count = 0.0
  private var meanPrice = 0.0
  private var meanUnits = 0.0
  /// The sum of squared deviations of the prices so far from their mean, in money squared.
  public private(set) var dispersion = 0.0
  private var product = 0.0

  /// A rule that knows nothing yet.
  ///
  /// - Parameters:
  ///   - range: the lowest and the highest price, in money.
  ///   - control: the dispersion that is kept, as a share of that of the first two prices, from 0 for none to 1.
  ///   - exponent: how fast it has to grow, alpha, between 0 and 1.
  public init(range: ClosedRange<Double>, control: Double, exponent: Double) {
    self.range = range
    self.control = control
    self.exponent = exponent
  }

  private var firstPrices: (Double, Double) {
    let length = range.upperBound - range.lowerBound
    return (range.lowerBound + length / 4, range.lowerBound + 3 * length / 4)
  }

  /// The least dispersion that a number of prices has to have.
  public func leastDispersion(of count: Double) -> Double {
    let distance = firstPrices.1 - firstPrices.0
    return control * distance * distance / 2 * pow(count / 2, exponent)
  }

  /// The line fitted so far; nil where there is none, or none that falls.
  public var fit: (intercept: Double, slope: Double)? {
    guard dispersion > 0, product < 0 else { return nil }
    let slope = -product / dispersion
    let intercept = meanUnits + slope * meanPrice
    return intercept > 0 && slope.isFinite && intercept.isFinite ? (intercept, slope) : nil
  }

  /// The next price.
  public func price(unitCost: Double) -> Double {
    guard count >= 1 else { return firstPrices.0 }
    guard count >= 2, let fit else {
      let (low, high) = firstPrices
      return abs(high - meanPrice) >= abs(low - meanPrice) ? high : low
    }
    let equivalent = clamp((fit.intercept / fit.slope + unitCost) / 2)
    let missing = leastDispersion(of: count + 1) - dispersion
    let radius = (max(0, missing) * (count + 1) / count).squareRoot()
    guard abs(equivalent - meanPrice) < radius else { return equivalent }
    let (below, above) = (meanPrice - radius, meanPrice + radius)
    let wanted = equivalent >= meanPrice ? above : below
    return range.contains(wanted) ? wanted : clamp(equivalent >= meanPrice ? below : above)
  }

  private func clamp(_ price: Double) -> Double { min(range.upperBound, max(range.lowerBound, price)) }

  /// Learns what a price sold in a period.
  public mutating func learn(price: Double, units: Double) {
    count += 1
    let step = price - meanPrice
    meanPrice += step / count
    dispersion += step * (price - meanPrice)
    product += step * (units - meanUnits) * (count - 1) / count
    meanUnits += (units - meanUnits) / count
  }
}
