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
        "attributes",
        .either([
          .text,
          .table(
            keys: "an attribute", values: .table(keys: "a product", values: .either([.number(anyMoney), .text]))),
        ]),
        "What the products are like: a CSV file, named from the scenario's folder, with a column `product`, a row for "
          + "each product and a column for each attribute; or the same written here. An attribute in words stands for "
          + "one of 0 and 1 for each of its levels, called as in `brand: Acme`.",
        .optional(otherwise: "no attributes")),
      Field(
        "market data", .text,
        "For `bertrand calibrate`: a CSV file, named from the scenario's folder, with columns `product`, `price`, `share` (or "
          + "`quantity`, where everybody buys), and if you like `margin` or `cost`, blank where not known, and `seller`; in "
          + "place of `observed` of each product. A run does not use it.", .optional(otherwise: "none")),
      Field(
        "groups", .list(of: .text, count: .between(1, 64)),
        "Groups of customers that sellers can tell apart, such as holders of a student card; a customer is in one of them at "
          + "most. Segments say under `groups` how many of their customers are in which.",
        .optional(otherwise: "nobody can be told apart")),
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
    "segment",
    "Customers who value the products alike: by `values`, by a file (`survey` or `part-worths`), or by a `logit`.",
    [
      Field("name", .text, "What the segment is called."),
      Field(
        "share", .number(Bounds(lower: .excluding(0), upper: .including(1)), percent: true),
        "Its share of all customers."),
      Field(
        "values", .table(keys: "a product", values: valuation), "What its customers would pay for each product.",
        .optional(otherwise: "`survey`, `part-worths` or `logit` has to be given")),
      Field(
        "survey", .text,
        "A CSV file, named from the scenario's folder, with a column for each product and a row for each respondent: "
          + "what they would pay. Rows are drawn whole, all alike or by a column `weight`.",
        .optional(otherwise: "`values`, `part-worths` or `logit` has to be given")),
      Field(
        "part-worths", .text,
        "A CSV file, named from the scenario's folder, with a row for each respondent of a conjoint study: a column for "
          + "each attribute (or, of an attribute in words, for its levels; one may lack, the reference), a column `price` "
          + "with the utility of one more unit of money, negative; optionally a column for a product's own constant, "
          + "`none` for buying nothing, and `weight`. Rows are drawn whole.",
        .optional(otherwise: "`values`, `survey` or `logit` has to be given")),
      Field(
        "logit", .either([.record(logit), .choice([calibrate])]),
        "A logit demand model as the literature states it, or one that is to be found from what is observed.",
        .optional(otherwise: "`values`, `survey` or `part-worths` has to be given")),
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
        "The scale of each customer's own liking for each alternative (Gumbel noise); 0 for none. With part-worths it is "
          + "in units of utility, and 1 if left out.", .default("0")),
      Field(
        "profile", .list(of: .number(.between(0, 1e6)), count: .between(1, 10_000)),
        "Factors on how many of its customers come, the first for period 1, that repeat: for segments that come at "
          + "different hours, or book at different times. 1 is as many as its share says.",
        .optional(otherwise: "they come like all customers")),
      Field(
        "groups", .table(keys: "a group", values: .number(.between(0, 1), percent: true)),
        "The share of its customers in each group (see `groups` of customers); the rest are in none.",
        .optional(otherwise: "none of them is in a group")),
    ] + nestFields + outlookFields + linkedChoice)
}
