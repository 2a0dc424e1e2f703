import Reporting
import Scenarios
import Selling
import Strategies

/// What there is to say about one thing that has a name: a strategy, a part of the scenario file, a result file. The
/// terminal and the documentation show the same text.
struct Explanation {
  /// One thing that is said under a title of its own.
  struct Aspect {
    let title: String
    let text: String
    /// Whether it is a formula, to be shown letter by letter.
    var isFormula = false
  }

  /// Something that may stand in it, or stands there: a parameter, a field, a column.
  struct Entry {
    let term: String
    let words: String
    let details: [String]
  }

  /// What it is called.
  let name: String
  /// What it is, in words that follow its name.
  let meaning: String
  /// What there is to say, title by title.
  var aspects: [Aspect] = []
  /// What the entries are.
  let entriesTitle: String
  let entries: [Entry]
}

extension Explanation {
  /// A strategy.
  init(_ entry: CatalogueEntry) {
    self.init(
      name: entry.name, meaning: entry.family.rawValue,
      aspects: [
        Aspect(title: "Idea", text: entry.idea), Aspect(title: "Formula", text: entry.formula, isFormula: true),
        Aspect(title: "Must know", text: entry.needs), Aspect(title: "Works", text: entry.works),
        Aspect(title: "Fails", text: entry.fails + "; see scenarios/\(entry.example).yaml"),
        Aspect(title: "Source", text: entry.source),
      ],
      entriesTitle: "Parameters",
      entries: entry.parameters.map { parameter in
        let fallback = (parameter.fallback == .required ? "" : "default: ") + parameter.defaultWords
        return Entry(
          term: parameter.name, words: "\(parameter.allowedWords); \(fallback)", details: [parameter.meaning])
      })
  }

  /// A part of the scenario file.
  init(_ chapter: Handbook.Chapter) {
    self.init(
      name: chapter.name, meaning: chapter.meaning, entriesTitle: "Fields",
      entries: chapter.entries.map { Entry(term: $0.term, words: $0.words, details: $0.details) })
  }

  /// A result file.
  init(_ file: ResultFile) {
    let condition = file.condition.map { ", where \($0)" } ?? ""
    self.init(
      name: file.fileName, meaning: "One row for each \(file.row)\(condition).", entriesTitle: "Columns",
      entries: file.columns.map { Entry(term: $0.name, words: $0.kind.words, details: [$0.meaning]) })
  }
}

extension ResultColumn.Kind {
  /// How to read what a column holds.
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .money: "money over the calendar"
    case .price: "money for one unit or one customer"
    case .share: "a share; 0.25 is 25%"
    case .probability: "a probability from 0 to 1"
    case .amount: "a mean number of units or customers"
    case .whole: "a whole number"
    case .number: "a number"
    }
  }
}

/// Explanations that people read together.
struct ExplanationGroup {
  /// What it is called on the command line.
  let name: String
  /// What it is called above an article.
  let title: String
  /// What its members have in common.
  let introduction: String
  let members: [Explanation]

  /// Every group: the families of strategies, the scenario file, the result files.
  static var all: [ExplanationGroup] {
    Family.inCatalogue.map { family in
      let name = family.rawValue
      return ExplanationGroup(
        name: name, title: name.prefix(1).uppercased() + name.dropFirst() + " strategies", introduction: family.idea,
        members: family.entries.map { Explanation($0) })
    } + [
      ExplanationGroup(
        name: "fields", title: "The scenario file",
        introduction: "The parts of a scenario file: what may stand in each, and what holds where a field is left out.",
        members: Handbook.parts.compactMap(Handbook.chapter).map { Explanation($0) }),
      ExplanationGroup(
        name: "results", title: "The result files",
        introduction:
          "The CSV files that `bertrand run` writes, and what their columns mean. Money is in the currency of the "
          + "scenario. Means are over replications, and intervals are those of Student's t at 95%. A cell is empty where there "
          + "is nothing to say.",
        members: ResultFile.all.map { Explanation($0) }),
    ]
  }
}
