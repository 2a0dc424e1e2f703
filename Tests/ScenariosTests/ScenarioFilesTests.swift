import Foundation
import Scenarios
import Simulation
import Testing

/// The scenarios that come with the program, the template, and the schema.
struct ScenarioFilesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static var folder: String { root.appendingPathComponent("scenarios").path }

  private static var files: [String] {
    let found = try? FileManager.default.subpathsOfDirectory(atPath: folder)
    // Those to be calibrated first have tests of their own (`CalibratedScenarioTests`).
    return (found ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .filter { !$0.hasPrefix("calibration/") }.sorted()
  }

  @Test func thereAreSome() { #expect(!Self.files.isEmpty) }

  @Test(arguments: files) func isRight(file: String) throws {
    let path = Self.folder + "/" + file
    let scenario = try Scenario(contentsOf: path)
    #expect(!scenario.study.question.isEmpty)
    #expect(scenario.study.candidates.count >= 2, "there is something to compare")
    #expect(scenario.name == URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent)
  }

  /// One replication of each: no strategy fails, and money is finite.
  @Test(arguments: files) func runs(file: String) throws {
    let study = try Scenario(contentsOf: Self.folder + "/" + file).study
    var engine = Engine(study, candidates: study.candidates)
    for outcome in try engine.run(replication: 0) {
      for seller in outcome.sellers { #expect(seller.profit.isFinite) }
      #expect(outcome.customers > 0)
    }
  }

  @Test func templateRuns() throws {
    let study = try Scenario(text: Scenario.template, file: "template.yaml").study
    #expect(study.candidates.count >= 3)
    #expect(study.market.profiles.count >= 2)
    let knowledge = try PerfectKnowledge(study)
    var engine = Engine(study, candidates: study.candidates + [knowledge.candidate])
    let outcomes = try engine.run(replication: 0)
    #expect(outcomes.allSatisfy { $0.sellers[study.studied].revenue > 0 })
    #expect(Scenario.template.allSatisfy { $0 != "\t" })
    #expect(Scenario.template.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func schemaIsUpToDate() throws {
    let path = Self.folder + "/scenario.schema.json"
    let stored = try String(contentsOfFile: path, encoding: .utf8)
    #expect(stored == Scenario.schema, "make it anew: bertrand schema > scenarios/scenario.schema.json")
  }

  @Test func schemaIsDraft7() throws {
    let object = try JSONSerialization.jsonObject(with: Data(Scenario.schema.utf8)) as? [String: Any]
    let schema = try #require(object)
    #expect((schema["$schema"] as? String)?.contains("draft-07") ?? false)
    #expect(schema["type"] as? String == "object")
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(
      Set(properties.keys) == [
        "scenario", "question", "currency", "periods", "customers", "sellers", "mergers", "study",
      ])
    #expect(Set(schema["required"] as? [String] ?? []) == ["scenario", "periods", "customers", "sellers"])
  }
}
