/// What files of answers have in common: products by name, yes and no, and weights that are refused.
extension DataTable {
  /// Whether a cell says yes; nil after a report.
  mutating func yes(_ row: Int, _ column: Int) -> Bool? {
    let text = ColumnName.folded(grid.text(row, column))
    if Self.affirmations.contains(text) { return true }
    if Self.negations.contains(text) { return false }
    mistakes.report("found \(quoted(grid.text(row, column))); write 1 or yes, 0 or no", at: place(row, column))
    return nil
  }

  private static let affirmations: Set<String> = ["1", "yes", "y", "true", "x", "ja", "oui", "si", "sí", "sim", "tak"]
  private static let negations: Set<String> = ["0", "no", "n", "false", "nein", "non", "não", "nee", "nej", "nie"]

  /// The place of the product that a cell names; nil after a report.
  mutating func product(_ row: Int, _ column: Int, in products: [String]) -> Int? {
    let name = grid.text(row, column)
    if let index = ColumnName.index(of: name, in: products) { return index }
    mistakes.report(
      name.isEmpty ? "found no name; write the product" : unknown("product", name, known: products),
      at: place(row, column))
    return nil
  }

  /// Groups the rows by the product that each is about: by the column `product`, which may lack where there is one product
  /// only. Positions are those in ``rows``.
  mutating func rowsByProduct(_ column: Int?, _ products: [String]) -> [[Int]] {
    guard let column else {
      if products.count > 1 {
        mistakes.report(
          "no column \"product\"; the seller has \(products.count) products, and each row has to say which it is about")
      }
      return [Array(rows.indices)]
    }
    var places = [[Int]](repeating: [], count: products.count)
    for (position, row) in rows.enumerated() {
      if let product = product(row, column, in: products) { places[product].append(position) }
    }
    for (product, rows) in places.enumerated() where rows.isEmpty && mistakes.isEmpty {
      mistakes.report("no row is about the product \(quoted(products[product]))")
    }
    return places
  }

  /// Refuses a column of weights, which would go unheeded.
  mutating func refuseWeights() {
    guard let column = header.firstIndex(where: { $0.folded == "weight" }), !columns.contains(column) else { return }
    mistakes.report(
      "answers that strategies price on count once each; repeat rows, or give the column another name",
      at: place(headerRow, column))
  }
}

extension NumberRule {
  /// A price, 0 included.
  static let price = NumberRule(
    bounds: .between(0, 1e12), advice: "write a price of at least 0", isMoney: true)
}
