/// Means with their intervals as lines of text, all on one axis: who lies where, and who overlaps whom.
///
///     today              ●
///     charge for value        ├─●─┤
///                     10          25
package struct IntervalChart {
  /// One line.
  package struct Row {
    let name: String
    let mean: Double
    let interval: Interval?
    /// Whether it stands for a limit rather than a strategy: drawn hollow.
    let isBenchmark: Bool

    package init(name: String, mean: Double, interval: Interval?, isBenchmark: Bool) {
      self.name = name
      self.mean = mean
      self.interval = interval
      self.isBenchmark = isBenchmark
    }
  }

  let rows: [Row]
  /// Where a dotted line is drawn in every row; nil for none.
  let reference: Double?
  /// Amounts at the ends of the axis, in words.
  let words: (Double) -> String

  package init(rows: [Row], reference: Double?, words: @escaping (Double) -> String) {
    self.rows = rows
    self.reference = reference
    self.words = words
  }

  /// The rows' lines, then that of the axis, none longer than `width`; nil where all means are the same number, or there is
  /// only one: then there is nothing to see.
  package func lines(width: Int) -> [String]? {
    let ends = rows.flatMap { [$0.mean, $0.interval?.low ?? $0.mean, $0.interval?.high ?? $0.mean] }
    guard rows.count > 1, ends.allSatisfy(\.isFinite), let low = ends.min(), let high = ends.max(), high > low,
      (high - low).isFinite
    else { return nil }
    let nameWidth = min(rows.map { TextWidth.of($0.name) }.max() ?? 0, max(10, width / 3))
    let room = max(10, width - nameWidth - 2)
    func place(_ value: Double) -> Int { Int(((value - low) / (high - low) * Double(room - 1)).rounded()) }
    let margin = String(repeating: " ", count: nameWidth + 2)
    let lines = rows.map { row in
      var bar = [Character](repeating: " ", count: room)
      if let reference, low <= reference, reference <= high { bar[place(reference)] = "┊" }
      if let interval = row.interval {
        let (left, right) = (place(interval.low), place(interval.high))
        for column in left...right { bar[column] = "─" }
        (bar[left], bar[right]) = ("├", "┤")
      }
      bar[place(row.mean)] = row.isBenchmark ? "○" : "●"
      while bar.last == " " { bar.removeLast() }
      return TextWidth.padded(TextWidth.cut(row.name, to: nameWidth), to: nameWidth) + "  " + String(bar)
    }
    let (first, last) = (words(low), words(high))
    let gap = String(repeating: " ", count: max(1, room - TextWidth.of(first) - TextWidth.of(last)))
    return lines + [margin + first + gap + last]
  }
}
