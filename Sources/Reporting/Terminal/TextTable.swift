/// A table for a terminal: columns aligned, those that are empty in every row left out.
struct TextTable {
  /// The lines, without spaces at their ends.
  let text: String

  /// - Parameters:
  ///   - rows: the cells, the header first; all rows of one length.
  ///   - isNumeric: for each column whether it is aligned to the right.
  init(_ rows: [[String]], isNumeric: [Bool]) {
    let widths = isNumeric.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.filter { widths[$0] > 0 }.map { column in
        let padding = String(repeating: " ", count: widths[column] - Self.width(row[column]))
        return isNumeric[column] ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ")
    }
    text = lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// A name without characters that would move the cursor.
  static func plain(_ name: String) -> String {
    String(name.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
  }

  /// Columns that a terminal needs for a text: two for each wide (East Asian or emoji) character.
  private static func width(_ text: String) -> Int {
    text.reduce(0) { total, character in
      let scalar = character.unicodeScalars.first?.value ?? 0
      let isWide =
        (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
        || (0xF900...0xFAFF).contains(scalar) || (0xFE30...0xFE6F).contains(scalar)
        || (0xFF00...0xFF60).contains(scalar)
        || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar)
      return total + (isWide ? 2 : 1)
    }
  }
}
