import Foundation
import Reporting
import Simulation
import Tables
import Testing

/// A file appears whole or not at all, and an interrupted run goes on to the same bytes.
struct ResultFolderTests {
  private func contents(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func makesTheFolder() throws {
    try withFolder { base in
      let folder = try ResultFolder(base + "/a/b c/é")
      try folder.write(Array("hi".utf8), to: "x.csv")
      #expect(try contents(base + "/a/b c/é") == ["x.csv"], "and leaves nothing else behind")
    }
  }

  @Test func replacesAsAWhole() throws {
    try withFolder { base in
      let folder = try ResultFolder(base)
      try folder.write([UInt8](repeating: 65, count: 100_000), to: "x.csv")
      try folder.write(Array("short".utf8), to: "x.csv")
      #expect(try String(contentsOfFile: base + "/x.csv", encoding: .utf8) == "short")
      #expect(try contents(base) == ["x.csv"])
    }
  }

  /// What stood there stands there still, and no half file is left.
  @Test func cannotReplace() throws {
    try withFolder { base in
      let folder = try ResultFolder(base)
      try FileManager.default.createDirectory(atPath: base + "/x.csv/inside", withIntermediateDirectories: true)
      #expect(throws: OutputError.self) { try folder.write([1], to: "x.csv") }
      #expect(try contents(base) == ["x.csv"])
      #expect(try contents(base + "/x.csv") == ["inside"])
    }
  }

  @Test func fileInTheWay() throws {
    try withFolder { base in
      try Data("mine".utf8).write(to: URL(fileURLWithPath: base + "/results"))
      for path in ["/results", "/results/gym"] {
        let error = #expect(throws: OutputError.self) { try ResultFolder(base + path) }
        #expect(error?.description.contains(base + path) ?? false)
      }
      #expect(try String(contentsOfFile: base + "/results", encoding: .utf8) == "mine")
    }
  }

  /// Permissions do not bind the superuser, so that the test is for others only.
  @Test(.enabled(if: geteuid() != 0)) func readOnlyFolder() throws {
    try withFolder { base in
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: base)
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: base) }
      #expect(throws: OutputError.self) { try ResultFolder(base) }
      #expect(throws: OutputError.self) { try ResultFolder(base + "/new") }
    }
  }

  /// The kernel's own folders take no files, whoever asks.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self"))) func impossibleFolder() {
    #expect(throws: OutputError.self) { try ResultFolder("/proc/bertrand-results") }
    #expect(throws: OutputError.self) { try ResultFolder("/proc/self") }
  }

  // MARK: Interruption

  private func study() throws -> Study {
    try Known.study(
      [("today", "20"), ("dear", "30")], replications: 60, customers: "{ poisson: 40 }", value: "uniform(0, 40)",
      periods: 3)
  }

  /// Runs in a folder and stops after as many waves as told; nil means to the end. Saves at each stop, as the tool does.
  private func run(_ study: Study, in path: String, id: String, waves: Int?, threads: Int) throws {
    let folder = try ResultFolder(path)
    let saved = folder.interrupted(run: id)
    var tally = saved ?? StudyTally(study, candidateCount: study.candidates.count)
    let writer = try folder.openReplications(continuing: saved == nil ? nil : id)
    var left = waves ?? .max
    try StudyRunner(study, candidates: study.candidates, threads: threads).run(into: &tally) { number, outcomes in
      try writer.append(
        ResultTables.rows(replication: number, outcomes: outcomes, candidates: study.candidates, study: study))
    } pause: { tally in
      left -= 1
      if left == 0 { try folder.save(tally, run: id, writer: writer) }
      return left > 0
    }
    guard tally.replications == study.replications else {
      // Rows after the checkpoint, such as a crash leaves behind, count for nothing.
      var extra = Table(columns: ["x"])
      extra.cell("half a ro")
      try writer.append(extra)
      return
    }
    let report = try StudyReport(study, candidates: study.candidates, tally: tally, clairvoyant: .exact)
    try folder.write(ResultTables(report).files)
    try folder.finishReplications(writer)
  }

  private func bytes(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try contents(folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    return files
  }

  @Test func resumedRunIsTheSameBytes() throws {
    let study = try study()
    try withFolder { base in
      try run(study, in: base + "/whole", id: "1", waves: nil, threads: 2)
      var stops = 0
      while stops < 100, !FileManager.default.fileExists(atPath: base + "/parts/replications.csv") {
        try run(study, in: base + "/parts", id: "1", waves: 1, threads: 1 + stops % 2)
        stops += 1
        if stops == 1 { #expect(try contents(base + "/parts") == [".checkpoint", ".replications.csv.partial"]) }
      }
      #expect(stops >= 3, "the test needs interruptions")
      let whole = try bytes(base + "/whole")
      #expect(whole.count == 9)
      let parts = try bytes(base + "/parts")
      #expect(parts.keys.sorted() == whole.keys.sorted())
      for (name, bytes) in whole { #expect(parts[name] == bytes, "\(name)") }
    }
  }

  /// Two runs at the same time do not mix their rows: the second is told.
  @Test func oneRunAtATime() throws {
    try withFolder { base in
      let writer = try ResultFolder(base).openReplications(continuing: nil)
      let error = #expect(throws: OutputError.self) { try ResultFolder(base).openReplications(continuing: nil) }
      #expect(error?.description.contains("another run is writing to") ?? false)
      try ResultFolder(base).finishReplications(writer)
      _ = try ResultFolder(base).openReplications(continuing: nil)
    }
  }

  /// Another run's checkpoint, and one that is damaged or lacks its rows, is not taken up.
  @Test func foreignCheckpoint() throws {
    let study = try study()
    try withFolder { base in
      try run(study, in: base, id: "1", waves: 1, threads: 1)
      let folder = try ResultFolder(base)
      #expect(folder.interrupted(run: "2") == nil)
      #expect(folder.interrupted(run: "1") != nil)
      let checkpoint = URL(fileURLWithPath: base + "/.checkpoint")
      let good = try Data(contentsOf: checkpoint)
      try good.prefix(good.count / 2).write(to: checkpoint)
      #expect(folder.interrupted(run: "1") == nil)
      try good.write(to: checkpoint)
      try Data().write(to: URL(fileURLWithPath: base + "/.replications.csv.partial"))
      #expect(folder.interrupted(run: "1") == nil)
      try run(study, in: base, id: "2", waves: nil, threads: 1)
      #expect(try contents(base).allSatisfy { !$0.hasPrefix(".") })
      let lines = try String(contentsOfFile: base + "/replications.csv", encoding: .utf8).split(separator: "\r\n")
      #expect(lines.count == 1 + 2 * 60)
    }
  }
}
