import Foundation
import Selling
import Simulation

/// Two sellers that learn against each other, as in Calvano et al. (2020): logit demand of value 2, cost 1, scale 1/4.
struct QLearning: Work {
  private let game: LearningGame
  private let sessions: Int
  private var seed: UInt64 = 0
  private var gain = 0.0
  private var periods = 0.0

  init(sessions: Int) throws {
    let (nash, joint) = (1.4729273733327968, 1.9249808915977464)
    func profit(_ own: Double, _ other: Double) -> Double {
      let mine = exp((2 - own) / 0.25)
      return (own - 1) * mine / (mine + exp((2 - other) / 0.25) + 1)
    }
    let grid = (0..<15).map { nash - 0.1 * (joint - nash) + 1.2 * (joint - nash) * Double($0) / 14 }
    func benchmark(_ price: Double) -> LearningGame.Benchmark {
      LearningGame.Benchmark(prices: [price, price], profits: [profit(price, price), profit(price, price)])
    }
    game = try LearningGame(
      sellers: ["first", "second"], rules: [QLearningRule(), QLearningRule()], grids: [grid, grid],
      expected: [nil, nil], nash: benchmark(nash), joint: benchmark(joint)
    ) { [profit($0[0], $0[1]), profit($0[1], $0[0])] }
    self.sessions = sessions
  }

  mutating func run() throws -> Double {
    seed += 1
    (gain, periods) = (0, 0)
    for number in 0..<sessions {
      var session = try LearningSession(game, number: number, seed: seed)
      _ = session.play()
      periods += Double(session.periods)
      gain += game.profitGain(LearningOutcome(session).profits) ?? .nan
    }
    return periods
  }

  /// The mean profit gain, and the mean length of a session in millions of periods.
  mutating func results() throws -> [Double] {
    _ = try run()
    return [gain / Double(sessions), periods / Double(sessions) / 1e6]
  }
}
