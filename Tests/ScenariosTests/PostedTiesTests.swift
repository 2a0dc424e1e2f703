import Foundation
import Scenarios
import Simulation
import Testing

/// Prices found where customers are indifferent must earn in the market what the search says: a market splits those whom
/// a price leaves indifferent. Customers whose values are known make every best price such a price. 1e-6 of profit is
/// allowed; the mistake cost 13% and more.
struct PostedTiesTests {
  /// Adams & Yellen's four customers at costs of 20 and 30, of whom mixed bundles earn 230.
  @Test func fourCustomers() throws {
    try expect(
      230_000, files: ["four.csv": "x,y\n10,90\n50,50\n60,40\n90,10\n"],
      segments: "[{ name: l, share: 100%, survey: four.csv }]",
      products: "{ x: { unit cost: 20 }, y: { unit cost: 30 } }",
      candidates: "{ mix: { mixed-bundle: { survey: 2000 } } }")
  }

  /// A rival sells the same at 20: a hair less takes all who would pay 20, 80% of 4000 customers, at 10 over cost.
  @Test func aRivalWithTheSameProduct() throws {
    try expect(
      32_000, segments: "[{ name: l, share: 100%, values: { a: \"uniform(0, 100)\" } }]",
      products: "{ a: { category: k, unit cost: 10 } }",
      candidates: "{ brs: { best-response: { knowledge: survey } }, gbb: { good-better-best: { survey: 300 } } }",
      rival: "  - { name: R, products: { a: { category: k, unit cost: 5 } }, strategy: { fixed-price: { a: 20 } } }")
  }

  /// Two types who value two versions at 10 and 12, and at 16 and 30: the menu is 10 and 24, so that the second type
  /// keeps 6 either way. Perfect knowledge finds it whatever the candidates are, none, or a worse one.
  @Test(arguments: ["{ gbb: { good-better-best: { survey: 2000 } } }", "{ one: { fixed-price: { a: 30, b: 30 } } }"])
  func menuOfTwoTypes(_ candidates: String) throws {
    try expect(
      68_000,
      segments:
        "[{ name: lo, share: 50%, values: { a: 10, b: 12 } }, { name: hi, share: 50%, values: { a: 16, b: 30 } }]",
      products: "{ a: { category: k }, b: { category: k } }", candidates: candidates,
      isCandidateBest: candidates.contains("gbb"))
  }

  private func expect(
    _ profit: Double, files: [String: String] = [:], segments: String, products: String, candidates: String,
    rival: String = "", isCandidateBest: Bool = true
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let text = """
      scenario: ties
      periods: { count: 4 }
      customers:
        arrivals: { fixed: 1000 }
        segments: \(segments)
      sellers:
        - name: S
          products: \(products)
          candidates: \(candidates)
      \(rival)
      study: { replications: 2, demand: expected }
      """
    let file = folder.appendingPathComponent("ties.yaml")
    try Data(text.utf8).write(to: file)
    let study = try Scenario(contentsOf: file.path).study
    let perfect = try PerfectKnowledge(study).candidate
    let run = (isCandidateBest ? study.candidates : []) + [perfect]
    var engine = Engine(study, candidates: run)
    for (candidate, outcome) in zip(run, try engine.run(replication: 0)) {
      let earned = outcome.sellers[study.studied].profit
      print("ties: \(candidate.label) earns \(earned) of \(profit)")
      #expect(abs(earned / profit - 1) < 1e-6, "\(candidate.label): \(earned) of \(profit)")
    }
  }
}
