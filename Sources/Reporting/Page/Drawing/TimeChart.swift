/// Lines over time, with bands around them where numbers vary.
struct TimeChart {
  /// A point: from which period, how many it covers, and where its number lies.
  struct Point: Hashable {
    let period: Double
    let span: Double
    let value: Double
    var low: Double?
    var high: Double?
  }

  /// One line.
  struct Series {
    let member: Cast.Member
    let points: [Point]
  }

  let title: String
  private let series: [Series]
  /// How many rows of the file a point stands for.
  let rowsPerPoint: Int
  /// Time, in percent across.
  let time: Scale
  /// The numbers, in pixels down.
  let scale: Scale

  private static let (top, bottom) = (8.0, 180.0)
  private static let (left, right) = (15.0, 97.0)
  /// A chart is about as many points wide.
  static let mostPoints = 200

  /// - Parameter fit: whether the axis of numbers holds 0.
  init(title: String, series: [Series], fit: Scale.Fit) {
    self.title = title
    let longest = series.map(\.points.count).max() ?? 0
    let size = max(1, (longest + Self.mostPoints - 1) / Self.mostPoints)
    rowsPerPoint = size
    self.series = series.map { Series(member: $0.member, points: Self.means($0.points, of: size)) }
    let points = self.series.flatMap(\.points)
    time = Scale(
      points.map(\.period), fit: .exact, range: (Self.left, Self.right), steps: 5, leastStep: 1)
    scale = Scale(
      points.flatMap { [$0.value, $0.low ?? $0.value, $0.high ?? $0.value] }, fit: fit, range: (Self.bottom, Self.top),
      steps: 5)
  }

  /// Whether the axis of numbers begins above 0 although no number is below it.
  var cutsZero: Bool { scale.domain.low > 0 }

  /// Whether some lines hide others.
  var hasSameLines: Bool { Set(series.map(\.points)).count < series.count }

  /// In what the axis is counted.
  var unit: AxisUnit { AxisUnit(scale) }

  var markup: Markup {
    Drawing.chart(height: Self.bottom + 24, title: title, description: description) {
      Drawing.leftAxis(scale, unit: unit, left: Self.left, right: Self.right)
      Drawing.bottomAxis(time, unit: AxisUnit(time), top: Self.top, bottom: Self.bottom, hasGrid: false)
      // The best is drawn last and lies on top.
      let lines = series.reversed().flatMap { series in Self.runs(series.points).map { (series.member.look, $0) } }
      Drawing.curves(height: Self.bottom) {
        for (look, run) in lines { band(run, look) }
        for (look, run) in lines { curve(run, look) }
      }
      for series in series.reversed() { marks(series) }
    }
  }

  private var description: String {
    series.compactMap { series in
      guard let first = series.points.first, let last = series.points.last else { return nil }
      return "\(series.member.name): \(unit.label(first.value)) at first, \(unit.label(last.value)) at last"
    }.joined(separator: "; ")
  }

  private func curve(_ run: [Point], _ look: Look) -> Markup {
    element(
      .polyline,
      [
        .class: "curve \(look.colour) \(look.dash)",
        .points: Drawing.points(run.map { (time($0.period), scale($0.value)) }),
      ])
  }

  private func band(_ run: [Point], _ look: Look) -> Markup? {
    guard run.count > 1, run.contains(where: { $0.low != $0.high }) else { return nil }
    let edge =
      run.map { (x: time($0.period), y: scale($0.high ?? $0.value)) }
      + run.reversed().map { (x: time($0.period), y: scale($0.low ?? $0.value)) }
    return element(.polygon, [.class: "band \(look.colour)", .points: Drawing.points(edge)])
  }

  /// Marks tell lines apart without colour: at all points of a short calendar, at the last of a long one.
  private func marks(_ series: Series) -> Markup {
    let look = series.member.look
    let shown = series.points.count <= 12 ? series.points[...] : series.points.suffix(1)
    return .group(shown.map { look.mark.at(time($0.period), scale($0.value), look) })
  }

  /// Means of so many points in a row, within a run.
  static func means(_ points: [Point], of size: Int) -> [Point] {
    guard size > 1 else { return points }
    return runs(points).flatMap { run in
      stride(from: 0, to: run.count, by: size).map { start in
        let group = run[start..<min(start + size, run.count)]
        func mean(_ number: (Point) -> Double) -> Double { group.reduce(0) { $0 + number($1) } / Double(group.count) }
        let hasBand = group.contains { $0.low != nil }
        return Point(
          period: group[start].period, span: group.reduce(0) { $0 + $1.span }, value: mean(\.value),
          low: hasBand ? mean { $0.low ?? $0.value } : nil, high: hasBand ? mean { $0.high ?? $0.value } : nil)
      }
    }
  }

  /// Points without a gap between them: while nothing is on sale there is no line.
  static func runs(_ points: [Point]) -> [[Point]] {
    var runs: [[Point]] = []
    for point in points {
      if let last = runs.last?.last, last.period + last.span >= point.period {
        runs[runs.count - 1].append(point)
      } else {
        runs.append([point])
      }
    }
    return runs
  }
}
