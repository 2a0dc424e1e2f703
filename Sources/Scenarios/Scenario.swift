import Foundation
import Simulation

/// A scenario file, read and checked: the study that it describes and the bytes that it was read from.
public struct Scenario: Sendable {
  /// The name of the file without its folder and ending; results are named after it.
  public let name: String
  /// The study.
  public let study: Study
  /// The bytes of the scenario and of every file that it names, in order: what the results depend on.
  public let inputs: [UInt8]
  /// What the file states, value by value in its order, each with the way to it, such as
  /// `customers.segments[1].share`.
  public let statedValues: [(field: String, value: String)]

  /// Reads and checks a scenario file.
  ///
  /// - Throws: ``DocumentError`` where there is no text to read; ``ScenarioProblems`` with every mistake found.
  public init(contentsOf file: String) throws {
    try self.init(Document(contentsOf: file))
  }

  /// Reads and checks a scenario text.
  ///
  /// - Parameter file: its name in messages; files that it names are looked for beside it.
  /// - Throws: ``ScenarioProblems`` with every mistake found.
  public init(text: String, file: String) throws {
    try self.init(Document(text: text, file: file))
  }

  /// Reads and checks a scenario of which the tree is known.
  init(_ document: Document) throws {
    let problems = ProblemCollector(file: document.file)
    let url = URL(fileURLWithPath: document.file)
    let record = document.record(Part.scenario, problems)
    var builder = StudyBuilder(folder: url.deletingLastPathComponent(), problems: problems)
    let study = record.flatMap { builder.study($0) }
    try problems.throwIfAny()
    guard let study else {
      problems.report("error in this program: no study and no problem", at: .start)
      try problems.throwIfAny()
      throw DocumentError.cannotRead(document.file, reason: "no study")
    }
    let stem = url.deletingPathExtension().lastPathComponent
    // Results are written to a folder of this name: it must not lead out of where it stands.
    name = ["", ".", "..", "/"].contains(stem) ? "scenario" : stem
    self.study = study
    inputs = document.bytes + builder.fileBytes
    statedValues = document.root.values()
  }

  /// The JSON Schema (draft 7) of scenario files.
  public static var schema: String { Part.scenario.jsonSchema(shared: [Part.rules]) }
}

/// Advice about names for the command line.
public enum NameAdvice {
  /// The name that a table of synonyms has for a name, whatever its case, spaces and hyphens.
  public static func meaning(of name: String, in synonyms: [String: String]) -> String? {
    synonyms.first { NearestName.isAny(name, of: [$0.key]) }?.value
  }

  /// "did you mean ..." where a name is near, else the list of names.
  public static func advice(for name: String, in names: [String]) -> String {
    NearestName.advice(for: name, in: names)
  }
}
