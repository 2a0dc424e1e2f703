import Dispatch
import Synchronization

/// Runs a study on several threads and takes its replications in by rising number.
public struct StudyRunner: Sendable {
  private let study: Study
  private let candidates: [Candidate]
  private let threads: Int

  /// Replications are handed out in waves that grow until one takes about this long, in seconds, so that a run can be
  /// shown and stopped between waves whatever a replication costs.
  private static let waveDuration = 0.5

  /// A runner.
  ///
  /// - Parameters:
  ///   - candidates: whom to run: the study's own and perhaps a benchmark.
  ///   - threads: at least 1.
  public init(_ study: Study, candidates: [Candidate], threads: Int) {
    self.study = study
    self.candidates = candidates
    self.threads = max(1, threads)
  }

  /// Runs the replications that `tally` does not hold yet.
  ///
  /// - Parameters:
  ///   - tally: what earlier runs took in; empty for a new run.
  ///   - visit: called with each replication's number, from 0, and outcomes, in rising order.
  ///   - pause: called between waves with the tally so far; returns false to stop.
  /// - Throws: what a strategy or `visit` throws; of several failing replications the first.
  public func run(
    into tally: inout StudyTally, visit: (Int, [CandidateOutcome]) throws -> Void,
    pause: (StudyTally) throws -> Bool
  ) throws {
    var length = threads
    while tally.replications < study.replications {
      let first = tally.replications
      let start = ContinuousClock.now
      for outcomes in try wave(first..<min(study.replications, first + length)) {
        try visit(tally.replications, outcomes)
        tally.add(outcomes, study: study)
      }
      if ContinuousClock.now - start < .seconds(Self.waveDuration / 2) { length = min(2 * length, 4096) }
      guard try pause(tally) else { return }
    }
  }

  private struct Board {
    var next: Int
    var results: [Int: Result<[CandidateOutcome], any Error>] = [:]
  }

  private func wave(_ replications: Range<Int>) throws -> [[CandidateOutcome]] {
    let board = Mutex(Board(next: replications.lowerBound))
    DispatchQueue.concurrentPerform(iterations: min(threads, replications.count)) { _ in
      var engine = Engine(study, candidates: candidates)
      while true {
        let number = board.withLock { board in
          defer { board.next += 1 }
          return board.next
        }
        guard number < replications.upperBound else { return }
        let result: Result<[CandidateOutcome], any Error>
        do { result = .success(try engine.run(replication: number)) } catch { result = .failure(error) }
        board.withLock { $0.results[number] = result }
      }
    }
    let results = board.withLock { $0.results }
    return try replications.compactMap { try results[$0]?.get() }
  }
}
