import Foundation
import Reporting
import Simulation
import Testing

/// The manifest says enough to repeat the run.
struct ManifestTests {
  @Test func fields() throws {
    let study = try Known.study(
      [("today", "20"), ("dear", "30")], baseline: "dear", replications: 7, confidence: "90%")
    let run = try Known.run(study)
    let started = Date(timeIntervalSince1970: 1_700_000_000)
    let manifest = Manifest(
      scenario: "a/\"b\".yaml", scenarioSha256: "00ff", programVersion: "1.2.3", gslVersion: "2.8",
      report: run.report, csv: .european, threads: 4, knowledge: run.knowledge, started: started,
      finished: started.addingTimeInterval(2.5))
    let json = try manifest.json()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    #expect(object["scenario"] as? String == "a/\"b\".yaml")
    #expect(object["answer"] as? String == Answer(run.report).sentence)
    #expect(object["csv"] as? String == "european")
    #expect(object["seed"] as? Int == 1)
    #expect(object["replications"] as? Int == 7)
    #expect(object["threads"] as? Int == 4)
    #expect(object["baseline"] as? String == "dear")
    #expect(object["confidence"] as? Double == 0.9)
    #expect(object["started"] as? String == "2023-11-14T22:13:20Z")
    #expect(object["seconds"] as? Double == 2.5)
    #expect(object["demand"] as? String == "sampled")
    #expect(object["clairvoyant_class"] as? String == "single prices")
    #expect(object["program_version"] as? String == "1.2.3")
    #expect((object["architecture"] as? String).map { !$0.isEmpty } ?? false)
    #expect(object.keys.contains { $0.contains("256") || $0.contains("hash") })
    #expect(json.last == UInt8(ascii: "\n"))
  }
}
