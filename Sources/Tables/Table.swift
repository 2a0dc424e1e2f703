/// A table of results: columns by name, and cells row by row. It knows no file format; ``CSVText`` writes it as CSV, and
/// workbooks, pages and JSON are made from it too.
public struct Table: Sendable, Hashable {
  /// One cell.
  public enum Cell: Sendable, Hashable {
    /// Nothing is known.
    case missing
    /// A name or a word.
    case text(String)
    /// A number, always finite.
    case number(Double)
    /// A whole number.
    case whole(Int)

    /// The number in the cell; nil in a cell of text or without content.
    public var number: Double? {
      switch self {
      case .number(let number): number
      case .whole(let number): Double(number)
      case .text, .missing: nil
      }
    }

    /// The text in the cell; nil in other cells.
    public var text: String? {
      if case .text(let text) = self { text } else { nil }
    }
  }

  /// The names of the columns.
  public let columns: [String]
  /// All cells, row after row.
  public private(set) var cells: [Cell] = []

  /// A table without rows.
  public init(columns: [String]) { self.columns = columns }

  /// The number of rows.
  public var rowCount: Int { columns.isEmpty ? 0 : cells.count / columns.count }

  // MARK: Writing, cell by cell

  /// Adds a cell of text.
  public mutating func cell(_ text: String) { cells.append(.text(text)) }

  /// Adds a cell with a number, missing where there is none or it is not finite.
  public mutating func cell(_ number: Double?) {
    cells.append(number.flatMap { $0.isFinite ? .number($0) : nil } ?? .missing)
  }

  /// Adds a cell with a whole number, missing where there is none.
  public mutating func cell(_ number: Int?) { cells.append(number.map(Cell.whole) ?? .missing) }

  /// Adds a cell.
  public mutating func cell(_ cell: Cell) { cells.append(cell) }

  /// Ends a row, which must then have a cell for each column.
  public mutating func endRow() {
    assert(cells.count.isMultiple(of: max(1, columns.count)), "a row of \(columns) has too few or many cells")
  }

  // MARK: Reading

  /// One row.
  public struct Row: Sendable {
    fileprivate let table: Table
    fileprivate let first: Int

    /// The cell in a column; missing where the table has no such column.
    public subscript(column: String) -> Cell {
      table.columns.firstIndex(of: column).map { table.cells[first + $0] } ?? .missing
    }

    /// The number in a column, if there is one.
    public func number(_ column: String) -> Double? { self[column].number }

    /// The text in a column; empty where there is none.
    public func text(_ column: String) -> String { self[column].text ?? "" }

    /// The cells from left to right.
    public var cells: ArraySlice<Cell> { table.cells[first..<first + table.columns.count] }
  }

  /// The rows from top to bottom.
  public var rows: [Row] { (0..<rowCount).map { Row(table: self, first: $0 * columns.count) } }
}
