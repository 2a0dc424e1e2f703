import Demand
import Testing

/// The best tariff for a list of customers: against every vertex of the plane of fees and prices, and against two linear
/// demands in closed form.
@Suite struct TariffOptimumTests {
  private struct Kind {
    let worths: [Double]
    let otherwise: Double
  }

  private static func kinds(_ count: Int, units: Int, using random: inout SplitMix) -> [Kind] {
    (0..<count).map { _ in
      let first = Double.random(in: 1...10, using: &random)
      let satiation = Double.random(in: 0...0.4, using: &random)
      let worths = (0..<units).map { first * max(0, 1 - Double($0) * satiation) }.filter { $0 > 0 }
      return Kind(worths: worths, otherwise: Bool.random(using: &random) ? 0 : Double.random(in: 0...3, using: &random))
    }
  }

  /// What these payments earn: an indifferent customer buys, and of equally good numbers of units takes the most or, if so
  /// asked, the fewest.
  private static func earned(
    _ kinds: [Kind], cost: Double, takesMost: Bool, tolerance: Double, _ payment: (Int) -> Double
  ) -> Double {
    kinds.reduce(0) { total, kind in
      var worth = 0.0
      let surpluses = kind.worths.enumerated().map { unit, value in
        worth += value
        return worth - payment(unit + 1)
      }
      let best = surpluses.max() ?? 0
      guard best >= kind.otherwise - tolerance else { return total }
      let equal = surpluses.indices.filter { surpluses[$0] >= best - tolerance }
      let units = 1 + ((takesMost ? equal.last : equal.first) ?? 0)
      return total + payment(units) - cost * Double(units)
    } / Double(kinds.count)
  }

  /// What is earned is a plane between lines on which somebody is indifferent, so that the best tariff lies where two of
  /// them meet, or at an axis: all such points are tried. Relative error 1e-12; what is posted, a hair lower, earns it in
  /// plain arithmetic but for a few parts in 1e10.
  @Test func twoPartAgainstEveryVertex() throws {
    var random = SplitMix(state: 5)
    var largest = 0.0
    for trial in 0..<60 {
      let kinds = Self.kinds(
        Int.random(in: 1...4, using: &random), units: Int.random(in: 1...4, using: &random), using: &random)
      let cost = Double.random(in: 0...4, using: &random)
      // a F + b p = r
      var lines: [(fee: Double, price: Double, level: Double)] = [(1, 0, 0), (0, 1, 0)]
      for kind in kinds {
        var totals: [Double] = []
        for value in kind.worths { totals.append((totals.last ?? 0) + value) }
        for units in totals.indices {
          lines.append((1, Double(units + 1), totals[units] - kind.otherwise))
          for fewer in 0..<units { lines.append((0, Double(units - fewer), totals[units] - totals[fewer])) }
        }
      }
      var best = 0.0
      for (index, one) in lines.enumerated() {
        for other in lines[..<index] {
          let determinant = one.fee * other.price - other.fee * one.price
          guard abs(determinant) > 1e-12 else { continue }
          let fee = (one.level * other.price - other.level * one.price) / determinant
          let price = (one.fee * other.level - other.fee * one.level) / determinant
          guard fee >= -1e-12, price >= -1e-12 else { continue }
          for takesMost in [true, false] {
            best = max(
              best,
              Self.earned(kinds, cost: cost, takesMost: takesMost, tolerance: 1e-9) { fee + price * Double($0) })
          }
        }
      }
      let optimum = try TariffOptimum(
        worths: kinds.map(\.worths), otherwise: kinds.map(\.otherwise), unitCost: cost)
      let found = optimum.bestTwoPart()
      #expect(found.isGlobal)
      if best > 0 { largest = max(largest, abs(found.contribution / best - 1)) }
      #expect(isClose(found.contribution, best, relative: 1e-12, absolute: 1e-12), "trial \(trial)")
      let posted = Self.earned(kinds, cost: cost, takesMost: true, tolerance: 0) {
        found.tariff.payment(for: $0, price: found.price)
      }
      #expect(isClose(posted, best, relative: 1e-8, absolute: 1e-8), "posted \(trial)")
    }
    print("two-part tariff against every vertex: largest relative error", largest)
  }

  /// Two types with demand x = theta - p: the fee is the low type's surplus (theta_1 - p)^2 / 2, the price c + E theta -
  /// theta_1 (Tirole 1988, section 3.3). In units of size h, worths are exact at whole units; customers round what they take,
  /// at most h / 2 up, which the seller earns margin on, and what they lose by it is of order h^2: asked for is an error of
  /// profit of (p - c) h / 2 + h^2.
  @Test func twoLinearDemands() throws {
    let (low, high, cost, share) = (1.0, 1.2, 0.2, 0.6)
    for size in [0.04, 0.02] {
      func worths(_ theta: Double) -> [Double] {
        (1...Int(theta / size)).map { size * (theta - size * (Double($0) - 0.5)) }
      }
      let optimum = try TariffOptimum(
        worths: (0..<10).map { $0 < 6 ? worths(low) : worths(high) }, otherwise: .init(repeating: 0, count: 10),
        unitCost: cost * size)
      let found = optimum.bestTwoPart()
      let mean = share * low + (1 - share) * high
      let price = cost + mean - low
      let fee = (low - price) * (low - price) / 2
      let profit = fee + (price - cost) * (mean - price)
      guard case .twoPart(let unitPrice) = found.tariff else { continue }
      print("two linear demands, h = \(size): profit off by \(found.contribution - profit)")
      #expect(abs(found.contribution - profit) <= (price - cost) * size / 2 + size * size)
      #expect(abs(unitPrice / size - price) <= 2 * size)
      // The fee is what the low type has left at the price that was found, to the last digits.
      let left = worths(low).reduce(0) { $0 + max(0, $1 - unitPrice) }
      #expect(isClose(found.price - unitPrice, left, absolute: 1e-8))
    }
  }

  /// All alike: the price is the unit cost, the fee all that the units leave.
  @Test func allAlike() throws {
    let optimum = try TariffOptimum(worths: [[10, 8, 6, 4, 2]], otherwise: [0], unitCost: 5)
    #expect(isClose(optimum.bestTwoPart().contribution, 5 + 3 + 1, absolute: 1e-12))
  }

  /// Quantity discounts against 4,000 prices: never less, and what is claimed is earned.
  @Test(arguments: Tariff.Basis.allCases) func discountAgainstScan(basis: Tariff.Basis) throws {
    var random = SplitMix(state: 8)
    for _ in 0..<40 {
      let kinds = Self.kinds(Int.random(in: 1...5, using: &random), units: 5, using: &random)
      let cost = Double.random(in: 0...3, using: &random)
      let optimum = try TariffOptimum(worths: kinds.map(\.worths), otherwise: kinds.map(\.otherwise), unitCost: cost)
      let (from, discount) = (Int.random(in: 2...4, using: &random), Double.random(in: 0.1...0.5, using: &random))
      let found = try #require(optimum.bestDiscount(from: [from], discounts: [discount], basis))
      func earned(_ price: Double, _ takesMost: Bool) -> Double {
        let tariff = Tariff.quantitySteps([.init(from: from, unitPrice: price * (1 - discount))], basis)
        return Self.earned(kinds, cost: cost, takesMost: takesMost, tolerance: 0) {
          tariff.payment(for: $0, price: price)
        }
      }
      let scanned = (0...4000).map { earned(Double($0) * 0.003, true) }.max() ?? 0
      #expect(found.contribution >= scanned - 1e-9)
      #expect(isClose(earned(found.price, true), found.contribution, relative: 1e-8, absolute: 1e-8))
    }
  }

  /// Many different customers: the scan loses little against trying every kink of the same 24.
  @Test func manyCustomers() throws {
    var random = SplitMix(state: 10)
    let kinds = Self.kinds(24, units: 6, using: &random)
    let exact = try TariffOptimum(worths: kinds.map(\.worths), otherwise: kinds.map(\.otherwise), unitCost: 1)
    // The same customers and a few who never buy are too many to be exact.
    let more = kinds + (0..<3).map { Kind(worths: [0.01 * Double($0 + 1)], otherwise: 0) }
    let scanned = try TariffOptimum(worths: more.map(\.worths), otherwise: more.map(\.otherwise), unitCost: 1)
    let loss = 1 - scanned.bestTwoPart().contribution * 27 / 24 / exact.bestTwoPart().contribution
    print("two-part tariff, scan against all kinks: share lost", loss)
    #expect(!scanned.bestTwoPart().isGlobal)
    #expect(loss < 0.01)
  }
}
