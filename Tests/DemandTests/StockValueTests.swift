import Demand
import Foundation
import Testing

/// Stock sold by time: closed forms, a discrete programme of small steps, and what holds for any demand.
@Suite struct StockValueTests {
  /// The worked example of 20 e^-p: seven digits as published, in closed form and by the equation.
  @Test func workedExample() throws {
    let closed = try ExponentialStock(rate: 20, sensitivity: 1)
    let demand = try StockDemand(rate: 20, length: 1) { exp(-$0) }
    let solved = try StockValue(demand, units: 10)
    let known = [
      (1, 2.123170, 3.123170, 2.015932), (5, 6.000400, 1.589149, 5.794273), (10, 7.223107, 1.098123, 7.161071),
    ]
    for (units, value, price, fixed) in known {
      #expect(abs(try closed.value(units: units, timeLeft: 1) - value) < 6e-7)
      #expect(abs(try closed.price(units: units, timeLeft: 1) - price) < 6e-7)
      #expect(abs(try solved.value(units: units, timeLeft: 1) - value) < 6e-7)
      #expect(abs(try solved.price(units: units, timeLeft: 1) - price) < 6e-7)
      #expect(abs(try FixedStockPrice.best(demand, units: units).value - fixed) < 6e-7)
    }
  }

  /// The closed form against its own sum, where that can be computed, and at its limits.
  @Test func closedForm() throws {
    let stock = try ExponentialStock(rate: 50, sensitivity: 0.2, unitCost: 3)
    let x = 50 * exp(-0.6 - 1) * 0.7
    var (sum, term) = (1.0, 1.0)
    for units in 1...40 {
      term *= x / Double(units)
      let before = sum
      sum += term
      #expect(isClose(try stock.value(units: units, timeLeft: 0.7), log(sum) / 0.2, relative: 1e-13))
      let price = 3 + 5 + log(sum / before) / 0.2
      #expect(isClose(try stock.price(units: units, timeLeft: 0.7), price, relative: 1e-13))
    }
    #expect(try stock.value(units: 7, timeLeft: 0) == 0)
    #expect(try stock.price(units: 7, timeLeft: 0) == 8)
    #expect(try stock.value(units: 0, timeLeft: 2) == 0)
    // With a million units for a hundred thousand buyers stock is plenty: V = x / alpha, though e^x is no double.
    let large = try ExponentialStock(rate: 1e5 * exp(1), sensitivity: 2)
    #expect(isClose(try large.value(units: 1_000_000, timeLeft: 1), 5e4, relative: 1e-12))
    #expect(isClose(try large.price(units: 1_000_000, timeLeft: 1), 0.5, relative: 1e-12))
    // With few units for many buyers the last term is nearly all there is.
    let scarce = try large.value(units: 10, timeLeft: 1)
    #expect(isClose(scarce, (10 * log(1e5) - lgamma(11)) / 2, relative: 1e-5))
  }

  /// The equation against the closed form at times in and between its nodes; the tolerance is what the type states.
  @Test(arguments: [(20.0, 10, 0.0), (20, 10, 0.7), (500, 100, 1), (1, 50, 0), (1e6, 3, 0)])
  func exponentialDemand(rate: Double, units: Int, cost: Double) throws {
    let demand = try StockDemand(rate: rate, length: 1, unitCost: cost) { exp(-$0) }
    let solved = try StockValue(demand, units: units)
    let closed = try ExponentialStock(rate: rate, sensitivity: 1, unitCost: cost)
    for left in stride(from: 1, through: units, by: max(1, units / 10)) {
      for time in solved.times {
        let value = try closed.value(units: left, timeLeft: time)
        #expect(abs(try solved.value(units: left, timeLeft: time) - value) <= 2 * solved.error)
      }
      for step in 0...97 {
        let time = pow(Double(step) / 97, 2)
        #expect(
          isClose(
            try solved.value(units: left, timeLeft: time), try closed.value(units: left, timeLeft: time),
            relative: 1e-7,
            absolute: 1e-7))
        #expect(
          isClose(
            try solved.price(units: left, timeLeft: time), try closed.price(units: left, timeLeft: time), relative: 1e-6
          ))
      }
    }
  }

  /// One unit and linear demand: dV/ds = rate (1 - V)^2 / 4, so V = 1 - 4 / (4 + rate s), and the price is (1 + V) / 2.
  @Test func linearDemand() throws {
    let demand = try StockDemand(rate: 40, length: 3) { max(0, 1 - $0) }
    let solved = try StockValue(demand, units: 4)
    for time in [0.01, 0.5, 1, 3] {
      let value = 1 - 4 / (4 + 40 * time)
      #expect(abs(try solved.value(units: 1, timeLeft: time) - value) < 1e-8)
      #expect(abs(try solved.price(units: 1, timeLeft: time) - (1 + value) / 2) < 1e-6)
    }
  }

  /// One unit and two prices: it is worth 1 - e^-s at the low one until the high one earns more, then approaches the high
  /// one. The curve is known at these prices only.
  @Test func twoPrices() throws {
    let demand = try StockDemand(rate: 1, length: 6) { $0 <= 1 ? 1 : $0 <= 2.5 ? 0.3 : 0 }
    let solved = try StockValue(demand, units: 1, prices: [1, 2.5])
    // Low earns 1 - V, high 0.3 (2.5 - V): equal at V = 0.25 / 0.7.
    let change = -log(1 - 0.25 / 0.7)
    for time in [0.1, change * 0.99, change * 1.01, 1, 3, 6] {
      let value = time < change ? 1 - exp(-time) : 2.5 - (2.5 - 0.25 / 0.7) * exp(-0.3 * (time - change))
      // Where the change falls between two nodes, the cubic between them smooths it.
      let tolerance = abs(time / change - 1) < 0.1 ? 1e-5 : 1e-8
      #expect(abs(try solved.value(units: 1, timeLeft: time) - value) < tolerance, "at \(time)")
      #expect(try solved.price(units: 1, timeLeft: time) == (time < change ? 1 : 2.5))
    }
    // Any price can do no better here, for nobody's threshold lies elsewhere; its search ends a hair below the jumps.
    let free = try StockValue(demand, units: 1)
    #expect(abs(try free.value(units: 1, timeLeft: 6) - solved.value(units: 1, timeLeft: 6)) < 1e-6)
  }

  /// Demand that changes twice, against a discrete programme of 4,000 and 8,000 steps whose error is of first order and is
  /// taken out by extrapolation; what is left of it is of second order, a few 1e-7.
  @Test func changingDemand() throws {
    let curves: [StockDemand.Curve] = [{ exp(-$0) }, { max(0, 1 - $0 / 3) }]
    let demand = try StockDemand(
      spans: [.init(length: 0.5, rate: 10), .init(length: 0.3, rate: 25, curve: 1), .init(length: 0.2, rate: 3)],
      curves: curves, unitCost: 0.25)
    let solved = try StockValue(demand, units: 6)
    let coarse = discrete(demand, units: 6, steps: 4000)
    let fine = discrete(demand, units: 6, steps: 8000)
    for units in 1...6 {
      let extrapolated = 2 * fine[units] - coarse[units]
      #expect(abs(try solved.value(units: units, timeLeft: 1) - extrapolated) < 1e-6, "\(units) units")
    }
    // At a change, the price is that of what comes: little time left, and exponential demand again.
    let late = try ExponentialStock(rate: 3, sensitivity: 1, unitCost: 0.25)
    #expect(isClose(try solved.price(units: 2, timeLeft: 0.2), try late.price(units: 2, timeLeft: 0.2), relative: 1e-7))
  }

  /// At most one customer in a step, and the best prices of the two curves by calculus.
  private func discrete(_ demand: StockDemand, units: Int, steps: Int) -> [Double] {
    var values = [Double](repeating: 0, count: units + 1)
    for span in demand.spans.reversed() {
      let count = Int((Double(steps) * span.length).rounded())
      for _ in 0..<count {
        let before = values
        for level in 1...units {
          let cost = 0.25 + before[level] - before[level - 1]
          let best = span.curve == 0 ? exp(-cost - 1) : pow(max(0, 3 - cost), 2) / 12
          values[level] = before[level] + span.rate * span.length / Double(count) * best
        }
      }
    }
    return values
  }

  /// What Gallego & van Ryzin prove for any constant demand: value rises with units and time, each unit adds less than
  /// the last, the price falls with units and rises with time left; no fixed price earns more, and the more prices may be
  /// asked, the more is earned.
  @Test func shapes() throws {
    var random = SplitMix(state: 94)
    for _ in 0..<8 {
      let (scale, steepness) = (Double.random(in: 0.5...50, using: &random), Double.random(in: 1...6, using: &random))
      let cost = scale * Double.random(in: 0...0.5, using: &random)
      let rate = pow(10, Double.random(in: 0...2, using: &random))
      let demand = try StockDemand(rate: rate, length: 1, unitCost: cost) {
        1 / (1 + exp(steepness * ($0 / scale - 1)))
      }
      let solved = try StockValue(demand, units: 12)
      let list = [0.6, 0.8, 1, 1.3, 1.7].map { $0 * scale }
      let listed = try StockValue(demand, units: 12, prices: list)
      let two = try StockValue(demand, units: 12, prices: [list[1], list[3]])
      var added = Double.infinity
      for units in 1...12 {
        let value = try solved.value(units: units, timeLeft: 1)
        let more = try value - solved.value(units: units - 1, timeLeft: 1)
        #expect(more > 0 && more <= added * (1 + 1e-6))
        added = more
        if units > 1 {
          #expect(
            try solved.price(units: units, timeLeft: 1) <= solved.price(units: units - 1, timeLeft: 1) * (1 + 1e-6))
        }
        #expect(try solved.price(units: units, timeLeft: 0.4) <= solved.price(units: units, timeLeft: 1) * (1 + 1e-6))
        let fixed = try FixedStockPrice.best(demand, units: units)
        let onList = try listed.value(units: units, timeLeft: 1)
        #expect(fixed.value <= value && onList <= value + solved.error + listed.error)
        #expect(try FixedStockPrice.best(demand, units: units, prices: list).value <= onList + listed.error)
        #expect(try two.value(units: units, timeLeft: 1) <= onList + listed.error)
        #expect(list.contains(try listed.price(units: units, timeLeft: 0.7)))
        for step in 0...400 {
          let grid = try FixedStockPrice(cost + 3 * scale * Double(step) / 400, units: units, demand)
          #expect(grid.value <= fixed.value * (1 + 1e-12))
        }
        let heuristic = try FixedStockPrice.heuristic(demand, units: units)
        #expect(heuristic.value <= fixed.value * (1 + 1e-12))
        // Theorem 3: at least 1 - 1 / (2 sqrt(min(n, buyers))) of the optimum.
        let buyers = min(Double(units), try demand.buyers(at: heuristic.price))
        #expect(heuristic.value >= value * (1 - 1 / (2 * buyers.squareRoot())))
      }
    }
  }

  /// The heuristic is the price at which 20 e^-p = n, or 1, whichever is higher.
  @Test func heuristicPrices() throws {
    let demand = try StockDemand(rate: 20, length: 1) { exp(-$0) }
    for units in [1, 5, 7, 8, 10] {
      let price = max(1, log(20 / Double(units)))
      #expect(isClose(try FixedStockPrice.heuristic(demand, units: units).price, price, relative: 1e-7))
    }
    let list = try FixedStockPrice.heuristic(demand, units: 5, prices: [0.5, 1, 1.4, 2])
    #expect(list.price == 1.4)
  }

  /// Everybody pays 290 and nobody 310, so that the value of a customer has a kink, which each level of stock crosses at a
  /// time of its own: as quick as any other demand. Against Heun's method in 100,000 steps (its error is below 1e-5); the
  /// kink costs less than a part in 1e6 of a margin of 280.
  @Test(.timeLimit(.minutes(1))) func narrowDemand() throws {
    func rate(_ worth: Double) -> Double {
      let price = max(290, (310 + 10 + worth) / 2)
      return max(0, 20 * min(1, (310 - price) / 20) * (price - 10 - worth))
    }
    var values = [Double](repeating: 0, count: 9)
    let step = 2.0 / 100_000
    for _ in 0..<100_000 {
      let first = (0...8).map { $0 == 0 ? 0 : rate(values[$0] - values[$0 - 1]) }
      let ahead = zip(values, first).map { $0 + step * $1 }
      for level in 1...8 { values[level] += step / 2 * (first[level] + rate(ahead[level] - ahead[level - 1])) }
    }
    let demand = try StockDemand(rate: 20, length: 2, unitCost: 10) { min(1, max(0, (310 - $0) / 20)) }
    let solved = try StockValue(demand, units: 8)
    for units in 1...8 { #expect(abs(try solved.value(units: units, timeLeft: 2) - values[units]) < 3e-4) }
  }

  /// Bad input and limits.
  @Test func refusals() throws {
    let demand = try StockDemand(rate: 20, length: 1) { exp(-$0) }
    #expect(throws: DemandError("stock is -1 units; it is at least 0")) { try StockValue(demand, units: -1) }
    #expect(throws: DemandError("a list of prices has 1.0 after 2.0; prices have to rise")) {
      try StockValue(demand, units: 3, prices: [2, 1])
    }
    #expect(throws: DemandError.self) { try StockValue(demand, units: 3, prices: []) }
    #expect(throws: DemandError.self) { try StockDemand(rate: -1, length: 1) { _ in 0 } }
    #expect(throws: DemandError.self) { try StockDemand(rate: 1, length: 0) { _ in 0 } }
    #expect(throws: DemandError.self) { try StockValue(demand, units: 3).price(units: 0, timeLeft: 1) }
    #expect(throws: DemandError.self) { try StockValue(demand, units: 3).price(units: 3, timeLeft: 1.1) }
    #expect(throws: DemandError.self) { try ExponentialStock(rate: 20, sensitivity: 0) }
    do {
      _ = try StockValue(StockDemand(rate: 1e9, length: 1) { exp(-$0) }, units: 1_000_000_000)
      Issue.record("a table of terabytes was begun")
    } catch let error as DemandError {
      #expect(error.description.contains("MB of memory; at most 536.9 MB are allowed"))
    }
    // Units that nobody could take are worth nothing, and cost no memory.
    let plenty = try StockValue(demand, units: 1_000_000_000)
    let same = try StockValue(demand, units: 70)
    #expect(try plenty.value(units: 1_000_000_000, timeLeft: 1) == same.value(units: 70, timeLeft: 1))
    #expect(isClose(try plenty.price(units: 1_000_000_000, timeLeft: 1), 1, relative: 1e-7))
    // Nothing to sell, nobody who comes, nobody who pays: worth nothing.
    #expect(try StockValue(demand, units: 0).value(units: 0, timeLeft: 1) == 0)
    #expect(try StockValue(StockDemand(rate: 0, length: 1) { exp(-$0) }, units: 2).value(units: 2, timeLeft: 1) == 0)
    #expect(try StockValue(StockDemand(rate: 5, length: 1) { _ in 0 }, units: 2).value(units: 2, timeLeft: 1) == 0)
    #expect(try StockValue(StockDemand(spans: [], curves: []), units: 2).value(units: 2, timeLeft: 0) == 0)
  }
}
