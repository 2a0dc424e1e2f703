/// A CSV text that is no table, and where.
public struct CSVMistake: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the table, the header being 1; nil where no line is at fault. (Line breaks inside cells do not count.)
  public let row: Int?
  /// What is wrong.
  public let words: String

  /// One line for the user.
  public var description: String { row.map { "row \($0): \(words)" } ?? words }
}

extension Table {
  /// Reads a table of two columns or more that ``CSVText`` wrote, in whichever style: numbers come back to the last bit, texts to the last byte.
  ///
  /// - Parameter isText: whether a column, by its name, holds texts; others hold numbers.
  /// - Throws: ``CSVMistake`` at the first row that is no row of such a table.
  public init(csv bytes: [UInt8], isText: (String) -> Bool) throws(CSVMistake) {
    let mark = CSVStyle.spreadsheet.mark
    let body = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    // No name of a column has a comma or a semicolon in it.
    let header = body.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let style: CSVStyle = header.contains(CSVStyle.european.separator) ? .european : .plain
    let grid: CellGrid
    do throws(CellGrid.Mistake) {
      grid = try CellGrid(body, separator: style.separator)
    } catch {
      throw CSVMistake(row: error.row + 1, words: error.words)
    }
    guard grid.rowCount > 0 else { throw CSVMistake(row: nil, words: "there is no header") }
    let columns = (0..<grid.cellCount(0)).map { String(decoding: grid.exactBytes(0, $0), as: UTF8.self) }
    guard Set(columns).count == columns.count else { throw CSVMistake(row: 1, words: "two columns have the same name") }
    self.init(columns: columns)
    let isText = columns.map(isText)
    for row in 1..<max(1, grid.rowCount) {
      guard grid.cellCount(row) == columns.count else {
        throw CSVMistake(
          row: row + 1, words: "\(grid.cellCount(row)) cells, but the header has \(columns.count) columns")
      }
      for column in columns.indices {
        let bytes = grid.exactBytes(row, column)
        if bytes.isEmpty {
          cell(.missing)
        } else if isText[column] {
          cell(Self.text(bytes))
        } else if let number = Self.number(bytes, style) {
          cell(number)
        } else {
          throw CSVMistake(
            row: row + 1, words: "\(columns[column]) is \(String(decoding: bytes, as: UTF8.self)), which is no number")
        }
      }
    }
  }

  /// The text of a cell, without the apostrophe that kept a spreadsheet from running it.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let isGuarded = bytes.first == UInt8(ascii: "'") && CSVText.isDangerous(bytes)
    return String(decoding: isGuarded ? bytes.dropFirst() : bytes, as: UTF8.self)
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ style: CSVStyle) -> Cell? {
    let digits = bytes.map { $0 == style.decimalMark ? UInt8(ascii: ".") : $0 }
    let text = String(decoding: digits, as: UTF8.self)
    if let whole = Int(text) { return .whole(whole) }
    return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
  }
}
