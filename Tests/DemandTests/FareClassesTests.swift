import Demand
import Foundation
import Testing

/// Booking limits: published levels, a lattice, enumeration, and what holds for any classes.
@Suite struct FareClassesTests {
  /// The four classes of Brumelle & McGill (1993), as others print them.
  private func published() throws -> FareClasses {
    try FareClasses(
      fares: [1050, 567, 534, 520],
      demands: [(17.3, 5.8), (45.1, 15), (39.6, 13.2), (34, 11.3)].map { .normal(mean: $0.0, deviation: $0.1) })
  }

  /// To the three decimals that are known. The third optimal level is held by the lattice below, which tends to it as lots
  /// get smaller.
  @Test func publishedLevels() throws {
    let classes = try published()
    func agree(_ levels: [Double], _ known: [Double], within tolerance: Double = 0.0006) -> Bool {
      zip(levels, known).allSatisfy { abs($0 - $1) < tolerance } && levels.count == 3
    }
    #expect(agree(try classes.emsrA(), [16.717, 38.725, 55.679]))
    #expect(agree(try classes.emsrB(), [16.717, 50.944, 83.155]))
    let optimal = try classes.optimalLevels()
    #expect(agree(optimal, [16.717, 42.490, 72.675]))
    // The joint probabilities that define the optimum, by 500,000 drawn demands: three standard errors are 0.0022.
    var random = SplitMix(state: 1993)
    var reached = [0.0, 0, 0]
    let draws = 500_000
    for _ in 0..<draws {
      var sum = 0.0
      for (index, level) in optimal.enumerated() {
        guard case .normal(let mean, let deviation) = classes.demands[index] else { continue }
        let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random))).squareRoot()
        sum += mean + deviation * radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
        guard sum > level else { break }
        reached[index] += 1 / Double(draws)
      }
    }
    for (index, fare) in [567.0, 534, 520].enumerated() { #expect(abs(reached[index] - fare / 1050) < 0.0022) }
  }

  /// The same classes in lots of a twentieth: the exact programme protects as much to within a lot or so, and no rule earns
  /// more than it.
  @Test func lattice() throws {
    let classes = try published()
    let levels = try classes.optimalLevels()
    let lots = try CountedClasses(classes, capacity: 107, lots: 20)
    for (counted, level) in zip(lots.optimalLevels, levels) { #expect(abs(Double(counted) / 20 - level) < 0.06) }
    let whole = try CountedClasses(classes, capacity: 107)
    let best = try whole.revenue(protecting: whole.optimalLevels)
    for rule in [try classes.emsrA(), try classes.emsrB(), levels] {
      #expect(try whole.revenue(protecting: rule.map { Int($0.rounded()) }) <= best)
    }
  }

  /// Three small classes: every pair of levels by summing over all demands, one after the other.
  @Test func enumeration() throws {
    let demands: [[Double]] = [[0.2, 0.3, 0.5], [0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0, 0.5]]
    let fares = [10.0, 6, 4.5]
    for capacity in 0...6 {
      let counted = try CountedClasses(
        FareClasses(fares: fares, demands: demands.map { .counts($0) }), capacity: capacity)
      var best = -Double.infinity
      for first in 0...7 {
        for second in first...7 {
          var revenue = 0.0
          for (third, p3) in demands[2].enumerated() {
            for (middle, p2) in demands[1].enumerated() {
              for (high, p1) in demands[0].enumerated() {
                var left = capacity
                for (requests, level, fare) in [(third, second, 4.5), (middle, first, 6), (high, 0, 10)] {
                  let sold = min(requests, max(0, left - level))
                  left -= sold
                  revenue += p1 * p2 * p3 * fare * Double(sold)
                }
              }
            }
          }
          #expect(isClose(try counted.revenue(protecting: [first, second]), revenue, relative: 1e-13))
          best = max(best, revenue)
        }
      }
      #expect(isClose(try counted.revenue(protecting: counted.optimalLevels), best, relative: 1e-13))
    }
  }

  /// Two classes: all rules are Littlewood's, and the optimum. Random classes: the optimum earns at least as much as each
  /// rule, and levels do not fall.
  @Test func randomClasses() throws {
    var random = SplitMix(state: 1972)
    for trial in 0..<30 {
      let count = 2 + trial % 4
      var fares: [Double] = [Double.random(in: 100...500, using: &random)]
      while fares.count < count { fares.append((fares.last ?? 0) * Double.random(in: 0.3...0.98, using: &random)) }
      let means = (0..<count).map { _ in Double.random(in: 3...25, using: &random) }
      let poisson = try FareClasses(fares: fares, demands: means.map { .poisson(mean: $0) })
      let normal = try FareClasses(
        fares: fares, demands: means.map { .normal(mean: $0, deviation: $0.squareRoot()) })
      for classes in [poisson, normal] {
        let counted = try CountedClasses(classes, capacity: 40)
        let optimal = counted.optimalLevels
        #expect(zip(optimal, optimal.dropFirst()).allSatisfy(<=))
        let best = try counted.revenue(protecting: optimal)
        for rule in [try classes.emsrA(), try classes.emsrB()] {
          let levels = rule.map { Int(min(40, $0.rounded())) }
          guard zip(levels, levels.dropFirst()).allSatisfy(<=) else { continue }
          #expect(try counted.revenue(protecting: levels) <= best * (1 + 1e-12))
        }
        guard count == 2 else { continue }
        #expect(try classes.littlewood() == classes.emsrA())
        #expect(isClose(try classes.littlewood()[0], try classes.emsrB()[0], relative: 1e-12))
        if case .poisson = classes.demands[0] { #expect(Double(optimal[0]) == min(40, try classes.littlewood()[0])) }
      }
      let levels = try normal.optimalLevels()
      #expect(abs(levels[0] - (try normal.emsrA()[0])) < 1e-9)
      #expect(zip(levels, levels.dropFirst()).allSatisfy(<=))
    }
  }

  /// Bad input and limits: equal fares protect nothing, known demand is protected whole, one class has no levels.
  @Test func refusals() throws {
    #expect(throws: DemandError("a fare of 5.0 follows one of 3.0; fares have to fall")) {
      try FareClasses(fares: [3, 5], demands: [.counts([1]), .counts([1])])
    }
    #expect(throws: DemandError.self) { try FareClasses(fares: [], demands: []) }
    #expect(throws: DemandError.self) { try FareClasses(fares: [5], demands: [.normal(mean: -1, deviation: 1)]) }
    #expect(throws: DemandError.self) { try FareClasses(fares: [5], demands: [.counts([0.5, 0.4])]) }
    #expect(throws: DemandError.self) { try FareClasses(fares: [5], demands: [.poisson(mean: -3)]) }
    #expect(throws: DemandError.self) { try CountedClasses(published(), capacity: 20, lots: 2000) }
    #expect(throws: DemandError.self) { try published().littlewood() }
    #expect(throws: DemandError.self) { try CountedClasses(published(), capacity: -1) }
    #expect(throws: DemandError.self) { try CountedClasses(published(), capacity: 900_000_000, lots: 10) }
    #expect(throws: DemandError.self) { try CountedClasses(published(), capacity: 10).revenue(protecting: [5, 4, 6]) }
    let equal = try FareClasses(
      fares: [5, 5], demands: [.normal(mean: 9, deviation: 1), .normal(mean: 9, deviation: 1)])
    #expect(try equal.emsrA() == [0] && equal.emsrB() == [0] && equal.optimalLevels() == [0])
    let known = try FareClasses(
      fares: [5, 2], demands: [.normal(mean: 9, deviation: 0), .normal(mean: 9, deviation: 1)])
    #expect(try known.littlewood() == [9] && CountedClasses(known, capacity: 20).optimalLevels == [9])
    let single = try FareClasses(fares: [5], demands: [.poisson(mean: 3)])
    #expect(try single.emsrB().isEmpty && CountedClasses(single, capacity: 4).optimalLevels.isEmpty)
    #expect(try CountedClasses(single, capacity: 0).revenue(protecting: []) == 0)
  }
}
