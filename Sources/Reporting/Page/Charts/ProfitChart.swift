/// Profit by strategy: bars from 0, so that their lengths compare, with the interval of the mean.
struct ProfitChart {
  let results: Results
  let cast: Cast

  var figure: Figure? {
    let table = results.table(.summary)
    let number = PageNumber(.money, cells: table.rows.map { $0["profit_mean"] })
    let rows = zip(table.rows, cast.members).compactMap { row, member -> RowChart.Row? in
      guard let profit = row.number("profit_mean") else { return nil }
      return RowChart.Row(
        name: member.name, note: member.isBaseline ? "baseline" : "", figure: number.text(profit), value: profit,
        interval: row.interval("profit_ci"), look: member.look,
        bar: (0, "bar \(member.isPerfect ? "perfect" : member.isBaseline ? "baseline" : "candidate")"))
    }
    guard !rows.isEmpty else { return nil }
    let chart = RowChart(title: "Profit by strategy", rows: rows)
    return Figure(
      heading: "Profit by strategy", unit: "profit \(results.span), \(chart.unit.text(results.manifest.currency))",
      drawing: chart.markup,
      caption: .group([
        .text("Bars are means over replications"),
        .text(
          results.hasIntervals ? "; the line through the end of a bar is its \(results.confidence) interval. " : ". "),
        .text(cast.candidates.contains(where: \.isBaseline) ? "The baseline has a heavy edge. " : ""),
        .text(cast.members.contains(where: \.isPerfect) ? "Dashed: perfect knowledge, which no seller has." : ""),
      ]))
  }
}
