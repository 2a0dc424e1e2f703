extension RecordDefinition {
  /// Mistakes in the definition itself, for the tests of those who write definitions; empty if there are none.
  package var mistakes: [String] {
    let names = fields.map(\.name)
    let repeated = Set(names.filter { name in names.count { $0 == name } > 1 })
    let own =
      repeated.sorted().map { "\(name): two fields are called \($0)" }
      + (meaning.hasSuffix(".") ? [] : ["\(name): its meaning is no sentence with a full stop"])
    return own + fields.flatMap { field in field.mistakes.map { "\(name).\(field.name): \($0)" } }
  }
}

extension Field {
  fileprivate var mistakes: [String] {
    var mistakes = shape.mistakes
    if !meaning.hasSuffix(".") { mistakes.append("its meaning is no sentence with a full stop") }
    if case .default(let text) = presence {
      let problems = ProblemCollector(file: "default")
      let definition = RecordDefinition("default", "", [self])
      _ = ShapeReader(problems: problems).record([], definition, at: .start, .root)
      mistakes += problems.problems.map { "the default \(text): \($0.message)" }
    }
    return mistakes
  }
}

extension Shape {
  fileprivate var mistakes: [String] {
    switch self {
    case .number, .count, .text, .flag: return []
    case .choice(let options): return unique(options.map(\.name))
    case .call(let records): return unique(records.map(\.name)) + records.flatMap(\.mistakes)
    case .variant(let records): return unique(records.map(\.name)) + records.flatMap(\.mistakes)
    case .list(let item, let count):
      if case .excluding = count.lower { return ["the number of items excludes its bound"] }
      if case .excluding = count.upper { return ["the number of items excludes its bound"] }
      return item.mistakes
    case .table(_, let values): return values.mistakes
    case .record(let definition): return definition.mistakes
    case .either(let shapes):
      let forms = shapes.compactMap(\.form)
      let clash = Set(forms).count < forms.count ? ["two alternatives cannot be told apart"] : []
      return clash + shapes.flatMap(\.mistakes)
    }
  }

  private func unique(_ names: [String]) -> [String] {
    if names.isEmpty { return ["nothing can be chosen"] }
    return Set(names).count < names.count ? ["two choices have the same name"] : []
  }

  /// What tells a shape from others; lists of words are told apart by their words.
  private var form: String? {
    switch self {
    case .number, .count: "number"
    case .text: "text"
    case .flag: "flag"
    case .choice: nil
    case .call: "call"
    case .list: "list"
    case .variant, .table, .record: "map"
    case .either: "either"
    }
  }
}
