import Reporting
import Testing

/// Tables and charts of text: what stands where, and within how many columns.
struct TerminalTextTests {
  @Test func columns() {
    let table = TextTable(
      [["name", "units\nsold", "", "x"], ["tea", "12", "", "1"], ["東京", "7", "", "234"]],
      isNumeric: [false, true, true, true])
    #expect(table.lines == ["name  units    x", "       sold", "tea      12    1", "東京      7  234"])
  }

  /// Names give way, numbers never; and names keep ten columns.
  @Test(arguments: [
    (80, "a name that goes on and on  12345"), (30, "a name that goes on an…  12345"), (5, "a name th…  12345"),
  ])
  func narrow(width: Int, line: String) {
    let table = TextTable(
      [["", "n"], ["a name that goes on and on", "12345"]], isNumeric: [false, true], width: width)
    #expect(table.lines.last == line)
  }

  @Test func wideCharactersAreCutWhole() {
    #expect(TextWidth.cut("東京都", to: 6) == "東京都")
    #expect(TextWidth.cut("東京都", to: 5) == "東京…")
    #expect(TextWidth.cut("東京都", to: 4) == "東…")
    #expect(TextWidth.cut("abc", to: 3) == "abc")
    #expect(TextWidth.cutInFront("a.b.東京都", to: 7) == "…東京都")
    #expect(TextWidth.cutInFront("abc", to: 3) == "abc")
  }

  /// Names cannot move the cursor, colour the line or turn its direction.
  @Test func plainNames() {
    #expect(TextTable.plain("a\u{1B}[31mb\nc\u{202E}d\u{7F}e\u{9B}f") == "a [31mb c d e f")
  }

  private func chart(_ rows: [(String, Double, ClosedRange<Double>?)], reference: Double? = nil) -> IntervalChart {
    IntervalChart(
      rows: rows.map { row in
        .init(
          name: row.0, mean: row.1, interval: row.2.map { Interval(low: $0.lowerBound, high: $0.upperBound) },
          isBenchmark: row.0 == "limit")
      }, reference: reference, words: { String(Int($0)) })
  }

  /// The axis from 0 to 20 takes 21 columns, so that each column is one unit of money.
  @Test func places() throws {
    let lines = try #require(
      chart(
        [("a", 5, 3...7), ("b", 10, 10...10), ("limit", 20, nil), ("c", 1, 0...2)], reference: 10
      ).lines(width: 28))
    #expect(
      lines == [
        "a         ├─●─┤  ┊", "b                ●", "limit            ┊         ○", "c      ├●┤       ┊",
        "       0                  20",
      ])
  }

  @Test func nothingToSee() {
    #expect(chart([("a", 5, nil)]).lines(width: 80) == nil)
    #expect(chart([("a", 5, nil), ("b", 5, nil)]).lines(width: 80) == nil)
    #expect(chart([("a", -1e308, nil), ("b", 1e308, nil)]).lines(width: 80) == nil, "the span is no number")
    #expect(chart([("a", .nan, nil), ("b", 1, nil)]).lines(width: 80) == nil)
    #expect(chart([("a", 1, 0 ... .infinity), ("b", 2, nil)]).lines(width: 80) == nil)
  }

  @Test(arguments: [60, 80, 120]) func widths(width: Int) throws {
    let lines = try #require(
      chart([("a very long name that nobody needs in full, or so one hopes", 5, 3...7), ("b", 90, 10...1000)])
        .lines(width: width))
    #expect(lines.allSatisfy { TextWidth.of($0) <= width })
    #expect(lines.contains { TextWidth.of($0) == width }, "the whole width is used")
  }
}
