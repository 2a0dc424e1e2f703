import Foundation
import Scenarios
import Testing

/// `bertrand run`, from file to files.
struct RunTests {
  private static let files = [
    "changes.csv", "comparisons.csv", "inputs.csv", "manifest.json", "offers.csv", "periods.csv", "replications.csv",
    "segments.csv",
    "sellers.csv", "summary.csv", "winners.csv",
  ]

  @Test func answerAndFiles() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/kiosk.v2.yaml")
      let result = try Tool.run("run", "kiosk.v2.yaml", in: folder)
      #expect(result.code == 0)
      #expect(result.errors.isEmpty)
      let first = result.output.prefix { $0 != "\n" }
      #expect(first.contains("earns most"))
      #expect(result.output.contains("results/kiosk.v2"))
      let found = try FileManager.default.contentsOfDirectory(atPath: folder + "/results/kiosk.v2").sorted()
      #expect(found.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".json") } == Self.files)
      #expect(found.allSatisfy { !$0.hasPrefix(".") }, "\(found)")
      let rows = try String(contentsOfFile: folder + "/results/kiosk.v2/replications.csv", encoding: .utf8)
      #expect(rows.components(separatedBy: "\r\n").count == 1 + 20 * 4 + 1)
      let manifest = try Data(contentsOf: URL(fileURLWithPath: folder + "/results/kiosk.v2/manifest.json"))
      let object = try JSONSerialization.jsonObject(with: manifest) as? [String: Any]
      #expect(object?["replications"] as? Int == 20)
    }
  }

  @Test func quiet() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/kiosk.yaml")
      let result = try Tool.run("run", "kiosk.yaml", "--quiet", in: folder)
      #expect(result.code == 0)
      #expect(result.output.isEmpty)
      #expect(result.errors.isEmpty)
      #expect(FileManager.default.fileExists(atPath: folder + "/results/kiosk/summary.csv"))
    }
  }

  /// Any number of threads, and the same command again, give the same bytes; another seed does not.
  @Test func sameBytes() throws {
    try withFolder { folder in
      try write(Scenario.template, to: folder + "/t.yaml")
      for threads in ["1", "2"] {
        let result = try Tool.run(
          "run", "t.yaml", "-q", "--replications", "30", "--threads", threads, "--output", threads, in: folder)
        #expect(result.code == 0)
      }
      let one = try results(folder + "/1")
      #expect(one.count == Self.files.count - 1)
      #expect(try results(folder + "/2") == one)
      #expect(try Tool.run("run", "t.yaml", "-q", "-r", "30", "-o", "1", in: folder).code == 0)
      #expect(try results(folder + "/1") == one)
      #expect(try Tool.run("run", "t.yaml", "-q", "-r", "30", "-o", "3", "--seed", "77", in: folder).code == 0)
      #expect(try results(folder + "/3") != one)
    }
  }

  @Test func largestSeed() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      #expect(try Tool.run("run", "k.yaml", "-q", "--seed", "18446744073709551615", in: folder).code == 0)
    }
  }

  @Test func noSuchFile() throws {
    try withFolder { folder in
      for command in ["run", "check"] {
        let result = try Tool.run(command, "none.yaml", in: folder)
        #expect(result.code == 66)
        #expect(result.errors.contains("none.yaml: no such file"))
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "nothing is made for a run that is none")
    }
  }

  @Test func cannotWrite() throws {
    try withFolder { folder in
      try write(kiosk, to: folder + "/k.yaml")
      try write("in the way", to: folder + "/results")
      let result = try Tool.run("run", "k.yaml", in: folder)
      #expect(result.code == 73)
      #expect(result.errors.contains("cannot write"))
      #expect(result.output.isEmpty)
      #expect(try String(contentsOfFile: folder + "/results", encoding: .utf8) == "in the way")
      try FileManager.default.createDirectory(atPath: folder + "/o/summary.csv/x", withIntermediateDirectories: true)
      #expect(try Tool.run("run", "k.yaml", "-q", "-o", "o", in: folder).code == 73)
    }
  }

  /// Where results go is the user's choice; what the scenario calls itself never matters.
  @Test func whereResultsGo() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/in/there", withIntermediateDirectories: true)
      let text = kiosk.replacingOccurrences(of: "scenario: Kiosk", with: "scenario: ../../../etc/passwd")
      try write(text, to: folder + "/in/k.yaml")
      #expect(try Tool.run("run", "../k.yaml", "-q", in: folder + "/in/there").code == 0)
      #expect(FileManager.default.fileExists(atPath: folder + "/in/there/results/k/summary.csv"))
      #expect(try Tool.run("run", "../k.yaml", "-q", "--output", "../x", in: folder + "/in/there").code == 0)
      #expect(FileManager.default.fileExists(atPath: folder + "/in/x/summary.csv"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["in"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/in").sorted() == ["k.yaml", "there", "x"])
    }
  }

  /// Names in any script, with separators, quotes and signs that a spreadsheet would take for a formula, come back.
  @Test func namesSurvive() throws {
    let names = ["Zoë's \"best\", 1", "東京 🏨", "=SUM(A1:A9)", "@home", "-5%"]
    var candidates = ""
    for (index, name) in names.enumerated() {
      let key = name.replacingOccurrences(of: "'", with: "''")
      candidates += "      '\(key)': { fixed-price: { 'Käse, groß': \(index + 2), '=crème': 2 } }\n"
    }
    let text = """
      scenario: Namen
      periods: { count: 2 }
      customers:
        arrivals: { fixed: 30 }
        segments: [{ name: "+alle, 所有 👪", share: 100%, values: { 'Käse, groß': "uniform(0, 9)", '=crème': "uniform(0, 9)" } }]
      sellers:
        - name: "Müller \\"& Co\\""
          products: { 'Käse, groß': {}, '=crème': {} }
          candidates:
      \(candidates)
      study: { replications: 3 }
      """
    try withFolder { folder in
      try write(text, to: folder + "/námen 🧀.yaml")
      let result = try Tool.run("run", "námen 🧀.yaml", in: folder)
      #expect(result.code == 0, "\(result.errors)")
      for name in names { #expect(result.output.contains(name)) }
      func read(_ file: String) throws -> [[String]] {
        parseCSV(try String(contentsOfFile: folder + "/results/námen 🧀/" + file, encoding: .utf8))
      }
      let safe = names.map { "=@-".contains($0.prefix(1)) ? "'" + $0 : $0 }
      #expect(Set(try read("summary.csv").dropFirst().map { $0[1] }) == Set(safe + ["perfect knowledge"]))
      #expect(Set(try read("segments.csv").dropFirst().map { $0[1] }) == ["'+alle, 所有 👪"])
      #expect(Set(try read("sellers.csv").dropFirst().map { $0[1] }) == ["Müller \"& Co\""])
      #expect(Set(try read("periods.csv").dropFirst().map { $0[2] }) == ["Käse, groß", "'=crème"])
      for file in try FileManager.default.contentsOfDirectory(atPath: folder + "/results/námen 🧀")
      where file.hasSuffix(".csv") {
        let rows = try read(file)
        #expect(rows.allSatisfy { $0.count == rows[0].count }, "\(file)")
      }
    }
  }

  /// A plain reader of RFC 4180.
  private func parseCSV(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    func put(_ character: Character) { rows[rows.count - 1][rows[rows.count - 1].count - 1].append(character) }
    var characters = Array(text)[...]
    while let character = characters.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where characters.first == "\"":
        characters.removeFirst()
        put("\"")
      case ("\"", _): isQuoted.toggle()
      case (",", false): rows[rows.count - 1].append("")
      case ("\r\n", false): rows.append([""])
      default: put(character)
      }
    }
    return rows.dropLast()
  }
}
