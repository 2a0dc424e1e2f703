import ArgumentParser
import Foundation
import GSL
import Reporting
import Scenarios
import Simulation
import Tables

/// `bertrand run`.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a scenario: prints the answer and writes CSV files.",
    discussion: """
      Files are written to results/NAME, where NAME is the scenario's file name: summary.csv, comparisons.csv,
      segments.csv, sellers.csv, offers.csv, periods.csv, changes.csv (prices and volumes against the baseline),
      winners.csv (who gains and who loses), replications.csv and manifest.json; where sellers have price terms also
      waterfall.csv, where they have price rules price_changes.csv. `--csv plain` is RFC 4180 for programs; `spreadsheet`
      (UTF-8 with a mark) and `european` (semicolon, decimal comma) are for a double click in Excel. Text that a spreadsheet
      would run as a formula gets an apostrophe in front, in every style. A run that is interrupted goes on where it stopped when
      the same command is given again.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Option(help: "How CSV is written: plain, spreadsheet or european (see above).")
  var csv = CSVStyle.plain

  @Option(help: "What is printed: table for people, csv (that of summary.csv) or json for programs.")
  var format = OutputFormat.table

  @Option(name: .shortAndLong, help: "How often the calendar is run, instead of what the scenario says.")
  var replications: Int?

  @Option(name: .shortAndLong, help: "The seed of all random draws, instead of what the scenario says.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads to use; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Flag(help: "Also write NAME.xlsx into the folder: a workbook with the answer, charts and all tables.")
  var workbook = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if workbook, !WorkbookReport.isBuiltIn { throw ValidationError("--workbook: \(WorkbookReport.remedy)") }
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

  func run() throws { try Failure.reporting(simulate) }

  private func simulate() throws {
    let started = Date()
    let scenario = try Scenario(contentsOf: file)
    let study = try scenario.study.with(replications: replications, seed: seed)
    let folder = try ResultFolder(output ?? "results/\(scenario.name)", style: csv)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    // Before the search for perfect knowledge, which such a market makes long too.
    if !quiet, let warning = Self.warning(study, study.candidates.count + 1) { Failure.say(warning) }
    let progress = Progress(total: study.replications, isQuiet: quiet)
    let knowledge = try PerfectKnowledge(study, threads: threads)
    let candidates = study.candidates + [knowledge.candidate]

    let hash = SHA256.hexadecimal(scenario.inputs)
    let run = "\(hash) \(Bertrand.version) \(study.seed) \(study.replications) \(csv.rawValue)"
    let saved = folder.interrupted(run: run)
    if let saved, !quiet {
      Failure.say("Going on after \(saved.replications) of \(study.replications) replications.")
    }
    var tally = saved ?? StudyTally(study, candidateCount: candidates.count)
    let writer = try folder.openReplications(continuing: saved == nil ? nil : run)
    let interruption = Interruption()
    progress.begin(after: tally.replications)
    // What is saved grows with the study: saving takes a twentieth of the time at most.
    var lastSave = Date()
    var pause = 5.0

    try StudyRunner(study, candidates: candidates, threads: threads).run(into: &tally) { number, outcomes in
      try writer.append(
        ResultTables.rows(replication: number, outcomes: outcomes, candidates: candidates, study: study))
    } pause: { tally in
      progress.show(tally.replications)
      let isDone = tally.replications == study.replications
      if interruption.hasCome || (!isDone && Date().timeIntervalSince(lastSave) > pause) {
        let start = Date()
        try folder.save(tally, run: run, writer: writer)
        lastSave = Date()
        pause = max(5, 20 * lastSave.timeIntervalSince(start))
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
    let tables =
      ResultTables(report).files + [(ResultFile.inputs.fileName, ResultTables.inputs(scenario.statedValues))]
    try folder.write(tables)
    // A file of an earlier run that this one does not write would mislead.
    for file in ResultFile.all where file.condition != nil && !tables.contains(where: { $0.name == file.fileName }) {
      folder.remove(file.fileName)
    }
    try folder.finishReplications(writer)
    let manifest = Manifest(
      scenario: file, scenarioSha256: hash, programVersion: Bertrand.version, gslVersion: GSLLibrary.version,
      report: report, csv: csv, threads: threads, knowledge: knowledge, started: started, finished: Date())
    try folder.write(manifest.json(), to: "manifest.json")
    // Those of an earlier run would mislead.
    for name in [scenario.name + ".xlsx", Report.fileName] { folder.remove(name) }
    if workbook { try WorkbookReport.write(folder, name: scenario.name) }
    guard !quiet else { return }
    try show(Answer(report), ResultTables(report), knowledge)
    if format == .table { print("Files for a spreadsheet are in \(folder.name).") }
  }

  /// Prints the answer: for people, or for the program at the other end of a pipe.
  private func show(_ answer: Answer, _ tables: ResultTables, _ knowledge: PerfectKnowledge) throws {
    switch format {
    case .csv: print(String(decoding: CSVText(tables.summary, style: csv).bytes, as: UTF8.self), terminator: "")
    case .json: print(try answer.json())
    case .table:
      let width = Terminal.width
      print(answer.sentence + "\n")
      Terminal.print(answer.table(width: width))
      print()
      if let chart = answer.intervals(width: width) {
        Terminal.print(chart)
        print()
      }
      if let error = knowledge.integrationError, error > 1e-4 {
        let note =
          "Perfect knowledge rests on expected demand that is integrated to about \(Self.percent(error)) or better."
        print(Text.wrapped(note, indent: 0) + "\n")
      }
      if let changes = answer.changes(width: width) { print(changes + "\n") }
    }
  }

  /// A share in percent with two significant digits.
  private static func percent(_ share: Double) -> String { String(format: "%.2g%%", 100 * share) }
}

extension CSVStyle: ExpressibleByArgument {}

/// What a command prints on standard output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json
}
