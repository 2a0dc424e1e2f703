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
      print("No mistakes in \(file).")
      print(
        "\(study.name): \(count(market.population.segmentNames.count, "segment")), \(count(market.profiles.count, "seller")), "
          + "\(count(study.candidates.count, "candidate")) for \(market.profiles[study.studied].name), "
          + "\(count(market.periodCount, "period")), \(count(study.replications, "replication")).")
    }
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)" + (number == 1 ? "" : "s") }
}

/// `bertrand schema`.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema of scenario files, for editors.")

  func run() throws { try Failure.reporting { print(Scenario.schema, terminator: "") } }
}
