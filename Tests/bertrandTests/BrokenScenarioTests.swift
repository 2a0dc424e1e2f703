import Foundation
import Testing

/// A scenario that is wrong ends with 65 and a place, never with a crash, and leaves no results.
struct BrokenScenarioTests {
  @Test(arguments: [
    "", "just words", "- a\n- list\n", "scenario: [unclosed\n", "\t- tab\n", "a: &x [*x, *x]\n", "{}",
    kiosk.replacingOccurrences(of: "share: 100%", with: "share: 50%"),
    kiosk.replacingOccurrences(of: "count: 3", with: "count: 1000000000000000000000"),
    kiosk.replacingOccurrences(of: "poisson: 60", with: "poisson: 1e400"),
    kiosk.replacingOccurrences(of: "coffee: 3, cake: 3", with: "tea: 3"),
    kiosk.replacingOccurrences(of: "\"exponential(2)\"", with: "\"exponential(-2)\""),
    kiosk.replacingOccurrences(of: "normal(3, 1)", with: "normal((((((3, 1"),
    kiosk.replacingOccurrences(of: "products: {", with: "products: { \"\u{0}\": {},"),
    kiosk.replacingOccurrences(of: "replications: 20", with: "replications: 20, demand: expected, demand: sampled"),
    kiosk.replacingOccurrences(of: "    candidates:", with: "    strategy:"),
    kiosk.replacingOccurrences(of: "{ poisson: 60 }", with: "{ fixed: 60, trend: 50% }")
      .replacingOccurrences(of: "count: 3", with: "count: 99999"),
    kiosk.replacingOccurrences(of: "unit: day }", with: "unit: day }\n  unit: day"),
    String(repeating: "a: {", count: 5000),
  ])
  func isToldWithItsPlace(text: String) throws {
    try withFolder { folder in
      try write(text, to: folder + "/broken.yaml")
      for command in ["check", "run"] {
        let result = try Tool.run(command, "broken.yaml", in: folder)
        #expect(!result.wasKilled, "signal \(result.code)")
        #expect(result.code == 65, "\(result.errors)")
        #expect(
          result.errors.range(of: #"broken\.yaml:\d+:\d+: "#, options: .regularExpression) != nil, "\(result.errors)")
        #expect(result.output.isEmpty)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["broken.yaml"])
    }
  }

  @Test func notText() throws {
    try withFolder { folder in
      try Data([0xFF, 0xFE, 0x00, 0xC3, 0x28]).write(to: URL(fileURLWithPath: folder + "/x.yaml"))
      let result = try Tool.run("run", "x.yaml", in: folder)
      #expect(result.code == 65)
      #expect(result.errors.contains("UTF-8"))
    }
  }

  /// Right by every bound, and as extreme as the bounds allow: an answer or a message, but no crash.
  @Test(
    .timeLimit(.minutes(3)),
    arguments: [
      ("normal(3, 1)", "normal(1e12, 1e12)"), ("normal(3, 1)", "log-normal(1e-9, 1e12)"),
      ("normal(3, 1)", "uniform(-1e12, 1e12)"), ("normal(3, 1)", "gumbel(-1e12, 1e-9)"),
      ("exponential(2)", "exponential(1e-300)"), ("taste: 0.5", "taste: 1e12"), ("taste: 0.5", "taste: 1e-300"),
      ("coffee: 3, cake: 3", "coffee: 1e12, cake: 0"), ("unit cost: 0.6", "unit cost: 1e12"),
      ("poisson: 60", "fixed: 0"),
      ("poisson: 60", "poisson: 1e-300"), ("{ poisson: 60 }", "{ poisson: 60, trend: -50% }"),
      ("count: 3", "count: 2000"),
      (
        "values: { coffee: \"normal(3, 1)\", cake: \"exponential(2)\" }, taste: 0.5",
        "logit: { price coefficient: -1e-300, mean values: { coffee: 1e6, cake: -1e6 } }"
      ),
      (
        "values: { coffee: \"normal(3, 1)\", cake: \"exponential(2)\" }, taste: 0.5",
        "logit: { price coefficient: -1e9, mean values: { coffee: 1e6, cake: -1e6 } }"
      ),
      ("study:", "    capacity: { x: { units: 1000000000, unit cost: 1e12 } }\nstudy:"),
      ("study:", "    capacity: { x: { units: 0, per: calendar } }\nstudy:"),
      ("replications: 20", "replications: 2, demand: expected"),
      ("replications: 20", "replications: 2, clairvoyant: dynamic"),
      ("replications: 20", "replications: 1, confidence: 99.9999999%"),
    ])
  func extremes(old: String, new: String) throws {
    let text = kiosk.replacingOccurrences(of: old, with: new)
    #expect(text != kiosk)
    try withFolder { folder in
      try write(text, to: folder + "/x.yaml")
      let result = try Tool.run("run", "x.yaml", "--replications", "2", in: folder)
      #expect(!result.wasKilled, "signal \(result.code): \(result.errors.suffix(300))")
      #expect([0, 65].contains(result.code), "\(result.code): \(result.errors)")
      #expect(result.code == 0 || !result.errors.isEmpty)
    }
  }

  /// One product with more capacity than memory.
  @Test(.timeLimit(.minutes(1))) func hugeCapacity() throws {
    let text = """
      scenario: Huge
      periods: { count: 20 }
      customers:
        arrivals: { poisson: 20 }
        segments: [{ name: all, share: 100%, values: { room: "uniform(0, 10)" } }]
      sellers:
        - name: We
          products: { room: {} }
          capacity: { rooms: { units: 1000000000 } }
          candidates: { a: { fixed-price: { room: 5 } } }
      """
    try withFolder { folder in
      try write(text, to: folder + "/x.yaml")
      #expect(try Tool.run("run", "x.yaml", "-r", "2", in: folder).code == 0)
    }
  }
}
