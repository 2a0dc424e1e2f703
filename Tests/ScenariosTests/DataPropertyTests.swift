import Foundation
import Scenarios
import Testing

/// Whatever is written as some locale writes it reads back the same; whatever else comes in never crashes.
struct DataPropertyTests {
  /// How a program writes a table.
  private struct Locale {
    let separator: String
    let decimal: String
    let group: String
    let lineEnd: String
    let quotesAll: Bool
    let currency: String
  }

  private static let names = [
    "basic", "Premium plus", "Café", "Cafe\u{301} noir", "a, b", "x; y", "tab\there", "say \"x\"", "東京 🏨", "Größe_2",
    "two\nlines", "10%er", "Ñandú",
  ]

  private func text(_ value: Int, hundredths: Bool, _ locale: Locale, _ random: inout SplitMix) -> String {
    let magnitude = abs(value)
    var whole = String(hundredths ? magnitude / 100 : magnitude)
    if !locale.group.isEmpty, Bool.random(using: &random) {
      var groups: [String] = []
      while whole.count > 3 {
        groups.insert(String(whole.suffix(3)), at: 0)
        whole = String(whole.dropLast(3))
      }
      whole = ([whole] + groups).joined(separator: locale.group)
    }
    let cents = magnitude % 100
    let fraction = hundredths ? locale.decimal + (cents < 10 ? "0" : "") + "\(cents)" : ""
    let number = (value < 0 ? "-" : "") + whole + fraction
    return Int.random(in: 0..<4, using: &random) == 0 ? number + locale.currency : number
  }

  private func cell(_ text: String, _ locale: Locale) -> String {
    let needsQuotes = [locale.separator, "\"", "\n", "\r"].contains { text.contains($0) } || text.hasPrefix(" ")
    guard locale.quotesAll || needsQuotes else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  @Test(.timeLimit(.minutes(2 * effort))) func randomTablesReadBack() throws {
    var random = SplitMix(state: 11)
    var cells = 0
    for round in 0..<2_000 * effort {
      let isComma = Bool.random(using: &random)
      let separator = [",", ";", "\t"].randomElement(using: &random) ?? ","
      let locale = Locale(
        separator: separator, decimal: isComma ? "," : ".",
        group: ["", isComma ? "." : ",", " ", "\u{A0}", "\u{202F}", "'"].randomElement(using: &random) ?? "",
        lineEnd: ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n",
        quotesAll: Bool.random(using: &random),
        currency: [" €", "€", "\u{A0}EUR", ""].randomElement(using: &random) ?? "")
      let all = Self.names.shuffled(using: &random)
      let columns = Array(all.prefix(Int.random(in: 1...6, using: &random)))
      let wanted = Array(columns.shuffled(using: &random).prefix(Int.random(in: 1...columns.count, using: &random)))
      let values = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        columns.map { _ in Int.random(in: -20_000_000...500_000_000, using: &random) }
      }
      // Decimals in some columns; the first wanted one has them, so that the decimal mark can be told.
      let hundredths = columns.map { $0 == wanted[0] || Bool.random(using: &random) }
      var lines = Int.random(in: 0..<3, using: &random) == 0 ? ["A title", ""] : []
      let padding = Int.random(in: 0..<3, using: &random) == 0 ? [separator + separator] : [""]
      lines.append(columns.map { cell($0, locale) }.joined(separator: separator) + padding[0])
      for row in values {
        let texts = zip(row, hundredths).map { cell(text($0, hundredths: $1, locale, &random), locale) }
        lines.append(texts.joined(separator: separator) + padding[0])
      }
      var written = lines.joined(separator: locale.lineEnd)
      if Bool.random(using: &random) { written += locale.lineEnd }
      var bytes = Array(written.utf8)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes = [0xEF, 0xBB, 0xBF] + bytes
      case 1:
        bytes = [0xFF, 0xFE] + written.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
      default: break
      }
      do {
        let read = try SurveyFile(DataFile(bytes: bytes, name: "t.csv"), products: wanted, currency: "EUR")
        let expected = values.map { row in
          wanted.map { name -> Double in
            let column = columns.firstIndex(of: name) ?? 0
            return hundredths[column] ? Double(row[column]) / 100 : Double(row[column])
          }
        }
        #expect(read.rows == expected, "round \(round): \(written)")
        cells += values.count * wanted.count
      } catch {
        Issue.record("round \(round): \(error)\n\(written)")
      }
    }
    print("\(cells) cells written in random locales read back the same, error 0")
  }

  /// Random bytes and random pieces of tables: an answer or a refusal with at least one message, never a crash.
  @Test(.timeLimit(.minutes(2 * effort))) func randomBytes() {
    var random = SplitMix(state: 12)
    let pieces = [
      "basic", "premium", "product", "price", "share", "weight", ",", ";", "\t", "\n", "\r", "\"", "\"\"", "1.234",
      "1,5", "-",
      "€", "%", "sep=;\n", " ", "\u{A0}", "0", "12", "n/a", "\u{0}", "\u{FEFF}", "é", "Total", "a: b", "(", ")", "e5",
    ]
    let tables = [
      ("basic,premium\n", ["1,2\n", "0.5,12\n", "\"1\",\"2\"\r\n"]),
      ("product;price;share\n", ["basic;3;0,25\n", "premium;4;0,5\n"]),
      ("price,basic,sugar\n", ["-1,2,0\n", "-0.5,1.25,1\n"]),
    ]
    var read = 0
    for round in 0..<10_000 {
      var bytes: [UInt8] = []
      if round.isMultiple(of: 4) {
        bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        if Bool.random(using: &random) { bytes = [0xFF, 0xFE] + bytes }
      } else {
        let (header, rows) = tables[round % tables.count]
        bytes += header.utf8
        for _ in 0..<Int.random(in: 1...4, using: &random) { bytes += (rows.randomElement(using: &random) ?? "").utf8 }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          let piece = Array((pieces.randomElement(using: &random) ?? "").utf8)
          bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      read += attempt(bytes)
    }
    #expect(read > 1000, "some are right: \(read)")
  }

  /// Reads bytes as every kind of file; the number of kinds that could be read.
  private func attempt(_ bytes: [UInt8]) -> Int {
    guard let data = try? DataFile(bytes: bytes, name: "t.csv") else { return 0 }
    let kinds: [(DataFile) throws -> Void] = [
      { _ = try SurveyFile($0, products: ["basic"]) },
      { _ = try SurveyFile($0, products: ["basic", "premium"], currency: "EUR") },
      { _ = try AttributeFile($0, products: ["basic", "premium"]) },
      { _ = try MarketFile($0) },
      { _ = try PartWorthFile($0, products: ["basic"], attributes: ProductAttributes()) },
    ]
    return kinds.count { kind in
      do {
        try kind(data)
        return true
      } catch let problems as DataProblems {
        #expect(!problems.messages.isEmpty)
        #expect(problems.messages.allSatisfy { $0.hasPrefix("t.csv") })
        #expect(!problems.messages.contains { $0.contains("\n") }, "one line each")
      } catch {
        Issue.record("\(error)")
      }
      return false
    }
  }
}
