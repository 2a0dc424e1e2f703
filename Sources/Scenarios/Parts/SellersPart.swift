extension Part {
  static let seller = RecordDefinition(
    "seller", "A seller: its products, costs, capacity, and either one strategy or candidates to compare.",
    [
      Field("name", .text, "What the seller is called."),
      Field("products", .table(keys: "a product", values: .record(product)), "What it sells."),
      Field(
        "fixed cost", .number(money, unit: "money per period"), "Cost that does not depend on sales.", .default("0")),
      Field(
        "capacity", .table(keys: "something limited", values: .record(capacity)),
        "What limits sales, such as rooms or hours.", .optional(otherwise: "no limit")),
      Field(
        "strategy", .variant(strategies), "How this seller prices; for every seller but the studied one.",
        .optional(otherwise: "`candidates` has to be given")),
      Field(
        "candidates", .table(keys: "a candidate of your own naming", values: .variant(strategies)),
        "The strategies to compare; for the studied seller.", .optional(otherwise: "`strategy` has to be given")),
    ])

  static let product = RecordDefinition(
    "product", "A product that a seller sells.",
    [
      Field(
        "category", .text, "Products of one category are substitutes: a customer takes at most one of them.",
        .optional(otherwise: "a category of its own")),
      Field("unit cost", .number(money, unit: "money"), "What one more unit costs.", .default("0")),
      Field(
        "uses", .table(keys: "a capacity", values: .count(.between(0, 1_000_000))),
        "Units of each capacity that one unit takes.",
        .optional(otherwise: "one unit of every capacity of the seller")),
    ])

  static let capacity = RecordDefinition(
    "capacity", "Something limited that products use up.",
    [
      Field("units", .count(.between(0, 1_000_000_000)), "How many units there are."),
      Field(
        "per",
        .choice([
          .init("period", "there anew in each period; what is not sold perishes"),
          .init("calendar", "one stock for the whole calendar"),
        ]), "When the units are there again.", .default("period")),
      Field(
        "unit cost", .number(money, unit: "money per unit and period"), "What a unit costs, sold or not.", .default("0")
      ),
    ])
}
