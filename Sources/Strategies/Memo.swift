import Synchronization

/// Results of a pure function by its arguments, so that what does not depend on a replication's draws is computed once and
/// not in each. Copies of a strategy share it; what it holds follows from the key alone, so that results do not depend on
/// who computed them.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// More results than this are forgotten, so that memory stays flat.
  private static var largestCount: Int { 10_000 }
  private let known = Mutex([Key: Value]())

  /// The result for a key, computed if it is not known. Threads may compute it at the same time, and find the same.
  func value(for key: Key, _ compute: () throws -> Value) rethrows -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = try compute()
    known.withLock { known in
      if known.count >= Self.largestCount { known.removeAll() }
      known[key] = value
    }
    return value
  }
}
