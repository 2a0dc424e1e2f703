#if Workbook
  import Foundation
  import Reporting
  import Tables
  import Testing
  import Workbook

  /// A workbook is made from a folder of results, whole or not at all, and the same each time. That every value in it is the
  /// one in the files is checked by `Scripts/check-workbook`, which reads it with other programs.
  struct WorkbookReportTests {
    /// Names that have broken spreadsheets.
    private static let names = ["=1+1", "O'Neil, \"best\" <&>", "价格 😀", "مرحبا بالعالم", "+a\u{1}_x0041_"]

    private static func table(_ file: ResultFile, _ rows: [[Table.Cell]]) -> Table {
      var table = Table(columns: file.columns.map(\.name))
      for row in rows {
        for index in file.columns.indices { table.cell(index < row.count ? row[index] : .missing) }
        table.endRow()
      }
      return table
    }

    /// Puts results of a study with hostile names into a folder.
    static func fill(_ folder: ResultFolder, replications: Int = 30, finished: String = "2026-01-01T00:00:00Z") throws {
      let names = Self.names
      let isSingle = replications == 1
      func interval(_ mean: Double) -> [Table.Cell] {
        isSingle ? [.number(mean), .missing, .missing] : [.number(mean), .number(mean - 10), .number(mean + 10)]
      }
      var tables: [ResultFile: Table] = [:]
      tables[.summary] = table(
        .summary,
        names.enumerated().map { index, name in
          [.whole(index + 1), .text(name), .text("given")] + interval(1000.5 - 100 * Double(index))
            + [.number(2000), .number(1000), .number(55.5), .number(0.25), .whole(100), .number(300)]
            + [.number(0.75), .text("exact"), isSingle ? .missing : .number(index == 0 ? 1 : 0)]
        } + [[.missing, .text("perfect knowledge"), .text("benchmark")] + interval(1200)])
      tables[.comparisons] = table(
        .comparisons,
        names.dropLast().map { [.text($0), .text(names[4])] + interval(100) + [.number(0.01), .number(1)] })
      tables[.periods] = table(
        .periods,
        names.flatMap { name in
          (1...3).map { period in
            [
              .text(name), .whole(period), .text("=tea"), .number(2.5), .number(2), .number(3), .number(12),
              .number(30),
            ]
              + [.text("@seller"), .missing, .missing, .whole(1)]
          }
        })
      tables[.winners] = table(
        .winners,
        names.dropLast().map {
          [.text($0), .text(names[4]), .text("-all"), .text("wins"), .number(10)] + interval(-50) + [.number(1)]
        })
      tables[.inputs] = table(
        .inputs,
        [("sellers[0].name", "@seller"), ("sellers[0].products.=tea.unit cost", "1"), ("=field", "=2+2")].map {
          [.text($0.0), .text($0.1)]
        })
      let written = ResultFile.all.filter { $0.condition == nil }
      try folder.write(written.map { ($0.fileName, tables[$0] ?? table($0, [])) })
      let manifest: [String: Any] = [
        "scenario": "a.yaml", "scenario_sha256": "00", "program_version": "1", "gsl_version": "2.7",
        "architecture": "a",
        "system": "s", "answer": "=1+1 earns most.", "csv": folder.style.rawValue, "market": "=Market 😀",
        "question": "",
        "currency": "€", "studied_seller": "@seller", "periods": 3, "period_unit": "day", "seed": UInt64.max,
        "replications": replications, "threads": 2, "demand": "sampled", "confidence": 0.95, "baseline": names[4],
        "clairvoyant_kind": "exact", "clairvoyant_class": "single prices", "started": "2026-01-01T00:00:00Z",
        "finished": finished, "seconds": 1.5,
      ]
      try folder.write(Array(JSONSerialization.data(withJSONObject: manifest)), to: "manifest.json")
    }

    private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("workbook-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      return try body(folder)
    }

    private func workbook(_ base: String, style: CSVStyle = .plain, replications: Int = 30, finished: String) throws
      -> Data
    {
      let folder = try ResultFolder(base, style: style)
      try Self.fill(folder, replications: replications, finished: finished)
      try WorkbookReport.write(folder, name: "test")
      return try Data(contentsOf: URL(fileURLWithPath: base + "/test.xlsx"))
    }

    @Test(arguments: CSVStyle.allCases, [1, 30])
    func sameBytes(style: CSVStyle, replications: Int) throws {
      try withFolder { base in
        let first = try workbook(
          base + "/1", style: style, replications: replications, finished: "2026-01-01T00:00:00Z")
        let second = try workbook(
          base + "/2", style: style, replications: replications, finished: "2027-12-31T23:59:59Z")
        #expect(first == second, "times are not in it")
        #expect(first.starts(with: Array("PK".utf8)) && first.count > 10_000)
        let left = try FileManager.default.contentsOfDirectory(atPath: base + "/1").filter { !$0.hasSuffix(".csv") }
        #expect(left.sorted() == ["manifest.json", "test.xlsx"], "and nothing else is left behind")
        // Another number is another workbook.
        #expect(
          try workbook(base + "/3", style: style, replications: replications + 1, finished: "2026-01-01T00:00:00Z")
            != first)
      }
    }

    /// What stood there stands there still.
    @Test func cannotWrite() throws {
      try withFolder { base in
        let folder = try ResultFolder(base)
        try Self.fill(folder)
        try FileManager.default.createDirectory(atPath: base + "/test.xlsx/inside", withIntermediateDirectories: true)
        #expect(throws: OutputError.self) { try WorkbookReport.write(folder, name: "test") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: base + "/test.xlsx") == ["inside"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: base).allSatisfy { !$0.hasPrefix(".") })
      }
    }

    @Test func noResults() throws {
      try withFolder { base in
        let folder = try ResultFolder(base)
        #expect(throws: ResultsError.self) { try WorkbookReport.write(folder, name: "test") }
      }
    }

    /// A number that is not finite would break the file; a place beyond the sheet is told.
    @Test func cellsThatCannotBe() throws {
      try withFolder { base in
        let file = try WorkbookFile(path: base + "/a.xlsx", title: "a")
        let sheet = try file.addSheet("a")
        try sheet.write(.nan, 0, 0)
        #expect(throws: WorkbookError.self) { try sheet.write("x", Sheet.rowLimit, 0) }
        try file.close()
        #expect(throws: WorkbookError.self) { try sheet.write("x", 0, 0) }
        #expect(throws: WorkbookError.self) { try file.close() }
      }
    }
  }
#endif
