import Tables

/// A table of the user's own data, read from CSV as spreadsheets and statistical programs write it.
///
/// The rules, so that nothing is padded, skipped or guessed in silence:
/// - *Text*: see ``TextEncoding``. *Cells*: see ``CellGrid``. *Separator and header*: see ``HeaderSearch``.
/// - *Columns* are recognised by name (``ColumnMatch``), in any order. Columns that no name calls for are left aside.
/// - *Rows above the header* are titles. Empty lines, and rows without content at the end, are left out. A row of
///   separators only between others is left out where a row stands for a product, and refused where it stands for a
///   respondent, who may have left every answer blank.
/// - *A row* has a cell for every named column of the header; further cells have to be empty.
/// - *Total rows* are refused: a row that begins with a word such as "Total", and a last row without the number or name
///   that all others have.
/// - *Numbers*: see ``WrittenNumber``; one decimal mark and one currency in a file (`DataTable+Numbers.swift`).
struct DataTable {
  /// What is done with a row of separators only that stands between others.
  enum BlankRows { case refused, leftOut }

  let file: String
  let grid: CellGrid
  let separator: UInt8?
  /// The header's row, counted from 0.
  let headerRow: Int
  let header: [ColumnName]
  /// The column of each wanted one, in their order; nil for one that is not required and not there.
  let columns: [Int?]
  /// The rows of data that have the right cells, counted from 0.
  private(set) var rows: [Int] = []
  var mistakes: DataMistakes

  /// Finds the header, the wanted columns and the rows.
  ///
  /// - Parameter noun: what a row stands for, as in "respondents".
  /// - Throws: ``DataProblems`` where there is no header with all required columns. Mistakes of rows are kept in
  ///   ``mistakes``.
  init(_ data: DataFile, wanted: [WantedColumn], noun: String, blankRows: BlankRows = .refused) throws(DataProblems) {
    file = data.name
    mistakes = DataMistakes(file: data.name)
    let name = printable(data.name)
    let search = HeaderSearch(data.text, wanted: wanted)
    do throws(CellGrid.Mistake) {
      grid = try CellGrid(search.body, separator: search.separator)
    } catch {
      let place = DataPlace(file: data.name, row: error.row + 1, column: error.column)
      throw DataProblems("\(place): \(error.words)")
    }
    guard let row = search.row else {
      throw DataProblems("\(name) has no \(noun); write a header with the names of the columns, and a row for each")
    }
    if let rival = search.rival {
      throw DataProblems(
        "\(name): row \(rival + 1) and row \(row + 1) both have the names of the columns; leave one table in the file")
    }
    headerRow = row
    separator = search.separator
    header = (0..<grid.cellCount(row)).map { [grid] in ColumnName(grid.text(row, $0)) }
    let match = ColumnMatch(wanted, in: header)
    columns = match.found
    checkHeader(wanted, match)
    try mistakes.throwIfAny()
    findRows(blankRows, noun: noun)
    if rows.isEmpty { try mistakes.throwIfAny() }
    guard !rows.isEmpty else {
      throw DataProblems("\(name) has no \(noun); write a row for each below the header in row \(row + 1)")
    }
  }

  /// Throws all mistakes that were found in the file, if there are any.
  func throwMistakes() throws(DataProblems) { try mistakes.throwIfAny() }

  func place(_ row: Int, _ column: Int) -> DataPlace {
    DataPlace(file: file, row: row + 1, column: column, name: header[column].text)
  }

  private mutating func checkHeader(_ wanted: [WantedColumn], _ match: ColumnMatch) {
    let names = header.filter { !$0.text.isEmpty }.map { quoted($0.text) }
    let list = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
    if match.foundCount == 0 {
      let required = wanted.filter(\.isRequired).map { quoted($0.name) }
      mistakes.report(
        "no row is a header with the column\(required.count == 1 ? "" : "s") \(listed(required, "and")); "
          + "row \(headerRow + 1) has \(list)")
      return
    }
    for (index, found) in match.columns.enumerated() {
      if found.isEmpty, wanted[index].isRequired {
        mistakes.report("no column for \(wanted[index].words); row \(headerRow + 1) has \(list)")
      }
      if found.count > 1 {
        let names = found.map { "\(DataPlace.letters($0)) \(quoted(header[$0].text))" }
        mistakes.report(
          "two columns called \(quoted(wanted[index].name)): \(listed(names, "and")); rename or delete one")
      }
    }
    // "wieght" would be left aside, and the weights with it.
    let left = header.indices.filter { column in !match.columns.contains { $0.contains(column) } }
    for (index, found) in match.columns.enumerated() where found.isEmpty && !wanted[index].isRequired {
      for column in left
      where NearestName.nearest(to: header[column].text, in: [wanted[index].name] + wanted[index].aliases) != nil {
        mistakes.report(
          "column \(DataPlace.letters(column)) is called \(quoted(header[column].text)); "
            + "did you mean \(quoted(wanted[index].name))? If not, give it a name less alike")
      }
    }
  }

  private mutating func findRows(_ blankRows: BlankRows, noun: String) {
    guard let width = header.lastIndex(where: { !$0.text.isEmpty }).map({ $0 + 1 }) else { return }
    let end = (headerRow + 1..<grid.rowCount).last { !grid.isBlank($0) }.map { $0 + 1 } ?? headerRow + 1
    for row in headerRow + 1..<end {
      let count = grid.cellCount(row)
      if grid.isBlank(row) {
        // A line without separators is no row where rows have several cells.
        guard blankRows == .refused, count > 1 || width == 1 else { continue }
        mistakes.report(
          "this row is blank; delete it, or write 0 in it for one of the \(noun) who would pay nothing", row: row + 1)
        continue
      }
      let surplus = count > width && (width..<count).contains { !grid.isBlank(row, $0) }
      guard count >= width, !surplus else {
        let isOftenDecimal = surplus && separator == UInt8(ascii: ",")
        mistakes.report(
          "found \(surplus ? (grid.lastFilled(row) ?? 0) + 1 : count) cell\(count == 1 ? "" : "s"); the header has "
            + "\(width)" + (isOftenDecimal ? "; a number with a comma in it needs quotation marks here" : ""),
          row: row + 1)
        continue
      }
      rows.append(row)
    }
  }

  /// Refuses rows of totals and means in a table of respondents, which would count as respondents.
  mutating func refuseTotals() {
    for row in rows {
      let first = (0..<header.count).lazy.map { [grid] in grid.text(row, $0) }.first { !$0.isEmpty } ?? ""
      if Self.totals.contains(ColumnName.folded(first)) {
        mistakes.report("\(quoted(first)) looks like a row of totals; delete it", row: row + 1)
        return
      }
    }
    guard let last = rows.last, rows.count > 2 else { return }
    for column in header.indices
    where !columns.contains(column) && !header[column].text.isEmpty && grid.isBlank(last, column) {
      guard rows.dropLast().allSatisfy({ !grid.isBlank($0, column) }) else { continue }
      mistakes.report(
        "the last row has no \(quoted(header[column].text)), which all others have; delete it if it holds totals, "
          + "or fill the cell", row: last + 1)
      return
    }
  }

  private static let totals: Set<String> = [
    "total", "totals", "total:", "grand total", "subtotal", "sum", "sum:", "sums", "average", "averages", "avg", "mean",
    "means", "median", "minimum", "maximum", "std", "std dev", "standard deviation", "summe", "summe:", "gesamt",
    "gesamtsumme", "gesamtergebnis", "insgesamt", "mittelwert", "durchschnitt", "total général", "somme", "moyenne",
    "suma", "total general", "promedio", "media", "totale", "somma", "totaal", "som", "gemiddelde", "soma", "summa",
    "totalt", "medelvärde", "gennemsnit", "razem", "średnia", "celkem", "průměr", "összesen", "átlag",
  ]
}

extension CellGrid {
  /// The last cell of a row that is not blank.
  fileprivate func lastFilled(_ row: Int) -> Int? { (0..<cellCount(row)).last { !isBlank(row, $0) } }
}
