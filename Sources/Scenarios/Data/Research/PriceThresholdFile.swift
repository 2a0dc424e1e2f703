import Selling

/// Four prices by respondent, for van Westendorp's price sensitivity meter: columns `too cheap`, `cheap`, `expensive` and
/// `too expensive`, and `product` where the seller has several. Verified by `ResearchFileTests`.
package struct PriceThresholdFile {
  /// By product, one row a respondent.
  package let answers: [[PriceThresholds]]

  /// Reads a file.
  ///
  /// - Throws: ``DataProblems``.
  package init(_ data: DataFile, products: [String], currency: String? = nil) throws(DataProblems) {
    let names = ["too cheap", "cheap", "expensive", "too expensive"]
    let wanted =
      names.map { WantedColumn($0, aliases: $0 == "cheap" ? ["bargain"] : [$0.filter { $0 != " " }]) } + [
        WantedColumn("product", isRequired: false)
      ]
    var table = try DataTable(data, wanted: wanted, noun: "respondents")
    table.refuseTotals()
    table.refuseWeights()
    let columns = table.columns.prefix(4).compactMap(\.self).map { NumberColumn(column: $0, rule: .price) }
    let values = table.numbers(columns, currency: currency)?.map(\.values) ?? []
    table.refuseSum(values)
    let rows = table.rowsByProduct(table.columns[4], products)
    try table.throwMistakes()
    answers = rows.map { rows in
      rows.map { row in
        PriceThresholds(
          tooCheap: values[0][row], cheap: values[1][row], expensive: values[2][row], tooExpensive: values[3][row])
      }
    }
  }
}
