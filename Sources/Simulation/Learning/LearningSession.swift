import Demand
import Foundation
import GSL
import Selling

/// When sellers that learn are left alone.
public struct LearningLimits: Sendable, Hashable {
  /// Learning has converged when no greedy action of any seller in any state has changed for so many periods.
  public var stillPeriods: Int
  /// Periods after which a session ends that has not converged.
  public var mostPeriods: Int

  /// Limits; those of Calvano et al. (2020) by default.
  public init(stillPeriods: Int = 100_000, mostPeriods: Int = 1_000_000_000) {
    self.stillPeriods = max(1, stillPeriods)
    self.mostPeriods = max(1, mostPeriods)
  }
}

/// One session: sellers with empty heads that price against each other until they have made up their minds.
///
/// Everybody posts at the same time, sees what the others posted, and learns from the profit. Session k draws with keys of
/// replication k: seller i's number in period t is that of index t, row i (see ``UniformRows``); the first state is one at
/// random. Verified against a slow reference, value by value (`LearningLoopTests`).
public struct LearningSession: Sendable {
  /// The game that is played.
  public let game: LearningGame
  /// What the sellers know.
  public private(set) var tables: QTables
  /// The present state.
  public private(set) var state: Int
  /// How many periods were played.
  public private(set) var periods = 0
  private var lastChange = 0
  private let limits: LearningLimits
  private let key: DrawKey
  private var draws: UniformRows
  /// By seller what a period leaves of the probability of exploring.
  private let shrinkages: [Double]

  /// A session before its first period.
  public init(_ game: LearningGame, number: Int, seed: UInt64, limits: LearningLimits = LearningLimits()) throws {
    self.game = game
    self.limits = limits
    tables = QTables(stateCount: game.stateCount, starts: game.starts, rules: game.rules)
    draws = UniformRows(rows: game.sellers.count)
    key = DrawKey(seed: seed, replication: UInt32(truncatingIfNeeded: number), purpose: .learning)
    shrinkages = game.rules.map { exp(-$0.explorationDecay) }
    var stream = RandomStream(
      seed: seed, replication: key.replication, purpose: key.purpose.rawValue, period: .max, index: 0)
    state = try stream.integer(below: game.stateCount)
  }

  /// Whether no greedy action has changed for long enough.
  public var isConverged: Bool { periods - lastChange >= limits.stillPeriods }

  /// Whether it is over.
  public var isOver: Bool { isConverged || periods >= limits.mostPeriods }

  /// Plays to the end.
  ///
  /// - Returns: whether it came there; false where `isStopped` said so on the way.
  public mutating func play(unless isStopped: () -> Bool = { false }) -> Bool {
    while !isOver {
      for _ in 0..<256 where !isOver { playBlock() }
      if isStopped() { return false }
    }
    return true
  }

  /// Plays the periods of one block of draws, or fewer if it is over before.
  private mutating func playBlock() {
    draws.draw(block: periods / UniformRows.width, key: key)
    let (uniforms, profits, learners, shrinkages) = (draws.values, game.profits, tables.learners, shrinkages)
    let (sellers, profileCount) = (learners.count, game.profileCount)
    let olderStates = game.stateCount / profileCount
    let stillPeriods = limits.stillPeriods
    let end = min(limits.mostPeriods, periods + UniformRows.width)
    var exploration = game.rules.map { $0.exploration(period: periods) }
    var actions = [Int](repeating: 0, count: sellers)
    var (state, period, lastChange) = (state, periods, lastChange)
    tables.withSpans { values, greedy in
      // Spans throughout: the same arrays by subscript take a quarter longer.
      let (uniforms, profits, learners, shrinkages) = (uniforms.span, profits.span, learners.span, shrinkages.span)
      var exploration = exploration.mutableSpan
      var actions = actions.mutableSpan
      var lane = 0
      while period < end, period - lastChange < stillPeriods {
        var profile = 0
        for seller in 0..<sellers {
          let learner = learners[seller]
          let action = QTables.action(
            uniforms[seller * UniformRows.width + lane], exploration: exploration[seller],
            actionCount: learner.actionCount, greedy: greedy[learner.firstState + state])
          actions[seller] = action
          profile = profile * learner.actionCount + action
          exploration[seller] *= shrinkages[seller]
        }
        let next = olderStates == 1 ? profile : (state % olderStates) * profileCount + profile
        period += 1
        lane += 1
        for seller in 0..<sellers {
          let isNew = QTables.learn(
            learners[seller], &values, &greedy, state: state, action: actions[seller],
            profit: profits[profile * sellers + seller], next: next)
          if isNew { lastChange = period }
        }
        state = next
      }
    }
    (self.state, periods, self.lastChange) = (state, period, lastChange)
  }
}
