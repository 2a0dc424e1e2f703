import Tables

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
      let chart = RowChart(title: "Price waterfall of \(offer)", rows: steps)
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
