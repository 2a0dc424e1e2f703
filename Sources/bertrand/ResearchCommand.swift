import ArgumentParser
import Foundation
import Reporting
import Scenarios
import Simulation

/// `bertrand research`.
struct ResearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "research", abstract: "Finds what research is worth to the strategies of a scenario.",
    discussion: """
      Runs each candidate that buys a simulated survey with other numbers of respondents, with answers free of bias and
      noise, and beside perfect knowledge, on the same customers. The value of research is what it adds to the profit of
      the baseline, or else of the first candidate that buys none. Writes research.csv to results/NAME.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .customLong("strategy"), help: "A candidate by its name in the file. (default: all that buy a survey)")
  var label: String?

  @Option(help: ArgumentHelp("Respondents to try besides the planned ones, with commas between.", valueName: "list"))
  var sizes = "10,30,100,300,1000"

  @Option(help: "Respondents of the survey without error.")
  var errorFree = 2000

  @Option(name: .shortAndLong, help: "How often the calendar is run, instead of what the scenario says.")
  var replications: Int?

  @Option(name: .shortAndLong, help: "The seed of all random draws, instead of what the scenario says.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads to use; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  private static let sizesAllowed = 2...100_000

  func validate() throws {
    _ = try respondents()
    for (name, value, range) in [
      ("--replications", replications, 1...10_000_000), ("--threads", threads, 1...1024),
      ("--error-free", errorFree, Self.sizesAllowed),
    ] {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError("\(name) is \(value); from \(range.lowerBound) to \(range.upperBound) are allowed")
    }
  }

  func run() throws { try Failure.reporting(value) }

  private func respondents() throws -> [Int] {
    try sizes.split(separator: ",").map { part in
      let text = part.trimmingCharacters(in: .whitespaces)
      guard let size = Int(text), Self.sizesAllowed.contains(size) else {
        throw ValidationError("--sizes has \(text); write whole numbers from 2 to 100000 with commas between")
      }
      return size
    }
  }

  private func value() throws {
    let scenario = try Scenario(contentsOf: file)
    let study = try scenario.study.with(replications: replications, seed: seed)
    var chosen = study.candidates.indices.filter { study.candidates[$0].strategy.survey != nil }
    if let label {
      guard let index = study.candidates.firstIndex(where: { $0.label == label }) else {
        throw ValidationError(
          "no candidate is called \(label); " + NameAdvice.advice(for: label, in: study.candidates.map(\.label)))
      }
      chosen = [index]
    }
    guard !chosen.isEmpty else { throw ValidationError("no candidate of \(file) buys a survey") }
    let folder = try ResultFolder(output ?? "results/\(scenario.name)")
    let knowledge = try PerfectKnowledge(study)
    let values = try chosen.map { index in
      if !quiet { Failure.say("\(study.candidates[index].label) ...") }
      return try ResearchValue(
        study, candidate: index, sizes: respondents(), errorFreeSize: errorFree, knowledge: knowledge,
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }
    let report = try ResearchReport(study, values: values)
    try folder.write([("research.csv", report.table)])
    guard !quiet else { return }
    print(report.text)
    print("\nFiles for a spreadsheet are in \(folder.name).")
  }
}
