/// How CSV is written: for programs, or for a double click in a spreadsheet.
public enum CSVStyle: String, CaseIterable, Sendable, Codable {
  /// RFC 4180 in UTF-8 without a mark, comma and decimal point: what notebooks and programs read.
  case plain
  /// The same with a byte order mark, by which Excel knows UTF-8: for a double click where numbers have a decimal point.
  case spreadsheet
  /// Semicolon, decimal comma and a byte order mark: for a double click where numbers have a decimal comma.
  case european

  /// What stands between cells.
  package var separator: UInt8 { self == .european ? UInt8(ascii: ";") : UInt8(ascii: ",") }

  /// What stands before the fraction of a number.
  package var decimalMark: UInt8 { self == .european ? UInt8(ascii: ",") : UInt8(ascii: ".") }

  /// What stands at the start of the file.
  package var mark: [UInt8] { self == .plain ? [] : [0xEF, 0xBB, 0xBF] }
}
