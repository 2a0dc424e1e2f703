import Demand
import Dispatch
import Synchronization

/// Runs candidates on some replications and keeps the studied seller's profit in each: for searches and comparisons that
/// need no more of an outcome.
struct TrialRuns: Sendable {
  let study: Study
  let threads: Int

  /// Profit by candidate and replication, on the same customers for all candidates.
  ///
  /// - Parameter purpose: `.tuning` for searches, so that they meet other customers than results do.
  /// - Throws: what a strategy throws; of several failing replications the first.
  func profits(
    _ candidates: [Candidate], replications: Range<Int>, purpose: DrawKey.Purpose
  ) throws -> [[Double]] {
    let results = Mutex([Int: Result<[Double], any Error>]())
    let next = Mutex(replications.lowerBound)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, replications.count))) { _ in
      var engine = Engine(study, candidates: candidates)
      while true {
        let number = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard number < replications.upperBound else { return }
        let result: Result<[Double], any Error>
        do {
          result = .success(
            try engine.run(replication: number, purpose: purpose).map { $0.sellers[study.studied].profit })
        } catch {
          result = .failure(error)
        }
        results.withLock { $0[number] = result }
      }
    }
    let found = results.withLock { $0 }
    let rows = try replications.compactMap { try found[$0]?.get() }
    return candidates.indices.map { candidate in rows.map { $0[candidate] } }
  }
}
