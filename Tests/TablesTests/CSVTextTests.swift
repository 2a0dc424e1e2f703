import GSL
import Tables
import Testing

/// CSV as RFC 4180 says, safe for spreadsheets.
struct CSVTextTests {
  private func cell(_ text: String) -> String { row { $0.cell(text) } }
  private func cell(_ number: Double?) -> String { row { $0.cell(number) } }

  private func row(_ style: CSVStyle = .plain, _ write: (inout Table) -> Void) -> String {
    var table = Table(columns: ["x"])
    write(&table)
    let line = String(decoding: CSVText(table, style: style, hasHeader: false).bytes, as: UTF8.self)
    return line.hasSuffix("\r\n") ? String(line.dropLast()) : "no end of line: \(line)"
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
    ("\0x", "'\0x"), ("'=x", "''=x"), ("''", "''"),
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
    for number in [Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e15, -1e15, 123_456_789_012_345_680] {
      #expect(Double(cell(number)) == number)
    }
  }

  @Test func missing() {
    #expect(cell(nil as Double?).isEmpty)
    #expect(cell(.nan).isEmpty)
    #expect(cell(-.infinity).isEmpty)
    #expect(row { $0.cell(nil as Int?) }.isEmpty)
  }

  private var sample: Table {
    var table = Table(columns: ["a", "b", "c"])
    table.cell("x;y")
    table.cell(nil as Double?)
    table.cell(3)
    table.endRow()
    table.cell("1,5")
    table.cell("")
    table.cell(-1234.25)
    table.endRow()
    return table
  }

  /// A double click opens the second where numbers have a decimal point, the third where they have a decimal comma.
  @Test(arguments: [
    (CSVStyle.plain, "a,b,c\r\nx;y,,3\r\n\"1,5\",,-1234.25\r\n"),
    (.spreadsheet, "\u{FEFF}a,b,c\r\nx;y,,3\r\n\"1,5\",,-1234.25\r\n"),
    (.european, "\u{FEFF}a;b;c\r\n\"x;y\";;3\r\n1,5;;-1234,25\r\n"),
  ])
  func styles(style: CSVStyle, expected: String) {
    let text = String(decoding: CSVText(sample, style: style).bytes, as: UTF8.self)
    #expect(text.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(text)")
  }

  /// Rows that follow those of another text have neither header nor mark.
  @Test(arguments: CSVStyle.allCases) func rowsAlone(style: CSVStyle) {
    let whole = CSVText(sample, style: style).bytes
    let rows = CSVText(sample, style: style, hasHeader: false).bytes
    let header = CSVText(Table(columns: sample.columns), style: style).bytes
    #expect(header + rows == whole)
  }
}
