import Scenarios

/// A small scenario with a field of every shape, for the tests of reading.
enum Gym {
  static let point = RecordDefinition("point", "A point.", [Field("at", .number(), "Where.")])

  static let distributions: [RecordDefinition] = [
    RecordDefinition(
      "normal", "A normal distribution.",
      [Field("mean", .number(), "The mean."), Field("sd", .number(.moreThan(0)), "The standard deviation.")]),
    RecordDefinition(
      "log-normal", "A log-normal distribution.",
      [
        Field("mean", .number(.moreThan(0)), "The mean."),
        Field("sd", .number(.moreThan(0)), "The standard deviation.", .default("1")),
      ]),
    RecordDefinition(
      "mixture", "One of two distributions.",
      [
        Field("first", .call([point]), "The first."),
        Field("weight", .number(.between(0, 1), percent: true), "Its weight.", .default("50%")),
      ]),
  ]

  static let strategies: [RecordDefinition] = [
    RecordDefinition(
      "full-cost-markup", "Full cost plus a markup.",
      [Field("markup", .number(.atLeast(0), percent: true), "The markup on cost.")]),
    RecordDefinition(
      "going-rate", "The rivals' mean price.",
      [Field("premium", .number(.moreThan(-1), percent: true), "Above the rivals.", .default("0%"))]),
  ]

  static let segment = RecordDefinition(
    "a segment", "Customers who are alike.",
    [
      Field("name", .text, "The name."),
      Field("share", .number(.between(0, 1), percent: true), "The part of all customers.", .default("100%")),
      Field(
        "values", .table(keys: "a product", values: .either([.number(.atLeast(0)), .call(distributions)])),
        "What they are willing to pay."),
    ])

  static let scenario = RecordDefinition(
    "Scenario", "A market, and the question about it.",
    [
      Field("scenario", .text, "The title."),
      Field("periods", .count(.between(1, 100_000)), "The number of periods.", .default("52")),
      Field(
        "unit", .choice([Shape.Option("day", "One day."), Shape.Option("week", "Seven days.")]),
        "The length of a period.", .default("week")),
      Field("log", .flag, "Whether to write a log.", .default("no")),
      Field("fixed cost", .number(.atLeast(0), unit: "EUR"), "Paid each period.", .optional(otherwise: "none")),
      Field("discount", .number(.lessThan(1), percent: true), "What next year is worth less.", .default("5%")),
      Field("segments", .list(of: .record(segment), count: .between(1, 3)), "The customers."),
      Field("strategy", .variant(strategies), "What the seller does.", .default("going-rate")),
      Field(
        "stock", .either([.count(.atLeast(1)), .choice([Shape.Option("unlimited", "No end.")])]),
        "What there is to sell.", .default("unlimited")),
      Field("prices", .list(of: .number(.moreThan(0))), "The price grid.", .default("[10, 20]")),
    ])

  static let text = """
    # A gym in a town
    scenario: City gym
    periods: 12
    unit: week
    fixed cost: 2100
    segments:
      - name: students
        share: 45%
        values: { basic: 24.90, premium: "normal(29, 8)" }
      - name: "professionals"
        share: 0.55
        values:
          basic: normal(mean 31, sd 1e1)
          premium: log-normal(44)
    strategy:
      full-cost-markup: { markup: 35% }
    stock: unlimited
    prices: [5, 7.5, 10]

    """

  /// Reads a text as `gym.yaml`: the record with the collector that it reports to.
  static func read(_ text: String) throws -> (record: Record?, problems: ProblemCollector) {
    let document = try Document(text: text, file: "gym.yaml")
    let problems = ProblemCollector(file: "gym.yaml")
    return (document.record(scenario, problems), problems)
  }

  /// What is wrong with a text, as the user reads it, without the name of the file.
  static func mistakes(_ text: String) -> [String] {
    do {
      try read(text).problems.throwIfAny()
      return []
    } catch let error as ScenarioProblems {
      return error.problems.map { String($0.description.dropFirst("gym.yaml:".count)) }
    } catch {
      return ["\(error)"]
    }
  }

  /// What is wrong with one line, added to the smallest scenario in line 4.
  static func mistakes(line: String) -> [String] {
    mistakes("scenario: City gym\nsegments:\n  - { name: all, values: { basic: 10 } }\n\(line)\n")
  }
}
