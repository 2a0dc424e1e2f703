import Demand
import Foundation
import Testing

/// Linear programmes, each proven optimal by its duals, and a network of two legs by hand.
@Suite struct LinearProgrammeTests {
  /// Primal and dual feasible with equal objectives: weak duality makes it optimal, whatever found it. The tolerance is
  /// that of the programme itself, but counted here from its numbers alone.
  private func isProven(_ programme: LinearProgramme, _ solution: LinearProgramme.Solution) -> Bool {
    let small = 1e-7
    let isFeasible =
      zip(solution.amounts, programme.limits).allSatisfy { $0 >= 0 && $0 <= $1 }
      && zip(programme.rows, programme.capacities).allSatisfy { row, capacity in
        zip(row, solution.amounts).reduce(0) { $0 + $1.0 * $1.1 } <= capacity + small * (1 + capacity)
      }
    let isDual =
      solution.prices.allSatisfy { $0 >= 0 } && solution.limitPrices.allSatisfy { $0 >= 0 }
      && programme.gains.indices.allSatisfy { variable in
        let covered = zip(programme.rows, solution.prices).reduce(solution.limitPrices[variable]) {
          $0 + $1.0[variable] * $1.1
        }
        return covered >= programme.gains[variable] - small * (1 + abs(programme.gains[variable]))
      }
    let dual =
      zip(programme.capacities, solution.prices).reduce(0) { $0 + $1.0 * $1.1 }
      + zip(programme.limits, solution.limitPrices).reduce(0) { $0 + ($1.1 > 0 ? $1.0 * $1.1 : 0) }
    return isFeasible && isDual && isClose(dual, solution.objective, relative: small, absolute: small)
  }

  /// Random programmes of all shapes: small whole numbers, so that ties and degenerate vertices are the rule; zero
  /// capacities and limits; limits without end; negative gains and entries; scales from 1e-3 to 1e6.
  @Test func randomProgrammes() throws {
    var random = SplitMix(state: 1977)
    var degenerate = 0
    var unlimited = 0
    for trial in 0..<3000 {
      let (height, width) = (Int.random(in: 0...8, using: &random), Int.random(in: 1...14, using: &random))
      let isWhole = trial % 2 == 0
      let scale = pow(10, Double.random(in: -3...6, using: &random))
      func number(_ low: Double, _ high: Double) -> Double {
        let x = Double.random(in: low...high, using: &random)
        return isWhole ? x.rounded() : x
      }
      let gains = (0..<width).map { _ in scale * number(-2, 6) }
      let least = trial % 3 == 0 ? -2.0 : 0
      let rows = (0..<height).map { _ in (0..<width).map { _ in max(least, number(-3, 3)) } }
      let capacities = (0..<height).map { _ in max(0, number(-2, 10)) }
      let limits = (0..<width).map { _ in number(0, 4) > 3.4 ? Double.infinity : max(0, number(-1, 5)) }
      let programme = try LinearProgramme(gains: gains, rows: rows, capacities: capacities, limits: limits)
      do {
        let solution = try programme.solution()
        #expect(isProven(programme, solution), "trial \(trial): \(programme)")
        let basic = solution.amounts.filter { $0 > 0 }.count
        if basic < height { degenerate += 1 }
      } catch let error as DemandError {
        #expect(error.description.contains("no limit"), "trial \(trial): \(error)")
        #expect(limits.contains(.infinity))
        unlimited += 1
      }
    }
    #expect(degenerate > 300 && unlimited > 100 && unlimited < 1500)
  }

  /// Networks of some size: 40 legs, 200 products.
  @Test func networks() throws {
    var random = SplitMix(state: 3)
    for _ in 0..<3 {
      let uses = (0..<40).map { _ in
        (0..<200).map { _ in Double.random(in: 0...1, using: &random) < 0.06 ? 1.0 : 0 }
      }
      let programme = try LinearProgramme(
        gains: (0..<200).map { _ in Double.random(in: 50...900, using: &random).rounded() }, rows: uses,
        capacities: (0..<40).map { _ in Double(Int.random(in: 20...120, using: &random)) },
        limits: (0..<200).map { _ in Double(Int.random(in: 0...40, using: &random)) })
      #expect(isProven(programme, try programme.solution()))
    }
  }

  /// Beale's example (1955), on which the simplex method goes round for ever with the largest gain alone: the optimum is
  /// 1/20.
  @Test func beale() throws {
    let programme = try LinearProgramme(
      gains: [0.75, -150, 0.02, -6], rows: [[0.25, -60, -0.04, 9], [0.5, -90, -0.02, 3], [0, 0, 1, 0]],
      capacities: [0, 0, 1], limits: [.infinity, .infinity, .infinity, .infinity])
    let solution = try programme.solution()
    #expect(isClose(solution.objective, 0.05, relative: 1e-12) && isProven(programme, solution))
  }

  /// Two legs of 100 seats. A-B sells 300 (30 wanted) and 150 (80); B-C sells 250 (40) and 120 (90); A-C over both sells
  /// 420 (50) and 240 (60). By hand: with a seat of A-B worth 150 and one of B-C worth 120, A-C at 240 is not worth 270; A-C
  /// at 420 is, so 50 go through, 30 + 20 fly A-B and 40 + 10 fly B-C.
  @Test func twoLegs() throws {
    let network = try NetworkProgramme(
      fares: [300, 150, 250, 120, 420, 240], uses: [[1, 1, 0, 0, 1, 1], [0, 0, 1, 1, 1, 1]], capacities: [100, 100],
      demands: [30, 80, 40, 90, 50, 60])
    #expect(zip(network.allocations, [30, 20, 40, 10, 50, 0]).allSatisfy { isClose($0, $1, absolute: 1e-9) })
    #expect(zip(network.bidPrices, [150, 120]).allSatisfy { isClose($0, $1, relative: 1e-12) })
    #expect(isClose(network.bound, 9000 + 3000 + 10000 + 1200 + 21000, relative: 1e-12))
    // Plenty of seats are worth nothing, and everybody flies; a product below cost is not sold.
    let plenty = try NetworkProgramme(
      fares: [300, -5, 250], uses: [[1, 1, 0], [0, 0, 1]], capacities: [500, 500], demands: [30, 80, 40])
    #expect(plenty.bidPrices == [0, 0] && plenty.allocations == [30, 0, 40])
    // Without a seat, nobody flies.
    let none = try NetworkProgramme(fares: [300, 100], uses: [[1, 1]], capacities: [0], demands: [30, 80])
    #expect(none.allocations == [0, 0] && none.bound == 0)
  }

  /// Bad input.
  @Test func refusals() throws {
    #expect(throws: DemandError("capacities are [-1.0]; they are finite and at least 0")) {
      try LinearProgramme(gains: [1], rows: [[1]], capacities: [-1], limits: [1])
    }
    #expect(throws: DemandError.self) {
      try LinearProgramme(gains: [1, 2], rows: [[1]], capacities: [1], limits: [1, 1])
    }
    #expect(throws: DemandError.self) { try LinearProgramme(gains: [.nan], rows: [[1]], capacities: [1], limits: [1]) }
    #expect(throws: DemandError.self) { try LinearProgramme(gains: [1], rows: [[1]], capacities: [1], limits: [-1]) }
    #expect(throws: DemandError.self) {
      try LinearProgramme(gains: [1], rows: [[-1]], capacities: [1], limits: [.infinity]).solution()
    }
    #expect(throws: DemandError.self) {
      try NetworkProgramme(fares: [1], uses: [[-1]], capacities: [1], demands: [1])
    }
    #expect(throws: DemandError.self) {
      try NetworkProgramme(fares: [1], uses: [[1]], capacities: [1], demands: [.infinity])
    }
  }
}
