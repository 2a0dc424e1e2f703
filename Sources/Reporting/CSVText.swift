/// Builds a CSV text as RFC 4180 says: UTF-8, `.` as decimal point, numbers in the shortest form that reads back to the
/// same double, missing values as empty cells, lines ended by CR LF.
///
/// Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an
/// apostrophe in front; numbers are never touched.
public struct CSVText: Sendable {
  /// The text so far.
  public private(set) var bytes: [UInt8] = []
  private var isRowEmpty = true

  /// A text with a header.
  public init(header: [String]) {
    for name in header { cell(name) }
    endRow()
  }

  /// A text without a header, to be put behind another.
  public init() {}

  private mutating func separate() {
    if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
    isRowEmpty = false
  }

  /// A cell of text.
  public mutating func cell(_ text: String) {
    separate()
    var text = text
    text.makeContiguousUTF8()
    var utf8 = Array(text.utf8)
    if let first = utf8.first, "=+-@\t\r\0".utf8.contains(first) { utf8.insert(UInt8(ascii: "'"), at: 0) }
    guard utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else {
      bytes += utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A cell with a number, empty where it is missing or not finite.
  public mutating func cell(_ number: Double?) {
    separate()
    guard let number, number.isFinite else { return }
    // Whole numbers need no ".0"; -0 would only puzzle.
    if number == number.rounded(), abs(number) < 1e15 {
      bytes += String(Int(number)).utf8
    } else {
      bytes += number.description.utf8
    }
  }

  /// A cell with a whole number, empty where it is missing.
  public mutating func cell(_ number: Int?) {
    separate()
    if let number { bytes += String(number).utf8 }
  }

  /// Ends a row.
  public mutating func endRow() {
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    isRowEmpty = true
  }
}
