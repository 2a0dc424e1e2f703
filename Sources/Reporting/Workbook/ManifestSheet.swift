#if Workbook
  import Foundation
  import Tables
  import Workbook

  /// What was run, without what differs from one run to the next of the same: times and threads.
  struct ManifestSheet {
    let results: Results

    private static let left: Set = ["started", "finished", "seconds", "threads"]

    /// A value of the manifest.
    private enum Value: Decodable {
      case text(String)
      case number(Double)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .text(text)
        } else if let whole = try? container.decode(UInt64.self), whole > 1 << 53 {
          // A seed may have more digits than a cell keeps.
          self = .text(String(whole))
        } else {
          self = .number(try container.decode(Double.self))
        }
      }
    }

    /// Writes all of it.
    func write(to sheet: Sheet) throws {
      let values = try JSONDecoder().decode([String: Value].self, from: Data(results.manifest.json()))
      for (column, words) in ["field", "value"].enumerated() { try sheet.write(words, 0, column, CellLook.header) }
      let cell = CellFormat {
        $0.wraps = true
        $0.isAtTop = true
        $0.alignment = .left
      }
      var row = 1
      for (name, value) in values.sorted(by: { $0.key < $1.key }) where !Self.left.contains(name) {
        try sheet.write(name.replacing("_", with: " "), row, 0, cell.with { $0.isBold = true })
        switch value {
        case .text(let text):
          try sheet.write(text, row, 1, cell)
          try sheet.setHeight(Double(15 * min(20, lineCount(text, width: 88))), row)
        case .number(let number):
          try sheet.write(number, row, 1, cell)
        }
        row += 1
      }
      let notes = [
        "Times and threads are in manifest.json: the same scenario and seed give the same workbook, to the byte.",
        results.files.contains(.replications)
          ? nil
          : "The replications have more rows than are of use here, so that they are in replications.csv alone.",
      ]
      for note in notes.compactMap(\.self) {
        row += 1
        try sheet.write(note, row, across: 0...1, CellLook.note)
      }
      try sheet.setWidth(30, 0)
      try sheet.setWidth(90, 1)
      try sheet.freeze(rows: 1, columns: 0)
      try sheet.setPaper(header: 0)
    }
  }
#endif
