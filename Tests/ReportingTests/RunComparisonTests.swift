import Foundation
import Reporting
import Scenarios
import Simulation
import Tables
import Testing

/// Two runs against each other.
struct RunComparisonTests {
  private static let before = [10.0, 12.5, 9, 14, 11]
  private static let after = [13.0, 13.5, 12, 15.5, 15]

  /// scipy.stats.ttest_rel and ttest_ind(equal_var=False) of SciPy 1.17 on these numbers; 1e-9 for other roundings of the
  /// same formulas.
  @Test func testsAgreeWithSciPy() throws {
    let paired = try #require(try RunComparison.paired(Self.before, Self.after, 0.95))
    #expect(abs(paired.pValue - 0.01030476361562764) < 1e-9)
    #expect(abs(paired.interval.low - 0.9792783862083647) < 1e-9)
    #expect(abs(paired.interval.high - 4.020721613791635) < 1e-9)
    let welch = try #require(try RunComparison.welch(Self.before, Array(Self.after.prefix(4)), 0.9))
    #expect(abs(welch.pValue - 0.09835093245825531) < 1e-9)
    #expect(abs(welch.interval.low - 0.013057553274772982) < 1e-9)
    #expect(abs(welch.interval.high - 4.386942446725225) < 1e-9)
  }

  @Test func littleToSay() throws {
    #expect(try RunComparison.paired([1], [2], 0.95) == nil)
    #expect(try RunComparison.welch([1, 2], [2], 0.95) == nil)
    let same = try #require(try RunComparison.paired([1, 2], [1, 2], 0.95))
    #expect(same.pValue == 1 && same.interval == Interval(low: 0, high: 0))
    let constant = try #require(try RunComparison.welch([1, 1], [2, 2], 0.95))
    #expect(constant.pValue == 0 && constant.interval == Interval(low: 1, high: 1))
  }

  /// A shop whose profit is known: a Poisson number of customers, of whom each pays the price.
  private func results(
    _ folder: String, price: Int, seed: Int = 1, currency: String = "EUR", extra: String = "",
    style: CSVStyle = .plain
  ) throws -> Results {
    let text = """
      scenario: Shop
      currency: \(currency)
      periods: { count: 1 }
      customers:
        arrivals: { poisson: 100 }
        segments: [{ name: all, share: 100%, values: { thing: 1000 } }]
      sellers:
        - name: We
          products: { thing: {} }
          candidates:
            today: { fixed-price: { thing: 10 } }
            new: { fixed-price: { thing: \(price) } }
      \(extra)
      study: { replications: 30, seed: \(seed), baseline: today }
      """
    let scenario = try Scenario(text: text, file: "shop.yaml")
    let run = try Known.run(scenario.study)
    let output = try ResultFolder(folder, style: style)
    try output.write(
      ResultTables(run.report).files + [("inputs.csv", ResultTables.inputs(scenario.statedValues))])
    let writer = try output.openReplications(continuing: nil)
    for rows in run.rows { try writer.append(rows) }
    try output.finishReplications(writer)
    let manifest = Manifest(
      scenario: "shop.yaml", scenarioSha256: "", programVersion: "1", gslVersion: "2", report: run.report, csv: style,
      threads: 1, knowledge: run.knowledge, started: Date(), finished: Date())
    try output.write(manifest.json(), to: "manifest.json")
    return try Results(folder: folder)
  }

  /// With the same seed the same customers come: twice the price is exactly twice the profit, replication by replication.
  @Test func pairs() throws {
    try withFolder { base in
      let first = try results(base + "/a", price: 12)
      let second = try results(base + "/b", price: 24, style: .european)
      let comparison = try RunComparison(first, second)
      #expect(comparison.isPaired)
      #expect(comparison.rows.map(\.strategy) == ["new", "today", "perfect knowledge"])
      #expect(comparison.rows.map(\.ranks.second) == [1, 2, nil])
      let new = comparison.rows[0]
      #expect(abs(new.profits.second - 2 * new.profits.first) < 1e-9 * new.profits.second)
      let today = comparison.rows[1]
      #expect(today.difference == 0 && today.pValue == 1)
      #expect(comparison.inputs.map(\.field) == ["sellers[0].candidates.new.fixed-price.thing"])
      #expect(comparison.inputs.map(\.first) == ["12"] && comparison.inputs.map(\.second) == ["24"])
      let answer = ComparisonAnswer(comparison)
      #expect(answer.sentence.hasPrefix("new earns most in both runs. new earns "))
      #expect(answer.sentence.contains(" EUR more in \(base)/b (95%: "))
      #expect(answer.text(width: 80).contains("sellers[0].candidates.new.fixed-price.thing      12   24"))
      #expect(answer.table.rowCount == 3)
    }
  }

  /// With other draws the interval is that of independent runs, which is far wider; the answer says why.
  @Test func independentRuns() throws {
    try withFolder { base in
      let comparison = try RunComparison(
        results(base + "/a", price: 9), results(base + "/b", price: 9, seed: 2))
      #expect(!comparison.isPaired)
      let today = try #require(comparison.rows.first { $0.strategy == "today" })
      let interval = try #require(today.interval)
      // Two means of 30 Poisson counts of mean 100 at a price of 10: standard error 10 * sqrt(200 / 30) = 25.8, and the
      // width about 2 * 2.0 * 25.8 = 103; a sample spread of 30 is within a third of the true one at 3 standard deviations.
      #expect((70...140).contains(interval.high - interval.low))
      #expect(ComparisonAnswer(comparison).sentence.contains("different seeds"))
    }
  }

  @Test func whatOnlyOneHas() throws {
    try withFolder { base in
      let comparison = try RunComparison(
        results(base + "/a", price: 9),
        results(base + "/b", price: 9, extra: "      \"=third, x\": { fixed-price: { thing: 5 } }"))
      #expect(comparison.missing.first == ["=third, x"] && comparison.missing.second.isEmpty)
      #expect(ComparisonAnswer(comparison).text(width: 80).contains("Not in \(base)/a: =third, x."))
      #expect(
        comparison.inputs == [
          .init(field: "sellers[0].candidates.=third, x.fixed-price.thing", first: nil, second: "5")
        ])
    }
  }

  /// Rows of another run, or too few of them, are not taken for those of the summary.
  @Test func foreignReplications() throws {
    try withFolder { base in
      let whole = try results(base + "/a", price: 9)
      _ = try results(base + "/b", price: 9, seed: 2)
      let (own, other) = (base + "/a/replications.csv", base + "/b/replications.csv")
      let text = try String(contentsOfFile: own, encoding: .utf8)
      for damaged in [
        text.components(separatedBy: "\r\n").prefix(7).joined(separator: "\r\n") + "\r\n",
        try String(contentsOfFile: other, encoding: .utf8),
      ] {
        try Data(damaged.utf8).write(to: URL(fileURLWithPath: own))
        let error = #expect(throws: ResultsError.self) { try RunComparison(whole, Results(folder: base + "/a")) }
        #expect(error?.description.contains("does not belong to summary.csv") ?? false)
      }
    }
  }

  @Test func otherMoney() throws {
    try withFolder { base in
      let (first, second) = (
        try results(base + "/a", price: 9), try results(base + "/b", price: 9, currency: "USD")
      )
      let error = #expect(throws: ResultsError.self) { try RunComparison(first, second) }
      #expect(error?.description.contains("is in EUR") ?? false)
    }
  }

  /// A folder without results, a damaged table and a damaged manifest are each told in one line that names the file.
  @Test func brokenFolders() throws {
    try withFolder { base in
      _ = try results(base + "/a", price: 9)
      func damage(_ name: String, _ text: String) throws -> String {
        let path = base + "/a/" + name
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? whole.write(to: URL(fileURLWithPath: path)) }
        let error = #expect(throws: ResultsError.self) { try Results(folder: base + "/a") }
        return error?.description ?? ""
      }
      #expect(try damage("summary.csv", "rank,strategy\r\n1\r\n").contains("/a/summary.csv: row 2: 1 cells"))
      #expect(try damage("summary.csv", "rank,strategy\r\n").contains("summary.csv: there is no column family"))
      #expect(try damage("summary.csv", "").contains("summary.csv: there is no header"))
      #expect(try damage("segments.csv", "strategy,segment\r\n\"x,y\r\n").contains("is never closed"))
      #expect(try damage("manifest.json", "{").contains("manifest.json: this is not the manifest"))
      #expect(try damage("manifest.json", "{}").contains("run the scenario again"))
      try FileManager.default.removeItem(atPath: base + "/a/sellers.csv")
      var error = #expect(throws: ResultsError.self) { try Results(folder: base + "/a") }
      #expect(error?.description.contains("sellers.csv: no such file") ?? false)
      error = #expect(throws: ResultsError.self) { try Results(folder: base + "/none") }
      #expect(error?.description.contains("no results of a run here") ?? false)
    }
  }
}
