/// Reads the tree of a document against its definitions, once and completely, and reports every mistake on the way.
struct ShapeReader {
  let problems: ProblemCollector

  /// The value at `path`, or nil after reporting what is wrong with it.
  func value(_ node: DocumentNode, _ shape: Shape, _ path: Path) -> Value? {
    func refuse(_ found: String) -> Value.Content? {
      problems.report("found \(found); \(shape.advice)", at: node.place, path: path)
      return nil
    }
    let content: Value.Content? =
      switch (shape, node.content) {
      case (.either(let shapes), _):
        if let fitting = fitting(node, shapes) { value(node, fitting, path)?.content } else { refuse(node.found) }
      case (.number, .scalar(let scalar)):
        number(node, scalar, shape, path).map(Value.Content.number)
      case (.count, .scalar(let scalar)):
        count(node, scalar, shape, path).map(Value.Content.count)
      case (.text, .scalar(let scalar)):
        scalar.text.allSatisfy(\.isWhitespace) ? refuse("a blank text") : .text(scalar.text)
      case (.flag, .scalar(let scalar)):
        if !scalar.isQuoted, let flag = NumberText.flag(scalar.text) { .flag(flag) } else { refuse(node.found) }
      case (.choice, .scalar(let scalar)):
        choice(node, scalar, shape, path).map(Value.Content.choice)
      case (.call, .scalar(let scalar)):
        call(node, scalar, shape, path)
      case (.variant, .scalar), (.variant, .map):
        variant(node, shape, path)
      case (.list(let item, let count), .list(let nodes)):
        list(nodes, item, count, node.place, path)
      case (.table(_, let values), .map(let entries)):
        .table(entries.compactMap { entry($0, values, path) })
      case (.record(let definition), .map(let entries)):
        .record(record(entries, definition, at: node.place, path))
      default:
        refuse(node.found)
      }
    return content.map { Value(place: node.place, path: path, content: $0, problems: problems) }
  }

  /// Reads the fields of a record, and of a misspelled one what can be guessed, so that it is one mistake and not two.
  func record(
    _ entries: [DocumentNode.Entry], _ definition: RecordDefinition, at place: Place, _ path: Path,
    noun: String = "field"
  ) -> Record {
    let names = definition.fields.map(\.name)
    var values: [String: Value] = [:]
    var written = Set(entries.map(\.key)).intersection(names)
    for entry in entries {
      var name = entry.key
      if !names.contains(name) {
        problems.report(unknown(noun, name, known: names), at: entry.keyPlace, path: path.field(name))
        guard let nearest = NearestName.nearest(to: name, in: names), written.insert(nearest).inserted else { continue }
        name = nearest
      }
      guard let field = definition.field(name) else { continue }
      values[name] = value(entry.value, field.shape, path.field(entry.key))
    }
    for field in definition.fields where !written.contains(field.name) {
      switch field.presence {
      case .optional: break
      case .default(let text): values[field.name] = defaultValue(text, field, place, path)
      case .required:
        problems.report("this \(noun) is missing; \(field.shape.advice)", at: place, path: path.field(field.name))
      }
    }
    return Record(
      definition: definition, place: place, path: path, values: values, written: written, problems: problems)
  }

  private func defaultValue(_ text: String, _ field: Field, _ place: Place, _ path: Path) -> Value? {
    guard let root = try? Document(text: text, file: problems.file).root else {
      problems.report("error in this program: the default \(quoted(text)) is not YAML", at: place, path: path)
      return nil
    }
    return value(root.moved(to: place), field.shape, path.field(field.name))
  }

  private func list(
    _ nodes: [DocumentNode], _ item: Shape, _ count: Bounds, _ place: Place, _ path: Path
  ) -> Value.Content? {
    let items = nodes.enumerated().compactMap { value($1, item, path.item($0)) }
    guard count.contains(Double(nodes.count)) else {
      let items = nodes.count == 1 ? "1 item" : "\(nodes.count) items"
      problems.report("found \(items); write \(count.words(isCount: true))", at: place, path: path)
      return nil
    }
    return .list(items)
  }

  private func entry(_ entry: DocumentNode.Entry, _ shape: Shape, _ path: Path) -> Value.Entry? {
    value(entry.value, shape, path.field(entry.key)).map {
      Value.Entry(key: entry.key, keyPlace: entry.keyPlace, value: $0)
    }
  }

  /// The shape among several that has the form of `node`.
  private func fitting(_ node: DocumentNode, _ shapes: [Shape]) -> Shape? {
    switch node.content {
    case .empty:
      return nil
    case .list:
      return shapes.first { if case .list = $0 { true } else { false } }
    case .map:
      return shapes.first {
        switch $0 {
        case .table, .record, .variant: true
        default: false
        }
      }
    case .scalar(let scalar):
      return fitting(scalar, shapes)
    }
  }

  private func fitting(_ scalar: DocumentNode.Scalar, _ shapes: [Shape]) -> Shape? {
    let text = scalar.text
    let single = shapes.filter {
      switch $0 {
      case .list, .table, .record, .either: false
      default: true
      }
    }
    let asText = single.first { if case .text = $0 { true } else { false } }
    let looksLikeCall = CallText.isCall(text)
    let isNumber = NumberText.number(text, allowsPercent: true) != nil
    let looksLikeNumber =
      !scalar.isQuoted && (isNumber || asText == nil && NumberText.advice(text, allowsPercent: true) != nil)
    let byForm = single.first {
      switch $0 {
      case .call: looksLikeCall
      case .number, .count: looksLikeNumber
      case .flag: !scalar.isQuoted && NumberText.flag(text) != nil
      case .choice(let options): options.contains { $0.name == text }
      case .variant(let records): records.contains { $0.name == text }
      default: false
      }
    }
    let words = single.first {
      switch $0 {
      case .choice(let options): NearestName.nearest(to: text, in: options.map(\.name)) != nil
      case .variant(let records), .call(let records):
        NearestName.nearest(to: text, in: records.map(\.name)) != nil
      default: false
      }
    }
    return byForm ?? asText ?? words ?? (shapes.count == 1 ? shapes[0] : nil)
  }
}
