import Scenarios
import Testing

/// Records: their fields, defaults, misspelled names, and what the code above reports itself.
struct DocumentRecordTests {
  @Test func goodFile() throws {
    let (read, problems) = try Gym.read(Gym.text)
    let record = try #require(read)
    #expect(problems.problems.isEmpty)
    #expect(record.text("scenario") == "City gym")
    #expect(record.count("periods") == 12)
    #expect(record.choice("unit") == "week")
    #expect(record.number("fixed cost") == 2100)
    #expect(record.numbers("prices") == [5, 7.5, 10])
    #expect(record.named("strategy")?.name == "full-cost-markup")
    #expect(record.named("strategy")?.record.number("markup") == 0.35)
    #expect(record.value("stock")?.choice == "unlimited")
    let segments = record.records("segments")
    #expect(segments.map { $0.number("share") } == [0.45, 0.55])
    #expect(segments.map { $0.path.text } == ["segments[0]", "segments[1]"])
    let values = segments.flatMap { $0.table("values") }
    #expect(values.map(\.key) == ["basic", "premium", "basic", "premium"])
    #expect(values.first?.value.number == 24.9)
    #expect(values.first?.keyPlace == Place(line: 9, column: 15))
    #expect(values.last?.value.path.text == "segments[1].values.premium")
    #expect(values.last?.value.named?.record.number("mean") == 44)
  }

  @Test func defaults() throws {
    let (read, problems) = try Gym.read("scenario: a\nsegments: [{name: a, values: {}}]\n")
    let record = try #require(read)
    #expect(record.count("periods") == 52)
    #expect(record.choice("unit") == "week")
    #expect(record.flag("log") == false)
    #expect(record.number("fixed cost") == nil)
    #expect(record.number("discount") == 0.05)
    #expect(record.numbers("prices") == [10, 20])
    #expect(record.named("strategy")?.record.number("premium") == 0)
    #expect(record.records("segments").first?.number("share") == 1)
    #expect(record.isWritten("scenario") && !record.isWritten("periods"))
    #expect(problems.isEmpty)
  }

  static let names = "scenario, periods, unit, log, fixed cost, discount, segments, strategy, stock and prices"

  @Test(arguments: [
    ("fixed_cost: 5", ["4:1: fixed_cost: unknown field \"fixed_cost\"; did you mean \"fixed cost\"?"]),
    (
      "Fixed Cost: -5",
      [
        "4:1: Fixed Cost: unknown field \"Fixed Cost\"; did you mean \"fixed cost\"?",
        "4:13: Fixed Cost: found -5; write a number of at least 0, in EUR, for example 10",
      ]
    ),
    ("preiods: 5", ["4:1: preiods: unknown field \"preiods\"; did you mean \"periods\"?"]),
    ("colour: red", ["4:1: colour: unknown field \"colour\"; the names here are \(names)"]),
    ("1: red", ["4:1: 1: unknown field \"1\"; the names here are \(names)"]),
    ("prices: []", ["4:9: prices: found 0 items; write at least 1"]),
    ("prices: 5", ["4:9: prices: found 5; write a list (each item: a number more than 0)"]),
    (
      "prices: [1, a, -1]",
      [
        "4:13: prices[1]: found \"a\"; write a number more than 0, for example 10",
        "4:16: prices[2]: found -1; write a number more than 0, for example 10",
      ]
    ),
    ("strategy: going-rat", ["4:11: strategy: found \"going-rat\"; did you mean \"going-rate\"?"]),
    ("strategy: foo", ["4:11: strategy: found \"foo\"; write one of full-cost-markup or going-rate"]),
    (
      "strategy: full-cost-markup",
      ["4:11: strategy: found \"full-cost-markup\" alone; write full-cost-markup: { markup: ... }"]
    ),
    ("strategy: {}", ["4:11: strategy: found an empty map; write exactly one name with its fields"]),
    (
      "strategy: { going-rate: {}, full-cost-markup: {} }",
      ["4:11: strategy: found 2 names (going-rate and full-cost-markup); write exactly one name with its fields"]
    ),
    (
      "strategy: { going-rate: }",
      ["4:25: strategy.going-rate: found nothing; write going-rate with its field premium"]
    ),
    (
      "strategy: { going-rte: { premum: -200% } }",
      [
        "4:13: strategy: found \"going-rte\"; did you mean \"going-rate\"?",
        "4:26: strategy.going-rte.premum: unknown field \"premum\"; did you mean \"premium\"?",
        "4:34: strategy.going-rte.premum: found -200%; write a number more than -100%, for example 25%",
      ]
    ),
  ])
  func mistakes(_ line: String, _ messages: [String]) {
    #expect(Gym.mistakes(line: line) == messages)
  }

  @Test func missingFields() {
    #expect(
      Gym.mistakes("scenario: a\nsegments:\n  - share: 120%\n  - { nam: b, share: 5%, values: { x: 1 } }\n") == [
        "3:5: segments[0].name: this field is missing; write a text",
        "3:5: segments[0].values: this field is missing; write the name of a product with a value, once or more "
          + "(each value: a number of at least 0, or normal(mean, sd), log-normal(mean, sd) or mixture(first, weight))",
        "3:12: segments[0].share: found 120%; write a number between 0% and 100%, for example 25%",
        "4:7: segments[1].nam: unknown field \"nam\"; did you mean \"name\"?",
      ])
    #expect(Gym.mistakes("- a") == ["1:1: found a list; write Scenario with its fields \(Self.names)"])
  }

  @Test func ownProblems() throws {
    let (read, problems) = try Gym.read(Gym.text)
    let record = try #require(read)
    let segment = try #require(record.records("segments").first)
    record.report("wrong", at: "periods")
    record.report("absent", at: "discount")
    segment.report("all wrong")
    segment.value("share")?.report("too small")
    segment.table("values").last?.reportUnknown("product", known: ["basic", "premiums"])
    #expect(
      ScenarioProblems(problems.problems)?.description == """
        gym.yaml:2:1: discount: absent
        gym.yaml:3:10: periods: wrong
        gym.yaml:7:5: segments[0]: all wrong
        gym.yaml:8:12: segments[0].share: too small
        gym.yaml:9:29: segments[0].values.premium: unknown product "premium"; did you mean "premiums"?
        """)
  }

  @Test func gettersThatFitNoDefinition() throws {
    let (read, problems) = try Gym.read(Gym.text)
    let record = try #require(read)
    #expect(record.number("colour") == nil)
    #expect(record.number("scenario") == nil)
    #expect(record.number("stock") == nil)
    #expect(
      problems.problems.map(\.message) == [
        "error in this program: \"Scenario\" has no field \"colour\"",
        "error in this program: \"scenario\" is not read as a text",
      ])
  }

  @Test func nearestNames() {
    let names = ["fixed cost", "unit cost", "price", "prices"]
    #expect(NearestName.nearest(to: "FixedCost", in: names) == "fixed cost")
    #expect(NearestName.nearest(to: "untit-cost", in: names) == "unit cost")
    #expect(NearestName.nearest(to: "pirce", in: names) == "price")
    #expect(NearestName.nearest(to: "cost", in: names) == nil)
    #expect(NearestName.nearest(to: "", in: names) == nil)
    #expect(NearestName.advice(for: "x", in: []) == "no name is allowed here")
    #expect(NearestName.advice(for: "x", in: ["price"]) == "the only name here is price")
  }
}
