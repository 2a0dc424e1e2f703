/// Reading single texts: numbers, words, calls, and variants.
extension ShapeReader {
  func number(_ node: DocumentNode, _ scalar: DocumentNode.Scalar, _ shape: Shape, _ path: Path) -> Double? {
    guard case .number(let bounds, _, let allowsPercent) = shape else { return nil }
    guard let number = NumberText.number(scalar.text, allowsPercent: allowsPercent) else {
      return refuse(node, shape, path, NumberText.advice(scalar.text, allowsPercent: allowsPercent))
    }
    guard !scalar.isQuoted else { return refuse(node, shape, path, "write \(printable(scalar.text)) without quotes") }
    guard bounds.contains(number) else {
      let percent = allowsPercent && !scalar.text.hasSuffix("%") && bounds.contains(number / 100)
      return refuse(node, shape, path, shape.advice + (percent ? "; did you mean \(printable(scalar.text))%?" : ""))
    }
    return number
  }

  func count(_ node: DocumentNode, _ scalar: DocumentNode.Scalar, _ shape: Shape, _ path: Path) -> Int? {
    guard case .count(let bounds) = shape else { return nil }
    guard let count = NumberText.count(scalar.text) else {
      return refuse(node, shape, path, NumberText.advice(scalar.text, isCount: true))
    }
    guard !scalar.isQuoted else { return refuse(node, shape, path, "write \(count) without quotes") }
    guard bounds.contains(Double(count)) else { return refuse(node, shape, path, nil) }
    return count
  }

  func choice(_ node: DocumentNode, _ scalar: DocumentNode.Scalar, _ shape: Shape, _ path: Path) -> String? {
    guard case .choice(let options) = shape else { return nil }
    let names = options.map(\.name)
    if names.contains(scalar.text) { return scalar.text }
    return refuse(node, shape, path, nearest(scalar.text, names))
  }

  func call(_ node: DocumentNode, _ scalar: DocumentNode.Scalar, _ shape: Shape, _ path: Path) -> Value.Content? {
    guard case .call(let calls) = shape else { return nil }
    let names = calls.map(\.name)
    guard CallText.isCall(scalar.text) else {
      let call = NearestName.nearest(to: scalar.text, in: names).flatMap { name in calls.first { $0.name == name } }
      return refuse(node, shape, path, call.map { "write \($0.signature)" })
    }
    let text: CallText
    do throws(CallText.Mistake) {
      text = try CallText(scalar.text)
    } catch {
      problems.report("found \(quoted(scalar.text)); \(error.message)", at: node.place(after: error.offset), path: path)
      return nil
    }
    guard let definition = calls.first(where: { $0.name == text.name }) else {
      return refuse(node, shape, path, nearest(text.name, names))
    }
    guard let entries = arguments(text, definition, node, path) else { return nil }
    let record = record(entries, definition, at: node.place, path, noun: "argument")
    return .named(definition.name, record)
  }

  /// The arguments of a call as the fields of a record.
  private func arguments(
    _ text: CallText, _ definition: RecordDefinition, _ node: DocumentNode, _ path: Path
  ) -> [DocumentNode.Entry]? {
    var entries: [DocumentNode.Entry] = []
    for (position, argument) in text.arguments.enumerated() {
      let place = node.place(after: argument.nameOffset)
      func refuse(_ message: String) -> [DocumentNode.Entry]? {
        problems.report(message, at: place, path: path)
        return nil
      }
      guard position < definition.fields.count else {
        return refuse("found \(text.arguments.count) arguments; write \(definition.signature)")
      }
      if argument.name == nil, text.arguments[..<position].contains(where: { $0.name != nil }) {
        return refuse("found \(quoted(argument.value)) after an argument with a name; name this one too")
      }
      let name = argument.name ?? definition.fields[position].name
      guard !entries.contains(where: { $0.key == name }) else {
        return refuse("the argument \(quoted(name)) stands here twice")
      }
      let value = DocumentNode(
        place: node.place(after: argument.valueOffset), content: .scalar(DocumentNode.Scalar(argument.value)))
      entries.append(DocumentNode.Entry(key: name, keyPlace: place, value: value))
    }
    return entries
  }

  /// A record chosen by its name, which stands alone or has the fields behind it.
  func variant(_ node: DocumentNode, _ shape: Shape, _ path: Path) -> Value.Content? {
    guard case .variant(let records) = shape else { return nil }
    if case .map(let entries) = node.content {
      guard entries.count == 1, let entry = entries.first else {
        let keys = entries.map { printable($0.key) }
        let found = keys.isEmpty ? "an empty map" : "\(keys.count) names (\(listed(keys, "and")))"
        problems.report("found \(found); write exactly one name with its fields", at: node.place, path: path)
        return nil
      }
      guard let name = known(entry.key, records, shape, at: entry.keyPlace, path),
        let definition = records.first(where: { $0.name == name })
      else { return nil }
      let fieldsPath = path.field(entry.key)
      if definition.isInline { return .named(name, inline(entry.value, definition, fieldsPath)) }
      return value(entry.value, .record(definition), fieldsPath)?.record.map { .named(name, $0) }
    }
    guard case .scalar(let scalar) = node.content,
      let name = known(scalar.text, records, shape, at: node.place, path),
      let definition = records.first(where: { $0.name == name })
    else { return nil }
    let required = definition.fields.filter(\.isRequired).map(\.name)
    guard required.isEmpty else {
      let field = definition.isInline ? "..." : required.map { $0 + ": ..." }.joined(separator: ", ")
      problems.report("found \(quoted(name)) alone; write \(name): { \(field) }", at: node.place, path: path)
      return nil
    }
    return .named(name, record([], definition, at: node.place, path.field(name)))
  }

  /// A record written as its first field; an entry that is a map and has the name of another field is that field, since
  /// the values of the table are no maps.
  private func inline(_ node: DocumentNode, _ definition: RecordDefinition, _ path: Path) -> Record {
    var values: [String: Value] = [:]
    var written: Set<String> = []
    var node = node
    if case .map(let entries) = node.content {
      var own: [DocumentNode.Entry] = []
      for entry in entries {
        guard case .map = entry.value.content,
          let field = definition.fields.dropFirst().first(where: { $0.name == entry.key })
        else {
          own.append(entry)
          continue
        }
        values[field.name] = value(entry.value, field.shape, path.field(field.name))
        written.insert(field.name)
      }
      node = DocumentNode(place: node.place, content: .map(own))
    }
    if let first = definition.fields.first {
      values[first.name] = value(node, first.shape, path)
      written.insert(first.name)
    }
    return Record(
      definition: definition, place: node.place, path: path, values: values, written: written, problems: problems)
  }

  /// The name itself or, after a report, the one that was probably meant.
  private func known(
    _ found: String, _ records: [RecordDefinition], _ shape: Shape, at place: Place, _ path: Path
  ) -> String? {
    let names = records.map(\.name)
    if names.contains(found) { return found }
    let meant = records.first { NearestName.isAny(found, of: $0.synonyms) }?.name
    let advice = meant.map { "did you mean \(quoted($0))?" } ?? nearest(found, names) ?? shape.advice
    problems.report("found \(quoted(found)); \(advice)", at: place, path: path)
    // What stands under another name has other fields.
    return meant == nil ? NearestName.nearest(to: found, in: names) : nil
  }

  private func nearest(_ found: String, _ names: [String]) -> String? {
    NearestName.nearest(to: found, in: names).map { "did you mean \(quoted($0))?" }
  }

  private func refuse<T>(_ node: DocumentNode, _ shape: Shape, _ path: Path, _ advice: String?) -> T? {
    problems.report("found \(node.found); \(advice ?? shape.advice)", at: node.place, path: path)
    return nil
  }
}
