import ArgumentParser
import Foundation
import Reporting
import Scenarios
import Selling
import Simulation

/// `bertrand optimize`.
struct Optimize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds the parameters with which a strategy of a scenario earns most.",
    discussion: """
      Tunes one number or several of a candidate by simulation: all trials meet the same customers, and what the best
      setting earns is judged on fresh ones, those of `bertrand run`. Writes optimum.csv and profit_curve.csv to
      results/NAME.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .customLong("strategy"), help: "The candidate: its name in the file, or its strategy's.")
  var label: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "What to tune, with or without bounds: --parameter markup, --parameter \"markup=10%..80%\"; again for another. "
        + "Of prices, the product's name. (default: the first number in the strategy's table, or all its first prices)",
      valueName: "name[=low..high]"))
  var parameter: [String] = []

  @Option(name: .shortAndLong, help: "Fresh replications on which the optimum is judged. (default: the scenario's)")
  var replications: Int?

  @Option(help: "Replications on which trials are judged. (default: as many, at most 200)")
  var tuning: Int?

  @Option(name: .shortAndLong, help: "The seed of all random draws, instead of what the scenario says.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads to use; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    for (name, value, largest) in [
      ("--replications", replications, 10_000_000), ("--tuning", tuning, 10_000_000), ("--threads", threads, 1024),
    ] {
      guard let value, !(1...largest).contains(value) else { continue }
      throw ValidationError("\(name) is \(value); from 1 to \(largest) are allowed")
    }
  }

  func run() throws { try Failure.reporting(tune) }

  private func tune() throws {
    let scenario = try Scenario(contentsOf: file)
    let study = try scenario.study.with(replications: replications, seed: seed)
    let index = try candidate(study)
    let chosen = study.candidates[index]
    let dials = try self.dials(chosen)
    let folder = try ResultFolder(output ?? "results/\(scenario.name)")
    let search = try ParameterSearch(
      study, candidate: index, replications: tuning ?? min(200, study.replications),
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let interruption = Interruption()
    var shown = Date()
    let isQuiet = quiet
    let found = try search.optimum(of: dials, fresh: study.replications) { trials in
      if !isQuiet, Date().timeIntervalSince(shown) > 10 {
        shown = Date()
        Failure.say("\(trials) trials")
      }
      return !interruption.hasCome
    }
    guard let found else {
      Failure.say("Interrupted; nothing was written.")
      throw Failure.interrupted
    }
    let report = try OptimumReport(study, label: chosen.label, optimum: found)
    try folder.write(report.files)
    guard !quiet else { return }
    print(report.text)
    print("\nFiles for a spreadsheet are in \(folder.name).")
  }

  /// The candidate of that label, or the only one that runs that strategy.
  private func candidate(_ study: Study) throws -> Int {
    if let index = study.candidates.firstIndex(where: { $0.label == label }) { return index }
    let running = study.candidates.indices.filter { study.candidates[$0].recipe?.entry.name == label }
    switch running.count {
    case 1: return running[0]
    case 0:
      throw ValidationError(
        "no candidate is called \(label), or runs it; "
          + NameAdvice.advice(for: label, in: study.candidates.map(\.label)))
    default:
      throw ValidationError(
        "several candidates run \(label): " + running.map { study.candidates[$0].label }.joined(separator: ", "))
    }
  }

  private func dials(_ candidate: Candidate) throws -> [(dial: StrategyRecipe.Dial, bounds: ClosedRange<Double>?)] {
    let all = candidate.recipe?.dials ?? []
    guard !all.isEmpty else { throw ValidationError("\(candidate.label) has no number that could be tuned") }
    guard !parameter.isEmpty else {
      return all.filter { $0.parameter == all[0].parameter }.map { ($0, nil) }
    }
    let chosen = try parameter.map { text -> (dial: StrategyRecipe.Dial, bounds: ClosedRange<Double>?) in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      let name = parts.first ?? ""
      guard let dial = all.first(where: { $0.name == name }) else {
        throw ValidationError(
          "\(candidate.label) has no number called \(name); " + NameAdvice.advice(for: name, in: all.map(\.name)))
      }
      return (dial, parts.count > 1 ? try Self.bounds(parts[1], dial) : nil)
    }
    guard Set(chosen.map(\.dial)).count == chosen.count else {
      throw ValidationError("--parameter names a number twice")
    }
    return chosen
  }

  private static func bounds(_ text: String, _ dial: StrategyRecipe.Dial) throws -> ClosedRange<Double> {
    let ends = text.components(separatedBy: "..").map(number)
    guard ends.count == 2, let low = ends[0], let high = ends[1] else {
      throw ValidationError(
        "--parameter \(dial.name)=\(text): write the bounds as low..high, for example 0..0.8 or 0%..80%")
    }
    guard low <= high, dial.allowed.contains(low), dial.allowed.contains(high) else {
      throw ValidationError(
        "--parameter \(dial.name)=\(text): bounds rise, and are \(dial.parameter.allowedWords)"
          + (dial.isShare
            ? "; write shares as \(dial.allowed.lowerBound < 0 ? "-20%..20% or -0.2..0.2" : "10%..20% or 0.1..0.2")"
            : ""))
    }
    return low...high
  }

  private static func number(_ text: String) -> Double? {
    let text = text.trimmingCharacters(in: .whitespaces)
    let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    return number.flatMap { $0.isFinite ? $0 : nil }
  }
}
