import Foundation
import Scenarios
import Testing

/// Files as spreadsheets and people write them: either read right, or refused with the place and the reason.
struct MessyFileTests {
  private static let right = [[24, 29], [0, 35.5], [1234.5, 100]]

  private func read(
    _ text: String, products: [String] = ["basic", "premium"], currency: String = "EUR"
  ) throws -> SurveyFile {
    try SurveyFile(
      DataFile(bytes: Array(text.utf8), name: "answers.csv"), products: products, currency: currency)
  }

  private func messages(_ text: String, products: [String] = ["basic", "premium"], currency: String = "EUR") -> [String]
  {
    do {
      let file = try read(text, products: products, currency: currency)
      return ["read as \(file.rows)"]
    } catch let problems as DataProblems {
      return problems.messages
    } catch {
      return ["\(error)"]
    }
  }

  /// The same three respondents, as they come from different programs and places.
  @Test(arguments: [
    // Plain, and with thousands separators in quotes.
    "basic,premium\n24,29\n0,35.5\n1234.5,100\n",
    "basic,premium\n24,29\n0,35.5\n\"1,234.50\",100\n",
    // The decimal comma quoted in a file with commas.
    "basic,premium\n24,29\n0,\"35,5\"\n\"1.234,5\",100\n",
    // A German spreadsheet; one with thousands; one written by a program with points.
    "basic;premium\r\n24;29\r\n0;35,5\r\n1234,5;100\r\n",
    "basic;premium\r\n24;29\r\n0;35,50\r\n1.234,50;100\r\n",
    "basic;premium\n24;29\n0;35.5\n1234.5;100\n",
    // French and Swiss thousands.
    "basic;premium\n24;29\n0;35,5\n1 234,5;100\n",
    "basic;premium\n24;29\n0;35,5\n1\u{202F}234,5;100\n",
    "basic;premium\n24;29\n0;35.5\n1'234.50;100\n",
    // Tabs; lone carriage returns; a byte order mark; what Excel says first.
    "basic\tpremium\n24\t29\n0\t35,5\n1.234,5\t100\n",
    "basic,premium\r24,29\r0,35.5\r1234.5,100\r",
    "\u{FEFF}basic,premium\n24,29\n0,35.5\n1234.5,100",
    "sep=;\r\nbasic;premium\r\n24;29\r\n0;35,5\r\n1234,5;100\r\n",
    "\u{FEFF}\"sep=|\"\nbasic|premium\n24|29\n0|35,5\n1.234,5|100\n",
    // Titles and blank rows above the header; the title mentions a product.
    "Survey, spring 2024\n\nbasic,premium\n24,29\n0,35.5\n1234.5,100\n",
    "basic;;\n\nn = 3;;\nid;basic;premium\n1;24;29\n2;0;35,5\n3;1234,5;100\n",
    // Names in another case, with spaces, underscores, line breaks, units.
    "PREMIUM,Basic\n29,24\n35.5,0\n100,1234.5\n",
    " premium ,\u{A0}basic \n29,24\n35.5,0\n100,1234.5\n",
    "basic (EUR);premium [€]\n24;29\n0;35,5\n1234,5;100\n",
    // Trailing empty columns and rows, an index without a name, empty lines between rows.
    "basic,premium,,\n24,29,,\n0,35.5,,\n1234.5,100\n,,,\n,,,\n",
    ",basic,premium\n0,24,29\n1,0,35.5\n2,1234.5,100\n",
    "basic,premium\n24,29\n\n\n0,35.5\n \n1234.5,100\n\n\n",
    // Currencies.
    "basic;premium\n€ 24;29 €\n0;35,50 EUR\n1.234,50 €;100\n",
    "basic,premium\nEUR 24,29\n0,35.5\n\"€1,234.50\",100\n",
    // Spaces around quotes, quotes within text, text over several lines.
    "id, \"basic\" ,premium,note\n1, \"24\" ,29,5\" screen\n2,0,35.5,\"two\nlines\"\n3,1234.5,100,\"said \"\"no\"\"\"\n",
  ])
  func readRight(text: String) throws { #expect(try read(text).rows == Self.right) }

  @Test func encodings() throws {
    let text = "Café crème;Tee\n24;29\n0;35,5 €\n1.234,5;100\n"
    let products = ["Cafe\u{301} cre\u{300}me", "Tee"]
    var windows: [UInt8] = []
    for scalar in text.unicodeScalars { windows.append(scalar == "€" ? 0x80 : UInt8(scalar.value)) }
    let little: [UInt8] =
      [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), windows, little, big] {
      let file = try SurveyFile(DataFile(bytes: bytes, name: "answers.csv"), products: products, currency: "EUR")
      #expect(file.rows == Self.right)
    }
  }

  @Test(
    arguments: [
      ([0x62, 0xFC, 0x0A, 0xC3, 0xBC], "is not UTF-8 text, but line 2 has characters of UTF-8; save it as UTF-8"),
      ([0x62, 0x0A, 0x81], "is neither UTF-8 nor Windows-1252 text (line 2); save it as UTF-8"),
      ([0x62, 0, 0x61, 0], "is not UTF-8 text (it has zero bytes); save it as UTF-8"),
      ([0xEF, 0xBB, 0xBF, 0xFC], "says that it is UTF-8, but is not; save it as UTF-8"),
      ([0xFF, 0xFE, 0x62], "ends within a character; save it as UTF-8"),
      ([0xFF, 0xFE, 0x00, 0xD8], "has half a character of UTF-16; save it as UTF-8"),
      ([0x50, 0x4B, 3, 4, 9], "is a workbook or an archive, not CSV; save it from the spreadsheet as CSV UTF-8"),
    ] as [([UInt8], String)])
  func noText(bytes: [UInt8], words: String) {
    #expect(throws: DataProblems("answers.csv " + words)) { try DataFile(bytes: bytes, name: "answers.csv") }
  }

  /// Text and the one message about it, without the name of the file.
  @Test(arguments: [
    // Numbers that can be read in two ways are settled by others, by the separator, or not at all.
    (
      "basic,premium\n\"1,234\",29\n",
      ", row 2, column A \"basic\": found \"1,234\", which can be a whole number or have three decimals, and no number in "
        + "the file tells which; write 1234 or 1,2340"
    ),
    (
      "basic;premium\n1.234;29\n",
      ", row 2, column A \"basic\": found \"1.234\", which can be a whole number or have three decimals, and no number in "
        + "the file tells which; write 1234 or 1.2340"
    ),
    (
      "basic\tpremium\n29\t1.234\n",
      ", row 2, column B \"premium\": found \"1.234\", which can be a whole number or have three decimals, and no number "
        + "in the file tells which; write 1234 or 1.2340"
    ),
    (
      "basic;premium\n1,5;2\n3,5;2.5\n",
      ", row 3, column B \"premium\": found \"2.5\"; the decimal mark of the other numbers is a comma as in \"1,5\" in row "
        + "2; write all numbers alike"
    ),
    // Cells and rows.
    (
      "basic,premium\n24,\n",
      ", row 2, column B \"premium\": found \"\"; write a number, and 0 for a respondent who would pay nothing"
    ),
    (
      "id,,basic,premium\n1,,24,n/a\n",
      ", row 2, column D \"premium\": found \"n/a\"; write a number, and 0 for a respondent who would pay nothing"
    ),
    (
      "basic,premium\n24,30%\n",
      ", row 2, column B \"premium\": found \"30%\"; write a number, and 0 for a respondent who would pay nothing, not a "
        + "percentage"
    ),
    ("basic,premium\n24\n", ", row 2: found 1 cell; the header has 2"),
    (
      "basic,premium\n24,29,5\n",
      ", row 2: found 3 cells; the header has 2; a number with a comma in it needs quotation marks here"
    ),
    (
      "basic,premium,\n1,234,29\n",
      ", row 2: found 3 cells; the header has 2; a number with a comma in it needs quotation marks here"
    ),
    (
      "basic,premium\n24,29\n,\n1,2\n",
      ", row 3: this row is blank; delete it, or write 0 in it for one of the respondents who would pay nothing"
    ),
    ("basic,premium\n24,\"29\n30,5\n", ", row 2, column B: a quotation mark is never closed"),
    (
      "basic,premium\n24,\"29\"x\n",
      ", row 2, column B: text follows a closing quotation mark; inside quotes, double the quotation mark"
    ),
    // Totals.
    ("id,basic,premium\n1,24,29\n2,20,31\nTotal,44,60\n", ", row 4: \"Total\" looks like a row of totals; delete it"),
    (
      "id,basic,premium\n1,24,29\n2,20,31\n,22,30\n",
      ", row 4: the last row has no \"id\", which all others have; delete it if it holds totals, or fill the cell"
    ),
    (
      "basic,premium\n1,2\n2,3\n3,4\n4,5\n5,6\n15,20\n",
      ", row 7: this row is the sum of all rows above; delete it, or if it is a respondent, move it up"
    ),
    // Currencies.
    (
      "basic,premium\n$24,29\n",
      ", row 2, column A \"basic\": found \"$24\"; the scenario's currency is EUR; write all amounts in one currency"
    ),
    (
      "basic (USD),premium\n24,29\n",
      ", row 1, column A \"basic (USD)\": the amounts are in USD, but the scenario's "
        + "currency is EUR"
    ),
    // Headers.
    ("", " has no respondents; write a header with the names of the columns, and a row for each"),
    ("basic,premium\n", " has no respondents; write a row for each below the header in row 1"),
    ("Survey\n\nbasic,premum\n24,29\n", ": no column for the product \"premium\"; row 3 has \"basic\", \"premum\""),
    ("24,29\n30,31\n", ": no row is a header with the columns \"basic\" and \"premium\"; row 1 has \"24\", \"29\""),
    (
      "basic,premium,Basic\n24,29,5\n",
      ": two columns called \"basic\": A \"basic\" and C \"Basic\"; rename or delete one"
    ),
    (
      "basic,premium\n1,2\n\nid,basic,premium\n1,24,29\n",
      ": row 1 and row 4 both have the names of the columns; leave one table in the file"
    ),
    (
      "basic,premium,wieght\n24,29,5\n",
      ": column C is called \"wieght\"; did you mean \"weight\"? If not, give it a name less alike"
    ),
    (
      "basic,premium,weight\n24,29,0\n",
      ", row 2, column C \"weight\": found \"0\"; write a weight of more than 0, or delete a row that stands for nobody"
    ),
  ])
  func refused(text: String, message: String) { #expect(messages(text) == ["answers.csv" + message]) }

  /// Settled by another number anywhere in the file.
  @Test func settledByOthers() throws {
    #expect(try read("basic;premium\n1.234;29\n3;2,5\n").rows == [[1234, 29], [3, 2.5]])
    #expect(try read("basic;premium\n1.234;29\n3;2.5\n").rows == [[1.234, 29], [3, 2.5]])
    #expect(try read("basic,premium\n\"1,234\",29\n3,2.5\n").rows == [[1234, 29], [3, 2.5]])
    #expect(try read("basic,premium\n\"1,234\",29\n3,\"2,5\"\n").rows == [[1.234, 29], [3, 2.5]])
    #expect(try read("basic,premium\n1.234,29\n").rows == [[1.234, 29]], "usual in a file with commas")
    #expect(try read("basic;premium\n1,234;29\n").rows == [[1.234, 29]], "usual in a file with semicolons")
    #expect(try read("basic;premium\n1.234;29\n2.345.678;3\n").rows == [[1234, 29], [2_345_678, 3]])
  }

  @Test func severalMistakes() {
    let rows = (0..<30).map { $0 < 25 ? "x,\($0)" : "1,2" }.joined(separator: "\n")
    let found = messages("basic,premium\n" + rows)
    #expect(found.count == 21)
    #expect(found[0].hasPrefix("answers.csv, row 2, column A \"basic\": found \"x\""))
    #expect(found[19].hasPrefix("answers.csv, row 21, column A"))
    #expect(found[20] == "answers.csv: and 5 more mistakes of this kind")
    #expect(messages("a,b\n1,2\n", products: ["a", "c", "d"]).count == 2)
  }

  @Test func weights() throws {
    let file = try read("Weight;basic;premium\n0,5;24;29\n2;1;2\n")
    #expect(file.weights == [0.5, 2])
    #expect(file.rows == [[24, 29], [1, 2]])
    #expect(try read("basic,premium\n1,2\n").weights == nil)
    #expect(try read("weight\n3\n4\n", products: ["weight"]).rows == [[3], [4]], "a product of that name")
  }

  /// One column has no separator; a respondent who left the line blank is not forgotten.
  @Test func oneColumn() throws {
    #expect(try read("basic\n24\n35,5\n", products: ["basic"]).rows == [[24], [35.5]])
    #expect(try read("Survey\n\nBasic\n24\n35.5\n", products: ["basic"]).rows == [[24], [35.5]])
    #expect(messages("basic\n24\n\n3\n", products: ["basic"]).first?.contains("row 3: this row is blank") ?? false)
  }

  @Test func currencies() throws {
    #expect(try read("basic,premium\n$24,CA$29\n", currency: "CAD").rows == [[24, 29]])
    #expect(messages("basic,premium\n$24,29 USD\n", currency: "CAD").first?.contains("currency is CAD") ?? false)
    #expect(try read("basic,premium\nUS$ 24,29\n", currency: "USD").rows == [[24, 29]])
    #expect(try read("basic,premium\n24 kr,29\n", currency: "SEK").rows == [[24, 29]])
    #expect(try read("basic,premium\n24 kr,29\n", currency: "points").rows == [[24, 29]])
    #expect(messages("basic,premium\n24 kr,29 €\n", currency: "points").first?.contains("another currency") ?? false)
  }
}
