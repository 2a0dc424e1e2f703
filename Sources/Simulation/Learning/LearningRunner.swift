import Dispatch
import Synchronization

/// Runs sessions of learning on several threads and takes them in by rising number.
public struct LearningRunner: Sendable {
  private let game: LearningGame
  private let sessions: Int
  private let seed: UInt64
  private let limits: LearningLimits
  private let threads: Int

  /// A runner.
  ///
  /// - Parameter threads: at least 1.
  public init(_ game: LearningGame, sessions: Int, seed: UInt64, limits: LearningLimits, threads: Int) {
    self.game = game
    self.sessions = sessions
    self.seed = seed
    self.limits = limits
    self.threads = max(1, threads)
  }

  private struct Board {
    var next: Int
    var finished: [Int: LearningOutcome] = [:]
    var error: (any Error)?
  }

  /// Runs the sessions that `tally` does not hold yet; those under way are given up where `isStopped` says so.
  ///
  /// - Parameter pause: called after each wave with the tally so far.
  /// - Throws: what `pause` throws, or the drawing of a first state.
  public func run(
    into tally: inout LearningTally, unless isStopped: @Sendable () -> Bool, pause: (LearningTally) throws -> Void
  ) throws {
    while tally.sessions.count < sessions, !isStopped() {
      // A wave for each thread to have a few: sessions differ in length.
      let first = tally.sessions.count
      for outcome in try wave(first..<min(sessions, first + 4 * threads), unless: isStopped) { tally.add(outcome) }
      try pause(tally)
    }
  }

  /// The sessions of a range up to the first that was given up.
  private func wave(_ range: Range<Int>, unless isStopped: @Sendable () -> Bool) throws -> [LearningOutcome] {
    let board = Mutex(Board(next: range.lowerBound))
    DispatchQueue.concurrentPerform(iterations: min(threads, range.count)) { _ in
      while !isStopped() {
        let number = board.withLock { board in
          defer { board.next += 1 }
          return board.next
        }
        guard number < range.upperBound else { return }
        do {
          var session = try LearningSession(game, number: number, seed: seed, limits: limits)
          guard session.play(unless: isStopped) else { return }
          let outcome = LearningOutcome(session)
          board.withLock { $0.finished[number] = outcome }
        } catch {
          board.withLock { $0.error = error }
          return
        }
      }
    }
    return try board.withLock { board in
      if let error = board.error { throw error }
      return range.prefix { board.finished[$0] != nil }.compactMap { board.finished[$0] }
    }
  }
}
