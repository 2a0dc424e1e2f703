extension Part {
  static let correlationBounds = Bounds(lower: .excluding(-1), upper: .excluding(1))

  static let customers = RecordDefinition(
    "customers", "Who comes and what they would pay.",
    [
      Field("arrivals", .record(arrivals), "How many customers come in a period."),
      Field(
        "outside option", .flag,
        "Whether customers may buy nothing; `no` means that everybody buys one product of each category.",
        .default("yes")),
      Field(
        "segments", .list(of: .record(segment), count: .between(1, 10_000)),
        "Groups of customers who value the products alike; their shares add up to 100%.",
        .optional(otherwise: "`linear` or `ces` has to be given")),
      Field(
        "linear", .record(linear), "Linear demand of the market as a whole.",
        .optional(otherwise: "`segments` or `ces` has to be given")),
      Field(
        "ces", .record(constantElasticity),
        "Demand of the market as a whole with a constant elasticity of substitution.",
        .optional(otherwise: "`segments` or `linear` has to be given")),
    ])

  static let segment = RecordDefinition(
    "segment", "Customers who value the products alike: by `values`, by a `survey` file, or by a `logit`.",
    [
      Field("name", .text, "What the segment is called."),
      Field(
        "share", .number(Bounds(lower: .excluding(0), upper: .including(1)), percent: true),
        "Its share of all customers."),
      Field(
        "values", .table(keys: "a product", values: valuation), "What its customers would pay for each product.",
        .optional(otherwise: "`survey` or `logit` has to be given")),
      Field(
        "survey", .text,
        "A CSV file, named from the scenario's folder, with a column for each product and a row for each respondent: "
          + "what they would pay. Rows are drawn whole.",
        .optional(otherwise: "`values` or `logit` has to be given")),
      Field(
        "logit", .record(logit), "A logit demand model as the literature states it.",
        .optional(otherwise: "`values` or `survey` has to be given")),
      Field(
        "correlation",
        .either([
          .number(correlationBounds),
          .table(keys: "a product", values: .table(keys: "another product", values: .number(correlationBounds))),
        ]),
        "How valuations of different products go together, for all pairs alike or pair by pair.",
        .optional(otherwise: "independent")),
      Field(
        "taste", .number(money, unit: "money"),
        "The scale of each customer's own liking for each alternative (Gumbel noise); 0 for none.", .default("0")),
    ] + outlookFields + linkedChoice)

  static let logit = RecordDefinition(
    "logit",
    "Utility = mean value + price coefficient x price + Gumbel noise of scale 1; buying nothing has mean value 0.",
    [
      Field(
        "price coefficient",
        .number(Bounds(lower: .including(-1e9), upper: .excluding(0)), unit: "utility per unit of money"),
        "How much utility a unit of money costs; negative."),
      Field(
        "mean values", .table(keys: "a product", values: .number(.between(-1e6, 1e6))),
        "The mean utility of each product."),
    ])
}
