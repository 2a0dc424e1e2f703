import Foundation
import Reporting
import Tables
import Testing

/// What the page says and shows, from results whose numbers are chosen so that places can be found by hand.
struct PageTests {
  private let nasty = [
    "<script>alert('x')</script>", "\"quoted\" & 'single' <b>", "</svg></title><img src=x onerror=alert(1)>", "价格方案 🍰",
    "الأسعار الحالية", "a name so long that no chart has room for it, and yet the tables show it from end to end",
  ]

  private var named: WrittenResults {
    var written = WrittenResults()
    for (index, name) in nasty.enumerated() {
      written.strategy(name, rank: index + 1, profit: Double(60 - 10 * index), 1, 70, surplus: Double(index))
      if index > 0 { written.comparison(name, Double(-10 * index), -70, -1) }
    }
    written.strategy("perfect knowledge", rank: nil, profit: 80, 70, 90)
    (written.baseline, written.market, written.question) = (nasty[0], nasty[2], nasty[1])
    written.answer = "\(nasty[4]) & \(nasty[0]) <earn>."
    return written
  }

  @Test func namesAreTexts() throws {
    let page = try ParsedPage(named.html())
    let names = Set(page.elements("bdi").map(\.text))
    for name in nasty { #expect(names.contains(name), "\(name)") }
    // In the rows of summary and comparisons, and in the chart of profit in full for who points at it.
    for name in nasty.dropFirst() {
      let heads = page.elements.filter { $0.tag == "bdi" && $0.text == name && $0.path.last == "th" }
      #expect(heads.count == 2, "\(name)")
      #expect(page.elements("title").contains { $0.text.hasPrefix(name + ": ") }, "\(name)")
    }
    #expect(page.elements("h1").count == 1)
    #expect(page.elements.filter { $0.tag == "bdi" && $0.path.last == "h1" }.map(\.text) == [nasty[1]])
  }

  /// Elements and attributes are few and none of them loads or runs anything.
  @Test func nothingExternal() throws {
    let html = try named.html()
    let page = try ParsedPage(html)
    let loading: Set = [
      "script", "link", "img", "image", "iframe", "object", "embed", "use", "foreignObject", "base", "form", "a",
      "video",
      "audio", "source", "pattern", "animate", "set",
    ]
    #expect(Set(page.elements.map(\.tag)).isDisjoint(with: loading))
    for element in page.elements {
      for (attribute, value) in element.attributes {
        #expect(!attribute.hasPrefix("on") && !["href", "src", "style", "srcset", "xlink:href"].contains(attribute))
        #expect(!value.contains("://"))
      }
    }
    let style = try #require(page.elements("style").first).text
    #expect(page.elements("style").count == 1)
    for call in ["url(", "@import", "://", "expression", "image("] { #expect(!style.contains(call)) }
    #expect(html.contains("default-src 'none'"))
  }

  /// Every picture says in words what it shows; every table has a caption and headings.
  @Test func forThoseWhoCannotSeeIt() throws {
    let page = try ParsedPage(named.html())
    #expect(page.elements("html").first?.attributes["lang"] == "en")
    let pictures = page.elements.indices.filter { page.elements[$0].attributes["role"] == "img" }
    #expect(pictures.count == 3)
    for index in pictures {
      #expect(page.elements[index + 1].tag == "title" && !page.elements[index + 1].text.isEmpty)
      #expect(page.elements[index + 2].tag == "desc" && page.elements[index + 2].text.contains(nasty[3]))
    }
    #expect(page.elements("table").count == page.elements("caption").count)
    #expect(page.elements("th").filter { $0.path.contains("thead") }.allSatisfy { $0.attributes["title"] != "" })
  }

  /// The same run is the same page: whatever it took, wherever it lies, and however its CSV is written.
  @Test func sameBytes() throws {
    let first = try named.html()
    #expect(try named.html() == first)
    #expect(try named.html(style: .european) == first)
    #expect(try named.html(style: .spreadsheet) == first)
    var later = named
    (later.started, later.threads) = ("2031-12-31T23:59:59Z", 64)
    #expect(try later.html() == first)
  }

  // MARK: The answer

  private func figures(_ written: WrittenResults) throws -> [(value: String, detail: String)] {
    let page = try ParsedPage(written.html())
    return page.elements.filter { $0.path.contains("dl") && $0.path.contains("header") }.reduce(into: []) {
      list, part in
      if part.tag == "strong" { list.append((part.text, "")) }
      if part.tag == "bdi", part.path.last == "strong" { list[list.count - 1].value += part.text }
      if part.tag == "span" { list[list.count - 1].detail = part.text }
    }
  }

  @Test func answerFirst() throws {
    let page = try ParsedPage(WrittenResults.small.html())
    let order = page.elements.filter { $0.path.contains("header") || $0.tag == "figure" || $0.tag == "table" }
    let answer = try #require(order.firstIndex { $0.has("answer") })
    #expect(order[answer].text == "It is so.")
    #expect(try #require(order.firstIndex { $0.text == "Which?" }) < answer)
    #expect(try #require(order.firstIndex { $0.tag == "figure" }) > answer)
    let figures = try figures(.small)
    #expect(figures.map(\.value) == ["dear", "100.00 EUR", "+50.00 EUR", ">99.9%"])
    #expect(figures[1].detail == "95%: 90.00 to 110.00")
    #expect(figures[2].detail == "95%: 40.00 to 60.00")
  }

  /// Where the baseline is best, its lead over the next is that one's difference with the sign turned, ends and all.
  @Test func baselineIsBest() throws {
    var written = WrittenResults()
    written.strategy("today", rank: 1, profit: 100, 90, 110)
    written.strategy("dear", rank: 2, profit: 70, 60, 80)
    written.comparison("dear", -30, -45, -20)
    let lead = try figures(written)[2]
    #expect(lead == ("+30.00 EUR", "95%: 20.00 to 45.00"))
  }

  @Test func oneReplication() throws {
    var written = WrittenResults()
    written.replications = 1
    written.strategy("dear", rank: 1, profit: 100, nil, nil)
    written.strategy("today", rank: 2, profit: 70, nil, nil)
    written.comparison("dear", 30, nil, nil)
    #expect(try figures(written).map(\.value) == ["dear", "100.00 EUR", "+30.00 EUR", "unknown"])
    let page = try ParsedPage(written.html())
    #expect(page.elements("line", "interval").isEmpty)
  }

  @Test func oneCandidate() throws {
    var written = WrittenResults()
    written.strategy("today", rank: 1, profit: 100, 90, 110)
    let values = try figures(written).map(\.value)
    #expect(values == ["today", "100.00 EUR"])
  }

  @Test func withoutRanksThereIsNoPage() {
    #expect(throws: ResultsError.self) { _ = try WrittenResults().html() }
  }

  // MARK: Tables

  @Test func longTablesAreCut() throws {
    var written = WrittenResults.small
    written.rows[.periods] = (1...30).map {
      ["strategy": .text("dear"), "period": .whole($0), "units_mean": .number(1)]
    }
    let html = try written.html()
    #expect(html.contains("The first 12 of 30 rows; all of them are in periods.csv."))
    let page = try ParsedPage(html)
    #expect(!page.elements("th").contains { $0.text == "price p10" }, "a column in which nothing stands is left out")
  }

  @Test func intervalsAreOneColumn() throws {
    let page = try ParsedPage(WrittenResults.small.html())
    #expect(page.elements("td").contains { $0.text == "90.00 to 110.00" })
    #expect(page.elements("th").contains { $0.text == "profit difference interval" })
  }
}
