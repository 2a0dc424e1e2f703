import Foundation

/// A CSV file of surveyed willingness to pay: a header with product names, one respondent a row.
///
/// Commas, or semicolons with decimal commas; quotes as in RFC 4180. Columns that name no product, such as a respondent's
/// number, are left aside. A row that does not fit is refused with its row and column, never padded or skipped.
struct RespondentFile {
  /// What is wrong, and where.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  let bytes: [UInt8]
  private let name: String
  /// The rows that are not blank, with their numbers as a spreadsheet counts them.
  private let rows: [(number: Int, cells: [String])]
  private let hasDecimalComma: Bool

  static let maximumBytes = 256 << 20

  init(contentsOf path: String, name: String) throws {
    self.name = name
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Mistake(description: "no such file: \(printable(path))")
    }
    defer { try? handle.close() }
    // The reading is bounded whatever size the system states: some files never end.
    let limit = Self.maximumBytes
    var data = Data()
    do {
      while let more = try handle.read(upToCount: limit + 1 - data.count), !more.isEmpty { data += more }
    } catch {
      throw Mistake(description: "\(printable(path)) cannot be read")
    }
    guard data.count <= limit else {
      throw Mistake(description: "\(printable(name)) is too large; a survey has at most \(limit >> 20) MB")
    }
    bytes = Array(data)
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard String(validating: text, as: UTF8.self) != nil else {
      throw Mistake(description: "\(printable(name)) is not UTF-8 text; save it as UTF-8")
    }
    let header = text.prefix { $0 != UInt8(ascii: "\n") }
    // A semicolon inside a quoted name separates nothing.
    hasDecimalComma = header.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).enumerated()
      .contains { $0.offset.isMultiple(of: 2) && $0.element.contains(UInt8(ascii: ";")) }
    rows = try Self.parse(text, separator: UInt8(ascii: hasDecimalComma ? ";" : ","), name: name)
  }

  /// Rows of values for these products, in their order.
  func rows(for products: [String]) throws -> [[Double]] {
    guard let header = rows.first?.cells, rows.count > 1 else {
      throw Mistake(
        description: "\(printable(name)) has no respondents; write a header with product names and a row for each")
    }
    let names = header.map { $0.trimmingCharacters(in: .whitespaces) }
    let columns = try products.map { product in
      let found = names.indices.filter { names[$0] == product }
      guard let column = found.first else {
        throw Mistake(
          description: "\(printable(name)) has no column for the product \(quoted(product)); it has "
            + names.map(quoted).joined(separator: ", "))
      }
      guard found.count == 1 else {
        throw Mistake(description: "\(printable(name)) has two columns called \(quoted(product))")
      }
      return column
    }
    return try rows.dropFirst().map { row, cells in
      guard cells.count == names.count else {
        throw Mistake(
          description: "\(printable(name)), row \(row): found \(cells.count) cells; the header has \(names.count)")
      }
      return try columns.map { try number(cells[$0], row: row, column: names[$0]) }
    }
  }

  private func number(_ cell: String, row: Int, column: String) throws -> Double {
    var text = cell.trimmingCharacters(in: .whitespaces)
    if hasDecimalComma { text = text.replacingOccurrences(of: ",", with: ".") }
    guard let number = NumberText.number(text, allowsPercent: false), abs(number) <= 1e12 else {
      throw Mistake(
        description: "\(printable(name)), row \(row), column \(quoted(column)): found \(quoted(cell)); "
          + "write a number, and 0 for a respondent who would pay nothing")
    }
    return number
  }

  private static func parse(_ text: [UInt8], separator: UInt8, name: String) throws -> [(Int, [String])] {
    var rows: [(Int, [String])] = []
    var number = 1
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    func close() {
      row.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRow() {
      close()
      if row != [""] { rows.append((number, row)) }
      number += 1
      row = []
    }
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          cell.append(byte)
          continue
        }
        if index < text.count, text[index] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where cell.isEmpty && !wasQuoted:
        isQuoted = true
        wasQuoted = true
      case separator: close()
      case UInt8(ascii: "\n"): endRow()
      case UInt8(ascii: "\r"): break
      default: cell.append(byte)
      }
    }
    guard !isQuoted else {
      throw Mistake(description: "\(printable(name)), row \(number): a quotation mark is never closed")
    }
    if !cell.isEmpty || !row.isEmpty { endRow() }
    return rows
  }
}
