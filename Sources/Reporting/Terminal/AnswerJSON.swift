import Foundation
import Tables

/// The answer for programs: what `summary.csv` and `comparisons.csv` hold, with the sentence, as one JSON object.
struct AnswerJSON: Encodable {
  let answer: String
  let baseline: String
  let confidence: Double
  let currency: String
  let question: String
  let replications: Int
  let strategies: Rows
  let comparisons: Rows
}

/// The rows of a table as JSON objects, missing cells as null.
struct Rows: Encodable {
  let table: Table

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var rows = encoder.unkeyedContainer()
    for row in table.rows {
      var members = rows.nestedContainer(keyedBy: Key.self)
      for (column, cell) in zip(table.columns, row.cells) {
        let key = Key(stringValue: column)
        switch cell {
        case .missing: try members.encodeNil(forKey: key)
        case .text(let text): try members.encode(text, forKey: key)
        case .whole(let number): try members.encode(number, forKey: key)
        case .number(let number): try members.encode(number, forKey: key)
        }
      }
    }
  }
}

extension Answer {
  /// The answer as JSON with sorted keys.
  public func json() throws -> String {
    let tables = ResultTables(report)
    return try Self.json(
      AnswerJSON(
        answer: sentence, baseline: study.candidates[study.baseline].label, confidence: study.confidence,
        currency: study.currency, question: study.question, replications: report.replications,
        strategies: Rows(table: tables.summary), comparisons: Rows(table: tables.comparisons)))
  }

  /// Any value as JSON with sorted keys, without a line break at its end.
  static func json(_ value: some Encodable) throws -> String {
    String(decoding: try Manifest.json(value).dropLast(), as: UTF8.self)
  }
}
