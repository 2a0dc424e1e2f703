extension Part {
  /// A seller's rules, and those that a strategy has of its own.
  static let rules = RecordDefinition(
    "rules",
    "What a company asks of its posted prices, whatever strategy makes them, offer by offer. In this order: a price is held "
      + "or moved by the largest step at most; brought within its limits, which go before the step; given its ending, if "
      + "one lies within limits and step; and posted when its notice has passed. Perfect knowledge keeps to no rules.",
    [
      Field(
        "ending",
        .either([.number(money, unit: "money"), .record(ending)]),
        "How prices end: less than 1; 0.99 permits 0.99, 1.99, 2.99 and so on.", .optional(otherwise: "any price")),
      Field(
        "rounding",
        .choice([
          .init("nearest", "the nearer permitted price; of two the lower"), .init("up", "the next higher one"),
          .init("down", "the next lower one"),
        ]), "Which price with the ending stands for one without.", .optional(otherwise: "nearest")),
      Field("floor", limit, "The lowest posted price.", .optional(otherwise: "none")),
      Field("ceiling", limit, "The highest posted price.", .optional(otherwise: "none")),
      Field(
        "least markup", .number(.between(-1, 1000), percent: true),
        "What the seller keeps of a unit is at least its unit cost and this share more.", .optional(otherwise: "none")),
      Field(
        "largest markup", .number(.between(-1, 1000), percent: true),
        "What the seller keeps of a unit is at most its unit cost and this share more; a floor goes before it.",
        .optional(otherwise: "none")),
      Field(
        "largest step", .number(.between(0, 1000), percent: true),
        "By what share of its last price a price moves at most from one period to the next, from the opening list on.",
        .optional(otherwise: "any step")),
      Field(
        "periods between changes", .count(.between(1, 10_000)),
        "How many periods pass from one change of a price to its next, at least.", .optional(otherwise: "1")),
      Field(
        "notice", .count(.between(0, 10_000)),
        "How many periods after it was decided a price holds; customers who believe announcements are told.",
        .optional(otherwise: "0")),
      Field(
        "cost of a change", .number(money, unit: "money"),
        "What changing the price of one offer costs; the opening list is free, and so is an offer that is new.",
        .optional(otherwise: "0")),
    ], isShared: true)

  /// The field by which a strategy has rules of its own.
  static let ownRules = Field(
    "rules", .record(rules), "Rules of this strategy, in place of the seller's, field by field.",
    .optional(otherwise: "the seller's rules"))

  private static let limit = Shape.either([
    .number(money, unit: "money"),
    .table(keys: "a product, or a bundle as `one + other`,", values: .number(money, unit: "money")),
  ])

  static let ending = RecordDefinition(
    "ending", "Permitted prices: `at`, and every so much above it; 4.99 on every 5 permits 4.99, 9.99, 14.99.",
    [
      Field(
        "every", .number(Bounds(lower: .including(1e-6), upper: .including(1e12)), unit: "money"),
        "The distance from one permitted price to the next."),
      Field("at", .number(money, unit: "money"), "The lowest of them, less than `every`.", .default("0")),
    ])

  static let terms = RecordDefinition(
    "terms",
    "What lies between a seller's posted list prices and what it keeps: the price waterfall. Customers choose by what they "
      + "pay, with tax, less the rebates that they count; the seller's revenue is its pocket price, without tax, after "
      + "discounts, rebates and costs to serve. Amounts are shares such as 3%, or money per unit without tax such as 1.20.",
    [
      Field(
        "tax", .number(.between(0, 2), percent: true), "The tax on sales, on the price without it.", .default("0%")),
      Field("tax included", .flag, "Whether posted prices include the tax.", .default("yes")),
      Field(
        "discounts", .table(keys: "a discount", values: .text),
        "What the invoice takes off the list price; shares are of the list price without tax, all alike.",
        .optional(otherwise: "none")),
      Field(
        "rebates", .table(keys: "a rebate", values: .either([.text, .record(rebate)])),
        "What customers get back later; shares are of the invoice price.", .optional(otherwise: "none")),
      Field(
        "costs to serve", .table(keys: "a cost", values: .text),
        "What a sale costs the seller beside the product, such as freight, card fees or commission; shares are of the "
          + "invoice price. Customers do not count it.", .optional(otherwise: "none")),
    ])

  static let rebate = RecordDefinition(
    "rebate", "What customers get back later, and how much they count it.",
    [
      Field("amount", .text, "A share of the invoice price such as 3%, or money per unit such as 1.20."),
      Field(
        "felt", .number(.between(0, 1), percent: true), "The share of it that customers count when they choose.",
        .default("100%")),
    ])
}
