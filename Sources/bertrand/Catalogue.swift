import ArgumentParser
import Foundation
import Scenarios
import Selling
import Strategies

/// `bertrand strategies`.
struct StrategyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies", abstract: "Lists the strategies by family.")

  func run() throws { try Failure.reporting(list) }

  private func list() {
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
    abstract: "Explains a strategy, or a part of the scenario file.",
    discussion: """
      A strategy: idea, formula, what the seller must know, parameters, source. A part of the scenario file, or `fields`
      for all of them: what may stand there and what it means.
      """)

  @Argument(help: "A strategy's name (`bertrand strategies` lists them), or a part of the file such as segment.")
  var name: String

  func run() throws { try Failure.reporting(explain) }

  private func explain() throws {
    if let text = Self.text(of: name) {
      print(text)
    } else if let meant = NameAdvice.meaning(of: name, in: Handbook.synonyms)
      ?? NameAdvice.meaning(of: name, in: Catalogue.synonyms), let text = Self.text(of: meant)
    {
      print("\(name): see \(meant)\n\n\(text)")
    } else {
      let names = Catalogue.entries.map(\.name) + Handbook.parts + ["fields"]
      throw ValidationError("nothing is called \(name); " + NameAdvice.advice(for: name, in: names))
    }
  }

  /// What is said about a strategy, a part of the file, or all fields; nil if nothing is called so.
  private static func text(of name: String) -> String? {
    if let entry = Catalogue.strategy(named: name)?.entry { return text(of: entry) }
    if name == "fields" {
      return Handbook.parts.compactMap(Handbook.text).map(Text.folded).joined(separator: "\n\n")
    }
    return Handbook.text(of: name).map(Text.folded)
  }

  private static func text(of entry: CatalogueEntry) -> String {
    var lines = ["\(entry.name) (\(entry.family.rawValue))", ""]
    for (title, text) in [
      ("Idea", entry.idea), ("Formula", entry.formula), ("Must know", entry.needs), ("Works", entry.works),
      ("Fails", entry.fails + "; see scenarios/\(entry.example).yaml"), ("Source", entry.source),
    ] {
      lines += [title, Text.wrapped(text, indent: 2), ""]
    }
    lines.append("Parameters")
    for parameter in entry.parameters {
      lines.append(
        Text.wrapped(
          "\(parameter.name): \(parameter.allowedWords); \(parameter.fallback == .required ? "" : "default: ")\(parameter.defaultWords)",
          indent: 2))
      lines.append(Text.wrapped(parameter.meaning, indent: 6))
    }
    return lines.joined(separator: "\n")
  }
}

/// Text for a terminal.
enum Text {
  /// Each line, wrapped with the indent that it has.
  static func folded(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in wrapped(String(line), indent: line.prefix { $0 == " " }.count) }
      .joined(separator: "\n")
  }

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
