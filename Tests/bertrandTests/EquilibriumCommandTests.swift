import Foundation
import Testing

/// `bertrand equilibrium` as a process.
struct EquilibriumCommandTests {
  /// A market of two sellers, A of x and B of y, of one category.
  private static func market(
    values: String = "{ x: 2, y: 2 }", taste: String = "0.25", costs: (String, String) = ("1", "1"),
    outside: String = "yes", arrivals: String = "1000", segments: String? = nil
  ) -> String {
    """
    scenario: Pair
    currency: EUR
    periods: { count: 1, unit: week }
    customers:
      arrivals: { fixed: \(arrivals) }
      outside option: \(outside)
      \(segments ?? "segments:\n    - { name: all, share: 100%, values: \(values), taste: \(taste) }")
    sellers:
      - { name: A, products: { x: { category: g, unit cost: \(costs.0) } } }
      - { name: B, products: { y: { category: g, unit cost: \(costs.1) } } }

    """
  }

  /// Every cell that is to be a number is one, and finite.
  private static func table(_ path: String) throws -> [[String: String]] {
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(rows.first)
    for cell in rows.joined() { #expect(!["nan", "-nan", "inf", "-inf"].contains(cell.lowercased()), "\(path)") }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Value 2, cost 1, mu 1/4: 1.472927 apart and 1.924981 together.
  @Test func logitDuopoly() throws {
    try withFolder { folder in
      try write(Self.market(), to: folder + "/pair.yaml")
      let result = try Tool.run("equilibrium", "pair.yaml", "--merge", "A,B", "--joint", "--leader", "A", in: folder)
      #expect(result.code == 0 && result.errors.isEmpty)
      #expect(result.output.hasPrefix("One equilibrium found: no seller would earn more at other prices."))
      #expect(result.output.contains("Before and after the merger"))
      let products = try Self.table(folder + "/results/pair/equilibrium.csv")
      for (conduct, price) in [("equilibrium", 1.472927), ("merger", 1.924981), ("joint profit", 1.924981)] {
        let found = products.filter { $0["conduct"] == conduct }.compactMap { Double($0["price"] ?? "") }
        #expect(found.count == 2 && found.allSatisfy { abs($0 - price) < 1e-6 }, "\(conduct): \(found)")
      }
      for name in ["equilibrium_sellers", "equilibrium_responses", "equilibrium_market", "merger"] {
        #expect(try !Self.table(folder + "/results/pair/\(name).csv").isEmpty)
      }
      // Without a merger the file of the last one goes.
      #expect(try Tool.run("equilibrium", "pair.yaml", "-q", in: folder).output.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder + "/results/pair/merger.csv"))
    }
  }

  /// Markets at the edge end with an answer and finite numbers.
  @Test(arguments: [
    ("taste 0, values the same", market(taste: "0"), "One equilibrium"),
    ("unequal costs, no noise", market(taste: "0", costs: ("1", "1.5")), "No pure equilibrium found"),
    ("cost above every value", market(values: "{ x: 2, y: \"uniform(0, 3)\" }", costs: ("50", "60")), "unsold"),
    ("nobody values y", market(values: "{ x: 2, y: -1000000 }"), "unsold"),
    ("nobody comes", market(arrivals: "0"), "profit 0"),
    ("everybody buys", market(outside: "no"), "everybody buys"),
    ("billions", market(values: "{ x: 2e9, y: 2e9 }", taste: "2.5e8", costs: ("1e9", "1e9")), "1.47293e+09"),
    ("billionths", market(values: "{ x: 2e-9, y: 2e-9 }", taste: "2.5e-10", costs: ("1e-9", "1e-9")), "1.47293e-09"),
    (
      "correlated values",
      market(
        segments: "segments:\n    - { name: all, share: 100%, correlation: 0.5, "
          + "values: { x: \"uniform(0, 10)\", y: \"exponential(5)\" } }"), "One equilibrium"
    ),
    (
      "CES near elasticity 1",
      market(segments: "ces: { elasticity: 1.01, budget: 10, qualities: { x: 1, y: 2 } }"), "One equilibrium"
    ),
    (
      "a corner of linear demand",
      market(segments: "linear: { intercepts: { x: 10, y: 6 }, own slopes: { x: 2, y: 2 }, cross slopes: 1.9 }"),
      "4.73684"
    ),
  ])
  func edges(name: String, scenario: String, words: String) throws {
    try withFolder { folder in
      try write(scenario, to: folder + "/edge.yaml")
      let result = try Tool.run("equilibrium", "edge.yaml", in: folder)
      #expect(result.code == 0 && !result.wasKilled && result.errors.isEmpty, "\(name): \(result.errors)")
      #expect(result.output.contains(words), "\(name): \(result.output)")
      #expect(!result.output.contains("nan") && !result.output.contains("inf "), "\(name): \(result.output)")
      for file in ["equilibrium", "equilibrium_sellers", "equilibrium_responses", "equilibrium_market"] {
        _ = try Self.table(folder + "/results/edge/\(file).csv")
      }
    }
  }

  /// What cannot be answered is said in a sentence.
  @Test(arguments: [
    (["--merge", "A"], market(), "two sellers or more", 64),
    (["--merge", "A,C"], market(), "no seller is called C", 64),
    (["--leader", "C"], market(), "no seller is called C", 64),
    (["--best-response", "A"], market(), "today's prices", 64),
    (["--merge", "A,B"], market(outside: "no"), "could charge any price", 65),
    (["--joint"], market(outside: "no"), "could charge any price", 64),
    (["--leader", "A"], market(taste: "0"), "A leads", 65),
    (
      [],
      market(segments: "ces: { elasticity: 3, budget: 1, qualities: { x: 1, y: 1 } }").replacing(
        "unit cost: 1", with: "unit cost: 0"), "unit cost", 65
    ),
    ([], market(segments: "ces: { elasticity: 1, budget: 1, qualities: { x: 1, y: 1 } }"), "elasticity", 65),
    (
      [], market(segments: "linear: { intercepts: { x: 1, y: 1 }, own slopes: { x: 1, y: 1 }, cross slopes: 2 }"),
      "positive definite", 65
    ),
    (
      [], market(outside: "no", segments: "linear: { intercepts: { x: 1, y: 1 }, own slopes: { x: 1, y: 1 } }"),
      "outside option", 65
    ),
  ])
  func refusals(options: [String], scenario: String, words: String, code: Int32) throws {
    try withFolder { folder in
      try write(scenario, to: folder + "/bad.yaml")
      let result = try Tool.start(["equilibrium", "bad.yaml"] + options, in: folder).wait()
      #expect(result.code == code && !result.wasKilled && result.output.isEmpty, "\(words): \(result)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  /// Captive customers and switchers: no equilibrium, said first, with who gains by leaving the stationary point.
  @Test func noEquilibrium() throws {
    let segments = [
      ("a", "25%", "{ x: 10, y: -50 }"), ("b", "25%", "{ x: -50, y: 10 }"), ("s", "50%", "{ x: 10, y: 10 }"),
    ]
    .map { "    - { name: \($0.0), share: \($0.1), taste: 0.3, values: \($0.2) }" }.joined(separator: "\n")
    try withFolder { folder in
      try write(Self.market(segments: "segments:\n" + segments), to: folder + "/none.yaml")
      let result = try Tool.run("equilibrium", "none.yaml", "--merge", "A,B", in: folder)
      #expect(result.code == 0)
      #expect(result.output.hasPrefix("No pure equilibrium found") && result.output.contains("would earn"))
      // The merged firm's prices are shown though there is nothing to compare them with.
      #expect(result.output.contains("After the merger\n"))
      let market = try Self.table(folder + "/results/none/equilibrium_market.csv")
      #expect(market.first?["status"] == "no equilibrium")
      #expect(Double(market.first?["deviation_gain"] ?? "") ?? 0 > 1)
    }
  }
}
