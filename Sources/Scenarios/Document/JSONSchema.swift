extension RecordDefinition {
  /// A JSON Schema (draft 7) by which editors complete and check a scenario while it is written.
  ///
  /// It accepts every file that reads without problems, but not only those: it knows nothing of the range of a
  /// percentage or of the arguments of a call.
  ///
  /// - Parameter shared: the parts that stand in many places and are written out once; see ``isShared``.
  package func jsonSchema(shared: [RecordDefinition] = []) -> String {
    let head: [(String, JSONText)] = [
      ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string(name)),
    ]
    let definitions: [(String, JSONText)] =
      shared.isEmpty ? [] : [("definitions", .object(shared.map { ($0.name, .object($0.schema)) }))]
    return JSONText.object(head + schema + definitions).text() + "\n"
  }

  fileprivate var schema: [(String, JSONText)] {
    if isInline, let field = fields.first {
      let others = fields.dropFirst()
      guard !others.isEmpty else { return field.schema }
      return field.schema + [("properties", .object(others.map { ($0.name, .object($0.inlineSchema(field))) }))]
    }
    let required = fields.filter(\.isRequired).map { JSONText.string($0.name) }
    var members: [(String, JSONText)] = [
      ("type", .string("object")), ("description", .string(meaning)),
      ("properties", .object(fields.map { ($0.name, .object($0.schema)) })),
    ]
    if !required.isEmpty { members.append(("required", .array(required))) }
    return members + [("additionalProperties", .bool(false))]
  }
}

extension Field {
  /// Beside the entries of a table, whose values may go by the same name.
  fileprivate func inlineSchema(_ table: Field) -> [(String, JSONText)] {
    guard case .table(_, let values) = table.shape.self else { return schema }
    return [("anyOf", .array([.object(schema), .object(values.schema)]))]
  }

  fileprivate var schema: [(String, JSONText)] {
    var description = meaning
    switch presence {
    case .required: break
    case .optional(let otherwise): description += " If left out: \(otherwise)."
    case .default(let text): description += " If left out: \(text)."
    }
    description += " Allowed: \(shape.words)."
    var members = shape.schema
    if let index = members.firstIndex(where: { $0.0 == "description" }) {
      if case .string(let details) = members.remove(at: index).1 { description += "\n" + details }
    }
    members.append(("description", .string(description)))
    if case .default(let text) = presence, let value = shape.json(text) { members.append(("default", value)) }
    return members
  }
}

extension Shape {
  fileprivate var schema: [(String, JSONText)] {
    switch self {
    case .number(let bounds, _, let percent):
      let number = [("type", JSONText.string("number"))] + bounds.schema
      return percent ? anyOf([number, pattern(#"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?%$"#)]) : number
    case .count(let bounds):
      return [("type", .string("integer"))] + bounds.schema
    case .text:
      // A text without quotes such as 2024 is a number for editors.
      let types: [JSONText] = [.string("string"), .string("number"), .string("boolean")]
      return [("type", .array(types)), ("pattern", .string(#"\S"#))]
    case .flag:
      return [("enum", .array([.bool(true), .bool(false), .string("yes"), .string("no")]))]
    case .choice(let options):
      let meanings = options.map { "\($0.name): \($0.meaning)" }.joined(separator: "\n")
      return [("enum", .array(options.map { .string($0.name) })), ("description", .string(meanings))]
    case .call(let calls):
      let meanings = calls.map { "\($0.signature): \($0.meaning)" }.joined(separator: "\n")
      return pattern("^(" + calls.map(\.name).joined(separator: "|") + #")\s*\(.*\)\s*$"#)
        + [("description", .string(meanings))]
    case .variant(let records):
      let alone = records.filter { !$0.fields.contains(where: \.isRequired) }
      let named: [(String, JSONText)] = [
        ("type", .string("object")), ("properties", .object(records.map { ($0.name, .object($0.schema)) })),
        ("additionalProperties", .bool(false)), ("minProperties", .number(1)), ("maxProperties", .number(1)),
      ]
      return alone.isEmpty ? named : anyOf([[("enum", .array(alone.map { .string($0.name) }))], named])
    case .list(let item, let count):
      return [("type", .string("array")), ("items", .object(item.schema))]
        + count.schema(minimum: "minItems", maximum: "maxItems")
    case .table(_, let values):
      return [("type", .string("object")), ("additionalProperties", .object(values.schema))]
    case .record(let definition):
      guard definition.isShared else { return definition.schema }
      return [("allOf", .array([.object([("$ref", .string("#/definitions/" + definition.name))])]))]
    case .either(let shapes):
      return anyOf(shapes.map(\.schema))
    }
  }

  private func anyOf(_ schemas: [[(String, JSONText)]]) -> [(String, JSONText)] {
    [("anyOf", .array(schemas.map { .object($0) }))]
  }

  private func pattern(_ expression: String) -> [(String, JSONText)] {
    [("type", .string("string")), ("pattern", .string(expression))]
  }

  /// A default as editors insert it; nil for lists and maps.
  fileprivate func json(_ text: String) -> JSONText? {
    switch self {
    case .number, .count: NumberText.number(text, allowsPercent: false).map { .number($0) } ?? .string(text)
    case .flag: NumberText.flag(text).map { .bool($0) }
    case .text, .choice, .call, .variant: .string(text)
    case .list, .table, .record, .either: nil
    }
  }
}

extension Bounds {
  fileprivate var schema: [(String, JSONText)] {
    schema(minimum: "minimum", maximum: "maximum")
  }

  fileprivate func schema(minimum: String, maximum: String) -> [(String, JSONText)] {
    var members: [(String, JSONText)] = []
    switch lower {
    case .none: break
    case .including(let bound): members.append((minimum, .number(bound)))
    case .excluding(let bound): members.append(("exclusiveMinimum", .number(bound)))
    }
    switch upper {
    case .none: break
    case .including(let bound): members.append((maximum, .number(bound)))
    case .excluding(let bound): members.append(("exclusiveMaximum", .number(bound)))
    }
    return members
  }
}
