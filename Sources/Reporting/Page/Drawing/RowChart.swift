/// Rows under each other: a name, what it comes to in figures, and below them a bar or a mark with its interval. Names have
/// the whole width, so that long ones fit a telephone.
struct RowChart {
  /// One row.
  struct Row {
    let name: String
    /// What stands behind the name, such as `baseline`.
    var note = ""
    /// The number in figures.
    let figure: String
    let value: Double
    /// The interval; nil where there is none.
    var interval: (low: Double, high: Double)?
    var look: Look
    /// The bar from a number to the value; nil for a mark without one.
    var bar: (from: Double, style: String)?
    /// Whether a mark stands at the value.
    var hasMark = true
  }

  let rows: [Row]
  let title: String
  let scale: Scale

  private static let rowHeight = 40.0
  private static let axisHeight = 24.0
  /// Where the axis begins and ends, in percent: room for the labels at its ends.
  private static let range = (low: 5.0, high: 95.0)

  /// Rows on an axis of their own, or on one that other charts have too.
  ///
  /// - Parameter axis: the rows that the axis has room for; those of the chart if it is nil.
  init(title: String, rows: [Row], axis: [Row]? = nil) {
    self.title = title
    self.rows = rows
    let numbers = (axis ?? rows).flatMap { row in
      [row.value] + (row.interval.map { [$0.low, $0.high] } ?? []) + (row.bar.map { [$0.from] } ?? [])
    }
    scale = Scale(numbers, fit: .ticksAndZero, range: Self.range, steps: 4)
  }

  /// In what the axis is counted.
  var unit: AxisUnit { AxisUnit(scale) }

  var markup: Markup {
    let bottom = Double(rows.count) * Self.rowHeight + 4
    return Drawing.chart(
      height: bottom + Self.axisHeight, title: title,
      description: rows.map { "\($0.name): \($0.figure)" }.joined(separator: "; ")
    ) {
      Drawing.bottomAxis(scale, unit: unit, top: bottom - 2, bottom: bottom, hasGrid: false)
      for (index, row) in rows.enumerated() { draw(row, top: Double(index) * Self.rowHeight) }
    }
  }

  private func draw(_ row: Row, top: Double) -> Markup {
    let middle = top + 28
    return element(.g) {
      element(.title) { "\(row.name): \(row.figure)" + Self.words(row) }
      // Behind bars and marks only, so that no line runs through a name.
      for tick in scale.ticks {
        Drawing.line(scale(tick), middle - 9, scale(tick), middle + 10, tick == 0 ? "zero" : "grid")
      }
      if let bar = row.bar {
        Drawing.box(scale(bar.from), scale(row.value), top: middle - 6, height: 12, bar.style)
      }
      if let interval = row.interval {
        Drawing.line(scale(interval.low), middle, scale(interval.high), middle, "interval \(row.look.colour)")
        for end in [interval.low, interval.high] {
          Drawing.line(scale(end), middle - 4, scale(end), middle + 4, "interval \(row.look.colour)")
        }
      }
      if row.hasMark { row.look.mark.at(scale(row.value), middle, row.look) }
      Drawing.label(
        TextWidth.cut(row.name, to: Self.room(row)) + (row.note.isEmpty ? "" : " · \(row.note)"), 0, top + 15,
        "name")
      Drawing.label(row.figure, 100, top + 15, anchor: "end", "figure")
    }
  }

  /// How many letters of a name fit on a telephone between the edge and the figure.
  private static func room(_ row: Row) -> Int {
    let note = row.note.isEmpty ? 0 : row.note.count + 3
    return max(8, min(36, 42 - row.figure.count * 11 / 10) - note)
  }

  private static func words(_ row: Row) -> String { row.note.isEmpty ? "" : " (\(row.note))" }
}
