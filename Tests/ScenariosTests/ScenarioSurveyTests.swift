import Demand
import Foundation
import Scenarios
import Testing

/// Customers from a survey file.
struct ScenarioSurveyTests {
  private let products: [String]

  init() { products = ["basic", "premium"] }

  /// The valuations read from a survey file with these bytes, or the problems.
  private func read(
    _ bytes: [UInt8]?, products: [String]? = nil, name: String = "answers.csv"
  ) throws -> Result<[[Double]], ScenarioProblems> {
    let products = products ?? self.products
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("survey-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if let bytes { try Data(bytes).write(to: folder.appendingPathComponent("answers.csv")) }
    func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "''") + "'" }
    let text = """
      scenario: Survey
      periods: { count: 1 }
      customers:
        arrivals: { fixed: 10 }
        segments:
          - name: all
            share: 100%
            survey: \(name)
      sellers:
        - name: We
          products: { \(products.map { quoted($0) + ": {}" }.joined(separator: ", ")) }
          candidates: { a: { fixed-price: { \(products.map { quoted($0) + ": 1" }.joined(separator: ", ")) } } }
      """
    let file = folder.appendingPathComponent("s.yaml")
    try Data(text.utf8).write(to: file)
    do {
      let scenario = try Scenario(contentsOf: file.path)
      #expect(scenario.inputs == Array(text.utf8) + (bytes ?? []), "results depend on the survey's bytes too")
      guard case .respondents(let rows) = scenario.study.market.population.segments[0].valuations else {
        Issue.record("no respondents")
        return .success([])
      }
      return .success(rows)
    } catch let error as ScenarioProblems {
      return .failure(error)
    }
  }

  private func read(_ text: String, products: [String]? = nil) throws -> Result<[[Double]], ScenarioProblems> {
    try read(Array(text.utf8), products: products)
  }

  @Test(arguments: [
    "basic,premium\n24,29\n0,35.5\n-3,1e2\n",
    "premium,id,basic\n29,1,24\n35.5,2,0\n100,3,-3\n",
    "basic,premium\r\n24,29\r\n0,35.5\r\n-3,100\r\n",
    "\u{FEFF}basic,premium\n24,29\n0,35.5\n-3,100",
    "basic;premium\n24;29\n0;35,5\n-3;100\n",
    "\u{FEFF}\"basic\";\"premium\"\r\n\"24\";\"29\"\r\n0;\"35,5\"\r\n-3;100\r\n",
    " basic , premium \n 24 , 29\n0, 35.5\n-3,100\n",
    "basic,premium,note\n24,29,\"cheap, but good\"\n0,35.5,\"two\nlines\"\n-3,100,\"said \"\"no\"\"\"\n",
    "basic,premium\n24,29\n\n0,35.5\n-3,100\n\n\n",
  ])
  func dialects(text: String) throws {
    let rows = try read(text).get()
    #expect(rows == [[24, 29], [0, 35.5], [-3, 100]])
  }

  /// Names with separators, quotes and other scripts; a semicolon inside quotes does not make a German file.
  @Test func quotedNames() throws {
    let products = ["a, b", "say \"x\"", "東京; 🏨"]
    let rows = try read("\"a, b\",\"say \"\"x\"\"\",\"東京; 🏨\"\n1.5,2,3\n4,5,6\n", products: products).get()
    #expect(rows == [[1.5, 2, 3], [4, 5, 6]])
    let german = try read("\"東京; 🏨\";\"a, b\";\"say \"\"x\"\"\"\n3;1,5;2\n", products: products).get()
    #expect(german == [[1.5, 2, 3]])
  }

  @Test(arguments: [
    ("basic\n24\n", "no column for the product \"premium\"; row 1 has \"basic\""),
    ("basic,premium\n24,29\n24\n", "row 3: found 1 cell; the header has 2"),
    ("basic,premium\n24,29,1\n", "row 2: found 3 cells; the header has 2"),
    ("basic,premium\n24,29\n24,n/a\n", "row 3, column B \"premium\": found \"n/a\""),
    ("basic,premium\n24,\n", "row 2, column B \"premium\": found \"\""),
    ("basic,premium\n24,inf\n", "found \"inf\""), ("basic,premium\nNaN,3\n", "found \"NaN\""),
    ("basic,premium\n24,1e13\n", "found \"1e13\""), ("basic,premium\n24,30%\n", "found \"30%\""),
    ("basic;premium\n24;1.23,5\n", "found \"1.23,5\""),
    ("basic,basic,premium\n1,2,3\n", "two columns called \"basic\""),
    ("basic,premium\n", "no respondents"), ("", "no respondents"),
    ("basic,premium\n\"24,29\n", "never closed"),
    ("basic,premium\n24,29\n\n\n24,x\n", "row 5, column B \"premium\""),
  ])
  func mistakes(text: String, words: String) throws {
    guard case .failure(let error) = try read(text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(error.problems.count == 1, "\(error)")
    let problem = try #require(error.problems.first)
    #expect(problem.message.contains("answers.csv"))
    #expect(problem.message.contains(words), "\(problem)")
    #expect(problem.path == "customers.segments[0].survey")
    #expect((problem.line, problem.column) == (8, 15))
  }

  @Test func missingFile() throws {
    guard case .failure(let error) = try read(nil) else { return #expect(Bool(false)) }
    #expect(error.problems.count == 1)
    #expect(error.problems.first?.message.contains("no such file") ?? false)
    #expect(error.problems.first?.path == "customers.segments[0].survey")
  }

  @Test func notUTF8() throws {
    guard case .failure(let error) = try read(Array("basic,premium,M".utf8) + [0xFC, 0x0A, 0xC3, 0xBC]) else {
      return #expect(Bool(false))
    }
    #expect(error.problems.first?.message.contains("UTF-8") ?? false)
  }

  /// A folder, and files that never end, are refused.
  @Test(.timeLimit(.minutes(1)), arguments: ["/tmp", "/dev/zero", "."]) func noOrdinaryFile(name: String) throws {
    guard case .failure(let error) = try read(nil, name: name) else { return #expect(Bool(false)) }
    #expect(error.problems.count == 1)
  }
}
