import Foundation
import Reporting

/// The terminal on standard output, if it is one.
enum Terminal {
  static var isThere: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of a line: what the terminal has, between 60 and 120, and 80 elsewhere.
  static var width: Int {
    var size = winsize()
    guard isThere, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(120, max(60, Int(size.ws_col)))
  }

  /// Colour is for terminals that have it, and for people who have not said no (https://no-color.org).
  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isThere && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Prints lines, in colour where there is some: what earns more than the baseline green, what earns less red.
  static func print(_ lines: [Answer.Line]) {
    for line in lines { Swift.print(hasColour ? painted(line) : line.text) }
  }

  private static func painted(_ line: Answer.Line) -> String {
    let code: String? =
      switch line.emphasis {
      case .none: nil
      case .best: "1"
      case .better: "32"
      case .worse: "31"
      case .benchmark: "2"
      }
    return code.map { "\u{1B}[\($0)m\(line.text)\u{1B}[0m" } ?? line.text
  }
}
