/// A part of a document that was read and found right, with its place.
package struct Value {
  package let place: Place
  package let path: Path
  package let content: Content
  let problems: ProblemCollector

  /// What was read, by the shape of the field.
  package enum Content {
    case number(Double)
    case count(Int)
    case text(String)
    case flag(Bool)
    case choice(String)
    /// A call or a variant: the name that was chosen, and its arguments or fields.
    case named(String, Record)
    /// The items; those in which a problem was found are left out.
    case list([Value])
    /// The entries; those in which a problem was found are left out.
    case table([Entry])
    case record(Record)
  }

  /// A name of the user's own with its value.
  package struct Entry {
    package let key: String
    package let keyPlace: Place
    package let value: Value

    /// Reports that the name is wrong.
    package func reportKey(_ message: String) {
      value.problems.report(message, at: keyPlace, path: value.path)
    }

    /// Reports that the name is none of the `known` ones, and proposes the nearest; `what` as in "product".
    package func reportUnknown(_ what: String, known: [String]) {
      reportKey(unknown(what, key, known: known))
    }
  }

  /// Whether a problem was reported here or inside, so that something may be left out.
  package var isReported: Bool { problems.hasProblem(at: path) }

  /// Reports that the value is wrong for a reason that its shape does not know.
  package func report(_ message: String) {
    problems.report(message, at: place, path: path)
  }

  /// Reports that the text of this value is none of the `known` names, and proposes the nearest; `what` as in "product".
  package func reportUnknown(_ what: String, known: [String]) {
    report(unknown(what, text ?? "", known: known))
  }

  /// The number, also of a whole number; nil for other contents, as in the following.
  package var number: Double? {
    switch content {
    case .number(let number): number
    case .count(let count): Double(count)
    default: nil
    }
  }

  package var count: Int? {
    if case .count(let count) = content { count } else { nil }
  }

  /// The text, also of a choice.
  package var text: String? {
    switch content {
    case .text(let text), .choice(let text): text
    default: nil
    }
  }

  package var choice: String? {
    if case .choice(let name) = content { name } else { nil }
  }

  package var flag: Bool? {
    if case .flag(let flag) = content { flag } else { nil }
  }

  /// The call or variant that was chosen.
  package var named: (name: String, record: Record)? {
    if case .named(let name, let record) = content { (name, record) } else { nil }
  }

  package var list: [Value]? {
    if case .list(let items) = content { items } else { nil }
  }

  package var table: [Entry]? {
    if case .table(let entries) = content { entries } else { nil }
  }

  package var record: Record? {
    if case .record(let record) = content { record } else { nil }
  }
}

/// The message about a name that is not known.
func unknown(_ what: String, _ found: String, known: [String]) -> String {
  "unknown \(what) \(quoted(found)); \(NearestName.advice(for: found, in: known))"
}
