import Tables

/// Prices and sales over time, where there is more than one period.
struct OverTimeCharts {
  let results: Results
  let cast: Cast

  private static let mostOffers = 6
  private static let mostLines = 4

  var figures: [Figure] {
    guard results.manifest.periods > 1 else { return [] }
    let rows = results.table(.periods).rows.filter { $0.text("seller") == results.manifest.studiedSeller }
    return prices(rows) + [units(rows)].compactMap(\.self)
  }

  private func prices(_ rows: [Table.Row]) -> [Figure] {
    let names = offers
    return names.prefix(Self.mostOffers).compactMap { offer in
      let series = series(rows.filter { $0.text("offer") == offer }) { rows in
        rows.compactMap { row in
          guard let period = row.number("period"), let price = row.number("price_mean") else { return nil }
          return TimeChart.Point(
            period: period, span: row.number("periods") ?? 1, value: price, low: row.number("price_p10"),
            high: row.number("price_p90"))
        }
      }
      guard !series.isEmpty else { return nil }
      let chart = TimeChart(title: "Price of \(offer) over time", series: series, fit: .ticks)
      let hasBands = series.contains { $0.points.contains { $0.low != $0.high } }
      return Figure(
        heading: "Price of \(offer)", unit: "posted price, \(chart.unit.text(results.manifest.currency)), by \(unit)",
        legend: series.map(\.member), drawing: chart.markup,
        caption: .group([
          .text(hasBands ? "Bands: from the 10th to the 90th percentile of replications. " : ""),
          .text(chart.cutsZero ? "The price axis does not begin at 0. " : ""),
          .text(Self.remarks(chart)), omitted(series),
          .text(
            names.count > Self.mostOffers && offer == names.first
              ? "Of \(names.count) offers the \(Self.mostOffers) with the highest revenue are drawn. " : ""),
        ]))
    }
  }

  private func units(_ rows: [Table.Row]) -> Figure? {
    let series = series(rows) { rows in
      var points: [TimeChart.Point] = []
      // Rows stand by period; those of one period are its offers.
      for row in rows {
        guard let period = row.number("period"), let units = row.number("units_mean") else { continue }
        var sum = units
        if let last = points.last, last.period == period { sum += points.removeLast().value }
        points.append(TimeChart.Point(period: period, span: row.number("periods") ?? 1, value: sum))
      }
      return points
    }
    guard !series.isEmpty else { return nil }
    let chart = TimeChart(title: "Offers sold over time", series: series, fit: .ticksAndZero)
    return Figure(
      heading: "Units sold", unit: chart.unit.text("units sold by \(results.manifest.studiedSeller), by \(unit)"),
      legend: series.map(\.member), drawing: chart.markup,
      caption: .group([
        .text("Means over replications, all offers together; a bundle counts as one. "), .text(Self.remarks(chart)),
        omitted(series),
      ]))
  }

  /// The studied seller's offers, those with the highest revenue under any strategy first.
  private var offers: [String] {
    var revenue: [String: Double] = [:]
    var names: [String] = []
    for row in results.table(.offers).rows where row.text("seller") == results.manifest.studiedSeller {
      let offer = row.text("offer")
      if revenue[offer] == nil { names.append(offer) }
      revenue[offer] = max(revenue[offer] ?? 0, row.number("revenue_mean") ?? 0)
    }
    return names.enumerated().sorted { first, second in
      let (one, other) = (revenue[first.element] ?? 0, revenue[second.element] ?? 0)
      return one == other ? first.offset < second.offset : one > other
    }.map(\.element)
  }

  private func series(_ rows: [Table.Row], points: ([Table.Row]) -> [TimeChart.Point]) -> [TimeChart.Series] {
    let rows = Dictionary(grouping: rows) { $0.text("strategy") }
    return cast.leading(Self.mostLines).compactMap { member in
      let points = points(rows[member.name] ?? [])
      return points.isEmpty ? nil : TimeChart.Series(member: member, points: points)
    }
  }

  private var unit: String { results.manifest.periodUnit }

  private static func remarks(_ chart: TimeChart) -> String {
    (chart.hasSameLines ? "Lines that are the same lie on each other. " : "")
      + (chart.rowsPerPoint > 1 ? "Each point is the mean of up to \(chart.rowsPerPoint) rows of periods.csv. " : "")
  }

  private func omitted(_ series: [TimeChart.Series]) -> Markup {
    let count = cast.candidates.count - series.count { !$0.member.isPerfect }
    return .text(count > 0 && cast.candidates.count > Self.mostLines ? "The other strategies are in periods.csv. " : "")
  }
}
