import Tables

/// A column of a result file: its name, what kind of number it holds, and what it means.
public struct ResultColumn: Sendable, Hashable {
  /// What a column holds, which says how people read it.
  public enum Kind: String, Sendable, Hashable {
    /// A name or a word.
    case text
    /// An amount over the calendar, in the scenario's currency.
    case money
    /// Money for one unit or one customer.
    case price
    /// A share: 0.25 is read as 25%.
    case share
    /// A probability from 0 to 1.
    case probability
    /// How many units or customers: a mean over replications, so that it may have a fraction.
    case amount
    /// A whole number that counts or numbers something.
    case whole
    /// Any other number.
    case number
  }

  /// The name in the header.
  public let name: String
  /// What it holds.
  public let kind: Kind
  /// What it means, in words that follow its name.
  public let meaning: String

  init(_ name: String, _ kind: Kind, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
  }
}

/// One of the CSV files of a study: the contract of results, which the writer, the workbook, the page and the handbook
/// read. That every file has the columns stated here, and those of the contract first, is tested (`ResultTablesTests`,
/// `Scripts/check-results`).
public struct ResultFile: Sendable, Hashable {
  /// The name without `.csv`.
  public let name: String
  /// What a row is for.
  public let row: String
  /// The columns in their order.
  public let columns: [ResultColumn]
  /// Which studies have it; nil for those that all have.
  public let condition: String?

  init(_ name: String, row: String, condition: String? = nil, _ columns: [ResultColumn]) {
    self.name = name
    self.row = row
    self.condition = condition
    self.columns = columns
  }

  /// The name of the file.
  public var fileName: String { name + ".csv" }

  /// An empty table with its columns.
  var table: Table { Table(columns: columns.map(\.name)) }

  /// Whether a column, by its name, holds text.
  func isText(_ column: String) -> Bool { columns.first { $0.name == column }?.kind == .text }
}
