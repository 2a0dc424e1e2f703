import Synchronization

/// Answers that cost time and are the same in every replication, kept for all copies of a strategy. What is kept depends on
/// the question alone, so that results are the same in whatever order replications are run.
final class Remembered<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private let known = Mutex<[Question: Answer]>([:])
  private let most: Int

  /// - Parameter most: how many answers are kept at a time.
  init(most: Int = 64) { self.most = most }

  /// The answer, worked out unless it is known.
  func answer(_ question: Question, _ work: () throws -> Answer) rethrows -> Answer {
    if let answer = known.withLock({ $0[question] }) { return answer }
    let answer = try work()
    known.withLock { known in
      if known.count >= most { known.removeAll() }
      known[question] = answer
    }
    return answer
  }
}
