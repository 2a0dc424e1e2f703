#if Workbook
  import Tables
  import Workbook

  /// The charts beyond profit: who gains, who wins and loses, prices, sales and stock over time.
  struct ChartSheet {
    let results: Results
    let sheet: Sheet
    let file: WorkbookFile
    private var numbers: WorkbookNumbers { WorkbookNumbers(results: results) }
    private var manifest: Manifest { results.manifest }

    /// Lines that can still be told apart.
    private static let lineLimit = 5
    /// Offers with charts of their own.
    private static let offerLimit = 4
    private static let size = (width: 620, height: 360)
    /// Rows of 20 pixels that a chart takes, with the space below it.
    private static let rowsOfChart = 19

    /// Writes all of it.
    func write(_ data: ChartData) throws {
      try sheet.hideGrid()
      try sheet.setTab(Palette.green)
      try sheet.setPaper(scale: 64)
      try sheet.write("Charts", 0, 0, CellLook.title)
      try sheet.setHeight(30, 0)
      // Two beside each other; a place may stay empty.
      var charts: [(chart: Chart, description: String)?] = []
      func add(_ chart: Chart?, _ description: String) {
        if let chart { charts.append((chart, description)) }
      }
      add(try surplus(data), "Mean profit against consumer surplus, a point for each strategy.")
      add(try winners(data), "Bars of the change of consumer surplus by segment with intervals.")
      add(try allWinners(data), "Columns of the change of consumer surplus by segment and strategy.")
      let periods = PeriodNumbers(results.table(.periods), seller: manifest.studiedSeller)
      let shown = numbers.shown(Self.lineLimit)
      let stocks = StockLeft.stocks(results.table(.inputs), seller: manifest.studiedSeller)
      var hasStock = false
      for stock in stocks {
        let chart = try left(stock, periods, shown, data)
        hasStock = hasStock || chart != nil
        add(chart, "Lines of what is left of \(stock.name) over time, one for each strategy.")
      }
      for offer in periods.offers.prefix(Self.offerLimit) {
        // The price and the sales of an offer stand beside each other.
        if !charts.count.isMultiple(of: 2) { charts.append(nil) }
        add(
          try course(
            "Price of \(offer)", "posted price (\(manifest.currency))", .price, offer, \.prices, periods, shown, data),
          "Lines of the price of \(offer) over time, one for each strategy.")
        add(
          try course(
            "Sales of \(offer)", periods.hasSpans ? "sold in each span" : "sold a \(manifest.periodUnit)", .amount,
            offer,
            \.units, periods, shown, data),
          "Lines of units of \(offer) sold over time, one for each strategy.")
      }
      let words = note(periods, hasStock: hasStock)
      try sheet.write(words, 1, across: 0...19, CellLook.note)
      try sheet.setHeight(Double(14 * lineCount(words, width: 180) + 2), 1)
      var breaks: [Int] = []
      for (index, item) in charts.enumerated() {
        let row = 3 + index / 2 * Self.rowsOfChart
        if index.isMultiple(of: 4), index > 0 { breaks.append(row) }
        guard let item else { continue }
        try sheet.insert(
          item.chart, row, index % 2 == 0 ? 0 : 10, size: Self.size, description: item.description)
      }
      try sheet.setPageBreaks(breaks)
    }

    /// What is not drawn, and why.
    private func note(_ periods: PeriodNumbers, hasStock: Bool) -> String {
      var notes = ["The numbers are on the sheet Chart data."]
      if numbers.ranked.count > numbers.shown(Self.lineLimit).count {
        notes.append("Lines over time: the best \(Self.lineLimit) strategies, the baseline and perfect knowledge.")
      }
      if periods.offers.count > Self.offerLimit {
        notes.append("Prices: the \(Self.offerLimit) offers with the most revenue of \(periods.offers.count).")
      }
      if !hasStock {
        notes.append(
          "No stock is drawn: none lasts for the calendar, or the inputs do not say what each offer takes of it.")
      }
      return notes.joined(separator: " ")
    }

    // MARK: Profit against surplus

    private func surplus(_ data: ChartData) throws -> Chart? {
      let shown = numbers.shown(8)
      let surpluses = shown.map { $0.number("consumer_surplus_mean") }
      let profits = shown.map { $0.number("profit_mean") }
      let title = "Profit against consumer surplus"
      let series = shown.enumerated().map { index, row in
        (name: row.text("strategy"), values: profits.enumerated().map { $0 == index ? $1 : nil })
      }
      // Points take their horizontal place from numbers, each in front of its row.
      let known = surpluses.compactMap(\.self)
      guard known.count == shown.count,
        let block = try data.add(
          title, corner: "consumer surplus", categories: known.map { .number($0) }, series: series,
          number: numbers.money())
      else { return nil }
      let largest = known.reduce(0) { max($0, abs($1)) }
      let chart = try Chart(
        .points, in: file, title: title,
        categories: Chart.Axis(
          "consumer surplus (\(manifest.currency))", number: plain(.money, largest)),
        values: Chart.Axis("mean profit (\(manifest.currency))", number: plain(.money, numbers.largestProfit)),
        legend: true)
      for (index, row) in shown.enumerated() {
        let place = block.rows.lowerBound + index...block.rows.lowerBound + index
        try chart.add(
          name: block.name(index), categories: Chart.Cells(block.sheet, rows: place, column: 0),
          values: Chart.Cells(block.sheet, rows: place, column: index + 1),
          style: style(row))
      }
      return chart
    }

    /// A strategy looks the same in every chart; perfect knowledge is black and the baseline grey, wherever they stand.
    private func style(_ row: Table.Row) -> SeriesStyle {
      if numbers.isPerfect(row) { return SeriesStyle(Palette.black, marker: .star, dash: .dot, pattern: .upward) }
      if numbers.isBaseline(row) { return SeriesStyle(Palette.grey, marker: .square, dash: .dash, pattern: .dots) }
      // Black is perfect knowledge's.
      return Palette.style(abs((row.number("rank").flatMap { Int(exactly: $0) } ?? 1) - 1) % 6)
    }

    private func plain(_ kind: ResultColumn.Kind, _ largest: Double) -> String {
      NumberFormat.of(kind, largest: largest).replacing("[Red]", with: "")
    }

    // MARK: Winners and losers

    /// The candidate whose customers are looked at: the best, or the next where that is the baseline.
    private var candidate: String? {
      numbers.ranked.first { !numbers.isBaseline($0) && !numbers.isPerfect($0) }?.text("strategy")
    }

    private func winners(_ data: ChartData) throws -> Chart? {
      guard let candidate else { return nil }
      let rows = results.table(.winners).rows.filter { $0.text("strategy") == candidate }.prefix(30)
      return try ProfitCharts(numbers: numbers, file: file, data: data).bars(
        "Who wins and who loses: \(candidate) against \(manifest.baseline)",
        axis: "change of consumer surplus, with \(numbers.confidence) interval (\(manifest.currency))",
        rows.map { row in
          let style =
            switch row.text("verdict") {
            case "wins": SeriesStyle(Palette.green)
            case "loses": SeriesStyle(Palette.vermilion, pattern: .downward)
            default: SeriesStyle(Palette.grey, pattern: .dots)
            }
          return ProfitCharts.Bar(
            name: row.text("segment"), value: row.number("surplus_change_mean"),
            error: WorkbookNumbers.half(row, "surplus_change_ci_low", "surplus_change_ci_high"), style: style)
        })
    }

    private func allWinners(_ data: ChartData) throws -> Chart? {
      let rows = results.table(.winners).rows
      let shown = numbers.shown(6).filter { !numbers.isBaseline($0) && !numbers.isPerfect($0) }
      guard shown.count > 1 else { return nil }
      var segments: [String] = []
      var changes: [String: [String: Double]] = [:]
      for row in rows {
        let segment = row.text("segment")
        if !segments.contains(segment), segments.count < 12 { segments.append(segment) }
        changes[row.text("strategy"), default: [:]][segment] = row.number("surplus_change_mean")
      }
      let series = shown.map { row in
        (name: row.text("strategy"), values: segments.map { changes[row.text("strategy")]?[$0] })
      }
      let largest = series.flatMap(\.values).reduce(0) { max($0, abs($1 ?? 0)) }
      let title = "Winners and losers by segment, all strategies"
      guard
        let block = try data.add(
          title, corner: "segment", categories: segments.map { .name($0) }, series: series,
          number: NumberFormat.of(.money, largest: largest, isChange: true))
      else { return nil }
      let chart = try Chart(
        .columns, in: file, title: title, categories: Chart.Axis(""),
        values: Chart.Axis("change of consumer surplus (\(manifest.currency))", number: plain(.money, largest)),
        legend: true)
      for (index, row) in shown.enumerated() {
        try chart.add(
          name: block.name(index), categories: block.categories, values: block.values(index), style: style(row))
      }
      return chart
    }

    // MARK: Over time

    private func course(
      _ title: String, _ axis: String, _ kind: ResultColumn.Kind, _ offer: String,
      _ values: KeyPath<PeriodNumbers.Course, [Double?]>, _ periods: PeriodNumbers, _ shown: [Table.Row],
      _ data: ChartData
    ) throws -> Chart? {
      let lines = shown.enumerated().compactMap { index, row in
        periods.courses[offer]?[row.text("strategy")].map { (row, index, $0[keyPath: values]) }
      }
      return try draw(title, axis, kind, lines, periods, data)
    }

    private func left(
      _ stock: StockLeft.Stock, _ periods: PeriodNumbers, _ shown: [Table.Row], _ data: ChartData
    ) throws -> Chart? {
      let uses = periods.offers.map { stock.use($0) }
      guard !uses.contains(where: { $0 == nil }) else { return nil }
      let lines = shown.enumerated().map { index, row in
        var rest = stock.units
        let values: [Double?] = periods.periods.indices.map { period in
          for (offer, use) in zip(periods.offers, uses) {
            rest -= (use ?? 0) * (periods.courses[offer]?[row.text("strategy")]?.units[period] ?? 0)
          }
          // Sold out is 0, not what rounding left of it.
          return abs(rest) < 1e-9 * max(1, stock.units) ? 0 : rest
        }
        return (row, index, values)
      }
      return try draw(
        "Stock of \(stock.name): \(stock.units) less what was sold".replacing(".0 less", with: " less"),
        "left at the end of the \(manifest.periodUnit), mean", .amount, lines, periods, data)
    }

    private func draw(
      _ title: String, _ axis: String, _ kind: ResultColumn.Kind,
      _ lines: [(row: Table.Row, index: Int, values: [Double?])],
      _ periods: PeriodNumbers, _ data: ChartData
    ) throws -> Chart? {
      let largest = lines.flatMap(\.values).reduce(0) { max($0, abs($1 ?? 0)) }
      guard
        let block = try data.add(
          title, corner: manifest.periodUnit, categories: periods.periods.map { .number(Double($0)) },
          series: lines.map { ($0.row.text("strategy"), $0.values) }, number: NumberFormat.of(kind, largest: largest))
      else { return nil }
      let chart = try Chart(
        .lines, in: file, title: title,
        categories: Chart.Axis(manifest.periodUnit, interval: max(1, periods.periods.count / 12)),
        values: Chart.Axis(axis, number: plain(kind, largest)), legend: true)
      for (series, line) in lines.enumerated() {
        try chart.add(
          name: block.name(series), categories: block.categories, values: block.values(series),
          style: style(line.row), hasMarkers: periods.periods.count <= 12)
      }
      return chart
    }
  }
#endif
