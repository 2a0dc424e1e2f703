import Foundation
import Testing

/// `bertrand calibrate` as a process.
struct CalibrateTests {
  private static let kiosk = """
    scenario: Kiosk
    currency: CHF
    periods: { count: 3, unit: day }
    customers:
      arrivals: { poisson: 60 }
      segments:
        - { name: all, share: 100%, logit: calibrate }
    sellers:
      - name: We
        products:
          coffee: { category: hot, observed: { price: 2.5, share: 30%, margin: 70% } }
          cocoa: { category: hot, observed: { price: 3.1, share: 10%, margin: 50% } }
      - name: Rival
        products:
          tea: { category: hot, observed: { price: 2.2, share: 25% } }
    study: { replications: 5 }

    """

  /// The result is printed, written beside the file, right, and can be run.
  @Test func calibrateCheckRun() throws {
    try withFolder { folder in
      try write(Self.kiosk, to: folder + "/kiosk.yaml")
      let result = try Tool.run("calibrate", "kiosk.yaml", in: folder)
      #expect(result.code == 0)
      #expect(result.errors.isEmpty)
      for words in [
        "price coefficient is -", "per CHF", "sum of squared errors of 2 margins", "market elasticity", "35% of the",
        "coffee", "Rival", "margin observed", "implied", "own elasticity", "kiosk-calibrated.yaml",
      ] {
        #expect(result.output.contains(words), "\(words)")
      }
      #expect(
        Set(try FileManager.default.contentsOfDirectory(atPath: folder)) == ["kiosk.yaml", "kiosk-calibrated.yaml"])
      let check = try Tool.run("check", "kiosk-calibrated.yaml", in: folder)
      #expect(check.code == 0, "\(check.errors)")
      let run = try Tool.run("run", "kiosk-calibrated.yaml", in: folder)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("5% dearer"))
    }
  }

  /// The file that is there is left alone, unless it may go; what is written twice is the same.
  @Test func neverWritesOver() throws {
    try withFolder { folder in
      try write(Self.kiosk, to: folder + "/kiosk.yml")
      let target = folder + "/kiosk-calibrated.yaml"
      try write("my own work", to: target)
      let refused = try Tool.run("calibrate", "kiosk.yml", in: folder)
      #expect(refused.code == 73)
      #expect(refused.errors.contains("already there"))
      #expect(try String(contentsOfFile: target, encoding: .utf8) == "my own work")
      #expect(try Tool.run("calibrate", "kiosk.yml", "--force", in: folder).code == 0)
      let first = try String(contentsOfFile: target, encoding: .utf8)
      #expect(first.contains("price coefficient: -"))
      let quiet = try Tool.run("calibrate", "kiosk.yml", "--quiet", "--output", "other.yaml", in: folder)
      #expect(quiet.code == 0)
      #expect(quiet.output.isEmpty)
      #expect(try String(contentsOfFile: folder + "/other.yaml", encoding: .utf8) == first)
      #expect(
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
          == ["kiosk.yml", "kiosk-calibrated.yaml", "other.yaml"])
    }
  }

  @Test func placesThatCannotBeWrittenTo() throws {
    try withFolder { folder in
      try write(Self.kiosk, to: folder + "/kiosk.yaml")
      try FileManager.default.createDirectory(atPath: folder + "/dir", withIntermediateDirectories: true)
      for output in ["no/such/folder/x.yaml", "dir", "./kiosk.yaml"] {
        for force in [[], ["--force"]] {
          let result = try Tool.start(["calibrate", "kiosk.yaml", "--output", output] + force, in: folder).wait()
          #expect(result.code == 73, "\(output) \(result.errors)")
          #expect(!result.errors.isEmpty)
        }
      }
      #expect(try String(contentsOfFile: folder + "/kiosk.yaml", encoding: .utf8) == Self.kiosk)
      #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder)) == ["kiosk.yaml", "dir"])
    }
  }

  /// A cost below 0 is told with its product, and no scenario is written.
  @Test func negativeCost() throws {
    try withFolder { folder in
      try write(
        Self.kiosk.replacingOccurrences(of: "price: 3.1, share: 10%, margin: 50%", with: "price: 0.5, share: 10%"),
        to: folder + "/kiosk.yaml")
      let result = try Tool.run("calibrate", "kiosk.yaml", in: folder)
      #expect(result.code == 65)
      #expect(result.output.contains("cocoa"))
      #expect(result.errors.contains("warning: cocoa would have a unit cost of -"))
      #expect(result.errors.contains("No scenario is written"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kiosk.yaml"])
    }
  }

  /// An observed margin far from the one implied is told.
  @Test func farMargin() throws {
    try withFolder { folder in
      try write(Self.kiosk.replacingOccurrences(of: "margin: 50%", with: "margin: 20%"), to: folder + "/kiosk.yaml")
      let result = try Tool.run("calibrate", "kiosk.yaml", in: folder)
      #expect(result.code == 0)
      #expect(result.errors.contains("warning: cocoa has an observed margin of 20%, but"))
    }
  }

  /// Broken files end with 65 and a place; extremes with an answer or a message.
  @Test(arguments: [
    ("logit: calibrate", "logit: calibrat"), ("margin: 70%", "margin: 170%"), ("share: 30%", "share: 99%"),
    ("price: 2.5", "price: 0"), ("price: 2.5", "price: 1e-320"), ("price: 2.5", "price: 1e12"),
    ("price: 2.5", "price: 1e-300"), ("share: 30%", "share: 1e-300"), ("margin: 70%", "margin: 1e-300"),
    ("margin: 70%", "margin: 99.9999999%"), ("scenario: Kiosk", "scenario: \"K\\u001b[2J\\nx\""),
    ("coffee:", "\"co\\nf # fee: *\":"), ("share: 30%", "share: 39.9999999%"), ("name: We", "name: \"\\e[1m\""),
  ])
  func brokenAndExtreme(old: String, new: String) throws {
    try withFolder { folder in
      try write(Self.kiosk.replacingOccurrences(of: old, with: new), to: folder + "/x.yaml")
      let result = try Tool.run("calibrate", "x.yaml", in: folder)
      #expect(!result.wasKilled, "\(result.errors.suffix(300))")
      #expect([0, 65].contains(result.code), "\(result.code) \(result.errors)")
      #expect(result.code == 0 || !result.errors.isEmpty)
      #expect(!result.output.contains("nan") && !result.output.contains("inf") && !result.output.contains("\u{1B}"))
      if result.code == 0 {
        let check = try Tool.run("check", "x-calibrated.yaml", in: folder)
        #expect(check.code == 0, "\(check.errors)")
      }
    }
  }

  @Test func noSuchFile() throws {
    #expect(try Tool.run("calibrate", "nowhere.yaml").code == 66)
    #expect(try Tool.run("calibrate").code == 64)
    #expect(try Tool.run("calibrate", "--help").code == 0)
  }
}
