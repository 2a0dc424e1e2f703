import ArgumentParser
import Foundation
import Reporting
import Scenarios

/// `bertrand new`.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a commented scenario to start from.",
    discussion: "Without a file it is printed. A file that is already there is left alone.")

  @Argument(help: "The file to write.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  func run() throws { try Failure.reporting(write) }

  private func write() throws {
    guard let file else {
      print(Scenario.template, terminator: "")
      return
    }
    do {
      try Data(Scenario.template.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw OutputError(description: "\(file) is already there; choose another name")
    } catch {
      throw OutputError(description: "cannot write \(file): \(error.localizedDescription)")
    }
    print("\(file) is written. Next: bertrand run \(file)")
  }
}
