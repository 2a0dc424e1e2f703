/// What sellers do who have stopped to learn and always take the greedy action: from every state they end in a cycle.
public struct GreedyPlay: Sendable {
  private let game: LearningGame
  /// By seller the greedy action in every state, seller by seller.
  private let greedy: [Int32]

  /// Play by greedy actions, all states of the first seller first.
  public init(_ game: LearningGame, greedy: [Int32]) {
    self.game = game
    self.greedy = greedy
  }

  /// Everybody's actions in a state.
  public func actions(in state: Int) -> [Int] {
    game.sellers.indices.map { Int(greedy[$0 * game.stateCount + state]) }
  }

  /// The state after everybody has taken the greedy action.
  public func next(_ state: Int) -> Int { game.state(after: state, profile: game.profile(actions(in: state))) }

  /// The states of the cycle that greedy play ends in from a state, in the order of play. Verified on hand-made actions
  /// (`GreedyPlayTests`).
  public func cycle(from state: Int) -> [Int] {
    // The tortoise and the hare (Floyd): they meet on the cycle.
    var slow = next(state)
    var fast = next(slow)
    while slow != fast {
      slow = next(slow)
      fast = next(next(fast))
    }
    var cycle = [slow]
    var here = next(slow)
    while here != slow {
      cycle.append(here)
      here = next(here)
    }
    return cycle
  }
}
