import GSL
import Tables
import Testing

/// What was written is read back: numbers to the last bit, texts to the last byte, in every style.
struct TableReadingTests {
  /// Pieces that texts are made of: what CSV, spreadsheets and terminals take for something else.
  private static let pieces = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\0", "'", "\"", ",", ";", ".", " ", "a", "B", "1", "é", "東京", "🏨",
    "שלום", "\u{FEFF}", "\u{202E}", "e\u{301}", "NA", "nan",
  ]

  private func random(_ stream: inout RandomStream, _ count: Int) -> Int { Int(stream.word()) % count }

  /// 300 random tables of hostile texts and random doubles in each style.
  @Test(arguments: CSVStyle.allCases) func random(style: CSVStyle) throws {
    var stream = RandomStream(seed: 3, replication: 0, purpose: 1, period: 0, index: 0)
    for _ in 0..<300 {
      let width = 2 + random(&stream, 5)
      let isText = (0..<width).map { $0 == 0 || random(&stream, 2) == 0 }
      let names = (0..<width).map { "column_\($0)" }
      var table = Table(columns: names)
      for _ in 0..<random(&stream, 6) {
        for column in 0..<width {
          if isText[column] {
            // A first column is never blank: a row of one blank cell would be an empty line.
            let text = (0..<random(&stream, 5)).map { _ in Self.pieces[random(&stream, Self.pieces.count)] }.joined()
            table.cell(text.isEmpty ? "x" : text)
          } else if random(&stream, 4) == 0 {
            table.cell(Table.Cell.missing)
          } else if random(&stream, 2) == 0 {
            table.cell(random(&stream, 1_000_000) - 500_000)
          } else {
            table.cell(Double(bitPattern: UInt64(stream.word()) << 32 | UInt64(stream.word())))
          }
        }
        table.endRow()
      }
      let read = try Table(csv: CSVText(table, style: style).bytes) { name in
        names.firstIndex(of: name).map { isText[$0] } ?? false
      }
      try #require(read.columns == table.columns)
      try #require(read.cells.count == table.cells.count)
      for (one, other) in zip(read.cells, table.cells) {
        if let text = other.text {
          #expect(one.text?.utf8.elementsEqual(text.utf8) ?? false)
        } else {
          #expect(one.number?.bitPattern == other.number?.bitPattern)
        }
      }
    }
  }

  @Test(arguments: [
    ("", "there is no header"), ("a,b\n1\n", "row 2: 1 cells, but the header has 2 columns"),
    ("a,b\n1,2\n1,2,3\n", "row 3: 3 cells"), ("a,a\n", "row 1: two columns have the same name"),
    ("a,b\n1,x\n", "row 2: b is x, which is no number"), ("a,b\n1,inf\n", "b is inf"),
    ("a,b\n1,nan\n", "b is nan"), ("a;b\n1;1.5\n1;1,5x\n", "row 3: b is 1,5x"),
    ("a,b\n\"1,2\n", "row 2: a quotation mark is never closed"), ("a,b\n\"1\"2,3\n", "row 2: text follows"),
  ])
  func mistakes(text: String, words: String) {
    let error = #expect(throws: CSVMistake.self) { try Table(csv: Array(text.utf8)) { _ in false } }
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }

  @Test func rows() throws {
    let table = try Table(csv: Array("name,size\r\n'=a,2\r\n,2.5\r\nc,\r\n".utf8)) { $0 == "name" }
    #expect(table.rowCount == 3)
    #expect(table.rows.map { $0.text("name") } == ["=a", "", "c"])
    #expect(table.rows.map { $0.number("size") } == [2, 2.5, nil])
    #expect(table.rows[0]["size"] == .whole(2))
    #expect(table.rows[0]["none"] == .missing)
    #expect(Array(table.rows[1].cells) == [.missing, .number(2.5)])
  }
}
