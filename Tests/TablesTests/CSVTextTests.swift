import GSL
import Reporting
import Testing

/// CSV as RFC 4180 says, safe for spreadsheets.
struct CSVTextTests {
  private func cell(_ text: String) -> String { row { $0.cell(text) } }
  private func cell(_ number: Double?) -> String { row { $0.cell(number) } }

  private func row(_ write: (inout CSVText) -> Void) -> String {
    var text = CSVText()
    write(&text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), (" spaces ", " spaces "), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("Zoë 東京 🏨", "Zoë 東京 🏨"),
    ("semi;colon", "semi;colon"), ("\"", "\"\"\"\""), ("it's", "it's"),
  ])
  func quoting(text: String, expected: String) {
    #expect(cell(text) == expected)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""),
    ("=HYPERLINK(\"a\",1)", "\"'=HYPERLINK(\"\"a\"\",1)\""), ("-5% off", "'-5% off"), ("1=1", "1=1"), ("a-b", "a-b"),
  ])
  func formulasAreHarmless(text: String, expected: String) {
    #expect(cell(text) == expected)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (24.9, "24.9"), (0.1, "0.1"), (-2310, "-2310"),
    (1e14, "100000000000000"),
    (1e300, "1e+300"), (1e-7, "1e-07"), (0.30000000000000004, "0.30000000000000004"),
  ])
  func numbers(number: Double, expected: String) {
    #expect(cell(number) == expected)
  }

  /// Ten thousand doubles of all sizes and signs read back to the same bits, and need no quotes.
  @Test func numbersReadBack() {
    var stream = RandomStream(seed: 1, replication: 0, purpose: 1, period: 0, index: 0)
    for _ in 0..<10_000 {
      let number = Double(bitPattern: UInt64(stream.word()) << 32 | UInt64(stream.word()))
      guard number.isFinite else { continue }
      let text = cell(number)
      #expect(Double(text) == number)
      #expect(text.allSatisfy { "0123456789.e+-".contains($0) })
    }
    for number in [Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e15, -1e15, 123_456_789_012_345_678] {
      #expect(Double(cell(number)) == number)
    }
  }

  @Test func missing() {
    #expect(cell(nil as Double?).isEmpty)
    #expect(cell(.nan).isEmpty)
    #expect(cell(-.infinity).isEmpty)
    #expect(row { $0.cell(nil as Int?) }.isEmpty)
  }

  @Test func rows() {
    var text = CSVText(header: ["a", "b", "c"])
    text.cell("x")
    text.cell(nil as Double?)
    text.cell(3)
    text.endRow()
    text.cell("")
    text.cell("")
    text.cell(-1.25)
    text.endRow()
    #expect(String(decoding: text.bytes, as: UTF8.self) == "a,b,c\r\nx,,3\r\n,,-1.25\r\n")
  }
}
