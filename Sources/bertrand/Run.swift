import ArgumentParser
import Foundation
import GSL
import Reporting
import Scenarios
import Simulation

/// `bertrand run`.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a scenario: prints the answer and writes CSV files.",
    discussion: """
      Files are written to results/NAME, where NAME is the scenario's file name: summary.csv, comparisons.csv,
      segments.csv, sellers.csv, offers.csv, periods.csv, changes.csv (prices and volumes against the baseline),
      winners.csv (who gains and who loses), replications.csv and manifest.json; where sellers have price terms also
      waterfall.csv, where they have price rules price_changes.csv. A run that is interrupted goes on where it stopped when
      the same command is given again.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Option(name: .shortAndLong, help: "How often the calendar is run, instead of what the scenario says.")
  var replications: Int?

  @Option(name: .shortAndLong, help: "The seed of all random draws, instead of what the scenario says.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads to use; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if let replications, !(1...10_000_000).contains(replications) {
      throw ValidationError("--replications is \(replications); from 1 to 10000000 are allowed")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); from 1 to 1024 are allowed")
    }
  }

  /// How many customers a run will simulate, where they are so many that it takes long; nil otherwise.
  private static func warning(_ study: Study, _ candidates: Int) -> String? {
    let customers = study.expectedCustomers * Double(study.replications) * Double(candidates)
    guard customers > 1e9 else { return nil }
    return
      "About \(String(format: "%.1e", customers)) customers will be simulated (\(candidates) strategies, \(study.replications) "
      + "replications of \(String(format: "%.1e", study.expectedCustomers)) customers each): this may take long. Fewer "
      + "customers who stand for all, or fewer replications, say nearly as much."
  }

  func run() throws { try Failure.reporting(compare) }

  private func compare() throws {
    let started = Date()
    let scenario = try Scenario(contentsOf: file)
    let study = try scenario.study.with(replications: replications, seed: seed)
    let folder = try ResultFolder(output ?? "results/\(scenario.name)")
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    // Before the search for perfect knowledge, which such a market makes long too.
    if !quiet, let warning = Self.warning(study, study.candidates.count + 1) { Failure.say(warning) }
    let progress = Progress(total: study.replications, isQuiet: quiet)
    let knowledge = try PerfectKnowledge(study, threads: threads)
    let candidates = study.candidates + [knowledge.candidate]

    let hash = SHA256.hexadecimal(scenario.inputs)
    let run = "\(hash) \(Bertrand.version) \(study.seed) \(study.replications)"
    let saved = folder.interrupted(run: run)
    if let saved, !quiet {
      Failure.say("Going on after \(saved.replications) of \(study.replications) replications.")
    }
    var tally = saved ?? StudyTally(study, candidateCount: candidates.count)
    let writer = try folder.openReplications(isContinued: saved != nil)
    let interruption = Interruption()
    progress.begin(after: tally.replications)
    var lastSave = Date()

    try StudyRunner(study, candidates: candidates, threads: threads).run(into: &tally) { number, outcomes in
      try writer.append(
        ResultTables.rows(replication: number, outcomes: outcomes, candidates: candidates, study: study))
    } pause: { tally in
      progress.show(tally.replications)
      let isDone = tally.replications == study.replications
      if interruption.hasCome || (!isDone && Date().timeIntervalSince(lastSave) > 5) {
        try folder.save(tally, run: run, writer: writer)
        lastSave = Date()
      }
      return !interruption.hasCome
    }
    progress.clear()
    guard tally.replications == study.replications else {
      Failure.say(
        "Interrupted after \(tally.replications) of \(study.replications) replications; "
          + "the same command goes on from here.")
      throw Failure.interrupted
    }

    let report = try StudyReport(study, candidates: candidates, tally: tally, clairvoyant: knowledge.kind)
    let tables = ResultTables(report).files
    for file in tables { try folder.write(file.text.bytes, to: file.name) }
    // A file of an earlier run that this one does not write would mislead.
    for name in ResultTables.optionalFileNames where !tables.contains(where: { $0.name == name }) {
      folder.remove(name)
    }
    try folder.finishReplications(writer)
    let manifest = Manifest(
      scenario: file, scenarioSHA256: hash, programVersion: Bertrand.version, gslVersion: GSLLibrary.version,
      study: study, threads: threads, knowledge: knowledge, started: started, finished: Date())
    try folder.write(manifest.json(), to: "manifest.json")
    guard !quiet else { return }
    let answer = Answer(report)
    print(answer.sentence)
    print()
    print(answer.table)
    print()
    if let error = knowledge.integrationError, error > 1e-4 {
      print(
        "Perfect knowledge rests on expected demand that is integrated to about \(Self.percent(error)) or better.\n")
    }
    if let changes = answer.changes { print(changes + "\n") }
    print("Files for a spreadsheet are in \(output ?? "results/\(scenario.name)").")
  }

  /// A share in percent with two significant digits.
  private static func percent(_ share: Double) -> String { String(format: "%.2g%%", 100 * share) }
}
