import Demand
import Foundation
import Testing

/// Calibration of nested logits: known models come back, and the written model has the observed shares and no seller that
/// gains by other prices, by expected demand itself.
struct NestedCalibrationTests {
  /// A nested market of which Bertrand-Nash margins are known: shares by the formula of McFadden (1978), margins by
  /// Gaussian elimination of the first-order conditions with derivatives of these shares.
  private struct Known {
    let coefficient: Double
    let values: [Double]
    let prices: [Double]
    let owners: [Int]
    let nests: [Nest]
    let outside: Bool
    let shares: [Double]
    let margins: [Double]

    init?(_ random: inout SplitMix, isCommon: Bool) {
      outside = Bool.random(using: &random)
      let count = Int.random(in: 4...10, using: &random)
      coefficient = -exp(Double.random(in: log(0.01)...log(100), using: &random))
      owners = (0..<count).map { _ in Int.random(in: 0..<4, using: &random) }
      if Set(owners).count == 1 { return nil }
      let alpha = coefficient
      let prices = (0..<count).map { _ in Double.random(in: 2...8, using: &random) / -alpha }
      let utilities = prices.map { _ in Double.random(in: -1...1, using: &random) }
      let shift = outside ? 0 : utilities[0] - alpha * prices[0]
      values = zip(utilities, prices).map { $0 - alpha * $1 - shift }
      // The last product is in no nest, or in one like the others.
      let places = (0..<count).map { $0 == count - 1 ? Int.random(in: 0..<3, using: &random) : $0 % 2 }
      let common = Double.random(in: 0.2...0.95, using: &random)
      let dissimilarities = (0..<2).map { _ in isCommon ? common : Double.random(in: 0.1...1, using: &random) }
      nests = (0..<2).map { nest in
        Nest(
          name: "nest \(nest)", products: places.indices.filter { places[$0] == nest },
          dissimilarity: dissimilarities[nest])
      }
      self.prices = prices
      shares = Self.shares(values: values, prices: prices, coefficient: alpha, nests: nests, outside: outside)
      let found = Self.margins(shares: shares, owners: owners, nests: nests, coefficient: alpha)
      margins = zip(found, prices).map { $0 / $1 }
      guard margins.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    }

    static func shares(
      values: [Double], prices: [Double], coefficient: Double, nests: [Nest], outside: Bool
    ) -> [Double] {
      let utilities = zip(values, prices).map { $0 + coefficient * $1 }
      let nested = Set(nests.flatMap(\.products))
      let free = utilities.indices.filter { !nested.contains($0) }
      let sums = nests.map { nest in nest.products.reduce(0) { $0 + exp(utilities[$1] / nest.dissimilarity) } }
      var total = (outside ? 1 : 0) + free.reduce(0) { $0 + exp(utilities[$1]) }
      for (nest, sum) in zip(nests, sums) where sum > 0 { total += pow(sum, nest.dissimilarity) }
      var shares = utilities.map { exp($0) / total }
      for (nest, sum) in zip(nests, sums) {
        for product in nest.products {
          shares[product] =
            exp(utilities[product] / nest.dissimilarity) / sum * pow(sum, nest.dissimilarity) / total
        }
      }
      return shares
    }

    private static func margins(shares: [Double], owners: [Int], nests: [Nest], coefficient: Double) -> [Double] {
      let count = shares.count
      func derivative(_ j: Int, _ k: Int) -> Double {
        let nest = nests.first { $0.products.contains(j) }
        let lambda = nest?.dissimilarity ?? 1
        var result = -coefficient * shares[j] * shares[k]
        if j == k { result += coefficient * shares[j] / lambda }
        if let nest, nest.products.contains(k) {
          let within = shares[k] / nest.products.reduce(0) { $0 + shares[$1] }
          result -= coefficient * shares[j] * (1 - lambda) / lambda * within
        }
        return result
      }
      var rows = (0..<count).map { j in
        (0..<count).map { k in owners[j] == owners[k] ? derivative(k, j) : 0 } + [-shares[j]]
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

    func observed(_ hasMargin: (Int) -> Bool) -> [ObservedProduct] {
      prices.indices.map {
        ObservedProduct(
          price: prices[$0], share: shares[$0], margin: hasMargin($0) ? margins[$0] : nil, owner: owners[$0])
      }
    }
  }

  /// With the dissimilarity of each nest given, everything else comes back from one margin. Tolerance 1e-9, relative to
  /// price for costs, absolute for mean values.
  @Test func recoversGivenNests() throws {
    var random = SplitMix(state: 30)
    var largest = (coefficient: 0.0, value: 0.0, margin: 0.0)
    var markets = 0
    while markets < 1000 {
      guard let known = Known(&random, isCommon: false) else { continue }
      markets += 1
      let certain = Int.random(in: known.prices.indices, using: &random)
      let found = try LogitCalibration(
        known.observed { $0 == certain }, hasOutsideOption: known.outside, nests: known.nests)
      largest.coefficient = worst(largest.coefficient, abs(found.priceCoefficient / known.coefficient - 1))
      for j in known.prices.indices {
        largest.value = worst(largest.value, abs(found.meanValues[j] - known.values[j]))
        largest.margin = worst(largest.margin, abs(found.impliedMargins[j] - known.margins[j]))
      }
    }
    print("nested calibration of 1000 random markets, largest errors:", largest)
    #expect(largest.coefficient < 1e-9)
    #expect(largest.value < 1e-9)
    #expect(largest.margin < 1e-9)
  }

  /// With all margins, the common dissimilarity comes back too. Where one seller's margins hardly depend on it, what
  /// rounding leaves of it is less exact: 1e-6 is allowed everywhere, and 1e-9 in the median.
  @Test func recoversTheDissimilarity() throws {
    var random = SplitMix(state: 31)
    var errors: [Double] = []
    while errors.count < 200 {
      guard let known = Known(&random, isCommon: true) else { continue }
      // Margins tell nothing where each nest has one owner.
      guard
        known.nests.contains(where: { nest in Set(nest.products.map { known.owners[$0] }).count > 1 })
      else { continue }
      let found = try LogitCalibration.fittingDissimilarity(
        known.observed { _ in true }, hasOutsideOption: known.outside,
        nests: known.nests.map { ($0.name, $0.products) })
      errors.append(
        max(
          abs(found.nests[0].dissimilarity - known.nests[0].dissimilarity),
          abs(found.priceCoefficient / known.coefficient - 1)))
      #expect(found.sumOfSquaredErrors < 1e-16)
    }
    errors.sort()
    print("dissimilarity and coefficient of 200 random markets: median error", errors[100], "largest", errors[199])
    #expect(errors[100] < 1e-9)
    #expect(errors[199] < 1e-6)
  }

  /// With margins that no model explains, no dissimilarity on a fine grid fits better.
  @Test func isTheLeastSquares() throws {
    var random = SplitMix(state: 32)
    var markets = 0
    while markets < 50 {
      guard let known = Known(&random, isCommon: true) else { continue }
      markets += 1
      let products = known.observed { _ in true }.map { product in
        ObservedProduct(
          price: product.price, share: product.share,
          margin: min(0.99, (product.margin ?? 0) * Double.random(in: 0.8...1.25, using: &random)), owner: product.owner
        )
      }
      let groups = known.nests.map { (name: $0.name, products: $0.products) }
      let found = try LogitCalibration.fittingDissimilarity(products, hasOutsideOption: known.outside, nests: groups)
      for step in 5...1000 {
        let nests = groups.map {
          Nest(name: $0.name, products: $0.products, dissimilarity: Double(step) / 1000)
        }
        let other = try LogitCalibration(products, hasOutsideOption: known.outside, nests: nests)
        #expect(found.sumOfSquaredErrors <= other.sumOfSquaredErrors * (1 + 1e-12))
      }
    }
  }

  /// A nest of dissimilarity 1 is none.
  @Test func noNestAtAll() throws {
    var random = SplitMix(state: 33)
    var markets = 0
    while markets < 50 {
      guard let known = Known(&random, isCommon: true) else { continue }
      markets += 1
      let nests = known.nests.map { Nest(name: $0.name, products: $0.products, dissimilarity: 1) }
      let nested = try LogitCalibration(known.observed { _ in true }, hasOutsideOption: known.outside, nests: nests)
      let plain = try LogitCalibration(known.observed { _ in true }, hasOutsideOption: known.outside)
      #expect(isClose(nested.priceCoefficient, plain.priceCoefficient, relative: 1e-13))
      for (one, other) in zip(nested.meanValues, plain.meanValues) { #expect(isClose(one, other, absolute: 1e-11)) }
    }
  }

  /// Expected demand of the calibrated model: the observed shares to 1e-12, elasticities by central differences, and no
  /// seller gains by moving one of its prices by 0.1% to 20%.
  @Test func expectedDemandAgrees() throws {
    var random = SplitMix(state: 34)
    var largest = (share: 0.0, elasticity: 0.0)
    var markets = 0
    while markets < 40 {
      guard let known = Known(&random, isCommon: false) else { continue }
      markets += 1
      let products = known.observed { _ in true }
      let found = try LogitCalibration(products, hasOutsideOption: known.outside, nests: known.nests)
      let scale = -1 / found.priceCoefficient
      let count = products.count
      let segment = try Segment(
        name: "all", share: 1,
        valuations: .distributions(found.meanValues.map { .fixed($0 * scale) }, correlation: nil),
        taste: scale, nests: known.nests)
      let population = try Population(
        segments: [segment],
        assortment: assortment(
          categories: [Int](repeating: 0, count: count), sources: [Array(0..<count)], hasOutsideOption: known.outside))
      var demand = ExpectedDemand(population)
      func shares(_ prices: [Double]) throws -> [Double] {
        let menu = try Menu([PriceList(prices: prices)], in: population.assortment)
        let choice = try demand.choice(from: menu)
        return menu.slots[0].map { choice.units($0, in: menu) }
      }
      func profit(of owner: Int, _ prices: [Double]) throws -> Double {
        let units = try shares(prices)
        return products.indices.filter { products[$0].owner == owner }
          .reduce(0) { $0 + units[$1] * (prices[$1] - found.unitCosts[$1]) }
      }
      for (one, product) in zip(try shares(known.prices), products) {
        largest.share = worst(largest.share, abs(one - product.share))
      }
      for product in products.indices {
        func moved(_ factor: Double) -> [Double] {
          var prices = known.prices
          prices[product] *= factor
          return prices
        }
        let step = 1e-5
        let slope = log(try shares(moved(exp(step)))[product] / shares(moved(exp(-step)))[product]) / (2 * step)
        largest.elasticity = worst(largest.elasticity, abs(slope - found.ownPriceElasticities[product]))
        let today = try profit(of: products[product].owner, known.prices)
        for percent in [-20, -5, -1, -0.1, 0.1, 1, 5, 20] {
          #expect(try profit(of: products[product].owner, moved(1 + percent / 100)) < today)
        }
      }
    }
    print("expected demand of nested calibrations, largest errors:", largest)
    #expect(largest.share < 1e-12)
    #expect(largest.elasticity < 1e-5, "central differences of step 1e-5")
  }

  @Test func refusals() {
    let products = [0, 1, 2].map { ObservedProduct(price: 1, share: 0.2, margin: 0.4, owner: $0) }
    func words(_ nests: [Nest]) -> String {
      refusal { try LogitCalibration(products, hasOutsideOption: true, nests: nests) }
    }
    #expect(words([Nest(name: "a", products: [0], dissimilarity: 0)]).contains("dissimilarity of 0"))
    #expect(words([Nest(name: "a", products: [0], dissimilarity: 1.5)]).contains("dissimilarity of 1.5"))
    #expect(words([Nest(name: "a", products: [0], dissimilarity: .nan)]).contains("dissimilarity of nan"))
    #expect(words([Nest(name: "a", products: [0, 3], dissimilarity: 0.5)]).contains("not all on the market"))
    #expect(words([Nest(name: "a", products: [0, 0], dissimilarity: 0.5)]).contains("two nests"))
    let two = [
      Nest(name: "a", products: [0, 1], dissimilarity: 0.5), Nest(name: "b", products: [1], dissimilarity: 1),
    ]
    #expect(words(two).contains("two nests"))
    // One margin fits with any dissimilarity.
    let one = [0, 1].map { ObservedProduct(price: 1, share: 0.2, margin: $0 == 0 ? 0.4 : nil, owner: $0) }
    let told = refusal {
      try LogitCalibration.fittingDissimilarity(one, hasOutsideOption: true, nests: [("a", [0, 1])])
    }
    #expect(told.contains("do not tell"))
  }
}
