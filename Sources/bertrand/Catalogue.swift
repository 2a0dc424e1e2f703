import ArgumentParser
import Reporting
import Scenarios
import Selling
import Strategies

/// `bertrand strategies`.
struct StrategyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies", abstract: "Lists the strategies by family.")

  func run() throws { try Failure.reporting(list) }

  private func list() {
    for family in Family.inCatalogue {
      print(family.rawValue)
      for entry in family.entries {
        print("  " + entry.name)
        print(Text.wrapped(entry.idea, indent: 6))
      }
    }
    print("\nbertrand explain NAME tells more about one of them, or about a family.")
  }
}

/// `bertrand explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explains a strategy, a family, a part of the scenario file, or a result file.",
    discussion: """
      A strategy: idea, formula, what the seller must know, parameters, source; a family: all its strategies. A part of the
      scenario file, or `fields` for all of them: what may stand there and what it means. A result file such as summary.csv,
      or `results` for all of them: what its columns mean.
      """)

  /// How an explanation is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
  }

  @Argument(
    help: "What to explain (`bertrand strategies` lists the strategies): going-rate, dynamic, segment, summary.csv.")
  var name: String

  @Option(help: "How it is written: text, or markdown as in the documentation.")
  var format = Format.text

  func run() throws { try Failure.reporting(explain) }

  private func explain() throws {
    if let text = text(of: name) {
      print(text)
    } else if let meant = NameAdvice.meaning(of: name, in: Handbook.synonyms)
      ?? NameAdvice.meaning(of: name, in: Catalogue.synonyms), let text = text(of: meant)
    {
      switch format {
      case .text: print("\(name): see \(meant)\n\n\(text)")
      case .markdown: print(text)
      }
    } else if let text = text(of: name + ".csv") {
      // A file may be named without its ending, unless something else is called so.
      print(text)
    } else {
      let names =
        Catalogue.entries.map(\.name) + ExplanationGroup.all.map(\.name) + Handbook.parts
        + ResultFile.all.map(\.fileName)
      throw ValidationError("nothing is called \(name); " + NameAdvice.advice(for: name, in: names))
    }
  }

  /// What is said about something; nil if nothing is called so.
  private func text(of name: String) -> String? {
    if let group = ExplanationGroup.all.first(where: { $0.name == name }) {
      return format == .text ? group.text : group.markdown
    }
    let explanation =
      Catalogue.strategy(named: name).map { Explanation($0.entry) }
      ?? Handbook.chapter(name).map { Explanation($0) }
      ?? ResultFile.all.first { $0.fileName == name }.map { Explanation($0) }
    return explanation.map { format == .text ? $0.text : $0.markdown }
  }
}
