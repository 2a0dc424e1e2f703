import Tables

/// What each segment's customers gain or lose against the baseline.
struct WinnersChart {
  let results: Results
  let cast: Cast

  private static let mostStrategies = 4
  private static let mostSegments = 12

  var figures: [Figure] {
    let table = results.table(.winners)
    let rows = Dictionary(grouping: table.rows) { $0.text("strategy") }
    let others = cast.candidates.filter { !$0.isBaseline }
    let number = PageNumber(.price, cells: table.rows.map { $0["surplus_change_per_customer"] })
    let panels = others.prefix(Self.mostStrategies).map { member in
      (member, (rows[member.name] ?? []).compactMap { self.row($0, number) })
    }.filter { !$0.1.isEmpty }
    // One axis for all, so that the panels compare.
    let axis = panels.flatMap { $0.1.prefix(Self.mostSegments) }
    return panels.map { member, segments in
      let chart = RowChart(
        title: "What \(member.name) changes for customers", rows: Array(segments.prefix(Self.mostSegments)), axis: axis)
      let hidden = max(0, segments.count - Self.mostSegments)
      return Figure(
        heading: "Winners and losers under \(member.name)",
        unit:
          "surplus more than under \(results.manifest.baseline), \(chart.unit.text(results.manifest.currency)) a customer",
        drawing: chart.markup,
        caption: .text(
          "What a customer gains on average more than under the baseline"
            + (results.hasIntervals ? ", with its \(results.confidence) interval." : ".")
            + (hidden > 0 ? " \(hidden) further segments are in winners.csv." : "")
            + (others.count > Self.mostStrategies && member.name == panels.first?.0.name
              ? " The other strategies are in winners.csv." : "")))
    }
  }

  private func row(_ row: Table.Row, _ number: PageNumber) -> RowChart.Row? {
    guard let change = row.number("surplus_change_per_customer") else { return nil }
    let customers = row.number("customers_mean") ?? 0
    let verdict = row.text("verdict")
    return RowChart.Row(
      name: row.text("segment"), note: verdict, figure: number.signed(change), value: change,
      interval: customers > 0 ? row.interval("surplus_change_ci", dividedBy: customers) : nil,
      look: verdict == "wins" ? .winner : verdict == "loses" ? .loser : .undecided)
  }
}
