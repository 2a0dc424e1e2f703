/// The cells of a CSV text, row by row, with nothing yet understood.
///
/// Quotes as in RFC 4180; spaces around a quoted cell do not count; a quotation mark inside a cell that does not begin
/// with one is an ordinary character. Rows end with LF, CRLF or CR. The contents of all cells lie in one buffer, so that
/// a file of 100 MB takes little more than that, and time in proportion.
package struct CellGrid {
  /// Why the cells cannot be told apart, and where; row and column are counted from 0.
  package struct Mistake: Error {
    package let row: Int
    package let column: Int
    package let words: String
  }

  /// The contents of all cells, without quotes, one after the other.
  package private(set) var contents: [UInt8] = []
  /// Where each cell ends in `contents`.
  private var ends: [UInt32] = []
  /// The first cell of each row, and behind the last row the number of cells.
  private var firsts: [UInt32] = [0]

  /// Splits a text.
  ///
  /// - Parameters:
  ///   - separator: what stands between cells; nil for a single column.
  ///   - rowLimit: stops after so many rows, and then tells of no mistake.
  package init(_ text: ArraySlice<UInt8>, separator: UInt8?, rowLimit: Int? = nil) throws(Mistake) {
    let quote = UInt8(ascii: "\"")
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    let (space, tab) = (UInt8(ascii: " "), UInt8(ascii: "\t"))
    if rowLimit == nil { contents.reserveCapacity(text.count) }
    enum State { case before, plain, inside, after }
    var state = State.before
    var index = text.startIndex
    var opening = (row: 0, column: 0)
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if state == .inside {
        if byte != quote {
          contents.append(byte)
        } else if index < text.endIndex, text[index] == quote {
          contents.append(quote)
          index += 1
        } else {
          state = .after
        }
        continue
      }
      if byte == separator {
        endCell()
        state = .before
      } else if byte == lineFeed || byte == carriageReturn {
        if byte == carriageReturn, index < text.endIndex, text[index] == lineFeed { index += 1 }
        endRow()
        state = .before
        if let rowLimit, rowCount >= rowLimit { return }
      } else if state == .before, byte == quote {
        contents.removeLast(contents.count - cellStart)
        opening = (rowCount, columnCount)
        state = .inside
      } else if state == .after {
        guard byte == space || byte == tab else {
          if rowLimit != nil { return }
          throw Mistake(
            row: rowCount, column: columnCount,
            words: "text follows a closing quotation mark; inside quotes, double the quotation mark")
        }
      } else {
        contents.append(byte)
        if byte != space, byte != tab { state = .plain }
      }
    }
    if state == .inside {
      if rowLimit != nil { return }
      throw Mistake(row: opening.row, column: opening.column, words: "a quotation mark is never closed")
    }
    if state != .before || columnCount > 0 || contents.count > cellStart { endRow() }
  }

  private var cellStart: Int { Int(ends.last ?? 0) }
  private var columnCount: Int { ends.count - Int(firsts.last ?? 0) }
  private mutating func endCell() { ends.append(UInt32(contents.count)) }
  private mutating func endRow() {
    endCell()
    firsts.append(UInt32(ends.count))
  }

  /// The number of rows, blank ones too.
  package var rowCount: Int { firsts.count - 1 }

  /// The number of cells in a row, at least 1.
  package func cellCount(_ row: Int) -> Int { Int(firsts[row + 1] - firsts[row]) }

  /// Where the content of a cell lies in `contents`, without ASCII spaces around it; empty if the row has no such cell.
  package func range(_ row: Int, _ column: Int) -> Range<Int> {
    guard column < cellCount(row) else { return 0..<0 }
    let cell = Int(firsts[row]) + column
    var start = cell == 0 ? 0 : Int(ends[cell - 1])
    var end = Int(ends[cell])
    while start < end, Self.isSpace(contents[start]) { start += 1 }
    while start < end, Self.isSpace(contents[end - 1]) { end -= 1 }
    return start..<end
  }

  /// The content of a cell as it stands there, spaces and all.
  func exactBytes(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let cell = Int(firsts[row]) + column
    return contents[(cell == 0 ? 0 : Int(ends[cell - 1]))..<Int(ends[cell])]
  }

  /// The text of a cell without white space of any kind around it.
  package func text(_ row: Int, _ column: Int) -> String {
    String(decoding: contents[range(row, column)], as: UTF8.self).trimmed
  }

  package func isBlank(_ row: Int, _ column: Int) -> Bool {
    let range = range(row, column)
    return range.isEmpty || contents[range.lowerBound] >= 0x80 && text(row, column).isEmpty
  }

  package func isBlank(_ row: Int) -> Bool { (0..<cellCount(row)).allSatisfy { isBlank(row, $0) } }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension String {
  /// The text without white space, no-break spaces and invisible marks at its ends.
  package var trimmed: String {
    func isNothing(_ scalar: UnicodeScalar) -> Bool {
      scalar.properties.isWhitespace || ["\u{FEFF}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{2060}"].contains(scalar)
    }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, isNothing(first) { scalars.removeFirst() }
    while let last = scalars.last, isNothing(last) { scalars.removeLast() }
    return String(scalars)
  }
}
