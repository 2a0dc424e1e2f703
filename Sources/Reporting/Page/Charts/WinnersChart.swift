import Tables

/// What each segment's customers gain or lose against the baseline.
struct WinnersChart {
  let results: Results
  let cast: Cast

  private static let mostStrategies = 4
  private static let mostSegments = 12
  /// Rows in all, about.
  private static let mostRows = 16

  var figure: Figure? {
    let table = results.table(.winners)
    let rows = Dictionary(grouping: table.rows) { $0.text("strategy") }
    let number = PageNumber(.price, cells: table.rows.map { $0["surplus_change_per_customer"] })
    let panels = cast.candidates.filter { !$0.isBaseline }.map { member in
      (member: member, segments: (rows[member.name] ?? []).compactMap { row($0, number) })
    }.filter { !$0.segments.isEmpty }
    guard let longest = panels.map(\.segments.count).max() else { return nil }
    let shown = panels.prefix(max(1, min(Self.mostStrategies, Self.mostRows / longest)))
    // One axis for all, so that the panels compare.
    let axis = shown.flatMap { $0.segments.prefix(Self.mostSegments) }
    let charts = shown.map { panel in
      (
        panel.member,
        RowChart(
          title: "What \(panel.member.name) changes for customers",
          rows: Array(panel.segments.prefix(Self.mostSegments)),
          axis: axis)
      )
    }
    let unit = charts[0].1.unit.text(results.manifest.currency)
    let isCut = shown.count < panels.count || longest > Self.mostSegments
    return Figure(
      heading: "Winners and losers", unit: "surplus more than under \(results.manifest.baseline), \(unit) a customer",
      drawing: .group(
        charts.map { member, chart in
          .group([
            element(.p, [.class: "panel"]) {
              "under "
              name(member.name)
            }, chart.markup,
          ])
        }),
      caption: .text(
        "What a customer of each segment gains on average more than under the baseline"
          + (results.hasIntervals ? ", with its \(results.confidence) interval." : ".")
          + (isCut ? " Further strategies and segments are in winners.csv." : "")))
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
