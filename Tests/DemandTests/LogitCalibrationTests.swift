import Demand
import Foundation
import GSL
import Testing

/// The larger of two errors; infinity where one is no number, which `max` may overlook.
func worst(_ one: Double, _ other: Double) -> Double { one.isNaN || other.isNaN ? .infinity : max(one, other) }

/// Calibration against published numbers, known models, the first-order conditions as a linear system, and a search.
struct LogitCalibrationTests {
  /// Margins at which no owner gains by other prices, by Gaussian elimination of the first-order conditions
  /// share_j + sum over own k of (dshare_k/dprice_j) m_k = 0, from the matrix of derivatives of logit shares.
  private static func margins(shares: [Double], owners: [Int], coefficient: Double) -> [Double] {
    let count = shares.count
    var rows = (0..<count).map { j in
      (0..<count).map { k in
        guard owners[j] == owners[k] else { return 0.0 }
        return j == k ? coefficient * shares[j] * (1 - shares[j]) : -coefficient * shares[j] * shares[k]
      } + [-shares[j]]
    }
    for pivot in 0..<count {
      let best = (pivot..<count).max { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) } ?? pivot
      rows.swapAt(pivot, best)
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return rows.indices.map { rows[$0][count] / rows[$0][$0] }
  }

  private static func shares(values: [Double], prices: [Double], coefficient: Double, outside: Bool) -> [Double] {
    let weights = zip(values, prices).map { exp($0 + coefficient * $1) }
    let total = weights.reduce(outside ? 1 : 0, +)
    return weights.map { $0 / total }
  }

  /// A market in equilibrium: two to twelve products of random owners, coefficients from -0.001 to -1000.
  private struct Known {
    let coefficient: Double
    let values: [Double]
    let prices: [Double]
    let costs: [Double]
    let shares: [Double]
    let owners: [Int]
    let outside: Bool

    /// Nil where a cost would not be positive, or one owner has everything.
    init?(_ random: inout SplitMix) {
      outside = Bool.random(using: &random)
      let count = Int.random(in: (outside ? 1 : 2)...12, using: &random)
      let alpha = -exp(Double.random(in: log(0.001)...log(1000), using: &random))
      let owners = (0..<count).map { _ in Int.random(in: 0..<5, using: &random) }
      if !outside, Set(owners).count == 1 { return nil }
      let prices = (0..<count).map { _ in Double.random(in: 1...10, using: &random) / -alpha }
      let first = Double.random(in: -2...2, using: &random)
      // Utilities within two of one another, so that no share vanishes; without an outside option the first value is 0.
      let utilities = prices.map { _ in first + Double.random(in: -2...2, using: &random) }
      let shift = outside ? 0 : utilities[0] - alpha * prices[0]
      let values = zip(utilities, prices).map { $0 - alpha * $1 - shift }
      self.owners = owners
      self.prices = prices
      self.values = values
      coefficient = alpha
      shares = LogitCalibrationTests.shares(values: values, prices: prices, coefficient: alpha, outside: outside)
      let margins = LogitCalibrationTests.margins(shares: shares, owners: owners, coefficient: alpha)
      costs = zip(prices, margins).map { $0 - $1 }
      guard costs.allSatisfy({ $0 > 0 }), shares.allSatisfy({ $0 > 1e-6 }) else { return nil }
    }

    func observed(hasMargin: (Int) -> Bool) -> [ObservedProduct] {
      prices.indices.map { j in
        ObservedProduct(
          price: prices[j], share: shares[j], margin: hasMargin(j) ? (prices[j] - costs[j]) / prices[j] : nil,
          owner: owners[j])
      }
    }
  }

  private static let beerPrices = [0.0441, 0.0328, 0.0409, 0.0396, 0.0387, 0.0497]
  private static let beerShares = [0.066, 0.172, 0.253, 0.187, 0.099, 0.223]
  private static let beerMargins = [0.3830, 0.5515, 0.5421, 0.5557, 0.4453, 0.3769]
  private static let beerOwners = [1, 2, 3, 3, 4, 5]

  private static func beers() throws -> LogitCalibration {
    try LogitCalibration(
      beerPrices.indices.map {
        ObservedProduct(price: beerPrices[$0], share: beerShares[$0], margin: beerMargins[$0], owner: beerOwners[$0])
      }, hasOutsideOption: false)
  }

  /// The US beer market: the coefficient that the R package `antitrust` finds, to its four decimals; mean values and costs
  /// are those of scenarios/us-beer.yaml, to its seven digits (its own coefficient is rounded to seven).
  @Test func publishedBeers() throws {
    let beers = try Self.beers()
    #expect(abs(beers.priceCoefficient - -73.1483) < 5e-5, "\(beers.priceCoefficient)")
    let values = [0, 0.131264, 1.109660, 0.712286, 0.010464, 1.627148]
    let costs = [0.0294631, 0.0162893, 0.0164878, 0.0151878, 0.0235270, 0.0321056]
    for index in values.indices {
      #expect(abs(beers.meanValues[index] - values[index]) < 2e-6)
      #expect(abs(beers.unitCosts[index] - costs[index]) < 6e-8)
    }
    #expect(beers.outsideShare == 0)
    #expect(beers.marketElasticity == 0)
  }

  /// Whatever model a market was made from comes back from its prices, shares and some margins, or all of them. Tolerance
  /// 1e-9 relative (absolute for mean values, which are logarithms): what is lost is the rounding of shares and margins.
  @Test func recoversRandomModels() throws {
    var random = SplitMix(state: 20)
    var largest = (coefficient: 0.0, value: 0.0, cost: 0.0, share: 0.0)
    var markets = 0
    while markets < 2000 {
      guard let known = Known(&random) else { continue }
      markets += 1
      let certain = Int.random(in: known.prices.indices, using: &random)
      let chance = Double.random(in: 0...1, using: &random)
      let flags = known.prices.indices.map { $0 == certain || Double.random(in: 0...1, using: &random) < chance }
      let found = try LogitCalibration(known.observed { flags[$0] }, hasOutsideOption: known.outside)
      largest.coefficient = worst(largest.coefficient, abs(found.priceCoefficient / known.coefficient - 1))
      let shares = Self.shares(
        values: found.meanValues, prices: known.prices, coefficient: found.priceCoefficient, outside: known.outside)
      for j in known.prices.indices {
        largest.value = worst(largest.value, abs(found.meanValues[j] - known.values[j]))
        largest.cost = worst(largest.cost, abs(found.unitCosts[j] - known.costs[j]) / known.prices[j])
        largest.share = worst(largest.share, abs(shares[j] / known.shares[j] - 1))
      }
      #expect(found.sumOfSquaredErrors < 1e-18)
    }
    print("calibration of 2000 random markets, largest errors:", largest)
    #expect(largest.coefficient < 1e-9)
    #expect(largest.value < 1e-9)
    #expect(largest.cost < 1e-9)
    #expect(largest.share < 1e-9)
  }

  /// With margins that no model explains, the closed form is where a scan and Brent's method find the minimum of the sum
  /// of squared errors, its margins taken from the linear system. A minimum is known to about 1e-8 of its place.
  @Test func isTheLeastSquares() throws {
    var random = SplitMix(state: 21)
    var largest = 0.0
    var markets = 0
    while markets < 200 {
      guard let known = Known(&random) else { continue }
      markets += 1
      let products = known.observed { _ in true }.map { product in
        ObservedProduct(
          price: product.price, share: product.share,
          margin: min(0.99, (product.margin ?? 0) * Double.random(in: 0.7...1.4, using: &random)), owner: product.owner)
      }
      let found = try LogitCalibration(products, hasOutsideOption: known.outside)
      func squares(_ coefficient: Double) -> Double {
        let margins = Self.margins(shares: known.shares, owners: known.owners, coefficient: coefficient)
        return products.indices.reduce(0) { sum, j in
          let error = (products[j].margin ?? 0) - margins[j] / products[j].price
          return sum + error * error
        }
      }
      #expect(isClose(squares(found.priceCoefficient), found.sumOfSquaredErrors, relative: 1e-9, absolute: 1e-20))
      let minimum = try minimise(
        from: 3 * known.coefficient, to: known.coefficient / 3, scanSteps: 64, squares)
      #expect(found.sumOfSquaredErrors <= minimum.value * (1 + 1e-12) + 1e-20)
      // One margin is explained in full: the objective is flat in squares of 1e-16 there.
      largest = worst(largest, abs(minimum.point / found.priceCoefficient - 1))
    }
    print("closed form against a search, largest relative difference of the coefficient:", largest)
    #expect(largest < 1e-6)
  }

  /// Costs and implied margins meet the first-order conditions, and elasticities are those of the share function.
  @Test func firstOrderConditionsAndElasticities() throws {
    var random = SplitMix(state: 22)
    var largest = (margin: 0.0, elasticity: 0.0)
    var markets = 0
    while markets < 200 {
      guard let known = Known(&random) else { continue }
      markets += 1
      let products = known.observed { _ in true }.map {
        ObservedProduct(price: $0.price, share: $0.share, margin: ($0.margin ?? 0) * 0.9 + 0.05, owner: $0.owner)
      }
      let found = try LogitCalibration(products, hasOutsideOption: known.outside)
      let margins = Self.margins(shares: known.shares, owners: known.owners, coefficient: found.priceCoefficient)
      let step = 1e-5
      func shares(_ factors: (Int) -> Double) -> [Double] {
        Self.shares(
          values: found.meanValues, prices: known.prices.enumerated().map { $1 * factors($0) },
          coefficient: found.priceCoefficient, outside: known.outside)
      }
      for j in products.indices {
        let price = products[j].price
        largest.margin = worst(largest.margin, abs(price - found.unitCosts[j] - margins[j]) / margins[j])
        largest.margin = worst(largest.margin, abs(found.impliedMargins[j] * price - margins[j]) / margins[j])
        let slope =
          (log(shares { $0 == j ? exp(step) : 1 }[j]) - log(shares { $0 == j ? exp(-step) : 1 }[j])) / (2 * step)
        largest.elasticity = worst(largest.elasticity, abs(slope - found.ownPriceElasticities[j]))
      }
      let market =
        (log(shares { _ in exp(step) }.reduce(0, +)) - log(shares { _ in exp(-step) }.reduce(0, +))) / (2 * step)
      largest.elasticity = worst(largest.elasticity, abs(market - found.marketElasticity))
    }
    print("first-order conditions and elasticities, largest errors:", largest)
    #expect(largest.margin < 1e-12 * 1000, "elimination loses up to three digits")
    #expect(largest.elasticity < 1e-6, "central differences of step 1e-5")
  }

  /// A high margin at a low price makes other costs negative; that is a result, not an error.
  @Test func negativeCost() throws {
    let found = try LogitCalibration(
      [
        ObservedProduct(price: 10, share: 0.3, margin: 0.9, owner: 0),
        ObservedProduct(price: 2, share: 0.3, owner: 0),
      ], hasOutsideOption: true)
    #expect(isClose(found.unitCosts[0], 1, relative: 1e-12))
    #expect(isClose(found.unitCosts[1], -7, relative: 1e-12), "9 is earned on each")
    #expect(isClose(found.impliedMargins[1], 4.5, relative: 1e-12))
    #expect(isClose(found.priceCoefficient, -1 / (9 * 0.4), relative: 1e-12))
  }

  @Test func refusals() {
    func words(_ products: [(Double, Double, Double?)], outside: Bool = true, owners: [Int] = [0, 1, 2]) -> String {
      refusal {
        try LogitCalibration(
          products.enumerated().map { ObservedProduct(price: $1.0, share: $1.1, margin: $1.2, owner: owners[$0]) },
          hasOutsideOption: outside)
      }
    }
    #expect(words([]).contains("no product has a margin"))
    #expect(words([(1, 0.5, nil)]).contains("no product has a margin"))
    for price in [0, -1, .nan, .infinity] { #expect(words([(price, 0.5, 0.5)]).contains("price of")) }
    for share in [0, 1, -0.1, 1.1, .nan] { #expect(words([(1, share, 0.5)]).contains("share of")) }
    for margin in [0, 1, -0.1, 1.1, .nan] { #expect(words([(1, 0.5, margin)]).contains("margin of")) }
    #expect(words([(1, 0.5, 0.5), (1, 0.5, nil)]).contains("leaves nothing"))
    #expect(words([(1, 0.7, 0.5), (1, 0.5, nil)]).contains("leaves nothing"))
    #expect(words([(1, 0.4, 0.5), (1, 0.5, nil)], outside: false).contains("sum to 1"))
    #expect(words([(1, 0.6, 0.5), (1, 0.5, nil)], outside: false).contains("sum to 1"))
    #expect(words([(1, 0.5, 0.5), (1, 0.5, nil)], outside: false, owners: [3, 3]).contains("without end"))
    #expect(words([(5e-309 / 100, 0.5, 0.5)]).contains("too far apart"))
    #expect(words([(1e300, 0.2, 0.5), (1e-300, 0.2, nil)]).contains("too far apart"))
  }
}
