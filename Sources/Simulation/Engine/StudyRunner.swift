import Dispatch
import Synchronization

/// Runs a study on several threads and takes its replications in by rising number.
public struct StudyRunner: Sendable {
  private let study: Study
  private let candidates: [Candidate]
  private let threads: Int

  /// Replications are handed out in waves that grow until one takes about this long, in seconds, so that a run can be
  /// shown and stopped between waves whatever a replication costs.
  private static let waveDuration = 0.25

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

  /// Runs the replications that `tally` does not hold yet. Those of a short wave are taken in while the next one
  /// runs.
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
    var next = tally.replications
    var done: [[CandidateOutcome]] = []
    func takeIn() throws {
      for outcomes in done {
        try visit(tally.replications, outcomes)
        tally.add(outcomes, study: study)
      }
      done = []
    }
    while next < study.replications {
      let known = tally.replications
      let numbers = next..<min(study.replications, next + length)
      let start = ContinuousClock.now
      done = try wave(numbers, meanwhile: takeIn)
      next = numbers.upperBound
      let duration = ContinuousClock.now - start
      if duration < .seconds(Self.waveDuration / 2) { length = min(2 * length, 4096) }
      // Where it stops here, a wave that waits to be taken in is run again another time: only a short one may.
      if duration > .seconds(2 * Self.waveDuration) { try takeIn() }
      guard try tally.replications == known || pause(tally) else { return }
    }
    guard !done.isEmpty else { return }
    try takeIn()
    _ = try pause(tally)
  }

  /// The replications of a wave: which is next, and what came out.
  private final class Board: Sendable {
    private struct State {
      var next: Int
      var results: [Int: Result<[CandidateOutcome], any Error>] = [:]
    }
    private let replications: Range<Int>
    private let state: Mutex<State>

    init(_ replications: Range<Int>) {
      self.replications = replications
      state = Mutex(State(next: replications.lowerBound))
    }

    /// The number of a replication that nobody has begun; nil where all have been.
    func next() -> Int? {
      state.withLock { state in
        guard state.next < replications.upperBound else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func set(_ number: Int, _ result: Result<[CandidateOutcome], any Error>) {
      state.withLock { $0.results[number] = result }
    }

    /// By rising number; throws the first error.
    func outcomes() throws -> [[CandidateOutcome]] {
      let results = state.withLock { $0.results }
      return try replications.compactMap { try results[$0]?.get() }
    }
  }

  /// - Parameter meanwhile: what this thread does before it takes part.
  private func wave(_ replications: Range<Int>, meanwhile: () throws -> Void) throws -> [[CandidateOutcome]] {
    let board = Board(replications)
    let others = DispatchGroup()
    for _ in 0..<(min(threads, replications.count) - 1) {
      DispatchQueue.global(qos: .userInitiated).async(group: others) { work(on: board) }
    }
    let other = Result { try meanwhile() }
    work(on: board)
    others.wait()
    try other.get()
    return try board.outcomes()
  }

  private func work(on board: Board) {
    var engine = Engine(study, candidates: candidates)
    while let number = board.next() {
      board.set(number, Result { try engine.run(replication: number) })
    }
  }
}
