#if Workbook
  import Workbook

  /// The sheet with what charts draw: numbers of the other sheets, arranged as charts want them, one block below the other.
  final class ChartData {
    /// A block on the sheet: a column of names or numbers and a column for each series.
    struct Block {
      let sheet: Sheet
      let headerRow: Int
      let rows: ClosedRange<Int>

      /// The cells that name what the numbers belong to.
      var categories: Chart.Cells { Chart.Cells(sheet, rows: rows, column: 0) }

      /// The cells of a series.
      func values(_ series: Int) -> Chart.Cells { Chart.Cells(sheet, rows: rows, column: series + 1) }

      /// The cell with the name of a series.
      func name(_ series: Int) -> (row: Int, column: Int) { (headerRow, series + 1) }
    }

    private let sheet: Sheet
    private var row = 0

    init(_ sheet: Sheet) { self.sheet = sheet }

    /// Says what the sheet is.
    func begin() throws {
      try sheet.write("What the charts draw", 0, 0, CellLook.title)
      try sheet.write(
        "Numbers of the other sheets, arranged anew; nothing is computed here but what a title says.", 1, 0)
      try sheet.setWidth(34, 0)
      for column in 1...40 { try sheet.setWidth(16, column) }
      try sheet.setPaper()
      row = 3
    }

    /// Adds a block.
    ///
    /// - Parameters:
    ///   - categories: names or numbers, one for each row.
    ///   - series: the names of the series, each with a number or nothing for each row.
    /// - Returns: nil where there is nothing to draw.
    func add(
      _ title: String, corner: String, categories: [Cell], series: [(name: String, values: [Double?])], number: String
    ) throws -> Block? {
      guard !categories.isEmpty, series.contains(where: { $0.values.contains { $0 != nil } }) else { return nil }
      try sheet.write(title, row, 0, CellLook.section)
      let header = row + 1
      try sheet.write(corner, header, 0, CellLook.header)
      for (column, series) in series.enumerated() {
        try sheet.write(Self.line(series.name), header, column + 1, CellLook.header.with { $0.alignment = .right })
      }
      let format = CellFormat { $0.number = number }
      for (index, category) in categories.enumerated() {
        let row = header + 1 + index
        switch category {
        case .name(let name): try sheet.write(Self.line(name), row, 0)
        case .number(let number): try sheet.write(number, row, 0, CellFormat { $0.alignment = .left })
        }
        for (column, series) in series.enumerated() {
          if let value = series.values[index] { try sheet.write(value, row, column + 1, format) }
        }
      }
      row = header + categories.count + 2
      return Block(sheet: sheet, headerRow: header, rows: header + 1...header + categories.count)
    }

    /// What stands in front of a row.
    enum Cell {
      case name(String)
      case number(Double)
    }

    /// Charts keep a copy of names, in which control characters would break the file.
    private static func line(_ text: String) -> String { WorkbookText.line(text) }
  }
#endif
