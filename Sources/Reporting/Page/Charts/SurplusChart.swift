/// Profit against what customers gain: who wins at whose expense.
struct SurplusChart {
  let results: Results
  let cast: Cast

  private static let (top, bottom) = (18.0, 250.0)
  private static let (left, right) = (15.0, 97.0)

  /// Numbers with some room around them, so that no point lies in a corner; but none below 0 where none is.
  private static func withRoom(_ numbers: [Double]) -> [Double] {
    guard let low = numbers.min(), let high = numbers.max() else { return numbers }
    let room = (high - low) / 20
    return [low >= 0 ? max(0, low - room) : low - room, high + room]
  }

  var figure: Figure? {
    let rows = results.table(.summary).rows
    let points = zip(cast.members, rows).compactMap { member, row -> (member: Cast.Member, x: Double, y: Double)? in
      guard let surplus = row.number("consumer_surplus_mean"), let profit = row.number("profit_mean") else {
        return nil
      }
      return (member, surplus, profit)
    }
    guard points.count > 1 else { return nil }
    let across = Scale(Self.withRoom(points.map(\.x)), fit: .ticks, range: (Self.left, Self.right), steps: 4)
    let up = Scale(Self.withRoom(points.map(\.y)), fit: .ticks, range: (Self.bottom, Self.top), steps: 5)
    let (acrossUnit, upUnit) = (AxisUnit(across), AxisUnit(up))
    let currency = results.manifest.currency
    let drawing = Drawing.chart(
      height: Self.bottom + 40, title: "Profit against consumer surplus",
      description: points.map {
        "\($0.member.name): surplus \(acrossUnit.label($0.x)), profit \(upUnit.label($0.y))"
      }.joined(separator: "; ")
    ) {
      Drawing.leftAxis(up, unit: upUnit, left: Self.left, right: Self.right)
      Drawing.bottomAxis(across, unit: acrossUnit, top: Self.top, bottom: Self.bottom)
      if let baseline = points.first(where: \.member.isBaseline) {
        let (x, y) = (across(baseline.x), up(baseline.y))
        Drawing.line(x, Self.top, x, Self.bottom, "reference")
        Drawing.line(Self.left, y, Self.right, y, "reference")
        Drawing.label("seller gains, customers lose", Self.left, Self.top - 6, "quadrant")
        Drawing.label("both gain", Self.right, Self.top - 6, anchor: "end", "quadrant")
        Drawing.label("both lose", Self.left, Self.bottom + 34, "quadrant")
        Drawing.label("customers gain, seller loses", Self.right, Self.bottom + 34, anchor: "end", "quadrant")
      }
      for point in points.reversed() {
        element(.g) {
          element(.title) { point.member.name }
          point.member.look.mark.at(across(point.x), up(point.y), point.member.look)
        }
      }
    }
    return Figure(
      heading: "Who wins at whose expense",
      unit: "up: profit, \(upUnit.text(currency)); across: consumer surplus, \(acrossUnit.text(currency))",
      legend: points.map(\.member), drawing: drawing,
      caption: .text(
        "Means over replications. Dashed lines cross at the baseline: to its right customers are better off, above it "
          + "the seller is. Neither axis need begin at 0."))
  }
}
