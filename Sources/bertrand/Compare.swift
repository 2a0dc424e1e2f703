import ArgumentParser
import Reporting
import Tables

/// `bertrand compare`.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares two runs: what changed in the scenario, and what that does to every strategy.",
    discussion: """
      Runs with the same seed and number of replications met the same random draws, so that differences are those of
      pairs, and sure; other runs are compared as independent.

        bertrand run gym.yaml --output results/before
        bertrand run gym.yaml --output results/after      (with another rent, say)
        bertrand compare results/before results/after
      """)

  @Argument(help: "The folder of the first run.", completion: .directory)
  var first: String

  @Argument(help: "The folder of the second run.", completion: .directory)
  var second: String

  @Option(help: "What is printed: table for people, csv or json for programs.")
  var format = OutputFormat.table

  func run() throws { try Failure.reporting(compare) }

  private func compare() throws {
    let runs = try [first, second].map { try Results(folder: $0, files: RunComparison.files) }
    let answer = ComparisonAnswer(try RunComparison(runs[0], runs[1]))
    switch format {
    case .table: print(answer.text(width: Terminal.width))
    case .csv: print(String(decoding: CSVText(answer.table).bytes, as: UTF8.self), terminator: "")
    case .json: print(try answer.json())
    }
  }
}
