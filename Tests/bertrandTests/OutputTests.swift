import Foundation
import Testing

/// What the program says and writes, for people, spreadsheets and pipes.
struct OutputTests {
  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// In a pipe: the answer first, lines of at most 80 columns, no colour, nothing on standard error.
  @Test func forPeople() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      let result = try Tool.run("run", "k.yaml", in: folder)
      #expect(result.code == 0 && result.errors.isEmpty)
      #expect(!result.output.contains("\u{1B}"))
      #expect(lines(result.output).dropFirst().allSatisfy { $0.count <= 80 })
      #expect(result.output.contains("Profit with its 95% interval; ┊ is today"))
      #expect(result.output.contains("●"))
    }
  }

  /// JSON and CSV are all that standard output then holds, and say what the files say.
  @Test func forPrograms() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      let json = try Tool.run("run", "k.yaml", "--format", "json", in: folder)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let strategies = try #require(object["strategies"] as? [[String: Any]])
      #expect(strategies.map { $0["rank"] as? Int } == [1, 2, 3, nil])
      #expect(strategies[3]["rank"] is NSNull)
      #expect((object["comparisons"] as? [[String: Any]])?.count == 2)
      let manifest = try #require(
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: URL(fileURLWithPath: folder + "/results/k/manifest.json"))) as? [String: Any])
      #expect(object["answer"] as? String == manifest["answer"] as? String)
      let csv = try Tool.run("run", "k.yaml", "--format", "csv", in: folder)
      let summary = try String(contentsOfFile: folder + "/results/k/summary.csv", encoding: .utf8)
      #expect(csv.output.utf8.elementsEqual(summary.utf8))
    }
  }

  /// Each style writes the same values; a run that was begun in one style is not gone on with in another.
  @Test func styles() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      for style in ["plain", "spreadsheet", "european"] {
        #expect(try Tool.run("run", "k.yaml", "-q", "--csv", style, "-o", style, in: folder).code == 0)
      }
      let plain = try results(folder + "/plain")
      let mark = Data([0xEF, 0xBB, 0xBF])
      for (name, bytes) in try results(folder + "/spreadsheet") {
        #expect(bytes == mark + (plain[name] ?? Data()), "\(name)")
      }
      for (name, bytes) in try results(folder + "/european") {
        #expect(bytes.starts(with: mark) && bytes != plain[name], "\(name)")
        #expect(String(decoding: bytes, as: UTF8.self).contains(";"))
      }
      for other in ["spreadsheet", "european"] {
        let result = try Tool.run("compare", "plain", other, in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("The two scenarios state the same."))
        #expect(result.output.contains("The two runs are the same"))
      }
    }
  }

  @Test func compare() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/a.yaml")
      try write(kiosk.replacingOccurrences(of: "unit cost: 0.6", with: "unit cost: 0.9"), to: folder + "/b.yaml")
      for name in ["a", "b"] { #expect(try Tool.run("run", name + ".yaml", "-q", in: folder).code == 0) }
      let result = try Tool.run("compare", "results/a", "results/b", in: folder)
      #expect(result.code == 0 && result.errors.isEmpty)
      #expect(lines(result.output).dropFirst().allSatisfy { $0.count <= 80 })
      #expect(result.output.contains("sellers[0].products.coffee.unit cost"))
      let json = try Tool.run("compare", "results/a", "results/b", "--format", "json", in: folder)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect((object["strategies"] as? [Any])?.count == 4)
      let csv = try Tool.run("compare", "results/a", "results/b", "--format", "csv", in: folder)
      #expect(csv.output.hasPrefix("strategy,rank_first,rank_second,"))
      let none = try Tool.run("compare", "results/a", "results/c", in: folder)
      #expect(none.code == 66)
      #expect(none.errors.contains("results/c: no results of a run here"))
    }
  }

  /// A full disk behind `>` is noticed.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func fullOutput() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      for command in ["run k.yaml", "check k.yaml", "strategies", "explain fixed-price", "schema", "new"] {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "\"$0\" \(command) > /dev/full 2> said", try #require(Tool.executable).path]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder)
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 73, "\(command)")
        let said = try String(contentsOfFile: folder + "/said", encoding: .utf8)
        #expect(said.contains("cannot write to standard output"), "\(command): \(said)")
      }
      #expect(FileManager.default.fileExists(atPath: folder + "/results/k/summary.csv"), "files are there all the same")
    }
  }

  /// Where standard error cannot be written either, the exit code says it all.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func fullErrors() throws {
    try withFolder { folder in
      for (command, code) in [("check none.yaml", 66), ("report none", 66), ("compare none none", 66)] {
        for errors in ["2> /dev/full", "2>&-"] {
          let shell = Process()
          shell.executableURL = URL(fileURLWithPath: "/bin/sh")
          shell.arguments = ["-c", "\"$0\" \(command) \(errors)", try #require(Tool.executable).path]
          shell.currentDirectoryURL = URL(fileURLWithPath: folder)
          try shell.run()
          shell.waitUntilExit()
          #expect(Int(shell.terminationStatus) == code, "\(command) \(errors)")
        }
      }
    }
  }

  /// A page replaces a file, and nothing else.
  @Test func pagesReplaceFilesOnly() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      #expect(try Tool.run("run", "k.yaml", "-q", in: folder).code == 0)
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/k.yaml")
      for target in ["link", "results", "/dev/null"] {
        let result = try Tool.run("report", "results/k", "--output", target, in: folder)
        #expect(result.code == 73)
        #expect(result.errors.contains("what is there is no file"))
      }
      for _ in 0..<2 { #expect(try Tool.run("report", "results/k", "-o", "page.html", in: folder).code == 0) }
    }
  }

  /// Shells complete commands and options; the scripts are what their shells accept.
  @Test func completions() throws {
    for shell in ["bash", "zsh", "fish"] {
      let result = try Tool.run("--generate-completion-script", shell)
      #expect(result.code == 0)
      for word in ["optimize", "--format", "--csv"] { #expect(result.output.contains(word.drop { $0 == "-" })) }
    }
  }
}
