import ArgumentParser
import Foundation
import Scenarios
import Selling
import Strategies

/// `bertrand strategies`.
struct StrategyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies", abstract: "Lists the strategies by family.")

  func run() throws {
    for family in Family.allCases {
      let entries = Catalogue.entries.filter { $0.family == family }
      guard !entries.isEmpty else { continue }
      print(family.rawValue)
      for entry in entries {
        print("  " + entry.name)
        print(Text.wrapped(entry.idea, indent: 6))
      }
    }
    print("\nbertrand explain NAME tells more about one of them.")
  }
}

/// `bertrand explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explains a strategy: idea, formula, what the seller must know, parameters, source.")

  @Argument(help: "The strategy's name; `bertrand strategies` lists them.")
  var name: String

  func run() throws {
    let names = Catalogue.entries.map(\.name)
    guard let entry = Catalogue.strategy(named: name)?.entry else {
      throw ValidationError("no strategy is called \(name); " + NameAdvice.advice(for: name, in: names))
    }
    print("\(entry.name) (\(entry.family.rawValue))\n")
    for (title, text) in [
      ("Idea", entry.idea), ("Formula", entry.formula), ("Must know", entry.needs), ("Source", entry.source),
    ] {
      print(title)
      print(Text.wrapped(text, indent: 2) + "\n")
    }
    print("Parameters")
    for parameter in entry.parameters {
      print("  \(parameter.name): \(parameter.allowedWords); default: \(parameter.defaultWords)")
      print(Text.wrapped(parameter.meaning, indent: 6))
    }
  }
}

/// Text for a terminal.
enum Text {
  /// The text in lines of at most 80 columns.
  static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > 80 {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(margin + line) }
    return lines.joined(separator: "\n")
  }
}
