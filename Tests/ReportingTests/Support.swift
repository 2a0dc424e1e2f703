import Foundation
import Reporting
import Scenarios
import Simulation
import Tables

/// Studies whose outcome is known before they run: customers who come in a fixed number and value everything alike.
enum Known {
  /// One customer a period who pays any price up to `value`, so that profit is the price.
  static func study(
    _ candidates: [(name: String, price: String)], baseline: String? = nil, replications: Int = 1,
    customers: String = "{ fixed: 1 }", value: String = "1e6", periods: Int = 1, confidence: String = "95%",
    extra: String = ""
  ) throws -> Study {
    let lines = candidates.map { "      \"\($0.name)\": { fixed-price: { thing: \($0.price) } }" }
    let text = """
      scenario: Known
      currency: EUR
      periods: { count: \(periods), unit: week }
      customers:
        arrivals: \(customers)
        segments:
          - name: all
            share: 100%
            values:
              thing: \(value)
      sellers:
        - name: We
          products: { thing: {} }
          \(extra)
          candidates:
      \(lines.map { "  " + $0 }.joined(separator: "\n"))
      study: { replications: \(replications), confidence: \(confidence)\(baseline.map { ", baseline: \"\($0)\"" } ?? "") }
      """
    return try Scenario(text: text, file: "known.yaml").study
  }

  /// Runs a study with perfect knowledge beside it.
  static func run(_ study: Study) throws -> Run {
    let knowledge = try PerfectKnowledge(study)
    let candidates = study.candidates + [knowledge.candidate]
    var tally = StudyTally(study, candidateCount: candidates.count)
    var profits = [[Double]](repeating: [], count: candidates.count)
    var rows: [Table] = []
    try StudyRunner(study, candidates: candidates, threads: 2).run(into: &tally) { number, outcomes in
      for (index, outcome) in outcomes.enumerated() { profits[index].append(outcome.sellers[study.studied].profit) }
      rows.append(ResultTables.rows(replication: number, outcomes: outcomes, candidates: candidates, study: study))
    } pause: { _ in
      true
    }
    let report = try StudyReport(study, candidates: candidates, tally: tally, clairvoyant: knowledge.kind)
    return Run(report: report, profits: profits, rows: rows, knowledge: knowledge)
  }

  struct Run {
    let report: StudyReport
    let profits: [[Double]]
    let rows: [Table]
    let knowledge: PerfectKnowledge
  }
}

/// The cells of a table as CSV has them, the header first; for texts without commas and line ends.
func cells(_ table: Table, hasHeader: Bool = true) -> [[String]] {
  String(decoding: CSVText(table, hasHeader: hasHeader).bytes, as: UTF8.self).components(separatedBy: "\r\n").dropLast()
    .map { $0.components(separatedBy: ",") }
}

/// Calls `body` with a new folder and removes it afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reporting-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
