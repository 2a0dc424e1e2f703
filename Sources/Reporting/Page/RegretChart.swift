import Tables

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

/// From the list price to what is left of it.
struct WaterfallChart {
  let results: Results
  let cast: Cast

  private static let mostOffers = 4

  /// The waterfalls of the best strategy.
  var figures: [Figure] {
    guard let best = cast.candidates.first else { return [] }
    let rows = results.table(.waterfall).rows.filter {
      $0.text("strategy") == best.name && $0.text("seller") == results.manifest.studiedSeller
    }
    var offers: [String] = []
    for row in rows where !offers.contains(row.text("offer")) { offers.append(row.text("offer")) }
    return offers.prefix(Self.mostOffers).compactMap { offer in
      let steps = Self.steps(rows.filter { $0.text("offer") == offer })
      guard !steps.isEmpty else { return nil }
      let chart = RowChart(title: "Price waterfall of \(offer)", rows: steps, references: [0])
      return Figure(
        heading: "Price waterfall of \(offer)",
        unit: "under \(best.name), \(chart.unit.text(results.manifest.currency)) a unit", drawing: chart.markup,
        caption: .text(
          "From the list price down to what is left of it, on average over the units sold. Filled bars are prices and "
            + "margins, open ones what is taken off or added."
            + (offers.count > Self.mostOffers ? " Further offers are in waterfall.csv." : "")))
    }
  }
  /// Prices and margins stand on 0; what is between hangs where the price before it has come to.
  private static func steps(_ rows: [Table.Row]) -> [RowChart.Row] {
    let number = PageNumber(.price, cells: rows.map { $0["amount_mean"] })
    var level = 0.0
    return rows.compactMap { row in
      guard let amount = row.number("amount_mean") else { return nil }
      let name = row.text("step")
      switch row.text("kind") {
      case "price", "margin", "customer":
        level = amount
        return RowChart.Row(
          name: name, figure: number.text(amount), value: amount, look: .perfect, bar: (0, "bar candidate"),
          hasMark: false)
      default:
        let before = level
        level -= amount
        return RowChart.Row(
          name: name, figure: number.signed(-amount), value: level, look: .perfect, bar: (before, "bar step"),
          hasMark: false)
      }
    }
  }
}
