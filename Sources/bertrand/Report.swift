import ArgumentParser
import Foundation
import Reporting

/// `bertrand report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the results of a run as one HTML page.",
    discussion: """
      The folder is one that `bertrand run` wrote, in whichever style of CSV. The page has the answer, charts and tables;
      it is one file that loads nothing, so that it opens without a network, can be sent by mail, and prints.
      """)

  /// The page's name in the folder, unless the user gives another.
  static let fileName = "report.html"

  @Argument(help: "The folder with the results of a run.", completion: .directory)
  var folder: String

  @Option(
    name: .shortAndLong, help: "The file for the page, replaced if it is there. (default: report.html in the folder)",
    completion: .file(extensions: ["html"]))
  var output: String?

  func run() throws {
    try Failure.reporting {
      let page = try Page(Results(folder: folder, files: Page.files))
      let target = output ?? folder + (folder.hasSuffix("/") ? "" : "/") + Self.fileName
      try NewFile.write(page.html, to: target, replaces: true)
      print("The page is \(target).")
    }
  }
}
