/// What learning costs: how much more perfect knowledge had earned by each time.
struct RegretChart {
  let results: Results
  let cast: Cast

  private static let mostLines = 5

  var figure: Figure? {
    let rows = Dictionary(grouping: results.table(.regret).rows) { $0.text("strategy") }
    let series = cast.leading(Self.mostLines).compactMap { member -> TimeChart.Series? in
      let points = (rows[member.name] ?? []).compactMap { row -> TimeChart.Point? in
        guard let period = row.number("period"), let regret = row.number("regret_mean") else { return nil }
        return TimeChart.Point(
          period: period, span: .infinity, value: regret, low: row.number("regret_ci_low"),
          high: row.number("regret_ci_high"))
      }
      return points.isEmpty ? nil : TimeChart.Series(member: member, points: points)
    }
    guard !series.isEmpty, series.contains(where: { $0.points.count > 1 }) else { return nil }
    let chart = TimeChart(title: "Regret over time", series: series, fit: .ticksAndZero)
    return Figure(
      heading: "What not knowing demand costs",
      unit: "regret so far, \(chart.unit.text(results.manifest.currency)), by \(results.manifest.periodUnit)",
      legend: series.map(\.member), drawing: chart.markup,
      caption: .text(
        "Regret is what perfect knowledge had earned more by then; a line that flattens has learned."
          + (results.hasIntervals ? " Bands are \(results.confidence) intervals." : "")
          + (cast.candidates.count > Self.mostLines ? " The other strategies are in regret.csv." : "")))
  }
}
