import Foundation
import Reporting
import Tables

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Results whose numbers a test chooses, written to a folder as a run does.
struct WrittenResults {
  var market = "Known"
  var question = "Which?"
  var answer = "It is so."
  var baseline = "today"
  var currency = "EUR"
  var periods = 1
  var replications = 20
  var threads = 2
  var started = "2024-01-01T00:00:00Z"
  var rows: [ResultFile: [[String: Table.Cell]]] = [:]

  /// A strategy with its profit, the ends of its interval, and what customers gain.
  mutating func strategy(
    _ name: String, rank: Int?, profit: Double, _ low: Double?, _ high: Double?, surplus: Double = 0
  ) {
    rows[.summary, default: []].append([
      "rank": rank.map(Table.Cell.whole) ?? .missing, "strategy": .text(name), "profit_mean": .number(profit),
      "profit_ci_low": low.map(Table.Cell.number) ?? .missing,
      "profit_ci_high": high.map(Table.Cell.number) ?? .missing, "consumer_surplus_mean": .number(surplus),
      "probability_best": rank == nil || low == nil ? .missing : .number(rank == 1 ? 0.9996 : 0.0004),
    ])
  }

  /// A strategy against the baseline.
  mutating func comparison(_ name: String, _ difference: Double, _ low: Double?, _ high: Double?) {
    rows[.comparisons, default: []].append([
      "strategy": .text(name), "baseline": .text(baseline), "profit_difference_mean": .number(difference),
      "profit_difference_ci_low": low.map(Table.Cell.number) ?? .missing,
      "profit_difference_ci_high": high.map(Table.Cell.number) ?? .missing,
    ])
  }

  /// Three strategies and perfect knowledge; `today` is the baseline.
  static var small: WrittenResults {
    var written = WrittenResults()
    written.strategy("dear", rank: 1, profit: 100, 90, 110, surplus: 20)
    written.strategy("today", rank: 2, profit: 50, 45, 55, surplus: 60)
    written.strategy("cheap", rank: 3, profit: 25, 20, 30, surplus: 80)
    written.strategy("perfect knowledge", rank: nil, profit: 120, 115, 125, surplus: 10)
    written.comparison("dear", 50, 40, 60)
    written.comparison("cheap", -25, -30, -20)
    return written
  }

  func write(to folder: String, style: CSVStyle = .plain) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in ResultFile.all where file.condition == nil || rows[file] != nil {
      var table = Table(columns: file.columns.map(\.name))
      for row in rows[file] ?? [] {
        for column in table.columns { table.cell(row[column] ?? .missing) }
        table.endRow()
      }
      try Data(CSVText(table, style: style).bytes).write(to: URL(fileURLWithPath: folder + "/" + file.fileName))
    }
    let manifest: [String: Any] = [
      "scenario": "known.yaml", "scenario_sha256": "00ff", "program_version": "1", "gsl_version": "2",
      "architecture": "any", "system": "any", "answer": answer, "csv": style.rawValue, "market": market,
      "question": question, "currency": currency, "studied_seller": "We", "periods": periods, "period_unit": "week",
      "seed": 7, "replications": replications, "threads": threads, "demand": "sampled", "confidence": 0.95,
      "baseline": baseline, "clairvoyant_kind": "exact", "clairvoyant_class": "single_prices", "started": started,
      "finished": started, "seconds": 1,
    ]
    try JSONSerialization.data(withJSONObject: manifest).write(to: URL(fileURLWithPath: folder + "/manifest.json"))
  }

  /// The page of these results.
  func html(style: CSVStyle = .plain) throws -> String {
    try withFolder { folder in
      try write(to: folder, style: style)
      return try Page(Results(folder: folder, files: Page.files)).html
    }
  }
}

/// A page as an XML parser sees it: its elements in their order, with the text directly in them.
final class ParsedPage: NSObject, XMLParserDelegate {
  struct Element {
    let tag: String
    let attributes: [String: String]
    /// The tags and classes of the elements around it.
    let path: [String]
    var text = ""

    func has(_ style: String) -> Bool { attributes["class"]?.split(separator: " ").contains(Substring(style)) ?? false }
    /// A place in percent or pixels.
    func place(_ attribute: String) -> Double {
      let text = attributes[attribute] ?? ""
      return Double(text.hasSuffix("%") ? String(text.dropLast()) : text) ?? .nan
    }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// - Throws: the parser's error where the page is not well-formed.
  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func elements(_ tag: String, _ style: String = "") -> [Element] {
    elements.filter { $0.tag == tag && (style.isEmpty || $0.has(style)) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(tag: name, attributes: attributes, path: open.dropLast().map { elements[$0].tag }))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }
}
