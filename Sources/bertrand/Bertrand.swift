import ArgumentParser

/// The command line: which pricing strategy should a seller use?
@main
struct Bertrand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "bertrand",
    abstract: "Compares pricing strategies on the same simulated customers.",
    discussion: """
      Describe a market in a scenario file: customers and what they would pay, sellers and their costs, and the
      strategies to compare. Bertrand runs them all on the same customers and says which earns most, by how much, and
      how sure that is.

        bertrand new gym.yaml      a scenario to start from
        bertrand check gym.yaml    is it right?
        bertrand run gym.yaml      the answer, and CSV files in results/gym
      """,
    version: version,
    subcommands: [
      Run.self, Report.self, Compare.self, Check.self, Optimize.self, ResearchCommand.self, Equilibrium.self,
      Calibrate.self, Learn.self, StrategyList.self, Explain.self, New.self, Schema.self,
    ])
}
