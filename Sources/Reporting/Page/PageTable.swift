import Tables

/// A result file as a table of the page: columns in which nothing stands left out, numbers in the form of their column,
/// long files cut.
struct PageTable {
  let file: ResultFile
  let table: Table
  let baseline: String

  /// Rows that a page shows of a file.
  private static let mostRows = 40
  private var shown: ArraySlice<Table.Row> {
    table.rows.prefix(file == .periods ? 12 : Self.mostRows)
  }

  var markup: Markup? {
    let rows = shown
    let columns = file.columns.filter { column in
      !Self.saidElsewhere.contains(column.name) && rows.contains { $0[column.name] != .missing }
    }
    guard !rows.isEmpty, !columns.isEmpty else { return nil }
    let numbers = columns.map { column in PageNumber(column.kind, cells: rows.map { $0[column.name] }) }
    return element(
      .div, [.class: "wide", .tabindex: "0", .role: "region", .ariaLabel: "Table \(file.fileName)"]
    ) {
      element(.table) {
        element(.caption) { caption }
        element(.thead) {
          element(.tr) {
            for column in columns {
              element(
                .th, [.scope: "col", .class: column.kind == .text ? "" : "number", .title: column.meaning]
              ) { column.name.split(separator: "_").joined(separator: " ") }
            }
          }
        }
        element(.tbody) {
          for row in rows {
            element(.tr, [.class: rowClass(row)]) {
              for (column, number) in zip(columns, numbers) { cell(row[column.name], column, number) }
            }
          }
        }
      }
    }
  }

  /// The baseline is named in the caption, the kind of perfect knowledge in the guide.
  private static let saidElsewhere: Set = ["baseline", "clairvoyant_kind"]

  private var caption: Markup {
    .group([
      element(.strong) { file.name.split(separator: "_").joined(separator: " ") },
      .text(" — a row per \(file.row). "),
      file.columns.contains { $0.name == "baseline" } ? .group([.text("Baseline: "), name(baseline), .text(". ")]) : .group([]),
      .text(
        table.rowCount > shown.count
          ? "The first \(shown.count) of \(PageNumber(.whole, largest: 0).text(Double(table.rowCount))) rows; all of them are in \(file.fileName)."
          : "All rows of \(file.fileName)."),
    ])
  }

  private func rowClass(_ row: Table.Row) -> String {
    file.columns.contains { $0.name == "strategy" } && row.text("strategy") == baseline ? "baseline" : ""
  }

  private func cell(_ cell: Table.Cell, _ column: ResultColumn, _ number: PageNumber) -> Markup {
    switch (column.kind, column.name) {
    case (.text, "strategy"): element(.th, [.scope: "row"]) { name(cell.text ?? "") }
    case (.text, _): element(.td) { name(cell.text ?? "") }
    default: element(.td, [.class: "number"]) { number.text(cell) }
    }
  }
}
