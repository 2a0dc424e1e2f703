import Demand

extension Part {
  static let synergy = Shape.table(
    keys: "two or more products of different categories as `one + other`,", values: .number(anyMoney, unit: "money"))

  static let usage = RecordDefinition(
    "units", "How many units of a product a customer may take, and how their worth falls from one to the next.",
    [
      Field("up to", .count(.between(1, Double(UsageCurve.largestCount))), "The most units that a customer takes."),
      Field(
        "satiation", .number(.between(0, 1), percent: true),
        "What each further unit is worth less: as a share of the unit before, or of the first where the curve is linear.",
        .default("0%")),
      Field(
        "curve",
        .choice([
          .init("geometric", "each unit is worth the same share less than the one before"),
          .init("linear", "each unit is worth the same amount less than the one before"),
        ]), "How worth falls from unit to unit.", .default("geometric")),
    ])

  /// Fields of a segment about what products are worth together, and in numbers.
  static let linkedChoice = [
    Field(
      "synergy", synergy,
      "What products are worth together beyond their own worths, from whatever seller; negative where they partly "
        + "replace each other. Surveys ask for each product by itself.",
      .optional(otherwise: "products neither complete nor replace each other")),
    Field(
      "units", .table(keys: "a product", values: .record(usage)),
      "Products of which a customer may take several units, each that is worth its price; the value is that of the "
        + "first. Bundles hold one unit of each product.",
      .optional(otherwise: "one unit of each product at most")),
  ]
}
