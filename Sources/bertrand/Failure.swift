import ArgumentParser
import Demand
@preconcurrency import Foundation
import Reporting
import Scenarios
import Simulation

/// How the program ends when it cannot do what was asked: exit codes as in sysexits(3).
enum Failure {
  static let badScenario = ExitCode(65)
  static let noSuchFile = ExitCode(66)
  static let software = ExitCode(70)
  static let cannotWrite = ExitCode(73)
  static let interrupted = ExitCode(130)

  /// Runs a command's work; prints what went wrong and ends with the fitting code.
  static func reporting(_ work: () throws -> Void) throws {
    do {
      try work()
      // What was printed has arrived, or a full disk behind `>` is noticed.
      guard fflush(nil) == 0, ferror(stdout) == 0 else {
        let reason = String(cString: strerror(errno)).lowercased()
        throw OutputError(description: "cannot write to standard output: \(reason)")
      }
    } catch let error as DocumentError {
      say("\(error)")
      if case .noSuchFile = error { throw noSuchFile }
      if case .cannotRead = error { throw noSuchFile }
      throw badScenario
    } catch let error as ScenarioProblems {
      say("\(error)")
      let count = error.problems.count
      say(count == 1 ? "1 mistake; nothing was run." : "\(count) mistakes; nothing was run.")
      throw badScenario
    } catch let error as OutputError {
      say("\(error)")
      throw cannotWrite
    } catch let error as ResultsError {
      say("\(error)")
      throw noSuchFile
    } catch let error as SimulationError {
      say("\(error)")
      throw badScenario
    } catch let error as DemandError {
      say("\(error)")
      throw badScenario
    } catch let error as EquilibriumError {
      say("\(error)")
      throw badScenario
    } catch let error as ValidationError {
      // A wrong option, which shows how the command is used.
      throw error
    } catch let error as ExitCode {
      throw error
    } catch {
      say("\(error)")
      throw software
    }
  }

  /// A line on standard error.
  static func say(_ line: String) {
    // Where nobody can be told, there is nothing to do about it.
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }
}
