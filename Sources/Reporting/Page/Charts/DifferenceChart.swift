/// Profit against the baseline on the same customers.
struct DifferenceChart {
  let results: Results
  let cast: Cast

  var figure: Figure? {
    let table = results.table(.comparisons)
    let number = PageNumber(.money, cells: table.rows.map { $0["profit_difference_mean"] })
    let rows = table.rows.compactMap { row -> RowChart.Row? in
      guard let member = cast[row.text("strategy")], let difference = row.number("profit_difference_mean") else {
        return nil
      }
      return RowChart.Row(
        name: member.name, figure: number.signed(difference), value: difference,
        interval: row.interval("profit_difference_ci"), look: member.look)
    }
    guard !rows.isEmpty else { return nil }
    let chart = RowChart(title: "Profit against \(results.manifest.baseline)", rows: rows)
    return Figure(
      heading: "Profit against \(results.manifest.baseline)",
      unit: "profit more than the baseline's \(results.span), \(chart.unit.text(results.manifest.currency))",
      drawing: chart.markup,
      caption: .group([
        .text("The heavy line is the baseline, \u{201C}"), name(results.manifest.baseline),
        .text("\u{201D}, on the same customers. "),
        .text(
          results.hasIntervals
            ? "Where a \(results.confidence) interval crosses it, the difference may be chance."
            : "One replication gives no intervals: differences may be chance."),
      ]))
  }
}
