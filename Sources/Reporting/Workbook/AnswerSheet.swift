#if Workbook
  import Tables
  import Workbook

  /// The first sheet: the question, the answer in words and in three numbers, the ranked strategies, how to read them, and
  /// the charts of profit.
  struct AnswerSheet {
    let results: Results
    let sheet: Sheet
    let file: WorkbookFile
    private var numbers: WorkbookNumbers { WorkbookNumbers(results: results) }
    private var manifest: Manifest { results.manifest }

    /// As many strategies as stand here; Summary has all.
    private static let rowLimit = 40
    private static let chartLimit = 20
    private static let widths: [Double] = [6, 34, 14, 13, 13, 13, 14, 13, 13, 13, 13]
    private static let last = widths.count - 1
    private static let pixels = widths.reduce(0) { $0 + Int(7 * $1) + 5 }

    /// Writes all of it.
    func write(_ data: ChartData) throws {
      for (column, width) in Self.widths.enumerated() { try sheet.setWidth(width, column) }
      try sheet.hideGrid()
      try sheet.setTab(Palette.blue)
      try sheet.setPaper(pages: numbers.shown(Self.rowLimit).count > 16 ? nil : 1)
      var row = try writeWords()
      row = try writeFigures(row)
      row = try writeTable(row)
      row = try writeCharts(row, data)
      try writeNotes(row)
    }

    // MARK: Words

    private func writeWords() throws -> Int {
      try sheet.write(manifest.market, 0, across: 0...Self.last, CellLook.title)
      try sheet.setHeight(30, 0)
      var row = 1
      if !manifest.question.isEmpty {
        let question = CellFormat {
          $0.isItalic = true
          $0.size = 13
          $0.wraps = true
          $0.isAtTop = true
        }
        try write(manifest.question, row, question, height: 18)
        row += 1
      }
      let answer = CellFormat {
        $0.isBold = true
        $0.size = 14
        $0.wraps = true
        $0.isAtTop = true
        $0.fill = Color(0xE4EEF5)
      }
      try write(manifest.answer, row, answer, height: 20)
      return row + 2
    }

    /// Text across the sheet, in a row as high as its lines need.
    private func write(_ text: String, _ row: Int, _ format: CellFormat, height: Double) throws {
      let width = Self.widths.reduce(0, +) * 12 / format.size
      try sheet.write(text, row, across: 0...Self.last, format)
      try sheet.setHeight(min(400, height * Double(lineCount(text, width: Int(width))) + 2), row)
    }

    // MARK: Three numbers

    /// Which, by how much, how sure.
    private func writeFigures(_ row: Int) throws -> Int {
      guard let best = numbers.ranked.first else { return row }
      let label = CellFormat {
        $0.color = Palette.grey
        $0.size = 10
      }
      let figure = CellFormat {
        $0.isBold = true
        $0.size = 18
        $0.color = Palette.blue
        $0.alignment = .left
      }
      try sheet.write("Which strategy", row, across: 0...2, label)
      try sheet.write(best.text("strategy"), row + 1, across: 0...2, figure)
      let words = CellFormat { $0.size = 10 }
      let profit = Money(largest: numbers.largestProfit).text(best.number("profit_mean") ?? .nan)
      try sheet.write(
        "\(best.text("family")): mean profit of \(profit) \(manifest.currency)", row + 2, across: 0...2, words)
      if let lead {
        try sheet.write("By how much", row, across: 3...6, label)
        try sheet.write(
          lead.mean, row + 1, 3,
          figure.with {
            $0.number = NumberFormat.of(.money, largest: numbers.largestProfit, isChange: true)
              .replacing("[Red]", with: "")
          })
        try sheet.write("\(manifest.currency) more than \(lead.other)", row + 2, across: 3...6, words)
      }
      if let probability = best.number("probability_best") {
        try sheet.write("How sure", row, across: 7...Self.last, label)
        try sheet.write(probability, row + 1, 7, figure.with { $0.number = "0.0%" })
        try sheet.write(
          "of resamples have its mean profit highest", row + 2, across: 7...Self.last, words)
      } else {
        try sheet.write("How sure", row, across: 7...Self.last, label)
        try sheet.write("One replication says nothing about chance.", row + 1, across: 7...Self.last, words)
      }
      try sheet.setHeight(28, row + 1)
      return row + 4
    }

    /// By how much the best leads the baseline, or, being the baseline, the next.
    private var lead: (mean: Double, other: String)? {
      guard let best = numbers.ranked.first else { return nil }
      if let row = numbers.comparisons[best.text("strategy")], let mean = row.number("profit_difference_mean") {
        return (mean, row.text("baseline"))
      }
      guard numbers.isBaseline(best), let next = numbers.ranked.dropFirst().first, !numbers.isPerfect(next),
        let mean = numbers.comparisons[next.text("strategy")]?.number("profit_difference_mean")
      else { return nil }
      return (-mean, next.text("strategy"))
    }

    // MARK: The table

    private func writeTable(_ first: Int) throws -> Int {
      let money = manifest.currency
      let confidence = numbers.confidence
      let headers = [
        "rank", "strategy", "family", "profit (\(money))", "from (\(confidence))", "to (\(confidence))",
        "more than baseline (\(money))", "from (\(confidence))", "to (\(confidence))",
        "of perfect knowledge's contribution",
        "probability best",
      ]
      for (column, words) in headers.enumerated() {
        let alignment: CellFormat.Alignment = column == 0 ? .center : column < 3 ? .left : .right
        try sheet.write(words, first, column, CellLook.header.with { $0.alignment = alignment })
      }
      try sheet.setHeight(33, first)
      let shown = numbers.shown(Self.rowLimit)
      for (index, row) in shown.enumerated() { try write(row, first + 1 + index) }
      let rows = first + 1...first + max(1, shown.count)
      try sheet.addBars(rows: rows, column: 3, color: Palette.paleBlue, negative: Palette.paleOrange)
      try sheet.addBars(rows: rows, column: 6, color: Palette.paleGreen, negative: Palette.paleOrange)
      try sheet.addBars(rows: rows, column: 10, color: Palette.paleBlue, negative: Palette.paleOrange, scale: 0...1)
      var row = first + 1 + shown.count
      if shown.count < numbers.ranked.count {
        try sheet.write(
          "\(numbers.ranked.count - shown.count) more strategies are on the sheet Summary.", row, across: 0...Self.last,
          CellLook.note)
        row += 1
      }
      return row + 1
    }

    private func write(_ strategy: Table.Row, _ row: Int) throws {
      let isFirst = strategy["rank"].number == 1
      let isPerfect = numbers.isPerfect(strategy)
      let plain = CellFormat {
        $0.line = Color(0xE3E3E3)
        $0.isBold = isFirst
        $0.isItalic = isPerfect
        $0.wraps = false
      }
      let difference = numbers.comparisons[strategy.text("strategy")]
      let amount = plain.with { $0.number = numbers.money() }
      let change = plain.with { $0.number = numbers.money(isChange: true) }
      let share = plain.with { $0.number = "0.0%" }
      func write(_ cell: Double?, _ column: Int, _ format: CellFormat) throws {
        guard let cell else { return try sheet.writeBlank(row, column, plain) }
        try sheet.write(cell, row, column, format)
      }
      try write(strategy.number("rank"), 0, plain.with { $0.alignment = .center })
      let name = strategy.text("strategy")
      try sheet.write(name, row, 1, plain.with { $0.wraps = displayWidth(name) > 36 })
      if displayWidth(name) > 36 { try sheet.setHeight(Double(15 * min(8, lineCount(name, width: 34))), row) }
      try sheet.write(strategy.text("family"), row, 2, plain)
      try write(strategy.number("profit_mean"), 3, amount)
      try write(strategy.number("profit_ci_low"), 4, amount)
      try write(strategy.number("profit_ci_high"), 5, amount)
      if numbers.isBaseline(strategy) {
        try sheet.write("baseline", row, 6, plain.with { $0.alignment = .right })
      } else {
        try write(difference?.number("profit_difference_mean"), 6, change)
      }
      try write(difference?.number("profit_difference_ci_low"), 7, change)
      try write(difference?.number("profit_difference_ci_high"), 8, change)
      try write(strategy.number("share_of_clairvoyant"), 9, share)
      try write(strategy.number("probability_best"), 10, share)
    }

    // MARK: Charts and notes

    private func writeCharts(_ row: Int, _ data: ChartData) throws -> Int {
      let charts = ProfitCharts(numbers: numbers, file: file, data: data)
      let shown = numbers.shown(Self.chartLimit)
      let height = 110 + 32 * max(3, shown.count)
      let width = Self.pixels / 2 - 8
      if let chart = try charts.profit(shown) {
        try sheet.insert(
          chart, row, 0, size: (width, height), description: "Bars of mean profit by strategy with intervals.")
      }
      if let chart = try charts.difference(shown) {
        // The right half begins within the sixth column.
        let (column, offset) = Self.place(of: width + 12)
        try sheet.insert(
          chart, row, column, offset: offset, size: (width, height),
          description: "Bars of profit more than the baseline's by strategy with intervals.")
      }
      return row + height / 20 + 2
    }

    /// The column at so many pixels from the left edge, and how far into it.
    private static func place(of pixels: Int) -> (column: Int, offset: Int) {
      var rest = pixels
      for (column, width) in widths.enumerated() {
        let size = Int(7 * width) + 5
        if rest < size { return (column, rest) }
        rest -= size
      }
      return (last, 0)
    }

    private func writeNotes(_ first: Int) throws {
      try sheet.write("How to read this", first, across: 0...Self.last, CellLook.section)
      let perfect =
        switch manifest.clairvoyantKind {
        case "exact": "would earn"
        case "bound": "could earn at most"
        default: "was found to earn"
        }
      let notes = [
        "Profit is the mean over \(manifest.replications) replications of \(manifest.periods) periods (\(manifest.periodUnit)) "
          + "for \(manifest.studiedSeller). From and to are the ends of the \(numbers.confidence) interval of that mean.",
        "All strategies met the same customers, so that the difference to the baseline (\(manifest.baseline)) is far surer "
          + "than the profits themselves: judge by its interval. One that includes 0 does not tell the two apart.",
        "Of perfect knowledge's contribution: contribution (profit before fixed and capacity cost, which no price can change) as a share of "
          + "what perfect knowledge \(perfect). Probability best: how often its mean profit came out highest when the "
          + "replications were resampled.",
        "Charts shows prices and sales over time and who wins or loses; then comes a sheet for each result file, with what a "
          + "column means as a note on its header; Inputs has the scenario, Manifest what was run.",
      ]
      for (index, note) in notes.enumerated() { try write(note, first + 1 + index, CellLook.note, height: 14) }
    }
  }
#endif
