import Demand
import Testing

@Suite struct AndersonMemoryTests {
  /// Three points that are not in line span the plane, so of a linear map the third step leads to its fixed point, here
  /// (2, -1); only rounding is left.
  @Test func solvesALinearMapOfTwoNumbersInThreeRounds() {
    func step(_ x: [Double]) -> [Double] {
      let (u, v) = (x[0] - 2, x[1] + 1)
      return [0.6 * u + 0.3 * v - u, -0.2 * u + 0.5 * v - v]
    }
    var memory = AndersonMemory()
    var point = [9.0, 4.0]
    for _ in 0..<3 {
      point = zip(point, memory.accelerated(from: point, step: step(point))).map { $0 + $1 }
    }
    #expect(abs(point[0] - 2) < 1e-12 && abs(point[1] + 1) < 1e-12)
  }

  @Test func takesThePlainStepAtFirstAndAfterForgetting() {
    var memory = AndersonMemory()
    #expect(memory.accelerated(from: [1, 1], step: [0.5, 0.25]) == [0.5, 0.25])
    #expect(memory.accelerated(from: [1.5, 1.25], step: [0.3, 0.1]) != [0.3, 0.1])
    memory.forget()
    #expect(memory.accelerated(from: [1, 1], step: [0.5, 0.25]) == [0.5, 0.25])
  }

  /// A point that comes back with the same step says nothing about the next one.
  @Test func standsStillWithoutANonsenseStep() {
    var memory = AndersonMemory()
    for _ in 0..<4 { #expect(memory.accelerated(from: [1, 1], step: [0, 0]) == [0, 0]) }
  }

  /// Plain steps need some 15 rounds of such markets, so that the bound tells whether the acceleration works.
  @Test func marketsTakeFewRounds() throws {
    var random = SplitMix(state: 3)
    for _ in 0..<10 {
      let means = (0..<24).map { _ in Double.random(in: 0...2, using: &random) }
      let agents = try (0..<20).map { _ in
        let liking = Double.random(in: -0.5...0.5, using: &random)
        return try Agent(
          utilities: means.map { $0 + liking }, priceSensitivity: Double.random(in: 2...3, using: &random))
      }
      let assortment = try Assortment(
        categories: ["one"], products: means.indices.map { Product(name: "\($0)", category: 0) },
        sources: [Array(means.indices)])
      let segment = try Segment(name: "all", share: 1, valuations: .agents(agents), taste: 1)
      let game = try PricingGame(
        LogitDemand(try Population(segments: [segment], assortment: assortment)),
        unitCosts: means.map { _ in Double.random(in: 0.5...1.5, using: &random) },
        owners: means.indices.map { $0 % 5 })
      let found = try game.stationaryPrices(from: game.unitCosts, moving: Array(means.indices), tolerance: 1e-12)
      #expect(found.isConverged && found.evaluations <= 12, "\(found.evaluations) rounds")
    }
  }
}
