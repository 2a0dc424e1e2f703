/// What surveyed respondents would pay: a column for each product, a row for each respondent, optionally a column
/// `weight` for how many customers a respondent stands for. Other columns, such as the respondent's number, are left
/// aside. Verified by `ScenarioSurveyTests`.
package struct SurveyFile {
  /// What each respondent would pay for each product, in money, in the order of the products asked for.
  package let rows: [[Double]]
  /// The weights of the respondents; nil without a column of weights.
  package let weights: [Double]?

  /// Reads the columns of some products.
  ///
  /// - Parameter currency: the scenario's; amounts in another one are refused.
  /// - Throws: ``DataProblems``.
  package init(_ data: DataFile, products: [String], currency: String? = nil) throws(DataProblems) {
    var wanted = products.map { WantedColumn($0, what: "product") }
    let hasWeights = !products.contains { ColumnName.folded($0) == "weight" }
    if hasWeights { wanted.append(WantedColumn("weight", isRequired: false)) }
    var table = try DataTable(data, wanted: wanted, noun: "respondents")
    table.refuseTotals()
    let answer = NumberRule(
      bounds: .between(-1e12, 1e12), advice: "write a number, and 0 for a respondent who would pay nothing",
      isMoney: true)
    var columns = table.columns.prefix(products.count).compactMap(\.self).map { NumberColumn(column: $0, rule: answer) }
    if hasWeights, let weight = table.columns.last?.flatMap(\.self) {
      columns.append(NumberColumn(column: weight, rule: .weight))
    }
    let values = table.numbers(columns, currency: currency)?.map(\.values) ?? []
    table.refuseSum(Array(values.prefix(products.count)))
    try table.throwMistakes()
    let answers = values.prefix(products.count)
    rows = table.rows.indices.map { row in answers.map { $0[row] } }
    weights = values.count > products.count ? values.last : nil
  }
}

extension NumberRule {
  /// How many customers a respondent stands for.
  static let weight = NumberRule(
    bounds: Bounds(lower: .excluding(0), upper: .including(1e12)),
    advice: "write a weight of more than 0, or delete a row that stands for nobody")
}

extension DataTable {
  /// Refuses a last row that is the sum of all others in every column: a row of totals without a label.
  mutating func refuseSum(_ columns: [[Double]]) {
    guard let last = rows.last, !columns.isEmpty else { return }
    let isSum = columns.allSatisfy { values in
      let others = values.dropLast()
      // Few answers add up to another one by chance.
      guard let total = values.last, others.count(where: { $0 > 0 }) >= 5 else { return false }
      let sum = others.reduce(0, +)
      return abs(sum - total) <= 1e-9 * abs(sum)
    }
    if isSum {
      mistakes.report(
        "this row is the sum of all rows above; delete it, or if it is a respondent, move it up", row: last + 1)
    }
  }
}
