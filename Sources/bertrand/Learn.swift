import ArgumentParser
import Foundation
import Reporting
import Scenarios
import Selling
import Simulation

/// `bertrand learn`.
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lets sellers learn against each other, and says how near to joint profit they come.",
    discussion: """
      Every seller has to run a strategy that learns on a price grid (q-learning); the studied one its first candidate
      that does. What each earns at every combination of prices is tabulated once from expected demand; then sessions of
      learning run on the table until no seller changes its mind any more. Files are written to results/NAME:
      learning_sessions.csv (a row a session: periods, length of the price cycle, profit gain Delta, prices, profits),
      learning_cycles.csv (lengths of the cycle), deviation.csv (how prices move after one seller is forced for a period
      to charge what then earns it most) and learning_manifest.json. Interrupted, it goes on where it stopped when the
      same command is given again.

        bertrand learn scenarios/algorithmic-duopoly.yaml --sessions 300
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(name: .shortAndLong, help: "How many sessions, each from empty heads.")
  var sessions = 100

  @Option(help: "Which candidate of the studied seller learns. (default: the first that can)")
  var candidate: String?

  @Option(help: "Converged: no greedy price has changed for so many periods.")
  var still = 100_000

  @Option(help: "Periods after which a session ends that has not converged.")
  var most = 1_000_000_000

  @Option(help: "The seed of all random draws, instead of what the scenario says.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads to use; the results do not depend on it. (default: all cores)")
  var threads: Int?

  @Option(name: .shortAndLong, help: "The folder for the results. (default: results/NAME)", completion: .directory)
  var output: String?

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    for (name, value, largest) in [
      ("--sessions", sessions, 1_000_000), ("--still", still, 1_000_000_000_000), ("--most", most, 1_000_000_000_000),
      ("--threads", threads ?? 1, 1024),
    ] where !(1...largest).contains(value) {
      throw ValidationError("\(name) is \(value); from 1 to \(largest) are allowed")
    }
  }

  func run() throws { try Failure.reporting(learn) }

  private func learn() throws {
    let started = Date()
    let scenario = try Scenario(contentsOf: file)
    let study = scenario.study
    let chosen = try learning(study)
    let game = try LearningGame(study, candidate: chosen, memoryLimit: LearningSize.mostBytes)
    let folder = try ResultFolder(output ?? "results/\(scenario.name)")
    // As many at a time as there is memory for.
    let wanted = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let threads = max(1, min(wanted, Int(LearningSize.mostBytes / game.size.bytes)))
    let seed = seed ?? study.seed
    let limits = LearningLimits(stillPeriods: still, mostPeriods: most)
    let hash = SHA256.hexadecimal(scenario.inputs)
    let run = "\(hash) \(Bertrand.version) \(chosen.label) \(seed) \(sessions) \(still) \(most)"
    let saved = folder.interruptedLearning(run: run)
    if let saved, !quiet { Failure.say("Going on after \(saved.sessions.count) of \(sessions) sessions.") }
    var tally = saved ?? LearningTally(sellers: game.sellers.count)
    let progress = Progress(total: sessions, isQuiet: quiet, unit: "sessions")
    progress.begin(after: tally.sessions.count)
    let interruption = Interruption()
    var lastSave = Date()
    let runner = LearningRunner(game, sessions: sessions, seed: seed, limits: limits, threads: threads)
    try runner.run(into: &tally, unless: interruption.watch) { tally in
      progress.show(tally.sessions.count)
      let isDone = tally.sessions.count == sessions
      guard interruption.hasCome || (!isDone && Date().timeIntervalSince(lastSave) > 5) else { return }
      try folder.save(tally, run: run)
      lastSave = Date()
    }
    progress.clear()
    guard tally.sessions.count == sessions else {
      try folder.save(tally, run: run)
      Failure.say(
        "Interrupted after \(tally.sessions.count) of \(sessions) sessions; the same command goes on from here.")
      throw Failure.interrupted
    }
    let report = LearningReport(
      game, tally, customers: study.market.customersPerPeriod, currency: study.currency)
    try folder.write(LearningTables(report).files)
    let manifest = LearningManifest(
      report, scenario: file, scenarioSha256: hash, programVersion: Bertrand.version, study: study,
      candidate: chosen.label, seed: seed, limits: limits, threads: threads, started: started, finished: Date())
    try folder.write(manifest.json(), to: "learning_manifest.json")
    folder.forgetLearning()
    guard !quiet else { return }
    print(LearningAnswer(report).text)
    print("\nFiles for a spreadsheet are in \(folder.name).")
  }

  /// The candidate that was named, or the first that learns on a price grid.
  private func learning(_ study: Study) throws -> Candidate {
    if let candidate {
      guard let named = study.candidates.first(where: { $0.label == candidate }) else {
        throw ValidationError(
          "no candidate is called \(candidate); "
            + NameAdvice.advice(for: candidate, in: study.candidates.map(\.label)))
      }
      return named
    }
    guard let first = study.candidates.first(where: { $0.strategy is any PriceGridStrategy }) ?? study.candidates.first
    else { throw ValidationError("there is no candidate") }
    return first
  }
}
