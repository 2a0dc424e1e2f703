import Dispatch
import Foundation
import Synchronization

/// Progress of a long run, on standard error: a line that is rewritten on a terminal, a line every half minute elsewhere.
struct Progress {
  private let total: Int
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = Date()
  private var shown = Date()
  private var first: Int?
  private var hasLine = false

  init(total: Int, isQuiet: Bool) {
    self.total = total
    self.isQuiet = isQuiet
  }

  /// Shows how far the run is, if enough time has passed.
  mutating func show(_ done: Int) {
    let first = first ?? done
    self.first = first
    guard !isQuiet, Date().timeIntervalSince(shown) > (isTerminal ? 0.5 : 30), done < total else { return }
    shown = Date()
    var line = "\(done) of \(total) replications"
    if done > first {
      let left = Date().timeIntervalSince(start) / Double(done - first) * Double(total - done)
      line += left < 90 ? ", about \(Int(left.rounded(.up))) s left" : ", about \(Int((left / 60).rounded())) min left"
    }
    if isTerminal {
      FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
      hasLine = true
    } else {
      Failure.say(line)
    }
  }

  /// Takes the line away.
  mutating func clear() {
    if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    hasLine = false
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
}
