/// What may stand in a field: decoding, messages, the editors' schema and the handbook all read this one definition.
package indirect enum Shape: Sendable {
  /// A number; `unit` in words such as "EUR", `percent` where `45%` may stand for 0.45.
  case number(Bounds = .any, unit: String? = nil, percent: Bool = false)
  /// A whole number.
  case count(Bounds = .atLeast(0))
  /// A text that is not blank, taken as written.
  case text
  /// `true` or `false`, also `yes` or `no`.
  case flag
  /// One of some words.
  case choice([Option])
  /// One of some functions with arguments in parentheses, such as `normal(24, 6)`; the fields of each definition, in
  /// their order, are its arguments, and are single texts themselves.
  case call([RecordDefinition])
  /// One of some records, chosen by name: `markup: { rate: 35% }`, or the name alone where nothing in it is required.
  case variant([RecordDefinition])
  /// A list with a number of items in the given bounds.
  case list(of: Shape, count: Bounds = .atLeast(1))
  /// Names of the user's own, each with a value; `keys` says what they name, as in "a product".
  case table(keys: String, values: Shape)
  /// Fixed fields.
  case record(RecordDefinition)
  /// One of several shapes, told apart by their form: a list, a map, a call by its name, a number, a word.
  case either([Shape])

  /// A word that may be chosen.
  package struct Option: Hashable, Sendable {
    package let name: String
    /// One sentence for the handbook and for editors.
    package let meaning: String

    package init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  /// What is allowed, in words that follow "write".
  package var words: String {
    switch self {
    case .number(let bounds, let unit, let percent):
      phrase("a number", bounds.words(asPercent: percent)) + (unit.map { ", in " + $0 } ?? "")
    case .count(let bounds): phrase("a whole number", bounds.words(isCount: true))
    case .text: "a text"
    case .flag: "true or false"
    case .choice(let options): options.count == 1 ? options[0].name : "one of " + listed(options.map(\.name))
    case .call(let calls): listed(calls.map(\.signature))
    case .variant(let records): "one of " + listed(records.map(\.name))
    case .list(let item, let count):
      (count == .atLeast(1) ? "a list" : phrase("a list with a number of items", count.words(isCount: true)))
        + " (each item: \(item.words))"
    case .table(let keys, let values): "the name of \(keys) with a value, once or more (each value: \(values.words))"
    case .record(let definition):
      "\(definition.name) with its field\(definition.fields.count == 1 ? "" : "s") "
        + listed(definition.fields.map(\.name), "and")
    case .either(let shapes): shapes.map(\.words).joined(separator: ", or ")
    }
  }

  /// The words, with an example where a single text can be one.
  var advice: String {
    let example: String? =
      switch self {
      case .number(let bounds, _, let percent): bounds.example(asPercent: percent)
      case .count(let bounds): bounds.example(isCount: true)
      default: nil
      }
    return "write " + words + (example.map { ", for example " + $0 } ?? "")
  }
}

private func phrase(_ noun: String, _ bounds: String) -> String {
  bounds.isEmpty ? noun : noun + (bounds.hasPrefix("at ") ? " of " : " ") + bounds
}
