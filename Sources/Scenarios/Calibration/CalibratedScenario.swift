import Demand
import Foundation

/// A scenario with `logit: calibrate`, read and calibrated: what was found, and the scenario completed by it.
///
/// The published coefficient of the US beer market, what becomes of other fields, and every mistake are tested in
/// `CalibratedScenarioTests`.
public struct CalibratedScenario: Sendable {
  /// What the user calls the market.
  public let title: String
  /// The currency of all money.
  public let currency: String
  /// The products in the order of the file, as in ``calibration``, each with the name of its seller.
  public let products: [(name: String, seller: String)]
  /// What was found.
  public let calibration: LogitCalibration
  /// The completed scenario, which `check` and `run` take: price coefficient and mean values in place of `calibrate`, unit
  /// costs, observed prices as strategies where none were given. Other fields stay; comments inside are lost, those at
  /// the top stay. Nil if a unit cost is below 0, with which no scenario can run.
  public let text: String?

  /// Reads, calibrates and completes a scenario file.
  ///
  /// - Parameter program: name and version of the program, for the comment at the top.
  /// - Throws: ``DocumentError`` where there is no text to read; ``ScenarioProblems`` with every mistake found.
  public init(contentsOf file: String, program: String) throws {
    try self.init(Document(contentsOf: file), program: program)
  }

  /// Reads, calibrates and completes a scenario text.
  ///
  /// - Parameters:
  ///   - file: its name in messages.
  ///   - program: name and version of the program, for the comment at the top.
  /// - Throws: ``ScenarioProblems`` with every mistake found.
  public init(text: String, file: String, program: String) throws {
    try self.init(Document(text: text, file: file), program: program)
  }

  private init(_ document: Document, program: String) throws {
    let problems = ProblemCollector(file: document.file)
    let record = document.record(Part.scenario, problems)
    let input = record.flatMap {
      CalibrationReader.input($0, folder: URL(fileURLWithPath: document.file).deletingLastPathComponent())
    }
    try problems.throwIfAny()
    guard let record, let input else { throw DocumentError.cannotRead(document.file, reason: "nothing to calibrate") }
    do {
      calibration = try LogitCalibration(input.observations, hasOutsideOption: input.hasOutsideOption)
    } catch {
      record.report("\(error)", at: "sellers")
      try problems.throwIfAny()
      throw error
    }
    let completion = ScenarioCompletion(input, calibration)
    // Whatever else is wrong is reported at its place in the user's file.
    let completed = document.replacing(root: completion.completed(document.root))
    _ = try Scenario(completed)

    title = record.text("scenario") ?? ""
    currency = record.text("currency") ?? "EUR"
    products = input.products
    guard calibration.unitCosts.allSatisfy({ $0 >= 0 }) else {
      text = nil
      return
    }
    let comments = CalibrationComments(input, calibration, program: program, file: document.file)
    let text = comments.text(above: document) + YAMLText.text(completed.root)
    // The file that is written is read once more, so that none is written that cannot be read.
    _ = try Scenario(text: text, file: document.file)
    self.text = text
  }
}
