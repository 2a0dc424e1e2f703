import Selling

/// A conjoint study. Ratings: columns `product`, `price` and `rating`, one row a rated profile. Choices: columns
/// `respondent`, `task`, `product`, `price` and `chosen`, one row a profile shown; the rows of a task are those of the same
/// respondent and task. Buying nothing is the product `none`, whose price may be blank. Verified by `ResearchFileTests`.
package struct ConjointFile {
  /// Ratings or choices.
  package let answers: ResearchAnswers

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - products: all on the market.
  ///   - categories: theirs; a task shows products of one category.
  /// - Throws: ``DataProblems``.
  package init(
    _ data: DataFile, products: [String], categories: [Int], currency: String? = nil
  ) throws(DataProblems) {
    let names = ["product", "price", "rating", "chosen", "respondent", "task"]
    let wanted = names.enumerated().map { WantedColumn($1, isRequired: $0 < 2, aliases: $0 == 3 ? ["choice"] : []) }
    var table = try DataTable(data, wanted: wanted, noun: "profiles")
    table.refuseTotals()
    table.refuseWeights()
    let isChoice = table.columns[3] != nil
    if isChoice == (table.columns[2] != nil) {
      table.mistakes.report("give either a column \"rating\" or a column \"chosen\"")
    }
    if isChoice, table.columns[4] == nil || table.columns[5] == nil {
      table.mistakes.report("choices need the columns \"respondent\" and \"task\", which tell what was shown together")
    }
    try table.throwMistakes()
    guard let productColumn = table.columns[0], let priceColumn = table.columns[1] else {
      throw DataProblems("no columns")
    }
    var price = NumberRule.price
    price.allowsBlank = true
    var read = [NumberColumn(column: priceColumn, rule: price)]
    if let rating = table.columns[2] { read.append(NumberColumn(column: rating, rule: .rating)) }
    let numbers = table.numbers(read, currency: currency)
    var profiles: [Profile] = []
    for (position, row) in table.rows.enumerated() {
      if Self.isNothing(table.grid.text(row, productColumn), products) {
        profiles.append(.nothing)
        continue
      }
      let product = table.product(row, productColumn, in: products)
      let price = numbers.flatMap { $0[0][position] }
      if numbers != nil, price == nil {
        table.mistakes.report("found no price; write that at which it was shown", at: table.place(row, priceColumn))
      }
      profiles.append(Profile(product: product ?? 0, price: price ?? 0))
    }
    if isChoice, let chosen = table.columns[3], let respondent = table.columns[4], let task = table.columns[5] {
      let tasks = table.tasks(profiles, chosen: chosen, respondent: respondent, task: task, categories)
      try table.throwMistakes()
      answers = .choices(tasks)
    } else {
      try table.throwMistakes()
      let ratings = numbers?.last?.values ?? []
      answers = .ratings(zip(profiles, ratings).map { RatedProfile($0, rating: $1) })
    }
  }

  private static func isNothing(_ text: String, _ products: [String]) -> Bool {
    ["none", "nothing"].contains(ColumnName.folded(text)) && ColumnName.index(of: text, in: products) == nil
  }
}

extension NumberRule {
  fileprivate static let rating = NumberRule(bounds: .between(-1e12, 1e12), advice: "write the rating as a number")
}

extension DataTable {
  /// The tasks: rows of the same respondent and task, in the order of the file, of which one is chosen.
  fileprivate mutating func tasks(
    _ profiles: [Profile], chosen: Int, respondent: Int, task: Int, _ categories: [Int]
  ) -> [ChoiceTask] {
    var positions: [[Int]] = []
    var places: [[String]: Int] = [:]
    for (position, row) in rows.enumerated() {
      let key = [grid.text(row, respondent), grid.text(row, task)]
      for (text, column) in zip(key, [respondent, task]) where text.isEmpty {
        mistakes.report("found nothing; write which \(header[column].text) it is", at: place(row, column))
      }
      if let known = places[key] {
        positions[known].append(position)
      } else {
        places[key] = positions.count
        positions.append([position])
      }
    }
    return positions.compactMap { shown in
      var picked: [Int] = []
      for (index, position) in shown.enumerated() {
        guard let isChosen = yes(rows[position], chosen) else { return nil }
        if isChosen { picked.append(index) }
      }
      let first = rows[shown[0]]
      guard picked.count == 1, shown.count > 1 else {
        mistakes.report(
          shown.count == 1
            ? "the task that begins here has one profile only; a choice needs two or more"
            : "of the \(shown.count) profiles of the task that begins here \(picked.count) are chosen; one has to be",
          row: first + 1)
        return nil
      }
      let kinds = Set(shown.compactMap { profiles[$0].product }.map { categories[$0] })
      guard kinds.count == 1 else {
        mistakes.report("the task that begins here shows no products of one category", row: first + 1)
        return nil
      }
      return ChoiceTask(shown.map { profiles[$0] }, chosen: picked[0])
    }
  }
}
