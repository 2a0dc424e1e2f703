import Selling
import Simulation
import Testing

/// Cycles and forced deviations of hand-made strategies, in the prisoners' dilemma: a price of 1 against 1 earns 3 each, 0
/// against 0 earns 1 each, 0 against 1 earns 5 and 0.
struct GreedyPlayTests {
  private static func dilemma(memory: Int = 1) throws -> LearningGame {
    try LearningGym.table([2, 2], rule: QLearningRule(memory: memory)) { prices in
      switch (prices[0], prices[1]) {
      case (1, 1): [3, 3]
      case (0, 0): [1, 1]
      case (0, 1): [5, 0]
      default: [0, 5]
      }
    }
  }

  /// The states of two sellers' last prices: 00, 01, 10, 11.
  @Test func cyclesOfEveryLength() throws {
    let game = try Self.dilemma()
    // Both always 1: from anywhere to 11.
    let high = GreedyPlay(game, greedy: [1, 1, 1, 1, 1, 1, 1, 1])
    for state in 0..<4 { #expect(high.cycle(from: state) == [3]) }
    // Tit for tat: each charges what the other did. 01 and 10 alternate; 00 and 11 stay.
    let mirror = GreedyPlay(game, greedy: [0, 1, 0, 1, 0, 0, 1, 1])
    #expect(mirror.cycle(from: 0) == [0])
    #expect(mirror.cycle(from: 3) == [3])
    #expect(Set(mirror.cycle(from: 1)) == [1, 2])
    // Around all four: 00 -> 01 -> 11 -> 10 -> 00.
    let round = GreedyPlay(game, greedy: [0, 1, 0, 1, 1, 1, 0, 0])
    let cycle = round.cycle(from: 2)
    #expect(cycle.count == 4)
    for (state, next) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) { #expect(round.next(state) == next) }
  }

  /// With a memory of two periods a state is two profiles, the last the quickest to change: 11 after 01 is 1 x 4 + 3.
  @Test func statesOfALongerMemory() throws {
    let game = try Self.dilemma(memory: 2)
    #expect(game.stateCount == 16)
    #expect(game.state(after: 7, profile: 2) == 3 * 4 + 2)
    // Charge 1 unless the other charged 0 in the period before last.
    let greedy = (0..<2).flatMap { seller in
      (0..<16).map { state in Int32(game.actions(state / 4)[1 - seller]) }
    }
    let play = GreedyPlay(game, greedy: greedy)
    #expect(play.cycle(from: 15) == [15])
    // (1,1) then (0,1): the prices then are 11, 10, 11, 01, and so on.
    let cycle = play.cycle(from: 3 * 4 + 1)
    #expect(cycle.map { $0 % 4 }.sorted() == [1, 2, 3, 3])
  }

  /// Under tit for tat who charges 0 once gains 2 at once, then sells at 0, 5, 0, 5... against 3 for ever; discounted by
  /// d from then on: 2 - 3 d + 2 d^2 - 3 d^3... = (2 - 3 d) / (1 - d^2).
  @Test func deviationFromTitForTat() throws {
    let game = try Self.dilemma()
    let mirror = GreedyPlay(game, greedy: [0, 1, 0, 1, 0, 0, 1, 1])
    let forced = try #require(ForcedDeviation(of: 0, from: [3], game, mirror))
    #expect(abs(forced.gain - (2 - 3 * 0.95) / (1 - 0.95 * 0.95)) < 1e-9)
    #expect(forced.prices.count == ForcedDeviation.periods.count)
    #expect(Array(forced.prices.prefix(4)) == [[1, 1], [0, 1], [1, 0], [0, 1]])
    #expect(Array(forced.profits.prefix(4)) == [[3, 3], [5, 0], [0, 5], [5, 0]])
    // Who charges 0 already cannot do better in the period.
    #expect(ForcedDeviation(of: 0, from: [0], game, mirror) == nil)
  }

  /// Rivals who do not answer make a deviation pay: 5 instead of 3, and then all is as before.
  @Test func deviationThatNobodyPunishes() throws {
    let game = try Self.dilemma()
    let high = GreedyPlay(game, greedy: [1, 1, 1, 1, 1, 1, 1, 1])
    let forced = try #require(ForcedDeviation(of: 1, from: [3], game, high))
    #expect(abs(forced.gain - 2) < 1e-12)
    #expect(Array(forced.prices.prefix(3)) == [[1, 1], [1, 0], [1, 1]])
  }
}
