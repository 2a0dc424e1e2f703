/// What is wrong with a file of data, each mistake in a sentence with its place.
package struct DataProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// The mistakes in the order of the file, at least one.
  package let messages: [String]

  /// One line per mistake.
  package var description: String { messages.joined(separator: "\n") }

  package init(_ messages: [String]) { self.messages = messages }
  package init(_ message: String) { messages = [message] }
}

/// Gathers the mistakes of one file of data, so that one wrong cell does not hide the next.
struct DataMistakes {
  let file: String
  private(set) var messages: [String] = []
  private var total = 0

  /// How many mistakes are told; of more, only the number.
  static let limit = 20

  init(file: String) { self.file = file }

  var isEmpty: Bool { total == 0 }
  /// Whether further mistakes are counted only.
  var isFull: Bool { total >= Self.limit }

  /// Counts a mistake that nobody will read.
  mutating func count() { total += 1 }

  /// Adds a mistake at a place.
  mutating func report(_ message: String, at place: DataPlace) {
    total += 1
    if total <= Self.limit { messages.append("\(place): \(message)") }
  }

  /// Adds a mistake of a row, counted from 1, or of the whole file.
  mutating func report(_ message: String, row: Int? = nil) {
    report(message, at: DataPlace(file: file, row: row))
  }

  func throwIfAny() throws(DataProblems) {
    guard total > 0 else { return }
    let rest = total - messages.count
    throw DataProblems(messages + (rest > 0 ? ["\(printable(file)): and \(rest) more mistakes of this kind"] : []))
  }
}

/// A place in a file of data, as a spreadsheet shows it: `prices.csv, row 3, column B "price"`.
package struct DataPlace: Sendable, Hashable, CustomStringConvertible {
  package let file: String
  /// The row, counted from 1 with blank ones; a quoted cell with line breaks does not end a row.
  package let row: Int?
  /// The column, counted from 0, and its name in the header.
  package let column: Int?
  package let name: String?

  package init(file: String, row: Int? = nil, column: Int? = nil, name: String? = nil) {
    (self.file, self.row, self.column, self.name) = (file, row, column, name)
  }

  package var description: String {
    var text = printable(file)
    if let row { text += ", row \(row)" }
    if let column { text += ", column \(Self.letters(column))" + (name.map { " " + quoted($0) } ?? "") }
    return text
  }

  /// The letters by which a spreadsheet calls a column counted from 0: A, ..., Z, AA, ...
  static func letters(_ column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
