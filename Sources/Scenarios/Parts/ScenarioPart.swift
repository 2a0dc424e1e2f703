/// The parts of a scenario file. Decoding, the checks, the editors' schema and the handbook all read these definitions.
enum Part {
  static let money = Bounds.between(0, 1e12)
  static let anyMoney = Bounds.between(-1e12, 1e12)

  static let scenario = RecordDefinition(
    "scenario", "A market, a seller, and the pricing strategies to compare.",
    [
      Field("scenario", .text, "What the market is called."),
      Field(
        "question", .text, "What the comparison is to answer, in one sentence.", .optional(otherwise: "no question")),
      Field("currency", .text, "The currency of all money, such as EUR.", .default("EUR")),
      Field("periods", .record(periods), "The calendar."),
      Field("customers", .record(customers), "Who comes and what they would pay."),
      Field("sellers", .list(of: .record(seller), count: .between(1, 64)), "Who sells what; one of them is studied."),
      Field(
        "mergers", .list(of: .record(merger), count: .between(1, 63)), "Sellers who buy others on the way.",
        .optional(otherwise: "no mergers")),
      Field("study", .record(study), "How to compare.", .default("{}")),
    ])

  static let periods = RecordDefinition(
    "periods", "The calendar: how many times prices can change.",
    [
      Field("count", .count(.between(1, 10_000_000)), "The number of periods."),
      Field("unit", .text, "What a period is called, such as week.", .default("period")),
    ])

  static let strategies = StrategyDefinitions.all

  static let study = RecordDefinition(
    "study", "How to compare.",
    [
      Field(
        "baseline", .text, "The candidate that the others are compared with.",
        .optional(otherwise: "the first candidate")),
      Field("replications", .count(.between(1, 10_000_000)), "How often the calendar is run.", .default("200")),
      Field("seed", .count(.between(0, 9e15)), "The seed of all random draws.", .default("1")),
      Field(
        "confidence", .number(Bounds(lower: .excluding(0), upper: .excluding(1)), percent: true),
        "The confidence of intervals.", .default("95%")),
      Field(
        "demand",
        .choice([
          .init("sampled", "customers are drawn and choose one by one"),
          .init("expected", "the mean customer buys fractions: no noise, no capacity"),
        ]), "What a replication is made of.", .default("sampled")),
      Field(
        "clairvoyant",
        .choice([
          .init("single prices", "one price for each product"),
          .init("bundles", "prices for products and bundles"),
          .init("group prices", "a price for each product, and lower ones for groups of customers"),
          .init("tariffs", "a two-part tariff or a quantity discount for each product"),
          .init(
            "dynamic", "a price for each period and level of stock; for one product, else single prices are searched"),
        ]), "What perfect knowledge may do.", .optional(otherwise: "whatever the candidates do")),
    ])
}
