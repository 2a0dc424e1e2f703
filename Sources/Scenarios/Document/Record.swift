/// The fields of a record that were read and found right.
///
/// A getter answers with the field's value, or what its default reads as, or nil: either the field is optional and
/// was left out, or a problem was reported. So the code above reads on with what it has, and looks at the collector
/// when it is done.
package struct Record {
  package let definition: RecordDefinition
  package let place: Place
  package let path: Path
  let values: [String: Value]
  let written: Set<String>
  let problems: ProblemCollector

  /// Whether the file has this field, right or wrong.
  package func isWritten(_ field: String) -> Bool { written.contains(field) }

  /// The value of a number field; nil if it was left out or is wrong, as in the following.
  package func number(_ field: String) -> Double? { get(field, \.number) }
  package func count(_ field: String) -> Int? { get(field, \.count) }
  package func text(_ field: String) -> String? { get(field, \.text) }
  package func choice(_ field: String) -> String? { get(field, \.choice) }
  package func flag(_ field: String) -> Bool? { get(field, \.flag) }
  package func named(_ field: String) -> (name: String, record: Record)? { get(field, \.named) }
  package func record(_ field: String) -> Record? { get(field, \.record) }
  /// The right items of a list; empty if the field was left out or is wrong, as in the following.
  package func list(_ field: String) -> [Value] { get(field, \.list) ?? [] }
  package func numbers(_ field: String) -> [Double] { list(field).compactMap(\.number) }
  package func records(_ field: String) -> [Record] { list(field).compactMap(\.record) }
  package func table(_ field: String) -> [Value.Entry] { get(field, \.table) ?? [] }
  /// The value with its place, for fields that may have several shapes.
  package func value(_ field: String) -> Value? { get(field, \.self) }

  /// Whether a problem was reported about the entry of a table, which is then left out of it.
  package func isReported(_ key: String, in table: String) -> Bool {
    problems.hasProblem(at: path.field(table).field(key))
  }

  /// Reports that a field is wrong for a reason that its shape does not know; without a field, that the record is.
  package func report(_ message: String, at field: String? = nil) {
    let path = field.map { self.path.field($0) } ?? self.path
    problems.report(message, at: field.flatMap { values[$0]?.place } ?? place, path: path)
  }

  private func get<T>(_ field: String, _ content: (Value) -> T?) -> T? {
    guard let shape = definition.field(field)?.shape else {
      report("error in this program: \(quoted(definition.name)) has no field \(quoted(field))")
      return nil
    }
    guard let value = values[field] else { return nil }
    if let result = content(value) { return result }
    if case .either = shape { return nil }
    report("error in this program: \(quoted(field)) is not read as \(shape.words)", at: field)
    return nil
  }
}
