extension Part {
  static let logit = RecordDefinition(
    "logit",
    "Utility = mean value + coefficients x attributes + price coefficient x price + Gumbel noise of scale 1; buying "
      + "nothing has mean value 0.",
    [
      Field(
        "price coefficient",
        .either([
          .number(Bounds(lower: .including(-1e9), upper: .excluding(0)), unit: "utility per unit of money"),
          .call(distributions),
        ]), "How much utility a unit of money costs; negative, and the same for all customers of the segment.",
        .optional(otherwise: "`price sensitivity` has to be given")),
      Field(
        "price sensitivity",
        .either([
          .number(Bounds(lower: .excluding(0), upper: .including(1e9)), unit: "utility per unit of money"),
          .call(distributions),
        ]),
        "Minus the price coefficient, where it varies from customer to customer (mixed logit): a distribution of positive "
          + "numbers, such as log-normal(4, 1).", .optional(otherwise: "`price coefficient` has to be given")),
      Field(
        "mean values", .table(keys: "a product", values: .number(.between(-1e6, 1e6))),
        "The mean utility of each product, without price and attributes."),
      Field(
        "coefficients",
        .table(keys: "an attribute", values: .either([.number(.between(-1e9, 1e9)), .call(distributions)])),
        "The utility of a unit of each attribute (see `attributes` of customers): a number, or a distribution where it "
          + "varies from customer to customer.", .optional(otherwise: "attributes do not matter")),
    ])

  static let nest = RecordDefinition(
    "nest", "Products that are closer substitutes for each other than for the rest of their category (nested logit).",
    [
      Field("products", .list(of: .text), "The products in it, all of one category."),
      Field(
        "dissimilarity", .number(Bounds(lower: .excluding(0), upper: .including(1))),
        "Lambda: 1 is no nest at all, near 0 the products of the nest differ by price alone."),
    ])

  /// The field of a segment for its nests.
  static let nestFields = [
    Field(
      "nests", .table(keys: "a nest of your own naming", values: .record(nest)),
      "Groups of products with taste noise in common; it needs a `taste`, a `logit` or `part-worths`.",
      .optional(otherwise: "no nests"))
  ]
}
