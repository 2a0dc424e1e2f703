import ArgumentParser
import Foundation
import Reporting
import Scenarios

/// `bertrand calibrate`.
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds a logit demand model and unit costs from observed prices, shares and margins.",
    discussion: """
      The file is a scenario whose segment says `logit: calibrate` and whose products say what is observed of them:
      observed: { price: 0.0441, share: 6.6%, margin: 38.3% }; at least one needs a margin. Sellers need no strategy. The
      price coefficient is the one whose Bertrand-Nash margins come nearest to those observed (least squares); mean values
      and unit costs fit exactly. The completed scenario, which can be run, is written to NAME-calibrated.yaml.
      """)

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(
    name: .shortAndLong, help: "The file for the completed scenario. (default: NAME-calibrated.yaml beside the file)",
    completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @Flag(name: .long, help: "Replace the output file if it is already there.")
  var force = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors and warnings.")
  var quiet = false

  func run() throws { try Failure.reporting(calibrate) }

  private func calibrate() throws {
    let scenario = try CalibratedScenario(contentsOf: file, program: "bertrand \(Bertrand.version)")
    let answer = CalibrationAnswer(
      scenario.calibration, products: scenario.products.map(\.name), sellers: scenario.products.map(\.seller),
      currency: scenario.currency)
    if !quiet { print(answer.sentence + "\n\n" + answer.table + "\n") }
    for warning in answer.warnings { Failure.say("warning: " + warning) }
    guard let text = scenario.text else {
      Failure.say("No scenario is written: its unit costs cannot be less than 0.")
      throw Failure.badScenario
    }
    let target = output ?? defaultOutput
    guard URL(fileURLWithPath: target).resolvingSymlinksInPath() != URL(fileURLWithPath: file).resolvingSymlinksInPath()
    else {
      throw OutputError(description: "\(target) is the scenario itself; choose another name for the completed one")
    }
    try NewFile.write(text, to: target, replaces: force)
    if !quiet { print("The completed scenario is \(target). Next: bertrand run \(target)") }
  }

  private var defaultOutput: String {
    let ending = [".yaml", ".yml"].first { file.hasSuffix($0) } ?? ""
    return file.dropLast(ending.count) + "-calibrated.yaml"
  }
}
