import ArgumentParser
import Scenarios

/// `bertrand check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a scenario and lists every mistake with its place.")

  @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  func run() throws {
    try Failure.reporting {
      let study = try Scenario(contentsOf: file).study
      let market = study.market
      print("\(file) is right.")
      print(
        "\(study.name): \(market.population.segments.count) segments, \(market.profiles.count) sellers, "
          + "\(study.candidates.count) candidates for \(market.profiles[study.studied].name), "
          + "\(market.periodCount) periods, \(study.replications) replications.")
    }
  }
}

/// `bertrand schema`.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema of scenario files, for editors.")

  func run() throws { print(Scenario.schema, terminator: "") }
}
