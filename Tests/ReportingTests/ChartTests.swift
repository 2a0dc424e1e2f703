import Foundation
import Reporting
import Tables
import Testing

/// Marks land where the numbers say. All places are found by hand: rows run from 5% to 95% of the width, curves from 15% to
/// 97%.
struct ChartTests {
  private func close(_ place: Double, _ expected: Double) -> Bool {
    // Places are written to a hundredth.
    abs(place - expected) <= 0.0051
  }

  /// Numbers from 0 to 125 make an axis from 0 to 150: 1 is 90% / 150 = 0.6% wide.
  @Test func profit() throws {
    let page = try ParsedPage(WrittenResults.small.html())
    let bars = page.elements("rect", "bar")
    #expect(bars.map { $0.attributes["class"] } == ["bar candidate", "bar baseline", "bar candidate", "bar perfect"])
    for (bar, profit) in zip(bars, [100.0, 50, 25, 120]) {
      #expect(close(bar.place("x"), 5))
      #expect(close(bar.place("width"), 0.6 * profit))
    }
    // Of each interval the line from end to end stands first.
    let intervals = page.elements("line", "interval").filter { $0.place("y1") == $0.place("y2") }
    for (line, ends) in zip(intervals, [(90.0, 110.0), (45, 55), (20, 30), (115, 125)]) {
      #expect(close(line.place("x1"), 5 + 0.6 * ends.0))
      #expect(close(line.place("x2"), 5 + 0.6 * ends.1))
    }
    #expect(intervals.count == 4 + 2, "four profits and two differences")
  }

  /// Numbers from -30 to 60 make an axis from -50 to 100: 1 is 0.6% again, and 0 is at 5 + 30.
  @Test func difference() throws {
    let page = try ParsedPage(WrittenResults.small.html())
    let lines = page.elements("line", "interval").filter { $0.place("y1") == $0.place("y2") }.suffix(2)
    for (line, ends) in zip(lines, [(40.0, 60.0), (-30, -20)]) {
      #expect(close(line.place("x1"), 35 + 0.6 * ends.0))
      #expect(close(line.place("x2"), 35 + 0.6 * ends.1))
    }
    // The marks: four of profit, then those of the differences.
    let marks = page.elements("svg", "at").filter { !$0.path.contains("li") }
    #expect(close(marks[4].place("x"), 35 + 0.6 * 50))
    #expect(close(marks[5].place("x"), 35 + 0.6 * -25))
  }

  /// Surplus from 10 to 80, 6.5 to 83.5 with room: an axis from 0 to 100, 0.82% each. Profit from 25 to 120, 20.25 to 124.75
  /// with room: from 0 to 150 over 250 to 18 pixels.
  @Test func whoWinsAtWhoseExpense() throws {
    let page = try ParsedPage(WrittenResults.small.html())
    let marks = page.elements("svg", "at").filter { !$0.path.contains("li") }.suffix(4)
    // Drawn from the last to the best, which lies on top.
    for (mark, point) in zip(marks, [(10.0, 120.0), (80, 25), (60, 50), (20, 100)]) {
      #expect(close(mark.place("x"), 15 + 0.82 * point.0))
      #expect(close(mark.place("y"), 250 - 232.0 / 150 * point.1))
    }
    let dashed = page.elements("line", "reference")
    #expect(close(dashed[0].place("x1"), 15 + 0.82 * 60))
    #expect(close(dashed[1].place("y1"), 250 - 232.0 / 150 * 50))
  }

  /// All lose: bars end at 0, which is at the right.
  @Test func losses() throws {
    var written = WrittenResults()
    written.strategy("today", rank: 1, profit: -100, -110, -90)
    written.strategy("dear", rank: 2, profit: -200, -200, -200)
    let bars = try ParsedPage(written.html()).elements("rect", "bar")
    // An axis from -200 to 0: 0.45% each.
    #expect(close(bars[0].place("x"), 50) && close(bars[0].place("width"), 45))
    #expect(close(bars[1].place("x"), 5) && close(bars[1].place("width"), 90))
  }

  /// A customer's change is the segment's divided by its customers, and so are the ends of its interval.
  @Test func winners() throws {
    var written = WrittenResults.small
    written.rows[.winners] = [
      [
        "strategy": .text("dear"), "segment": .text("students"), "verdict": .text("loses"),
        "customers_mean": .number(10),
        "surplus_change_mean": .number(-400), "surplus_change_ci_low": .number(-600),
        "surplus_change_ci_high": .number(-200), "surplus_change_per_customer": .number(-40),
      ]
    ]
    let page = try ParsedPage(written.html())
    let line = try #require(page.elements("line", "interval").filter { $0.place("y1") == $0.place("y2") }.last)
    // -60 to 0: 1.5% each.
    #expect(close(line.place("x1"), 5) && close(line.place("x2"), 65))
    #expect(page.elements("text", "figure").last?.text == "-40.00")
  }

  // MARK: Over time

  private func period(_ strategy: String, _ period: Int, price: Double, _ low: Double, _ high: Double) -> [String: Table
    .Cell]
  {
    [
      "strategy": .text(strategy), "period": .whole(period), "offer": .text("tea"), "seller": .text("We"),
      "price_mean": .number(price), "price_p10": .number(low), "price_p90": .number(high), "units_mean": .number(4),
      "periods": .whole(1),
    ]
  }

  private func points(_ element: ParsedPage.Element) -> [(x: Double, y: Double)] {
    (element.attributes["points"] ?? "").split(separator: " ").map { pair in
      let numbers = pair.split(separator: ",").map { Double($0) ?? .nan }
      return (numbers[0], numbers[1])
    }
  }

  private var overTime: WrittenResults {
    var written = WrittenResults.small
    written.periods = 3
    written.rows[.offers] = [["strategy": .text("dear"), "seller": .text("We"), "offer": .text("tea")]]
    written.rows[.periods] = [
      period("dear", 1, price: 10, 5, 15), period("dear", 2, price: 20, 10, 25), period("dear", 3, price: 5, 5, 5),
    ]
    return written
  }

  /// Prices from 5 to 25 make an axis from 5 to 25 over 180 to 8 pixels; three periods stand at 15%, 56% and 97%.
  @Test func prices() throws {
    let page = try ParsedPage(overTime.html())
    let curve = try #require(page.elements("polyline", "curve").first)
    let places = points(curve)
    for (place, expected) in zip(places, [(15.0, 137.0), (56, 51), (97, 180)]) {
      #expect(close(place.x, expected.0) && close(place.y, expected.1))
    }
    #expect(places.count == 3)
    // The band goes along the 90th percentile and back along the 10th.
    let band = points(try #require(page.elements("polygon", "band").first))
    for (place, expected) in zip(band, [94.0, 8, 180, 180, 137, 180]) { #expect(close(place.y, expected)) }
    #expect(band.count == 6)
  }

  @Test func aSinglePeriodHasNoTime() throws {
    var written = overTime
    written.periods = 1
    #expect(try ParsedPage(written.html()).elements("polyline").isEmpty)
  }

  /// While nothing is on sale there is no line.
  @Test func gaps() throws {
    var written = overTime
    written.rows[.periods] = [1, 2, 4, 5].map { period("dear", $0, price: 10, 10, 10) }
    let counts = try ParsedPage(written.html()).elements("polyline").map { points($0).count }
    #expect(counts == [2, 2, 2, 2], "two runs of the price, two of the units")
  }

  /// 401 rows are drawn as 134 points, means of three: prices 1 to 401 then begin at 2 and end at 400.5, the mean of the
  /// two that are left.
  @Test func longCalendars() throws {
    var written = overTime
    written.periods = 401
    written.rows[.periods] = (1...401).map { period("dear", $0, price: Double($0), Double($0), Double($0)) }
    let html = try written.html()
    #expect(html.contains("Each point is the mean of up to 3 rows of periods.csv."))
    let places = points(try #require(ParsedPage(html).elements("polyline").first))
    #expect(places.count == 134)
    // An axis from 0 to 500 over 180 to 8 pixels.
    #expect(close(places[0].y, 180 - 172.0 / 500 * 2))
    #expect(close(places[133].y, 180 - 172.0 / 500 * 400.5))
  }

  // MARK: The waterfall

  /// 10 less 2 is 8, less 3 is 5: prices stand on 0, steps hang from the price before. From 0 to 10, 9% each.
  @Test func waterfall() throws {
    var written = WrittenResults.small
    written.rows[.waterfall] = [
      ("price", "list price", 10), ("discount", "bonus", 2), ("price", "pocket price", 8), ("unit cost", "cost", 3),
      ("margin", "pocket margin", 5),
    ].map { kind, step, amount in
      [
        "strategy": .text("dear"), "seller": .text("We"), "offer": .text("tea"), "kind": .text(kind),
        "step": .text(step), "amount_mean": .number(amount),
      ]
    }
    let bars = try ParsedPage(written.html()).elements("rect", "bar").suffix(5)
    for (bar, ends) in zip(bars, [(0.0, 10.0), (8, 10), (0, 8), (5, 8), (0, 5)]) {
      #expect(close(bar.place("x"), 5 + 9 * ends.0))
      #expect(close(bar.place("width"), 9 * (ends.1 - ends.0)))
    }
  }

  // MARK: Regret

  /// From 0 to 40 over 180 to 8 pixels.
  @Test func regret() throws {
    var written = WrittenResults.small
    written.rows[.regret] = [(10, 20.0), (30, 40)].map { period, regret in
      ["strategy": .text("dear"), "period": .whole(period), "regret_mean": .number(regret)]
    }
    let places = points(try #require(ParsedPage(written.html()).elements("polyline").first))
    #expect(places.count == 2)
    #expect(close(places[0].x, 15) && close(places[0].y, 94))
    #expect(close(places[1].x, 97) && close(places[1].y, 8))
  }
}
