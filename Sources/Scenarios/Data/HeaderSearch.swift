import Tables

/// Finds the separator and the header row of a CSV text from the names that it has to have.
///
/// A first line `sep=;` names the separator. Otherwise comma, semicolon and tab are tried, and the one by which a row has
/// all required names is taken; rows above the header are titles. If no row has all, the row with most of them is taken,
/// so that messages tell which are missing.
struct HeaderSearch {
  /// What stands between cells; nil for a single column.
  let separator: UInt8?
  /// The text without a line `sep=`.
  let body: ArraySlice<UInt8>
  /// The header's row, counted from 0; nil if the text has no content.
  let row: Int?
  /// A row above that could be the header as well, counted from 0.
  let rival: Int?

  /// How many rows are looked at.
  static let depth = 100

  private struct Candidate {
    let separator: UInt8
    let row: Int
    let cells: Int
    /// The cells that are not blank: a title has fewer than a header.
    let filled: Int
    let found: Int
    let foundRequired: Int
    let isComplete: Bool

    /// All names; or else more of them, required ones first; then more cells.
    func isBetter(than other: Candidate) -> Bool {
      if isComplete != other.isComplete { return isComplete }
      if isComplete { return filled > other.filled }
      return (foundRequired, found, filled) > (other.foundRequired, other.found, other.filled)
    }
  }

  init(_ text: [UInt8], wanted: [WantedColumn]) {
    let (stated, body) = Self.statedSeparator(text)
    self.body = body
    let separators = stated.map { [$0] } ?? [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let candidates = separators.flatMap { Self.candidates(body, separator: $0, wanted) }
    var best: Candidate?
    for candidate in candidates where best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
    row = best?.row
    separator = best.flatMap { $0.cells > 1 || stated != nil ? $0.separator : nil }
    rival =
      candidates.first { other in
        guard let best, best.isComplete else { return false }
        return other.isComplete && other.separator == best.separator && other.row < best.row && other.filled > 1
      }?.row
  }

  private static func candidates(_ body: ArraySlice<UInt8>, separator: UInt8, _ wanted: [WantedColumn]) -> [Candidate] {
    guard let grid = try? CellGrid(body, separator: separator, rowLimit: depth) else { return [] }
    return (0..<grid.rowCount).compactMap { row in
      let names = (0..<grid.cellCount(row)).map { ColumnName(grid.text(row, $0)) }
      let filled = names.count { !$0.text.isEmpty }
      guard filled > 0 else { return nil }
      let match = ColumnMatch(wanted, in: names)
      return Candidate(
        separator: separator, row: row, cells: names.count, filled: filled, found: match.foundCount,
        foundRequired: zip(wanted, match.columns).count { $0.isRequired && !$1.isEmpty },
        isComplete: match.isComplete(wanted))
    }
  }

  /// The separator that a first line such as `sep=;` names, as Excel writes and reads it, and what follows that line.
  private static func statedSeparator(_ text: [UInt8]) -> (UInt8?, ArraySlice<UInt8>) {
    let line = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard line.count <= 16 else { return (nil, text[...]) }
    var words = String(decoding: line, as: UTF8.self)
    if words.hasPrefix("\""), words.hasSuffix("\""), words.count > 1 { words = String(words.dropFirst().dropLast()) }
    guard words.lowercased().hasPrefix("sep="), let separator = words.dropFirst(4).utf8.first,
      words.utf8.dropFirst(5).allSatisfy({ $0 == 0x20 }), [0x2C, 0x3B, 0x09, 0x7C].contains(separator)
    else { return (nil, text[...]) }
    var rest = text[line.endIndex...]
    if rest.first == UInt8(ascii: "\r") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
    return (separator, rest)
  }
}
