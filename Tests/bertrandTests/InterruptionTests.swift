import Foundation
import Testing

/// Control-C saves what there is, and the same command goes on to the same bytes.
struct InterruptionTests {
  /// Interrupted as soon as rows are on disk. The run of ten million customers takes seconds; should a machine be
  /// so fast that it is done before the signal, the test says so.
  @Test(.timeLimit(.minutes(3))) func goesOnToTheSameBytes() throws {
    let text = kiosk.replacingOccurrences(of: "poisson: 60", with: "poisson: 4000")
    try withFolder { folder in
      try write(text, to: folder + "/k.yaml")
      let arguments = ["run", "k.yaml", "--replications", "800", "--threads", "2"]
      #expect(try Tool.start(arguments + ["-q", "-o", "whole"], in: folder).wait().code == 0)
      let running = try Tool.start(arguments + ["-o", "parts"], in: folder)
      let rows = folder + "/parts/.replications.csv.partial"
      func size() -> Int {
        (try? FileManager.default.attributesOfItem(atPath: rows)[.size] as? Int) ?? 0
      }
      while running.isRunning, size() < 500 { usleep(2000) }
      running.interrupt()
      let stopped = try running.wait()
      #expect(stopped.code == 130, "it should be interrupted while it runs: \(stopped)")
      #expect(!stopped.wasKilled)
      #expect(stopped.errors.contains("the same command goes on"))
      #expect(stopped.output.isEmpty)
      #expect(FileManager.default.fileExists(atPath: folder + "/parts/.checkpoint"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/parts/summary.csv"))
      let second = try Tool.start(arguments + ["-o", "parts"], in: folder).wait()
      #expect(second.code == 0)
      #expect(second.errors.contains("Going on after"))
      #expect(try results(folder + "/parts") == results(folder + "/whole"))
    }
  }

  /// A run that may take hours says so before it starts, also to a pipe: 3 periods of 1e8 customers, 4 strategies, 20
  /// replications are 2.4e10. A usual run says nothing.
  @Test(.timeLimit(.minutes(1))) func longRunsAreAnnounced() throws {
    try withFolder { folder in
      try write(kiosk.replacingOccurrences(of: "poisson: 60", with: "poisson: 1e8"), to: folder + "/k.yaml")
      let running = try Tool.start(["run", "k.yaml", "-o", "long"], in: folder)
      while running.isRunning, !running.errors.contains("\n") { usleep(20_000) }
      let errors = running.errors
      running.end()
      #expect(try running.wait().wasKilled)
      #expect(errors.hasPrefix("About 2.4e+10 customers will be simulated (4 strategies, 20 replications"), "\(errors)")
      try write(kiosk, to: folder + "/k.yaml")
      #expect(try Tool.run("run", "k.yaml", "-o", "short", in: folder).errors.isEmpty)
    }
  }

  /// A checkpoint of other replications or another seed is not taken up.
  @Test func otherRunsStartAnew() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      #expect(try Tool.run("run", "k.yaml", "-q", "-o", "one", in: folder).code == 0)
      try FileManager.default.createDirectory(atPath: folder + "/two", withIntermediateDirectories: true)
      for name in [".checkpoint", ".replications.csv.partial"] { try write("rubbish", to: folder + "/two/" + name) }
      #expect(try Tool.run("run", "k.yaml", "-q", "-o", "two", in: folder).code == 0)
      #expect(try results(folder + "/two") == results(folder + "/one"))
    }
  }
}
