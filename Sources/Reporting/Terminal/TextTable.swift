/// A table for a terminal: columns aligned, those that are empty in every row left out, names cut where a line would be too
/// long.
package struct TextTable {
  /// The lines, without spaces at their ends; a header whose cells have line breaks takes several.
  package let lines: [String]

  /// The lines as one text.
  var text: String { lines.joined(separator: "\n") }

  /// - Parameters:
  ///   - rows: the cells, the header first; all rows of one length.
  ///   - isNumeric: for each column whether it is aligned to the right.
  ///   - width: the most columns of the terminal that a line may take, if names can be cut so far.
  ///   - names: the column that is cut for it.
  package init(_ rows: [[String]], isNumeric: [Bool], width: Int = .max, names: Int = 0) {
    let header = (rows.first ?? []).map { $0.components(separatedBy: "\n") }
    let depth = header.map(\.count).max() ?? 0
    let titles = (0..<depth).map { line in header.map { $0.count > line ? $0[line] : "" } }
    var rows = titles + rows.dropFirst()
    func widest(_ column: Int) -> Int { rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    var widths = isNumeric.indices.map(widest)
    let shown = widths.indices.filter { widths[$0] > 0 }
    let total = shown.reduce(0) { $0 + widths[$1] } + 2 * max(0, shown.count - 1)
    if total > width, widths.indices.contains(names) {
      let room = max(Self.leastName, widths[names] - (total - width))
      for row in rows.indices { rows[row][names] = TextWidth.cut(rows[row][names], to: room) }
      widths[names] = widest(names)
    }
    lines = rows.map { row in
      let line = shown.map { column in
        let padding = String(repeating: " ", count: widths[column] - TextWidth.of(row[column]))
        return isNumeric[column] ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Names are not cut below so many columns.
  private static let leastName = 10

  /// A name without characters that would move the cursor.
  package static func plain(_ name: String) -> String {
    String(name.map { $0.isNewline || $0.unicodeScalars.contains(where: isControl) ? " " : $0 })
  }

  /// Control characters, and marks that change the direction of what follows them.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
  }
}

/// How much of a terminal's line a text takes.
package enum TextWidth {
  /// Columns that a terminal needs for a text: two for each wide (East Asian or emoji) character.
  package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  private static func of(_ character: Character) -> Int {
    let scalar = character.unicodeScalars.first?.value ?? 0
    let isWide =
      (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
      || (0xF900...0xFAFF).contains(scalar) || (0xFE30...0xFE6F).contains(scalar)
      || (0xFF00...0xFF60).contains(scalar)
      || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar)
    return isWide ? 2 : 1
  }

  /// The text, cut with an ellipsis where it takes more than `width` columns.
  package static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var kept = ""
    var used = 1
    for character in text {
      used += of(character)
      guard used <= width else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text, its beginning cut with an ellipsis where it takes more than `width` columns.
  package static func cutInFront(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    return "…" + String(cut(String(text.reversed()), to: width).dropLast().reversed())
  }

  /// The text with spaces behind it up to `width` columns.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }
}
