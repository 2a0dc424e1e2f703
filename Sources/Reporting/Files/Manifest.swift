import Foundation
import Simulation
import Tables

/// What a run was: enough to repeat it. Times are in here and nowhere else, so that all other files are the same bytes
/// each time.
public struct Manifest: Sendable, Codable {
  /// The scenario's file, as named.
  public let scenario: String
  /// SHA-256 of the scenario and of the files that it names, as hexadecimal digits.
  public let scenarioSha256: String
  /// The program's version.
  public let programVersion: String
  /// The version of the GNU Scientific Library.
  public let gslVersion: String
  /// The processor's architecture.
  public let architecture: String
  /// The operating system.
  public let system: String
  /// The answer to the question: the sentence that the terminal shows first.
  public let answer: String
  /// How the CSV files are written.
  public let csv: CSVStyle
  /// The name of the market, as the scenario gives it.
  public let market: String
  /// The question, in the user's words; empty if there is none.
  public let question: String
  /// The currency of all money.
  public let currency: String
  /// The seller whose strategies are compared.
  public let studiedSeller: String
  /// How many periods were run.
  public let periods: Int
  /// What a period is called.
  public let periodUnit: String
  /// The seed of all draws.
  public let seed: UInt64
  /// The replications run.
  public let replications: Int
  /// The threads used.
  public let threads: Int
  /// Sampled or expected demand.
  public let demand: String
  /// The confidence of intervals.
  public let confidence: Double
  /// The baseline.
  public let baseline: String
  /// What is claimed of perfect knowledge.
  public let clairvoyantKind: String
  /// By about how much expected demand is off at perfect knowledge's prices, as a share of contribution; absent where they
  /// do not rest on it.
  public let clairvoyantIntegrationError: Double?
  /// What the policies of perfect knowledge may do.
  public let clairvoyantClass: String
  /// When the run began, or went on after an interruption (ISO 8601).
  public let started: String
  /// When it was finished.
  public let finished: String
  /// Seconds between the two.
  public let seconds: Double

  /// The manifest of a run.
  public init(
    scenario: String, scenarioSha256: String, programVersion: String, gslVersion: String, report: StudyReport,
    csv: CSVStyle, threads: Int, knowledge: PerfectKnowledge, started: Date, finished: Date
  ) {
    let study = report.study
    answer = Answer(report).sentence
    self.csv = csv
    self.scenario = scenario
    self.scenarioSha256 = scenarioSha256
    self.programVersion = programVersion
    self.gslVersion = gslVersion
    architecture = Self.currentArchitecture
    system = ProcessInfo.processInfo.operatingSystemVersionString
    market = study.name
    question = study.question
    currency = study.currency
    studiedSeller = study.market.profiles[study.studied].name
    periods = study.market.periodCount
    periodUnit = study.market.periodUnit
    seed = study.seed
    replications = study.replications
    self.threads = threads
    demand = study.demand.rawValue
    confidence = study.confidence
    baseline = study.candidates[study.baseline].label
    clairvoyantKind = knowledge.kind.rawValue
    clairvoyantClass = knowledge.policyClass.rawValue
    clairvoyantIntegrationError = knowledge.integrationError
    let format = ISO8601DateFormatter()
    self.started = format.string(from: started)
    self.finished = format.string(from: finished)
    seconds = finished.timeIntervalSince(started)
  }

  /// The processor's architecture for which the program was built.
  public static var currentArchitecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other"
    #endif
  }

  /// Reads what ``json()`` writes.
  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// The manifest as JSON with sorted keys.
  public func json() throws -> [UInt8] { try Self.json(self) }

  /// A manifest of any kind as JSON with sorted keys.
  static func json(_ manifest: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Array(try encoder.encode(manifest)) + [UInt8(ascii: "\n")]
  }
}
