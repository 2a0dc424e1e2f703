import Foundation
import Testing

/// `bertrand report`: a page from a folder of results, or one clear line.
struct ReportCommandTests {
  private func run(in folder: String, csv: String = "plain", output: String = "out") throws {
    try write(kiosk, to: folder + "/kiosk.yaml")
    let result = try Tool.run("run", "kiosk.yaml", "--output", output, "--csv", csv, "--quiet", in: folder)
    try #require(result.code == 0, "\(result.errors)")
  }

  @Test func writesThePage() throws {
    try withFolder { folder in
      try run(in: folder)
      let result = try Tool.run("report", "out", in: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.isEmpty)
      #expect(result.output == "The page is out/report.html.\n")
      let page = try String(contentsOfFile: folder + "/out/report.html", encoding: .utf8)
      for name in ["today", "dear", "bundle", "perfect knowledge"] { #expect(page.contains("<bdi>\(name)</bdi>")) }
      // Another run with other CSV into another folder, and the page over the old one: the same bytes.
      try run(in: folder, csv: "european", output: "again")
      let again = try Tool.run("report", "again/", "--output", "out/report.html", in: folder)
      #expect(again.code == 0, "\(again.errors)")
      #expect(try String(contentsOfFile: folder + "/out/report.html", encoding: .utf8) == page)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out").allSatisfy { !$0.hasPrefix(".") })
    }
  }

  @Test func noResults() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: true)
      try write("x", to: folder + "/file")
      for name in ["missing", "empty", "file"] {
        let result = try Tool.run("report", name, in: folder)
        #expect(result.code == 66)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("\(name): no results of a run here"))
        #expect(result.errors.split(separator: "\n").count == 1)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["empty", "file"])
    }
  }

  @Test func brokenCSV() throws {
    try withFolder { folder in
      try run(in: folder)
      let path = folder + "/out/comparisons.csv"
      var lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
      lines[2] = "dear,today,much,1,2,0,1"
      try write(lines.joined(separator: "\r\n"), to: path)
      let result = try Tool.run("report", "out", in: folder)
      #expect(result.code == 66)
      #expect(result.errors.contains("comparisons.csv: row 3: profit_difference_mean is much, which is no number"))
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/report.html"))
    }
  }

  @Test func cannotBeWritten() throws {
    try withFolder { folder in
      try run(in: folder)
      try FileManager.default.createDirectory(atPath: folder + "/dir/inside", withIntermediateDirectories: true)
      for target in ["none/page.html", "dir", "kiosk.yaml/page.html"] {
        let result = try Tool.run("report", "out", "--output", target, in: folder)
        #expect(result.code == 73)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("cannot write \(target): "))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["dir", "kiosk.yaml", "out"])
    }
  }
}
