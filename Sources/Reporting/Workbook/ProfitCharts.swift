#if Workbook
  import Foundation
  import Tables
  import Workbook

  /// Profits as bars with their intervals.
  ///
  /// The library draws error bars of one length for all points of a series, so that each strategy is a series of its own
  /// with one bar, and its error bar is half of its interval: intervals of means are symmetric.
  struct ProfitCharts {
    let numbers: WorkbookNumbers
    let file: WorkbookFile
    let data: ChartData
    private var money: String { numbers.manifest.currency }

    /// Mean profit by strategy.
    func profit(_ strategies: [Table.Row]) throws -> Chart? {
      try bars(
        "Profit by strategy, with \(numbers.confidence) interval", axis: "mean profit (\(money))",
        strategies.map { row in
          Bar(
            name: row.text("strategy"), value: row.number("profit_mean"),
            error: WorkbookNumbers.half(row, "profit_ci_low", "profit_ci_high"), style: style(row))
        })
    }

    /// Profit more than the baseline's by strategy.
    func difference(_ strategies: [Table.Row]) throws -> Chart? {
      let comparisons = numbers.comparisons
      return try bars(
        "Profit more than \(numbers.manifest.baseline), with \(numbers.confidence) interval",
        axis: "difference of mean profit on the same customers (\(money))",
        strategies.filter { comparisons[$0.text("strategy")] != nil && !numbers.isPerfect($0) }.map { row in
          let comparison = comparisons[row.text("strategy")]
          return Bar(
            name: row.text("strategy"), value: comparison?.number("profit_difference_mean"),
            error: WorkbookNumbers.half(comparison, "profit_difference_ci_low", "profit_difference_ci_high"),
            style: style(row))
        })
    }

    /// The best stands out; the baseline is grey, perfect knowledge hatched.
    private func style(_ row: Table.Row) -> SeriesStyle {
      if numbers.isPerfect(row) { return SeriesStyle(Palette.black, pattern: .upward) }
      if row["rank"].number == 1 { return SeriesStyle(Palette.blue) }
      return numbers.isBaseline(row) ? SeriesStyle(Palette.grey) : SeriesStyle(Palette.sky)
    }

    /// A bar of its own.
    struct Bar {
      let name: String
      let value: Double?
      let error: Double?
      let style: SeriesStyle
    }

    /// A chart of bars, each with an interval of its own.
    func bars(_ title: String, axis: String, _ bars: [Bar]) throws -> Chart? {
      let largest = bars.reduce(0) { max($0, abs($1.value ?? 0)) }
      let series = bars.enumerated().map { index, bar in
        (name: bar.name, values: bars.indices.map { $0 == index ? bar.value : nil })
      }
      let number = NumberFormat.of(.money, largest: largest).replacing("[Red]", with: "")
      guard
        let block = try data.add(
          title, corner: "", categories: bars.map { .name($0.name) }, series: series, number: number)
      else { return nil }
      // Bars that do not begin at 0 would make small differences look large; an axis that a program chooses by the bars
      // alone would cut their intervals.
      let low = bars.reduce(0) { min($0, ($1.value ?? 0) - ($1.error ?? 0)) }
      let high = bars.reduce(0) { max($0, ($1.value ?? 0) + ($1.error ?? 0)) }
      let span = high - low
      let step = span > 0 && span.isFinite ? pow(10, (log10(span) - 0.7).rounded(.down)) : 1
      let values = Chart.Axis(
        axis, number: number, lowest: (low / step).rounded(.down) * step, highest: (high / step).rounded(.up) * step)
      let chart = try Chart(
        .bars, in: file, title: title, categories: Chart.Axis(""), values: values, legend: false)
      for (index, bar) in bars.enumerated() {
        try chart.add(
          name: block.name(index), categories: block.categories, values: block.values(index), style: bar.style,
          error: bar.error)
      }
      return chart
    }
  }
#endif
