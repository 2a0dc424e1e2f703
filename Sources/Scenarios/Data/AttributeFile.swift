/// What products are like: a column `product`, a row for each product of the market, and a column for each attribute, in
/// numbers or in words. Verified by `AttributeFileTests`.
package struct AttributeFile {
  package let attributes: ProductAttributes

  /// Reads the attributes of some products, in their order.
  ///
  /// - Throws: ``DataProblems``.
  package init(_ data: DataFile, products: [String]) throws(DataProblems) {
    var table = try DataTable(data, wanted: [WantedColumn("product")], noun: "products", blankRows: .leftOut)
    guard let key = table.columns[0] else { throw DataProblems("no column for \"product\"") }
    let order = table.rows(by: key, products)
    let columns = table.header.indices.filter { $0 != key && !table.header[$0].text.isEmpty }
    if columns.isEmpty { table.mistakes.report("no attributes; give each a column beside the one of the products") }
    var seen: [String: Int] = [:]
    for column in columns {
      let name = table.header[column].text
      let place = table.place(table.headerRow, column)
      if let objection = ProductAttributes.objection(to: name, products: products) {
        table.mistakes.report(objection, at: place)
      }
      if let other = seen.updateValue(column, forKey: ColumnName.folded(name)) {
        table.mistakes.report("column \(DataPlace.letters(other)) is called so too; rename or delete one", at: place)
      }
    }
    let kinds = columns.map { table.isInNumbers($0) }
    let rule = NumberRule(bounds: .between(-1e12, 1e12), advice: "write a number", percent: .inCells, isMoney: true)
    let numeric = zip(columns, kinds).filter { $0.1 == true }.map { NumberColumn(column: $0.0, rule: rule) }
    let numbers = table.numbers(numeric, currency: nil) ?? []
    try table.throwMistakes()
    var attributes = ProductAttributes()
    var next = 0
    for (column, isInNumbers) in zip(columns, kinds) {
      let name = table.header[column].text
      if isInNumbers == true {
        attributes.add(name, numbers: order.map { numbers[next].values[$0] })
        next += 1
      } else {
        attributes.add(name, words: order.map { table.grid.text(table.rows[$0], column) })
      }
    }
    self.attributes = attributes
  }
}

extension DataTable {
  /// For each product the place of its row in ``rows``; reports products that are unknown, missing or there twice.
  fileprivate mutating func rows(by column: Int, _ products: [String]) -> [Int] {
    var found = [Int?](repeating: nil, count: products.count)
    for (index, row) in rows.enumerated() {
      let name = grid.text(row, column)
      guard let product = ColumnName.index(of: name, in: products) else {
        guard !mistakes.isFull else {
          // The advice about a million wrong names would take its time.
          mistakes.count()
          continue
        }
        mistakes.report(
          name.isEmpty
            ? "found no name; write the product" : unknown("product", name, known: products) + "; no seller sells it",
          at: place(row, column))
        continue
      }
      if let other = found[product] {
        mistakes.report(
          "the product \(quoted(name)) already stands in row \(rows[other] + 1)", at: place(row, column))
      }
      found[product] = index
    }
    for (product, name) in products.enumerated() where found[product] == nil {
      mistakes.report("no row for the product \(quoted(name))")
    }
    return found.compactMap(\.self)
  }

  /// Whether a column holds numbers, or else words; nil after a report that it holds both, or blanks.
  fileprivate mutating func isInNumbers(_ column: Int) -> Bool? {
    let blank = rows.filter { grid.isBlank($0, column) }
    for row in blank {
      mistakes.report("found nothing; write the level of the attribute, 0 if it has none", at: place(row, column))
    }
    let filled = rows.filter { !grid.isBlank($0, column) }
    let numbers = Set(filled.filter { WrittenNumber(grid.contents[grid.range($0, column)]) != nil })
    if numbers.count == filled.count { return blank.isEmpty ? true : nil }
    if numbers.isEmpty { return blank.isEmpty ? false : nil }
    for row in filled where !numbers.contains(row) {
      mistakes.report(
        "found \(quoted(grid.text(row, column))) among numbers; write the column all in numbers, or all in words such "
          + "as \"level 1\"", at: place(row, column))
    }
    return nil
  }
}
