import Foundation
import GSL
import Selling
import Simulation

/// Small games to learn in.
enum LearningGym {
  /// The duopoly of Calvano et al. (2020) in closed form: logit with value 2, cost 1, scale 1/4 and outside value 0, with
  /// as many sellers as wanted; prices from below Bertrand-Nash to above joint prices. The prices are known to 1e-12 for
  /// two sellers only.
  static func logit(
    sellers: Int = 2, prices: Int = 15, rule: QLearningRule, from low: Double? = nil, to high: Double? = nil
  ) throws -> LearningGame {
    let (nash, joint) = (1.4729273733327968, 1.9249808915977464)
    let (low, high) = (low ?? nash - 0.1 * (joint - nash), high ?? joint + 0.1 * (joint - nash))
    let grid = (0..<prices).map { low + (high - low) * Double($0) / Double(prices - 1) }
    func profits(_ prices: [Double]) -> [Double] {
      let weights = prices.map { exp((2 - $0) / 0.25) }
      let sum = 1 + weights.reduce(0, +)
      return prices.indices.map { (prices[$0] - 1) * weights[$0] / sum }
    }
    func benchmark(_ price: Double) -> LearningGame.Benchmark {
      let prices = [Double](repeating: price, count: sellers)
      return LearningGame.Benchmark(prices: prices, profits: profits(prices))
    }
    return try LearningGame(
      sellers: (0..<sellers).map { "seller \($0)" }, rules: .init(repeating: rule, count: sellers),
      grids: .init(repeating: grid, count: sellers), expected: .init(repeating: nil, count: sellers),
      nash: benchmark(nash), joint: benchmark(joint), profitsAt: profits)
  }

  /// A game of profits by number, for sellers with so many prices each: 0, 1, 2...
  static func table(_ sizes: [Int], rule: QLearningRule, _ profits: ([Double]) -> [Double]) throws -> LearningGame {
    try LearningGame(
      sellers: sizes.indices.map { "seller \($0)" }, rules: .init(repeating: rule, count: sizes.count),
      grids: sizes.map { (0..<$0).map(Double.init) }, expected: .init(repeating: nil, count: sizes.count),
      profitsAt: profits)
  }
}

/// Q-learning written down as the paper has it, without a thought for speed: tables of tables, maxima sought anew in each
/// period, the probability of exploring computed anew.
struct SlowLearning {
  let game: LearningGame
  let key: (seed: UInt64, session: UInt32)
  var values: [[[Double]]]
  /// The last profiles, the oldest first.
  var history: [[Int]]
  var periods = 0
  var lastChange = 0

  init(_ game: LearningGame, number: UInt32, seed: UInt64) throws {
    self.game = game
    key = (seed, number)
    let discount = game.rules[0].discountFactor
    let profiles = (0..<game.profileCount).map(game.actions)
    values = game.sellers.indices.map { seller in
      let start = game.grids[seller].indices.map { action in
        var sum = 0.0
        for (profile, actions) in profiles.enumerated() where actions[seller] == action {
          sum += game.profits[profile * game.sellers.count + seller]
        }
        return sum / Double(game.profileCount / game.grids[seller].count) / (1 - discount)
      }
      return [[Double]](repeating: start, count: game.stateCount)
    }
    var stream = RandomStream(seed: seed, replication: number, purpose: 16, period: .max, index: 0)
    var state = try stream.integer(below: game.stateCount)
    history = []
    for _ in 0..<game.rules[0].memory {
      history.insert(profiles[state % game.profileCount], at: 0)
      state /= game.profileCount
    }
  }

  var state: Int { history.reduce(0) { $0 * game.profileCount + game.profile($1) } }

  private func greedy(_ seller: Int, _ state: Int) -> Int {
    let row = values[seller][state]
    return row.firstIndex(of: row.max() ?? 0) ?? 0
  }

  mutating func step() {
    let rule = game.rules[0]
    var stream = RandomStream(
      seed: key.seed, replication: key.session, purpose: 16, period: 0, index: UInt32(periods))
    let exploration = exp(-rule.explorationDecay * Double(periods))
    let (before, greedyBefore) = (state, game.sellers.indices.map { greedy($0, state) })
    let actions = game.sellers.indices.map { seller in
      let uniform = stream.uniform()
      return uniform < exploration
        ? Int(uniform / exploration * Double(game.grids[seller].count)) : greedyBefore[seller]
    }
    history.append(actions)
    history.removeFirst()
    let after = state
    for (seller, action) in actions.enumerated() {
      let profit = game.profits[game.profile(actions) * game.sellers.count + seller]
      let target = profit + rule.discountFactor * (values[seller][after].max() ?? 0)
      values[seller][before][action] =
        (1 - rule.learningRate) * values[seller][before][action] + rule.learningRate * target
    }
    periods += 1
    if game.sellers.indices.contains(where: { greedy($0, before) != greedyBefore[$0] }) { lastChange = periods }
  }
}
