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

  /// A column of the page: one of the file, or the two ends of an interval.
  private struct Column {
    let heading: String
    let meaning: String
    let source: ResultColumn
    var end: ResultColumn?
    let number: PageNumber

    func text(_ row: Table.Row) -> String {
      let first = number.text(row[source.name])
      guard let end, !first.isEmpty else { return first }
      return "\(first) to \(number.text(row[end.name]))"
    }
  }

  /// Columns in which something stands, low and high ends of intervals together.
  private var columns: [Column] {
    file.columns.compactMap { column in
      guard !Self.saidElsewhere.contains(column.name), shown.contains(where: { $0[column.name] != .missing }),
        !column.name.hasSuffix("ci_high")
      else { return nil }
      let words = column.name.split(separator: "_").joined(separator: " ")
      guard column.name.hasSuffix("ci_low"),
        let end = file.columns.first(where: { $0.name == column.name.dropLast(3) + "high" })
      else {
        return Column(
          heading: words, meaning: column.meaning, source: column,
          number: PageNumber(column.kind, cells: shown.map { $0[column.name] }))
      }
      return Column(
        heading: words.dropLast(" ci low".count) + " interval",
        meaning: column.meaning.replacing("lower end of", with: "both ends of"), source: column, end: end,
        number: PageNumber(column.kind, cells: shown.flatMap { [$0[column.name], $0[end.name]] }))
    }
  }

  var markup: Markup? {
    let columns = columns
    guard !shown.isEmpty, !columns.isEmpty else { return nil }
    return element(
      .div, [.class: "wide", .tabindex: "0", .role: "region", .ariaLabel: "Table \(file.fileName)"]
    ) {
      element(.table) {
        element(.caption) { caption }
        element(.thead) {
          element(.tr) {
            for column in columns {
              element(
                .th,
                [.scope: "col", .class: column.source.kind == .text ? "" : "number", .title: column.meaning]
              ) { column.heading }
            }
          }
        }
        element(.tbody) {
          for row in shown {
            element(.tr, [.class: rowClass(row)]) { for column in columns { cell(column, row) } }
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
      file.columns.contains { $0.name == "baseline" }
        ? .group([.text("Baseline: "), name(baseline), .text(". ")]) : .group([]),
      .text(
        table.rowCount > shown.count
          ? "The first \(shown.count) of \(PageNumber(.whole, largest: 0).text(Double(table.rowCount))) rows; all of them are in \(file.fileName)."
          : "All rows of \(file.fileName)."),
    ])
  }

  private func rowClass(_ row: Table.Row) -> String {
    file.columns.contains { $0.name == "strategy" } && row.text("strategy") == baseline ? "baseline" : ""
  }

  private func cell(_ column: Column, _ row: Table.Row) -> Markup {
    switch column.source.kind {
    case .text where column.source.name == "strategy": element(.th, [.scope: "row"]) { name(column.text(row)) }
    case .text: element(.td) { name(column.text(row)) }
    default: element(.td, [.class: "number"]) { column.text(row) }
    }
  }
}
