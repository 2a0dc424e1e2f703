extension Part {
  static let linear = RecordDefinition(
    "linear",
    "Linear demand for differentiated products (Singh & Vives 1984): the price at which q units per customer are bought "
      + "is intercept - own slope x q - the cross slopes x the others' quantities.",
    [
      Field(
        "intercepts", .table(keys: "a product", values: .number(anyMoney, unit: "money")),
        "The price of each product at which nobody buys, if nothing else is sold."),
      Field(
        "own slopes", .table(keys: "a product", values: .number(.moreThan(0))),
        "By how much one more unit per customer lowers the price of the product."),
      Field(
        "cross slopes",
        .either([
          .number(.between(-1e12, 1e12)),
          .table(keys: "a product", values: .table(keys: "another product", values: .number(.between(-1e12, 1e12)))),
        ]),
        "By how much one more unit per customer lowers the price of another product, for all pairs alike or pair by pair; "
          + "negative for complements.", .default("0")),
    ])

  static let constantElasticity = RecordDefinition(
    "ces",
    "Demand with a constant elasticity of substitution: of a budget, the share quality x price^(1 - elasticity) over the "
      + "sum of all is spent on a product; the outside option counts 1 in the sum.",
    [
      Field("elasticity", .number(.moreThan(1)), "The elasticity of substitution."),
      Field(
        "budget", .number(.moreThan(0), unit: "money per customer"),
        "What a customer spends, the outside option included."),
      Field(
        "qualities", .table(keys: "a product", values: .number(.moreThan(0))), "The quality of each product."),
    ])
}
