import Foundation
import Selling
import Simulation
import Testing

/// The loop of learning on a table of profits.
struct LearningLoopTests {
  private static func rule(_ decay: Double, memory: Int = 1) throws -> QLearningRule {
    try QLearningRule(explorationDecay: decay, memory: memory)
  }

  /// Every value, bit for bit, and the period in which it stops, as the slow reference has them with the same random
  /// words: two prices each, three sellers with different grids, and a memory of two periods.
  @Test(arguments: [([2, 2], 1), ([2, 3, 4], 1), ([3, 2], 2), ([2, 2, 2], 2), ([5], 1), ([2], 3)])
  func sameAsTheSlowReference(sizes: [Int], memory: Int) throws {
    let game = try LearningGym.table(sizes, rule: Self.rule(1e-3, memory: memory)) { prices in
      // Nothing is equal to anything else: ties have no reference.
      prices.indices.map { own in
        let others = prices.enumerated().reduce(0) { $1.offset == own ? $0 : $0 + Double($1.offset + 1) * $1.element }
        return sin(3 * prices[own] + 0.7 * Double(own)) + 0.4 * cos(1.3 * others + prices[own] * others)
      }
    }
    for number in 0..<3 {
      let limits = LearningLimits(stillPeriods: 3000, mostPeriods: 40_000)
      var session = try LearningSession(game, number: number, seed: 11, limits: limits)
      var slow = try SlowLearning(game, number: UInt32(number), seed: 11)
      #expect(session.state == slow.state)
      let isOver = session.play()
      #expect(isOver)
      while slow.periods < 40_000, slow.periods - slow.lastChange < 3000 { slow.step() }
      #expect(session.periods == slow.periods)
      #expect(session.state == slow.state)
      #expect(session.isConverged)
      // In the larger games something is learnt.
      if sizes.count > 1, memory == 1 { #expect(session.periods > 3000) }
      #expect(session.tables.values == slow.values.flatMap { $0.flatMap { $0 } })
    }
  }

  /// Two sellers as in Calvano et al. (2020): they report Delta of .85 for these parameters; the standard deviation of a
  /// session is .12 and of its periods .33 million, so that 16 sessions lie within .1 and .3 million at three and a half
  /// standard errors. A loop that learns nothing (Delta about .5 at random prices) or plays Nash (0) is far off.
  @Test func profitGainOfTwoSellers() throws {
    let game = try LearningGym.logit(rule: QLearningRule())
    var tally = LearningTally(sellers: 2)
    try LearningRunner(game, sessions: 16, seed: 5, limits: LearningLimits(), threads: 2)
      .run(into: &tally, unless: { false }) { _ in }
    #expect(tally.sessions.allSatisfy { $0.isConverged })
    let gains = tally.sessions.compactMap { game.profitGain($0.profits) }
    #expect(abs(gains.reduce(0, +) / 16 - 0.853) < 0.1)
    let periods = tally.sessions.reduce(0) { $0 + Double($1.periods) } / 16
    #expect(abs(periods - 1.86e6) < 0.3e6)
    // A seller that undercuts for a period is punished: in the paper almost always.
    let losses = tally.sessions.flatMap(\.deviationGains).compactMap { $0 }
    #expect(losses.count { $0 < 0 } > losses.count * 3 / 4)
  }

  /// Alone, a seller finds the price of its grid that earns most, whatever it charged last.
  @Test func aloneItFindsTheMonopolyPrice() throws {
    let game = try LearningGym.logit(sellers: 1, rule: Self.rule(1e-4), from: 1.2, to: 2.2)
    let best = try #require(game.profits.indices.max { game.profits[$0] < game.profits[$1] })
    for number in 0..<6 {
      var session = try LearningSession(
        game, number: number, seed: 3, limits: LearningLimits(stillPeriods: 20_000, mostPeriods: 5_000_000))
      let isOver = session.play()
      #expect(isOver && session.isConverged)
      let outcome = LearningOutcome(session)
      #expect(outcome.cycleLength == 1)
      #expect(outcome.prices == [game.grids[0][best]])
      #expect(outcome.deviations[0] == nil)
    }
  }

  /// Three sellers and a memory of two periods run, and end between the lowest and the highest price.
  @Test(arguments: [(3, 4, 1), (2, 4, 2), (4, 2, 1)]) func manySellersAndLongMemory(
    sellers: Int, prices: Int, memory: Int
  ) throws {
    let game = try LearningGym.logit(sellers: sellers, prices: prices, rule: Self.rule(1e-4, memory: memory))
    var session = try LearningSession(
      game, number: 0, seed: 1, limits: LearningLimits(stillPeriods: 20_000, mostPeriods: 3_000_000))
    let isOver = session.play()
    #expect(isOver && session.isConverged)
    let outcome = LearningOutcome(session)
    for (seller, price) in outcome.prices.enumerated() {
      #expect(price >= game.grids[seller][0] && price <= (game.grids[seller].last ?? 0))
    }
    #expect(outcome.deviations.count == sellers)
  }

  /// The same numbers with any number of threads, and after an interruption.
  @Test func threadsAndInterruptionsChangeNothing() throws {
    let game = try LearningGym.logit(prices: 5, rule: Self.rule(1e-3))
    let limits = LearningLimits(stillPeriods: 2000, mostPeriods: 100_000)
    func bytes(_ tally: LearningTally) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(tally)
    }
    var one = LearningTally(sellers: 2)
    try LearningRunner(game, sessions: 23, seed: 9, limits: limits, threads: 1)
      .run(into: &one, unless: { false }) { _ in }
    #expect(one.sessions.count == 23)
    var three = LearningTally(sellers: 2)
    try LearningRunner(game, sessions: 23, seed: 9, limits: limits, threads: 3)
      .run(into: &three, unless: { false }) { _ in }
    #expect(try bytes(three) == bytes(one))
    struct Stop: Error {}
    var parts = LearningTally(sellers: 2)
    let runner = LearningRunner(game, sessions: 23, seed: 9, limits: limits, threads: 2)
    #expect(throws: Stop.self) {
      try runner.run(into: &parts, unless: { false }) { if $0.sessions.count >= 8 { throw Stop() } }
    }
    #expect((8..<23).contains(parts.sessions.count))
    parts = try PropertyListDecoder().decode(LearningTally.self, from: PropertyListEncoder().encode(parts))
    try runner.run(into: &parts, unless: { false }) { _ in }
    #expect(try bytes(parts) == bytes(one))
    // Another seed is another story.
    var other = LearningTally(sellers: 2)
    try LearningRunner(game, sessions: 23, seed: 10, limits: limits, threads: 2)
      .run(into: &other, unless: { false }) { _ in }
    #expect(try bytes(other) != bytes(one))
  }

  /// A session that is stopped says so, and one that may not last longer ends where it is told.
  @Test func stopsAndLimits() throws {
    let game = try LearningGym.logit(rule: QLearningRule())
    var stopped = try LearningSession(game, number: 0, seed: 1)
    let isDone = stopped.play(unless: { true })
    #expect(!isDone && !stopped.isOver)
    var short = try LearningSession(
      game, number: 0, seed: 1, limits: LearningLimits(stillPeriods: 100_000, mostPeriods: 12_345))
    let isOver = short.play()
    #expect(isOver && short.periods == 12_345 && !short.isConverged)
  }

  /// What cannot be played is refused before anything is taken.
  @Test func refusals() throws {
    func expect(_ words: String, _ work: () throws -> LearningGame) {
      let found = message(work)
      #expect(found.contains(words), "\(found)")
    }
    func message(_ work: () throws -> LearningGame) -> String {
      do {
        _ = try work()
        return ""
      } catch { return "\(error)" }
    }
    let rule = try QLearningRule()
    let long = try QLearningRule(memory: 9)
    func game(_ grids: [[Double]], _ rules: [QLearningRule], limit: Double = 1e9) throws -> LearningGame {
      try LearningGame(
        sellers: grids.indices.map { "s\($0)" }, rules: rules, grids: grids, expected: grids.map { _ in nil },
        memoryLimit: limit
      ) { $0 }
    }
    expect("s1 needs two prices or more") { try game([[1, 2], [2, 1]], [rule, rule]) }
    expect("s1 needs two prices or more") { try game([[1, 2], [1]], [rule, rule]) }
    expect("s0 needs two prices or more") { try game([[1, .nan], [1, 2]], [rule, rule]) }
    expect("the same memory") { try game([[1, 2], [1, 2]], [rule, long]) }
    let big = message { try game([[1, 2, 3, 4], [1, 2, 3, 4]], [long, long]) }
    #expect(big.contains("68719476736 states") && big.contains("1.0 GB may be used"), "\(big)")
    let huge = try QLearningRule(memory: 64)
    let grid = (0..<1000).map(Double.init)
    expect("may be used") { try game([grid, grid], [huge, huge]) }
    for rate in [0, -0.1, 1.5, 2, .nan] {
      #expect(throws: StrategyError.self) { try QLearningRule(learningRate: rate) }
    }
    for decay in [0, -1, .nan, .infinity] {
      #expect(throws: StrategyError.self) { try QLearningRule(explorationDecay: decay) }
    }
    for discount in [-0.1, 1, 2, .nan] {
      #expect(throws: StrategyError.self) { try QLearningRule(discountFactor: discount) }
    }
    for memory in [0, -1, 65] { #expect(throws: StrategyError.self) { try QLearningRule(memory: memory) } }
  }
}
