import Foundation
import Simulation

/// What a run of learning sellers was: enough to repeat it, and times, which are in no other file.
public struct LearningManifest: Sendable, Encodable {
  /// How one seller learnt, and what theory would have it charge.
  public struct Seller: Sendable, Encodable {
    let name: String
    let prices: [Double]
    let learningRate: Double
    let explorationDecay: Double
    let discountFactor: Double
    let memory: Int
    let nashPrice: Double?
    let jointPrice: Double?
  }

  let scenario: String
  let scenarioSha256: String
  let programVersion: String
  let architecture: String
  let system: String
  let market: String
  let currency: String
  let candidate: String
  let customersPerPeriod: Double
  let sellers: [Seller]
  let seed: UInt64
  let sessions: Int
  let stillPeriods: Int
  let mostPeriods: Int
  let threads: Int
  let profitGain: Double?
  let profitGainStandardError: Double?
  let started: String
  let finished: String
  let seconds: Double

  /// The manifest of a run.
  public init(
    _ report: LearningReport, scenario: String, scenarioSha256: String, programVersion: String, study: Study,
    candidate: String, seed: UInt64, limits: LearningLimits, threads: Int, started: Date, finished: Date
  ) {
    let game = report.game
    self.scenario = scenario
    self.scenarioSha256 = scenarioSha256
    self.programVersion = programVersion
    architecture = Manifest.currentArchitecture
    system = ProcessInfo.processInfo.operatingSystemVersionString
    market = study.name
    currency = study.currency
    self.candidate = candidate
    customersPerPeriod = report.customers
    sellers = game.sellers.indices.map { seller in
      let rule = game.rules[seller]
      return Seller(
        name: game.sellers[seller], prices: game.grids[seller], learningRate: rule.learningRate,
        explorationDecay: rule.explorationDecay, discountFactor: rule.discountFactor, memory: rule.memory,
        nashPrice: game.nash?.prices[seller], jointPrice: game.joint?.prices[seller])
    }
    self.seed = seed
    sessions = report.tally.sessions.count
    stillPeriods = limits.stillPeriods
    mostPeriods = limits.mostPeriods
    self.threads = threads
    let gain = LearningReport.mean(report.profitGains)
    profitGain = gain?.mean
    profitGainStandardError = gain.flatMap { $0.standardError.isFinite ? $0.standardError : nil }
    let format = ISO8601DateFormatter()
    self.started = format.string(from: started)
    self.finished = format.string(from: finished)
    seconds = finished.timeIntervalSince(started)
  }

  /// The manifest as JSON with sorted keys.
  public func json() throws -> [UInt8] { try Manifest.json(self) }
}

extension ResultFolder {
  private static let learningCheckpoint = ".learning"

  /// What is needed to go on: which run it belongs to, and the sessions that are over.
  private struct SavedLearning: Codable {
    let run: String
    let tally: LearningTally
  }

  /// The sessions of an interrupted run with this fingerprint; nil if there is none.
  public func interruptedLearning(run: String) -> LearningTally? {
    guard let data = try? Data(contentsOf: url.appendingPathComponent(Self.learningCheckpoint)),
      let saved = try? PropertyListDecoder().decode(SavedLearning.self, from: data), saved.run == run
    else { return nil }
    return saved.tally
  }

  /// Saves the sessions that are over.
  ///
  /// - Throws: ``OutputError`` where that fails.
  public func save(_ tally: LearningTally, run: String) throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    try write(Array(encoder.encode(SavedLearning(run: run, tally: tally))), to: Self.learningCheckpoint)
  }

  /// Forgets saved sessions.
  public func forgetLearning() { remove(Self.learningCheckpoint) }
}
