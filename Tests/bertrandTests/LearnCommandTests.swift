import Foundation
import Testing

/// `bertrand learn` as a process.
struct LearnCommandTests {
  /// Two sellers who learn fast.
  static func duopoly(
    ours: String = "q-learning: { points: 5, exploration decay: 1e-3 }",
    theirs: String = "q-learning: { points: 5, exploration decay: 1e-3 }", extra: String = ""
  ) -> String {
    """
    scenario: Duopoly
    currency: EUR
    periods: { count: 3, unit: day }
    customers:
      arrivals: { fixed: 100 }
      segments:
        - { name: all, share: 100%, values: { ours: 2, theirs: 2 }, taste: 0.25 }
    sellers:
      - name: We
        products: { ours: { category: goods, unit cost: 1 } }
        \(extra)
        candidates:
          hold: { fixed-price: { ours: 1.5 } }
          learn: { \(ours) }
      - name: They
        products: { theirs: { category: goods, unit cost: 1 } }
        strategy: { \(theirs) }
    study: { replications: 2 }

    """.replacingOccurrences(of: "    \n", with: "")
  }

  private func bytes(_ folder: String) throws -> [String: Data] {
    try results(folder).filter { $0.key != "learning_manifest.json" }
  }

  private let quick = ["--still", "2000", "--most", "100000"]

  /// The files are there, with as many rows as they should have, and the same with another number of threads.
  @Test func filesAndThreads() throws {
    try withFolder { folder in
      try write(Self.duopoly(), to: folder + "/d.yaml")
      let first = try Tool.start(["learn", "d.yaml", "-s", "30", "-t", "1"] + quick, in: folder).wait()
      #expect(first.code == 0 && first.errors.isEmpty, "\(first)")
      #expect(first.output.hasPrefix("Sellers who learn by themselves charge 1."), "\(first.output)")
      #expect(first.output.contains("Their profit gain Delta is 0.") && first.output.contains("All 30 sessions"))
      #expect(first.output.contains("in equilibrium they would charge 1.473, in one hand 1.925"))
      let found = try bytes(folder + "/results/d")
      #expect(found.keys.sorted() == ["deviation.csv", "learning_cycles.csv", "learning_sessions.csv"])
      func rows(_ name: String) -> Int {
        String(decoding: found[name] ?? Data(), as: UTF8.self).split(whereSeparator: \.isNewline).count
      }
      #expect(rows("learning_sessions.csv") == 31)
      #expect(rows("deviation.csv") == 1 + 2 * 27 * 2)
      let manifest = try String(contentsOfFile: folder + "/results/d/learning_manifest.json", encoding: .utf8)
      #expect(manifest.contains("\"profit_gain\"") && manifest.contains("\"sessions\" : 30"))
      let second = try Tool.start(["learn", "d.yaml", "-s", "30", "-t", "3", "-q", "-o", "b"] + quick, in: folder)
        .wait()
      #expect(second.code == 0 && second.output.isEmpty)
      #expect(try bytes(folder + "/b") == found)
    }
  }

  /// Interrupted it says so, and goes on to the same bytes.
  @Test(.timeLimit(.minutes(3))) func goesOnToTheSameBytes() throws {
    try withFolder { folder in
      try write(Self.duopoly(), to: folder + "/d.yaml")
      let arguments = ["learn", "d.yaml", "-s", "4000", "-t", "2"] + quick
      let running = try Tool.start(arguments + ["-o", "parts"], in: folder)
      usleep(700_000)
      running.interrupt()
      let stopped = try running.wait()
      #expect(stopped.code == 130 && !stopped.wasKilled, "it should be interrupted while it runs: \(stopped)")
      #expect(stopped.errors.contains("the same command goes on from here"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/parts/learning_sessions.csv"))
      let second = try Tool.start(arguments + ["-o", "parts"], in: folder).wait()
      #expect(second.code == 0 && second.errors.contains("Going on after"), "\(second.errors)")
      #expect(try Tool.start(arguments + ["-q", "-o", "whole"], in: folder).wait().code == 0)
      #expect(try bytes(folder + "/parts") == bytes(folder + "/whole"))
    }
  }

  /// What cannot learn is told in a sentence.
  @Test(arguments: [
    (duopoly(theirs: "fixed-price: { theirs: 1.5 }"), [], "They runs fixed-price", 65),
    (duopoly(ours: "fixed-price: { ours: 1.6 }"), [], "We runs fixed-price", 65),
    (duopoly(extra: "capacity: { room: { units: 50, per: period } }"), [], "limited capacity", 65),
    (duopoly(extra: "rules: { ending: 0.99 }"), [], "price rules", 65),
    (duopoly(theirs: "q-learning: { prices: [2, 1] }"), [], "prices rise", 65),
    (duopoly(theirs: "q-learning: { learning rate: 2 }"), [], "learning rate", 65),
    (duopoly(theirs: "q-learning: { learning rate: 0 }"), [], "learning rate", 65),
    (duopoly(theirs: "q-learning: { memory: 2 }"), [], "the same memory", 65),
    (
      duopoly(ours: "q-learning: { memory: 8 }", theirs: "q-learning: { memory: 8 }"), [],
      "fewer prices or a shorter memory", 65
    ),
    (duopoly(), ["--candidate", "hold"], "We runs fixed-price", 65),
    (duopoly(), ["--candidate", "nobody"], "no candidate is called nobody", 64),
    (duopoly(), ["--sessions", "0"], "--sessions is 0", 64), (duopoly(), ["--still", "0"], "--still is 0", 64),
    (duopoly(), ["--most", "0"], "--most is 0", 64), (duopoly(), ["--threads", "0"], "--threads is 0", 64),
  ])
  func refusals(scenario: String, options: [String], words: String, code: Int32) throws {
    try withFolder { folder in
      try write(scenario, to: folder + "/bad.yaml")
      let result = try Tool.start(["learn", "bad.yaml"] + options, in: folder).wait()
      #expect(result.code == code && !result.wasKilled && result.output.isEmpty, "\(words): \(result)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  /// A stated grid without a known equilibrium, sellers who remember two periods, and three sellers: an answer.
  @Test(arguments: [
    duopoly(
      ours: "q-learning: { prices: [1.4, 1.6, 1.9], memory: 2, exploration decay: 1e-3 }",
      theirs: "q-learning: { prices: [1.4, 2], memory: 2, exploration decay: 2e-3 }"),
    duopoly().replacingOccurrences(of: "arrivals: { fixed: 100 }", with: "arrivals: { fixed: 0 }"),
  ]) func answers(scenario: String) throws {
    try withFolder { folder in
      try write(scenario, to: folder + "/d.yaml")
      let result = try Tool.start(["learn", "d.yaml", "-s", "3"] + quick, in: folder).wait()
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(!result.output.contains("nan") && !result.output.contains("inf "), "\(result.output)")
      #expect(result.output.contains("All 3 sessions converged"))
    }
  }
}
