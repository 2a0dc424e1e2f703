#if Workbook
  import Foundation
  import Tables
  import Workbook

  /// A result file as a sheet: the header stays in view with the names of what a row is about, and can be filtered; each
  /// column has its number format, and what it means as a note on its header.
  struct TableSheet {
    let file: ResultFile
    let table: Table
    let currency: String

    /// The name of a file's sheet.
    static func title(_ file: ResultFile) -> String {
      let words = file.name.replacing("_", with: " ")
      return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Columns that a reader compares from row to row, and so get bars.
    private static let bars: [String: Set<String>] = [
      "summary": ["profit_mean", "consumer_surplus_mean", "share_of_clairvoyant", "probability_best"],
      "comparisons": ["profit_difference_mean", "probability_better"],
      "segments": ["revenue_mean", "consumer_surplus_mean"],
      "sellers": ["profit_mean", "share_mean"],
      "offers": ["units_mean", "share_mean"],
      "periods": ["units_mean"],
      "changes": ["contribution_change"],
      "winners": ["surplus_change_mean", "surplus_change_per_customer"],
      "waterfall": ["amount_mean"],
      "price_changes": ["changes_mean"],
      "regret": ["regret_mean"],
      "replications": ["profit"],
    ]

    /// The column of that name, as the contract describes it; one that it does not know is text or a number by its cells.
    private func column(_ index: Int) -> ResultColumn {
      let name = table.columns[index]
      return file.columns.first { $0.name == name } ?? ResultColumn(name, .number, "")
    }

    /// Whether numbers of a column have a sign.
    static func isChange(_ name: String) -> Bool { name.contains("_change") || name.contains("difference") }

    private func header(_ column: ResultColumn) -> String {
      let words = column.name.replacing("_ci_", with: "_interval_").replacing("_", with: " ")
      return column.kind == .money || column.kind == .price ? "\(words) (\(currency))" : words
    }

    /// Writes all of it.
    func write(to sheet: Sheet) throws {
      let columns = table.columns.indices.map(column)
      // One row is the header, and where rows are lacking another says so.
      let shown = table.rowCount < Sheet.rowLimit ? table.rowCount : Sheet.rowLimit - 2
      for (index, column) in columns.enumerated() { try write(column, index, rows: shown, to: sheet) }
      if shown < table.rowCount {
        try sheet.write(
          "\(table.rowCount - shown) more rows are in \(file.fileName): a sheet has no room for them.", shown + 1, 0,
          CellFormat { $0.isBold = true })
      }
      try sheet.setHeight(columns.contains { $0.name.count > 14 } ? 48 : 33, 0)
      try sheet.freeze(rows: 1, columns: frozen(columns))
      if shown > 0 { try sheet.filter(rows: 0...shown, columns: 0...columns.count - 1) }
      try sheet.setPaper(header: 0)
    }

    /// The names in front, so far as they leave room for numbers.
    private func frozen(_ columns: [ResultColumn]) -> Int {
      (columns.firstIndex { $0.name == "strategy" || $0.name == "field" } ?? 0) + 1
    }

    private func write(_ column: ResultColumn, _ index: Int, rows: Int, to sheet: Sheet) throws {
      let count = table.columns.count
      let cells = (0..<rows).map { table.cells[$0 * count + index] }
      let largest = cells.reduce(0) { max($0, abs($1.number ?? 0)) }
      let words = header(column)
      // Text behind a number needs room of its own.
      let indent = index > 0 ? 1 : 0
      try sheet.write(
        words, 0, index,
        CellLook.header.with {
          $0.alignment = column.kind == .text ? .left : .right
          $0.indent = column.kind == .text ? indent : 0
        })
      if !column.meaning.isEmpty { try sheet.note("\(column.name): \(column.meaning)", 0, index) }
      let isChange = Self.isChange(column.name)
      let isWide = file == .inputs
      let text = CellFormat {
        $0.wraps = isWide
        $0.isAtTop = isWide
        $0.alignment = .left
        $0.indent = indent
      }
      let number = CellFormat { $0.number = NumberFormat.of(column.kind, largest: largest, isChange: isChange) }
      var width = words.split(separator: " ").map { displayWidth($0) }.max() ?? 0
      // The arrow of the filter covers two characters.
      width = max(width + 2, min(displayWidth(words), 22) / 2 + 2)
      for (row, cell) in cells.enumerated() {
        switch cell {
        case .missing: break
        case .text(let words):
          width = max(width, displayWidth(words) + 3)
          try sheet.write(words, row + 1, index, text)
        case .number(let value): try sheet.write(value, row + 1, index, number)
        case .whole(let value): try sheet.write(Double(value), row + 1, index, number)
        }
      }
      if column.kind != .text { width = max(width, NumberFormat.width(column.kind, largest: largest) + 3) }
      try sheet.setWidth(Double(min(max(width, 9), isWide ? 70 : 44)), index)
      guard rows > 0 else { return }
      if file == .inputs, column.name == "value" { try sheet.keepsNumbersAsText(rows: 1...rows, column: index) }
      if Self.bars[file.name]?.contains(column.name) == true {
        // A probability, and the share of the best that could be, have an end.
        let isWhole = column.kind == .probability || column.name == "share_of_clairvoyant" && largest <= 1
        try sheet.addBars(
          rows: 1...rows, column: index, color: Palette.paleBlue, negative: Palette.paleOrange,
          scale: isWhole ? 0...1 : nil)
      }
    }
  }
#endif
