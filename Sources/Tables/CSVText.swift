/// A table as CSV text, as RFC 4180 says: UTF-8, numbers in the shortest form that reads back to the same double, missing
/// values as empty cells, lines ended by CR LF.
///
/// Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab, a carriage return or NUL) gets
/// an apostrophe in front, and so does text that begins with apostrophes before such a character, so that what was written
/// can be told again; numbers are never touched. Every value read back by pandas, polars and LibreOffice is the one written
/// (`Scripts/check-spreadsheets`), by ``Table/init(csv:isText:)`` too (`TableReadingTests`).
public struct CSVText: Sendable {
  /// The text.
  public private(set) var bytes: [UInt8] = []
  private let style: CSVStyle

  /// The text of a table.
  ///
  /// - Parameter hasHeader: whether the byte order mark of the style and a row with the names of the columns come first;
  ///   rows to be put behind those of another text have neither.
  public init(_ table: Table, style: CSVStyle = .plain, hasHeader: Bool = true) {
    self.style = style
    bytes.reserveCapacity(16 * table.cells.count + 256)
    if hasHeader {
      bytes += style.mark
      for (index, name) in table.columns.enumerated() { write(.text(name), isFirst: index == 0) }
      endRow()
    }
    var column = 0
    for cell in table.cells {
      write(cell, isFirst: column == 0)
      column += 1
      if column == table.columns.count {
        endRow()
        column = 0
      }
    }
  }

  private mutating func endRow() {
    bytes.append(UInt8(ascii: "\r"))
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func write(_ cell: Table.Cell, isFirst: Bool) {
    if !isFirst { bytes.append(style.separator) }
    switch cell {
    case .missing: break
    case .text(let text): write(text)
    case .whole(let number): write(whole: number)
    case .number(let number): write(number)
    }
  }

  private mutating func write(_ text: String) {
    // Native strings are contiguous; others are made so.
    var text = text
    text.withUTF8 { utf8 in
      if CSVText.isDangerous(utf8) {
        append([UInt8(ascii: "'")] + utf8)
      } else {
        append(utf8)
      }
    }
  }

  /// Adds the bytes of a text, in quotes where they are needed.
  private mutating func append(_ utf8: some Collection<UInt8>) {
    let quote = UInt8(ascii: "\"")
    let (separator, lineFeed, carriageReturn) = (style.separator, UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    guard utf8.contains(where: { $0 == quote || $0 == separator || $0 == lineFeed || $0 == carriageReturn }) else {
      bytes.append(contentsOf: utf8)
      return
    }
    bytes.append(quote)
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  /// Whether a spreadsheet might run a text as a formula, or would with the apostrophes before it gone.
  static func isDangerous(_ utf8: some Sequence<UInt8>) -> Bool {
    for byte in utf8 where byte != UInt8(ascii: "'") {
      switch byte {
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
        UInt8(ascii: "\r"), 0:
        return true
      default: return false
      }
    }
    return false
  }

  private mutating func write(whole number: Int) {
    var digits = number.description
    digits.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func write(_ number: Double) {
    // Whole numbers need no ".0"; -0 would only puzzle.
    if abs(number) < 1e15, number == number.rounded(.towardZero) { return write(whole: Int(number)) }
    var digits = number.description
    digits.withUTF8 { utf8 in
      let start = bytes.count
      bytes.append(contentsOf: utf8)
      guard style.decimalMark != UInt8(ascii: ".") else { return }
      for index in start..<bytes.count where bytes[index] == UInt8(ascii: ".") { bytes[index] = style.decimalMark }
    }
  }
}
