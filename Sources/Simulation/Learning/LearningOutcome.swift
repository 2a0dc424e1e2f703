/// What a session of learning came to.
public struct LearningOutcome: Sendable, Codable {
  /// How many periods were played.
  public let periods: Int
  /// Whether no greedy action changed any more.
  public let isConverged: Bool
  /// How many periods the cycle of greedy play has.
  public let cycleLength: Int
  /// By seller the mean price over the cycle, in money.
  public let prices: [Double]
  /// By seller the mean profit over unit cost over the cycle, in money from an average customer.
  public let profits: [Double]
  /// By seller what follows when it is forced to deviate; nil where it would not gain even in the period itself.
  public let deviations: [ForcedDeviation?]

  /// The outcome of a session that is over.
  public init(_ session: LearningSession) {
    let game = session.game
    let play = GreedyPlay(game, greedy: session.tables.greedy)
    let cycle = play.cycle(from: session.state)
    var prices = game.sellers.map { _ in 0.0 }
    var profits = prices
    for state in cycle {
      // A state of the cycle tells what was charged on the way to it.
      let profile = state % game.profileCount
      for (seller, action) in game.actions(profile).enumerated() { prices[seller] += game.grids[seller][action] }
      for (seller, profit) in game.profits(at: profile).enumerated() { profits[seller] += profit }
    }
    periods = session.periods
    isConverged = session.isConverged
    cycleLength = cycle.count
    self.prices = prices.map { $0 / Double(cycle.count) }
    self.profits = profits.map { $0 / Double(cycle.count) }
    deviations = game.sellers.indices.map { ForcedDeviation(of: $0, from: cycle, game, play) }
  }
}
