import Scenarios
import Testing

/// What is wrong with the YAML itself is told with its place, before any field is looked at.
struct DocumentYAMLTests {
  @Test(arguments: ["", "\n", "# only a comment\n", "---\n", "null", "\u{FEFF}"])
  func emptyFile(_ text: String) {
    #expect(Gym.mistakes(text) == ["1:1: the file has no content"])
  }

  @Test(arguments: [
    (
      "a: b: c",
      "4:5: not valid YAML: a colon is not allowed here; put a text with \": \" in quotes, or check the indentation"
    ),
    ("a: [1, 2", "4:4: not valid YAML: the bracket that opens here is never closed"),
    ("a: [1, 2\nb: 3", "5:2: not valid YAML: a comma or ] is missing; the list opens on line 4, column 4"),
    ("a: {b: 1", "4:4: not valid YAML: the bracket that opens here is never closed"),
    ("a: {b: 1]", "4:9: not valid YAML: a comma or } is missing; the { opens on line 4, column 4"),
    ("a: [1,", "5:1: not valid YAML: a value is missing here"),
    ("a: \"abc", "4:4: not valid YAML: the quote that opens here is never closed"),
    ("a: \"\\q\"", "4:5: not valid YAML: unknown escape after \\; write \\\\ for a backslash, or use single quotes"),
    ("a:\n\t- b", "5:1: not valid YAML: a tab cannot indent; use spaces"),
    ("a: @b", "4:4: not valid YAML: a value cannot begin with @; put it in quotes"),
    ("abc", "4:1: not valid YAML: a name needs a colon and a value: write \"name: value\""),
    ("a: - b", "4:4: not valid YAML: a list item is not allowed here; start it on a line of its own"),
    (
      " a: 1",
      "4:2: not valid YAML: expected a name in column 1, as on line 1; check the indentation, and the quotes and "
        + "brackets before"
    ),
    ("a: \u{07}", "4:4: not valid YAML: the control character \\u{07} is not allowed"),
    ("...\nb: 1", "5:1: not valid YAML: a second document begins here; a scenario file has one"),
    ("---\nb: 1", "4:1: a second document begins here; a scenario file has one"),
    ("? [a, b]\n: c", "4:3: a name must be a text, not a list or map"),
  ])
  func syntax(_ line: String, _ message: String) {
    #expect(Gym.mistakes(line: line) == [message])
  }

  @Test func allDuplicatesAreNamed() {
    #expect(
      Gym.mistakes(line: "log: yes\nlog: no\nunit: day\n\"log\": yes\nunit: week") == [
        "5:1: log: the name stands here twice; the first is on line 4, column 1",
        "7:1: log: the name stands here twice; the first is on line 4, column 1",
        "8:1: unit: the name stands here twice; the first is on line 6, column 1",
      ])
    #expect(
      Gym.mistakes("segments: [{ name: a, values: { basic: 1, plus: 2, basic: 3 } }]") == [
        "1:52: segments[0].values.basic: the name stands here twice; the first is on line 1, column 33"
      ])
  }

  @Test(arguments: [
    ("x: !!python/object a", "4:4: x: the tag !!python/object is not used in scenarios; remove it"),
    ("x: !foo [a]", "4:4: x: the tag !foo is not used in scenarios; remove it"),
    ("x: !!str a", "4:4: x: the tag !!str is not used in scenarios; remove it"),
    ("x: !y!z a", "4:4: not valid YAML: tags such as !name are not used in scenarios; remove it"),
    ("<<: {log: yes}", "4:1: <<: merging with << is not supported; write the fields out"),
    ("log: *a", "4:6: log: *a repeats a value that is not marked with &a above"),
    ("x: &a [*a]", "4:8: x[0]: *a repeats a value that is not marked with &a above"),
  ])
  func tagsAndAliases(_ line: String, _ message: String) {
    #expect(Gym.mistakes(line: line) == [message])
  }

  @Test func aliasesRepeatValuesAndNames() throws {
    let text = "scenario: &name fixed cost\nsegments: &s [{name: *name, values: {basic: 1}}]\n*name : 5\n"
    let record = try #require(Gym.read(text).record)
    #expect(record.number("fixed cost") == 5)
    #expect(record.records("segments").first?.text("name") == "fixed cost")
  }

  @Test(.timeLimit(.minutes(1))) func aliasBombs() {
    let letters = Array("bcdefghij")
    let lines = zip(letters, "abcdefghi").map { name, last in
      "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]"
    }
    let bomb = (["a: &a [x, x, x, x, x, x, x, x, x]"] + lines).joined(separator: "\n")
    #expect(Gym.mistakes(bomb) == ["6:8: f[0]: a scenario has at most 100000 values, repetitions with * included"])
    let keyBomb = "a: &a [x, x]\nb: { *a : 1 }"
    #expect(Gym.mistakes(keyBomb) == ["2:6: b: a name must be a text"])
    let chain = ["x0: &a0 [1]"] + (1..<100).map { "x\($0): &a\($0) [*a\($0 - 1)]" }
    #expect(
      Gym.mistakes(chain.joined(separator: "\n")) == ["64:12: at most 64 lists and maps may stand inside each other"])
  }

  @Test(.timeLimit(.minutes(1))) func deepNesting() {
    for opening in ["[", "{", "[\n", "- ", "? ", "a: [", "- - {b: "] {
      let mistakes = Gym.mistakes(String(repeating: opening, count: 100_000))
      #expect(mistakes.count == 1, "\(opening)")
    }
    #expect(
      Gym.mistakes(String(repeating: "- ", count: 65)) == [
        "1:129: at most 64 lists and maps may stand inside each other"
      ])
  }

  @Test(.timeLimit(.minutes(1))) func tooManyValues() {
    let mistakes = Gym.mistakes(String(repeating: "- x\n", count: 100_000))
    #expect(mistakes == ["100000:3: [99999]: a scenario has at most 100000 values, repetitions with * included"])
  }

  @Test func commasInsideOfCalls() {
    let advice =
      "inside { } and [ ] a comma ends a value, so put quotes around the whole call, or write one entry per line"
    #expect(
      Gym.mistakes("segments: [{ name: a, values: { basic: normal(24, 6), premium: normal(29, 6) } }]") == [
        "1:40: segments[0].values.basic: found \"normal(24\"; \(advice)",
        "1:64: segments[0].values.premium: found \"normal(29\"; \(advice)",
      ])
  }

  @Test func manyProblemsAreCapped() throws {
    let prices = Array(repeating: "x", count: 30).joined(separator: ", ")
    let problems = try Gym.read("scenario: a\nsegments: [{name: a, values: {}}]\nprices: [\(prices)]\n").problems
    let error = #expect(throws: ScenarioProblems.self) { try problems.throwIfAny() }
    #expect(error?.problems.count == 30)
    let lines = error?.description.split(separator: "\n") ?? []
    #expect(lines.count == 21)
    #expect(lines.first == "gym.yaml:3:10: prices[0]: found \"x\"; write a number more than 0, for example 10")
    #expect(lines.last == "and 10 more")
  }
}
