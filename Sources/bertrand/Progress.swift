import Dispatch
import Foundation
import Synchronization

/// Progress of a long run, on standard error: a line that is rewritten on a terminal, a line every half minute elsewhere,
/// also while one replication takes longer than that.
struct Progress {
  private struct State {
    var done = 0
    var first = 0
    var start = Date()
    var shown = Date()
    var hasLine = false
  }

  /// Shared with the timer.
  private final class Line: Sendable {
    let total: Int
    let unit: String
    let isTerminal = isatty(STDERR_FILENO) == 1
    let state = Mutex(State())

    init(total: Int, unit: String) {
      self.total = total
      self.unit = unit
    }

    /// Says how far the run is, unless a line was written less than so many seconds ago.
    func write(after seconds: Double) {
      state.withLock { state in
        guard Date().timeIntervalSince(state.shown) > seconds, state.done < total else { return }
        state.shown = Date()
        let (past, first) = (Date().timeIntervalSince(state.start), state.first)
        var line = "\(state.done) of \(total) \(unit)"
        if state.done > first {
          line += ", about " + Self.words(past / Double(state.done - first) * Double(total - state.done)) + " left"
        } else {
          line += " after " + Self.words(past)
        }
        if isTerminal {
          try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(line)".utf8))
          state.hasLine = true
        } else {
          Failure.say(line)
        }
      }
    }

    private static func words(_ seconds: Double) -> String {
      seconds < 90 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded())) min"
    }
  }

  private let line: Line
  private let isQuiet: Bool
  private let timer: any DispatchSourceTimer

  /// - Parameters:
  ///   - unit: what is counted.
  ///   - pause: seconds between lines where standard error is no terminal.
  init(total: Int, isQuiet: Bool, unit: String = "replications", pause: Double = 30) {
    line = Line(total: total, unit: unit)
    self.isQuiet = isQuiet
    self.pause = line.isTerminal ? 0.5 : pause
    timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + self.pause, repeating: self.pause)
    // A timer that comes a little early must not wait for its next turn.
    timer.setEventHandler { [line, pause = self.pause] in line.write(after: 0.9 * pause) }
    if isQuiet { timer.setEventHandler {} }
    timer.resume()
  }

  private let pause: Double

  /// The replications begin, behind those that an earlier run has done: from now on it can be told what is left.
  func begin(after done: Int) {
    line.state.withLock { ($0.done, $0.first, $0.start) = (done, done, Date()) }
  }

  /// Shows how far the run is, if enough time has passed.
  func show(_ done: Int) {
    line.state.withLock { $0.done = done }
    if !isQuiet { line.write(after: pause) }
  }

  /// Ends it, and takes the line away.
  func clear() {
    timer.cancel()
    line.state.withLock { state in
      state.done = line.total
      if state.hasLine { try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8)) }
      state.hasLine = false
    }
  }
}

/// Notices control-C and a request to end, so that a run can save what it has before it stops.
struct Interruption: ~Copyable {
  /// Shared with the signal handlers, which outlive no run.
  private final class Flag: Sendable {
    let hasCome = Mutex(false)
  }

  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [flag] in flag.hasCome.withLock { $0 = true } }
      source.resume()
    }
  }

  /// Whether it has come.
  var hasCome: Bool { flag.hasCome.withLock { $0 } }

  /// The same question for other threads.
  var watch: @Sendable () -> Bool { { [flag] in flag.hasCome.withLock { $0 } } }
}
