import Selling
import Tables

/// Who would buy at which price, for Gabor-Granger: a column for each price asked, headed by the price, with 1 or yes, 0 or
/// no; or a column `highest` with the highest price at which the respondent would buy, 0 for none. A column `product`
/// where the seller has several. Verified by `ResearchFileTests`.
package struct PurchaseFile {
  /// By product.
  package let answers: [PurchaseAnswers]

  /// Reads a file.
  ///
  /// - Throws: ``DataProblems``.
  package init(_ data: DataFile, products: [String], currency: String? = nil) throws(DataProblems) {
    let highest = WantedColumn("highest", aliases: ["highest price", "highest accepted price", "maximum price"])
    let product = WantedColumn("product", isRequired: false)
    let header = Self.header(data, highest)
    if header.names.contains(where: { Self.isFound(highest, in: $0) }) {
      answers = try Self.highestPrices(data, [highest, product], products, currency)
      return
    }
    let prices = try Self.prices(data, header)
    let wanted = prices.map { WantedColumn($0.text, what: "price") } + [product]
    var table = try DataTable(data, wanted: wanted, noun: "respondents")
    table.refuseTotals()
    table.refuseWeights()
    let order = prices.indices.sorted { prices[$0].price < prices[$1].price }
    var buys: [[Bool]] = []
    for row in table.rows {
      buys.append(order.map { place in table.columns[place].flatMap { table.yes(row, $0) } ?? false })
    }
    let rows = table.rowsByProduct(table.columns[prices.count], products)
    try table.throwMistakes()
    answers = rows.map { rows in
      PurchaseAnswers(prices: order.map { prices[$0].price }, buys: rows.map { buys[$0] })
    }
  }

  /// The names of the columns: the first of the rows with most cells. The separator is that by which some of them are
  /// prices, or the other column wanted, and most rows have as many cells.
  private static func header(_ data: DataFile, _ wanted: WantedColumn) -> (names: [ColumnName], separator: UInt8?) {
    let body = HeaderSearch(data.text, wanted: [wanted]).body
    var best: (alike: Int, names: [ColumnName], separator: UInt8?) = (0, [], nil)
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
      guard let grid = try? CellGrid(body, separator: separator, rowLimit: HeaderSearch.depth) else { continue }
      var names: [ColumnName] = []
      var width = 0
      for row in 0..<grid.rowCount {
        let cells = (0..<grid.cellCount(row)).map { ColumnName(grid.text(row, $0)) }.filter { !$0.text.isEmpty }
        if cells.count > names.count { (names, width) = (cells, grid.cellCount(row)) }
      }
      guard names.contains(where: { number($0) != nil || isFound(wanted, in: $0) }) else { continue }
      let alike = (0..<grid.rowCount).count { grid.cellCount($0) == width }
      if alike > best.alike { best = (alike, names, separator) }
    }
    return (best.names, best.separator)
  }

  private static func isFound(_ wanted: WantedColumn, in name: ColumnName) -> Bool {
    ColumnMatch([wanted], in: [name]).found[0] != nil
  }

  private static func number(_ name: ColumnName) -> WrittenNumber? { WrittenNumber(Array(name.text.utf8)[...]) }

  /// The columns headed by a price: at least two, of different prices.
  private static func prices(
    _ data: DataFile, _ header: (names: [ColumnName], separator: UInt8?)
  ) throws(DataProblems) -> [(text: String, price: Double)] {
    let name = printable(data.name)
    let numbers = header.names.compactMap { column in number(column).map { (column.text, $0) } }
    // One decimal mark in all headers; where none tells it, that which goes with the separator.
    let marks = numbers.compactMap { if case .decimal(let mark) = $0.1.evidence { mark } else { nil } }
    let mark = marks.first ?? (header.separator == UInt8(ascii: ";") ? .comma : .point)
    var prices: [(text: String, price: Double)] = []
    for (text, number) in numbers {
      guard let price = number.value(mark), price >= 0, price <= 1e12 else {
        throw DataProblems("\(name): the column \(quoted(text)) is headed by no price as the others are")
      }
      if let twin = prices.first(where: { $0.price == price }) {
        throw DataProblems("\(name): the columns \(quoted(twin.text)) and \(quoted(text)) are about the same price")
      }
      prices.append((text, price))
    }
    guard prices.count > 1 else {
      throw DataProblems(
        "\(name): write a column for each price asked, headed by the price, or a column \"highest\" with the highest "
          + "price at which a respondent would buy")
    }
    return prices
  }

  private static func highestPrices(
    _ data: DataFile, _ wanted: [WantedColumn], _ products: [String], _ currency: String?
  ) throws(DataProblems) -> [PurchaseAnswers] {
    var table = try DataTable(data, wanted: wanted, noun: "respondents")
    table.refuseTotals()
    table.refuseWeights()
    let columns = [table.columns[0]].compactMap(\.self).map { NumberColumn(column: $0, rule: .price) }
    let values = table.numbers(columns, currency: currency)?.first?.values ?? []
    table.refuseSum([values])
    let rows = table.rowsByProduct(table.columns[1], products)
    try table.throwMistakes()
    return rows.map { rows in
      // Between two answers the share who would buy does not change.
      let highest = rows.map { values[$0] }
      let prices = Set(highest.filter { $0 > 0 }).sorted()
      return PurchaseAnswers(prices: prices, buys: highest.map { highest in prices.map { $0 <= highest } })
    }
  }
}
